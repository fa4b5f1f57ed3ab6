package workflows

import (
	"context"
	"maps"
	"slices"
	"strings"

	"splneno/engine"
)

// MoveLetters moves occasions of one body in a season, leaves them out, or takes
// such a decision back.
func (o *Office) MoveLetters(ctx context.Context, plan, period, organisation string, m engine.Move, who engine.Actor) error {
	r, err := o.Records.Request(ctx, plan, period, organisation)
	if err != nil {
		return err
	}
	c, err := o.caseOf(ctx, r)
	if err != nil {
		return err
	}
	if err := o.notBeforeAsking(ctx, c, m); err != nil {
		return err
	}
	ch, err := engine.MoveLetters(c, m, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, ch)
}

// notBeforeAsking refuses to move what belongs to a round before the round:
// that is the season's own day.
func (o *Office) notBeforeAsking(ctx context.Context, c engine.Case, m engine.Move) error {
	ladder := slices.ContainsFunc(m.Keys, func(key string) bool { return strings.HasPrefix(key, "rung/") })
	if !ladder || m.Day == "" || c.Season.AskedOn != "" {
		return nil
	}
	a, err := o.almanac(ctx, Question{Until: m.Day})
	if err != nil {
		return err
	}
	ask, err := a.coming("ask", c.Season)
	if err == nil && ask.Day == "" {
		return engine.Errorf(engine.Invalid, "nobody is asked by %s; to ask sooner, change the day of the season", m.Day)
	}
	return err
}

// SetCalendar stores what the municipality decided about its year, as the form
// showed it: m carries the version it was read at. Requests in open seasons are
// looked at on the days the new settings mean; nothing is mailed by it.
func (o *Office) SetCalendar(ctx context.Context, m engine.Municipality, who engine.Actor) error {
	if err := engine.MayManage(who); err != nil {
		return err
	}
	before, err := o.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	if err := o.CheckCalendar(m); err != nil {
		return err
	}
	changed := calendarChanges(before, m)
	if len(changed) == 0 {
		return nil
	}
	c := engine.Change{At: o.local(), Actor: who, Event: "calendar_changed", Subject: o.Records.Tenant(), Municipality: &m,
		Detail: map[string]string{"changed": strings.Join(changed, " ")}}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	for _, s := range seasons {
		if s.State != engine.SeasonOpen {
			continue
		}
		a := &almanac{Office: o, municipality: m}
		cases, err := a.cases(ctx, s)
		if err != nil {
			return err
		}
		for _, x := range cases {
			if r, changed := rescheduled(x, c.At); changed {
				c.Requests = append(c.Requests, r)
			}
		}
	}
	return o.Records.Commit(ctx, c)
}

// calendarChanges names what differs, for the journal.
func calendarChanges(a, b engine.Municipality) (names []string) {
	for name, same := range map[string]bool{
		"preset": a.Preset == b.Preset, "days_off": slices.Equal(a.DaysOff, b.DaysOff), "schedule": maps.Equal(a.Schedule, b.Schedule),
		"answer_days": a.Policy.AnswerDays == b.Policy.AnswerDays, "ladder": slices.Equal(a.Policy.Ladder, b.Policy.Ladder),
		"deadline_ahead": slices.Equal(a.Policy.DeadlineAhead, b.Policy.DeadlineAhead), "season_cap": a.Policy.SeasonCap == b.Policy.SeasonCap,
	} {
		if !same {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// CheckCalendar says what of a calendar cannot be run.
func (o *Office) CheckCalendar(m engine.Municipality) error {
	p := m.Policy
	switch {
	case p.AnswerDays < 1 || p.AnswerDays > 90:
		return engine.Errorf(engine.Invalid, "organisations need 1 to 90 working days to answer, not %d", p.AnswerDays)
	case p.SeasonCap < 1 || p.SeasonCap > 50:
		return engine.Errorf(engine.Invalid, "the cap of mails in a season is 1 to 50, not %d", p.SeasonCap)
	case len(p.Ladder) > 8 || !slices.IsSortedFunc(p.Ladder, func(a, b engine.Rung) int { return a.Days - b.Days }):
		return engine.Errorf(engine.Invalid, "the ladder has 8 rungs at most, in the order of their days")
	case len(p.DeadlineAhead) > 5 || slices.ContainsFunc(p.DeadlineAhead, func(n int) bool { return n < 0 || n > 365 }):
		return engine.Errorf(engine.Invalid, "reminders of terms are 5 at most, 0 to 365 days ahead")
	}
	return o.checkMunicipality(m)
}

// A DayShift says that an occasion of some bodies moves from day to day, appears
// (From is "") or vanishes (To is "").
type DayShift struct {
	Key      string // "rung/1/0", or "deadline/60" for all that are so many days ahead
	From, To engine.Date
	Bodies   int
}

// Difference gives what another outlook changes, by day.
func Difference(before, after []engine.Mailing) []DayShift {
	was, will := occasions(before), occasions(after)
	count := map[DayShift]int{}
	for k, day := range was {
		if will[k] != day {
			count[DayShift{Key: k.short(), From: day, To: will[k]}]++
		}
	}
	for k, day := range will {
		if was[k] == "" {
			count[DayShift{Key: k.short(), To: day}]++
		}
	}
	var out []DayShift
	for s, n := range count {
		s.Bodies = n
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b DayShift) int { return strings.Compare(a.order(), b.order()) })
	return out
}

func (s DayShift) first() engine.Date {
	if s.From == "" {
		return s.To
	}
	return s.From
}

func (s DayShift) order() string { return string(s.first()) + s.Key + string(s.From) + string(s.To) }

// An occasionKey names an occasion over all bodies and seasons.
type occasionKey struct{ plan, period, organisation, key string }

// short leaves out the due day of a reminder: many fall on one day.
func (k occasionKey) short() string {
	if parts := strings.Split(k.key, "/"); parts[0] == "deadline" && len(parts) == 3 {
		return "deadline/" + parts[2]
	}
	return k.key
}

func occasions(list []engine.Mailing) map[occasionKey]engine.Date {
	out := map[occasionKey]engine.Date{}
	for _, m := range list {
		for _, key := range m.Keys {
			out[occasionKey{m.Plan, m.Period, m.Organisation, key}] = m.Day
		}
	}
	return out
}
