package workflows

import (
	"cmp"
	"context"
	"slices"
	"time"

	"splneno/engine"
)

// A Coming is the next time a rule of the calendar runs.
type Coming struct {
	Rule   string
	At     time.Time
	Yearly bool
}

// A DueDay says how many organisations are to be looked at on a day: each gets
// a letter, or the coordinator hears of its silence, unless it answers before.
type DueDay struct {
	Day engine.Date
	N   int
}

// AheadDays is how far ahead letters are counted.
const AheadDays = 14

// Coming gives the next run of every rule, soonest first.
func (o *Office) Coming(ctx context.Context) ([]Coming, error) {
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return nil, err
	}
	var out []Coming
	for _, rule := range Calendar() {
		s, err := ParseSchedule(rule.spec(m))
		if err != nil {
			return nil, err
		}
		soon := Occurrences(s, o.Zone, o.local(), o.local().AddDate(0, 0, AheadDays))
		c := Coming{Rule: rule.Name, Yearly: len(soon) == 0}
		if c.Yearly {
			soon = Occurrences(s, o.Zone, o.local(), o.local().AddDate(horizon, 0, 0))
		}
		if len(soon) > 0 {
			c.At = soon[0]
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Coming) int { return a.At.Compare(b.At) })
	return out, nil
}

// LettersAhead counts the organisations of open seasons that are due in the
// next days. What is due on a day nothing is written on waits for the next.
func (o *Office) LettersAhead(ctx context.Context) ([]DueDay, error) {
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return nil, err
	}
	due, err := o.Records.LettersDue(ctx, o.today().AddDays(AheadDays))
	if err != nil {
		return nil, err
	}
	w, counts := engine.NewWorkdays(m.DaysOff), map[engine.Date]int{}
	for day, n := range due {
		counts[w.OnOrAfter(max(day, o.today()))] += n
	}
	var out []DueDay
	for day, n := range counts {
		out = append(out, DueDay{day, n})
	}
	slices.SortFunc(out, func(a, b DueDay) int { return cmp.Compare(a.Day, b.Day) })
	return out, nil
}
