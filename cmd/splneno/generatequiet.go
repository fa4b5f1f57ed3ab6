package main

import (
	"context"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

// The notes the daily rules leave on a day on which nothing waits.
var quietNotes = map[string]string{"purge": "nothing is past its period", "digest": "nothing waits; no mail", "letters": "0 letters", "pack": "0 letters about 0 meetings"}

// pass passes over the days before one on which nothing can happen, and begins
// it. The ledger says of them what it would say had they been lived.
func (l *life) pass(ctx context.Context, until engine.Date) error {
	m, err := l.office.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	cursors, err := l.office.Records.Cursors(ctx)
	if err != nil {
		return err
	}
	midnight := until.In(l.zone, 0, 0)
	var stretches []engine.Stretch
	for _, rule := range workflows.Calendar() {
		if quietNotes[rule.Name] == "" {
			continue
		}
		from := cursors[rule.Name]
		if lived := l.quiet(rule, m, from, midnight); len(lived) > 0 {
			stretches = append(stretches, engine.Stretch{Rule: rule.Name, From: from, To: midnight, Due: lived})
		}
	}
	if err := l.office.Records.AddStretches(ctx, stretches); err != nil {
		return err
	}
	l.at(until, 9)
	l.clock.Set(l.clock.Now().Add(30 * time.Minute))
	return nil
}

// quiet gives what the ledger says of a daily rule between two instants.
func (l *life) quiet(rule workflows.Rule, m engine.Municipality, from, to time.Time) []engine.Occurrence {
	s, err := workflows.ParseSchedule(rule.Spec[m.Preset])
	if err != nil || from.IsZero() {
		return nil
	}
	var out []engine.Occurrence
	for _, at := range workflows.Occurrences(s, l.zone, from, to) {
		occ := engine.Occurrence{Rule: rule.Name, Day: engine.DateOf(at), PlanAt: at, State: engine.Done, Attempts: 1, NextAt: at, RanAt: at, Note: quietNotes[rule.Name]}
		if rule.Name != "purge" && !l.days.Works(occ.Day) {
			occ.Note = "not a working day"
			if rule.CatchUp == workflows.OnceMerged {
				occ.Note += "; what is due waits for the next"
			}
		}
		out = append(out, occ)
	}
	return out
}
