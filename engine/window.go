package engine

import (
	"fmt"
	"slices"
	"time"
)

// Opens reports whether a body reads its mail on the day, as far as its own
// habits say. Whether the day is worked at all is for [Workdays] to say.
func (w Window) Opens(d Date) bool {
	weekday := int(d.Weekday())
	return (len(w.Weekdays) == 0 || slices.Contains(w.Weekdays, weekday)) && !w.quiet(d)
}

// quiet reports whether the day lies in a span in which nobody reads.
func (w Window) quiet(d Date) bool {
	return slices.ContainsFunc(w.Quiet, func(s Span) bool { return s.Holds(d) })
}

// Holds reports whether the day lies in the span of its year, both ends
// included. A span that begins later in the year than it ends reaches over the
// new year. The year of 29 February does not matter: days compare as printed.
func (s Span) Holds(d Date) bool {
	day := string(d)[5:]
	if s.From <= s.To {
		return s.From <= day && day <= s.To
	}
	return s.From <= day || day <= s.To
}

// The least a window may leave: on fewer days nobody could be asked in time.
const (
	leastOpen = 60  // days of a year outside the quiet spans
	farthest  = 731 // days ahead a day is looked for: more than any window closes
)

// Check says what is wrong with a window, before it is stored.
func (w Window) Check() error {
	for _, day := range w.Weekdays {
		if day < 1 || day > 5 {
			return Errorf(Invalid, "weekday %d is none; use 1 for Monday to 5 for Friday", day)
		}
	}
	for _, s := range w.Quiet {
		if !yearDay(s.From) || !yearDay(s.To) {
			return Errorf(Invalid, "a quiet span from %q to %q is none; write its days as 07-01", s.From, s.To)
		}
	}
	open := 0
	for d := NewDate(2024, 1, 1); d <= NewDate(2024, 12, 31); d = d.AddDays(1) {
		if !w.quiet(d) {
			open++
		}
	}
	if open < leastOpen {
		return Errorf(Invalid, "the quiet spans leave %d days of a year; leave at least %d, or end the organisation", open, leastOpen)
	}
	return nil
}

// yearDay reports whether s is a day of some year, "02-29" included.
func yearDay(s string) bool {
	d, err := time.Parse(time.DateOnly, "2024-"+s)
	return err == nil && s == fmt.Sprintf("%02d-%02d", int(d.Month()), d.Day())
}

// OnOrAfter gives the first working day from d on on which a body of the window
// reads its mail. Where none comes within two years it is the first working day:
// a window that was checked always has one.
func (w Window) OnOrAfter(d Date, days Workdays) Date {
	first := days.OnOrAfter(d)
	for day := first; day.Sub(d) < farthest; day = days.OnOrAfter(day.AddDays(1)) {
		if w.Opens(day) {
			return day
		}
	}
	return first
}

// reads gives the first day from d on on which the case's body reads its mail.
func (c Case) reads(d Date) Date {
	return c.Organisation.Window.OnOrAfter(d, NewWorkdays(c.Municipality.DaysOff))
}

// inWindow moves a day on which something is due to one on which the body reads
// its mail. A closure longer than maxAway is first told to the coordinator, on
// the day itself; what the body is to be told waits for its return all the same.
func (c Case) inWindow(day Date) Date {
	if w := c.Organisation.Window; len(w.Weekdays)+len(w.Quiet) == 0 {
		return day
	}
	opens := c.reads(day)
	if opens.Sub(day) > maxAway && c.Request.LookedOn < day {
		return NewWorkdays(c.Municipality.DaysOff).OnOrAfter(day)
	}
	return opens
}

// afterQuiet moves the day to answer by behind a quiet span, unless that would
// take longer than maxAway: then the coordinator is told, and time runs on.
func (c Case) afterQuiet(day Date) Date {
	if day == "" || !c.Organisation.Window.quiet(day) {
		return day
	}
	if opens := c.reads(day); opens.Sub(day) <= maxAway {
		return opens
	}
	return day
}

// shut decides about a day on which the body does not read its mail: it is not
// written to, whatever is due. When it stays shut for longer than maxAway the
// coordinator is told once; else it only waits. false when the day is open, or
// nothing is due to the body.
func (c Case) shut(today Date) (Notice, bool) {
	_, reachable := c.Organisation.Contact()
	opens := c.reads(today)
	_, kind, _ := c.due(today)
	if !reachable || opens == today || kind == "" || kind == LetterEscalation {
		return Notice{}, false
	}
	n := Notice{Request: c.Request, Deferred: true}
	if opens.Sub(today) > maxAway && c.Request.LookedOn < today {
		n.escalate(c)
		n.Deferred = n.Escalate == nil
		if n.Escalate != nil {
			n.Escalate.Returns = opens
		}
		n.Request.LookedOn = today
	}
	n.Request.NextOn = opens
	return n, true
}
