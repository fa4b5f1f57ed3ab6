package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"splneno/engine"
	"splneno/notify/check"
)

// clock looks at the computer's clock.
func (e *examination) clock(ctx context.Context) []check.Finding {
	const name = "clock"
	out := []check.Finding{finding(name, check.OK, "", "kept by a time server")}
	if kept, known := synchronised(); !known {
		out[0] = finding(name, check.Warn, "see yourselves that a time server keeps the clock", "not looked at: this system does not tell who keeps it")
	} else if !kept {
		out[0] = finding(name, check.Warn, "let a time server keep it, as systemd-timesyncd or chrony do", "no time server keeps it")
	}
	before, known := sinceBoot()
	if !known {
		return out
	}
	wall := time.Now().Round(0) // without the reading nobody sets, so that a step shows
	if !pause(ctx, 200*time.Millisecond) {
		return out
	}
	after, _ := sinceBoot()
	if f := judgeStep(time.Now().Round(0).Sub(wall), after-before); f.Level != check.OK {
		out = append(out, f)
	}
	return out
}

// judgeStep compares how far the clock went with the time that passed.
func judgeStep(wall, passed time.Duration) check.Finding {
	const name = "clock jumps"
	if step := wall - passed; step.Abs() > 50*time.Millisecond {
		return finding(name, check.Warn, "see whether two programs set the clock, and that the virtual machine's host does not", "the clock was moved by %s while it was looked at", step.Round(time.Millisecond))
	}
	return finding(name, check.OK, "", "none while it was looked at")
}

// journalTime compares the clock with what has been done already, and lists
// what the nodes noticed.
func (e *examination) journalTime(ctx context.Context) []check.Finding {
	if e.db == nil {
		return nil
	}
	newest, err := e.db.AcrossTenants().NewestLine(ctx)
	if err != nil {
		return nil // the look at the schema has said why
	}
	_, forgiven, err := e.db.AcrossTenants().ConfirmedClock(ctx)
	if err != nil {
		return nil
	}
	out := []check.Finding{judgeNewest(newest, forgiven, e.w.now())}
	const days = 30
	all, err := e.db.AcrossTenants().Incidents(ctx, e.w.now().AddDate(0, 0, -days))
	if err != nil {
		return out
	}
	return append(out, judgeIncidents(all, days))
}

// judgeNewest compares the newest line of the journal with the clock; what is no
// newer than forgiven a person takes for wrong.
func judgeNewest(newest, forgiven, now time.Time) check.Finding {
	const name = "clock and journal"
	switch ahead := newest.Sub(now); {
	case newest.IsZero():
		return finding(name, check.OK, "", "nothing has been done yet")
	case ahead > time.Minute && !newest.After(forgiven):
		return finding(name, check.OK, "", "a person said that the clock is right, and what was done last bears a time to come")
	case ahead > time.Minute:
		return finding(name, check.Fail, "set the clock right before anything else is done; what is due waits for it. If it is right: splneno clock confirm",
			"the clock is %s behind what was done last", ahead.Round(time.Second))
	}
	return finding(name, check.OK, "", "the last thing was done before now")
}

// judgeIncidents says which jumps of the clock the nodes noticed.
func judgeIncidents(all []engine.Incident, days int) check.Finding {
	const name = "clock jumps"
	jumps := slices.DeleteFunc(slices.Clone(all), func(i engine.Incident) bool {
		return i.Kind != engine.IncidentClockAhead && i.Kind != engine.IncidentClockBack
	})
	if len(jumps) == 0 {
		return finding(name, check.OK, "", "none in the last %d days", days)
	}
	last := jumps[0]
	which := map[engine.IncidentKind]string{engine.IncidentClockAhead: "ahead", engine.IncidentClockBack: "back"}[last.Kind]
	text := fmt.Sprintf("%d in the last %d days; the newest, %s, on %s at %s", len(jumps), days, which, oneLine(last.Node), dayOf(last.Began))
	if last.Ended.IsZero() {
		return finding(name, check.Fail, "set the clock right; what is due waits for it", "%s, and it goes on", text)
	}
	return finding(name, check.Warn, "let a time server keep the clock of every node", "%s", text)
}

// zone looks at the time zone data: of this program, or what ZONEINFO or the
// system put in their place.
func (e *examination) zone() []check.Finding {
	const name = "time zone"
	place, err := time.LoadLocation(zone)
	if err != nil {
		return []check.Finding{finding(name, check.Fail, "mend the folder that ZONEINFO names, or unset it: the program carries the data itself", "the data of %s cannot be read", zone)}
	}
	return []check.Finding{judgeZone(place)}
}

// judgeZone checks two changes that the law of the Union has set.
func judgeZone(place *time.Location) check.Finding {
	const name = "time zone"
	for _, change := range []struct {
		at            time.Time
		before, after int
	}{
		{time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC), 1, 2},
		{time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC), 2, 1},
	} {
		_, before := change.at.Add(-time.Second).In(place).Zone()
		_, after := change.at.In(place).Zone()
		if before != change.before*3600 || after != change.after*3600 {
			return finding(name, check.Fail, "update the time zone data of this system (package tzdata)", "the data of %s is wrong about %s", zone, change.at.Format(time.DateOnly))
		}
	}
	return finding(name, check.OK, "", "%s changes its clocks as it should", zone)
}
