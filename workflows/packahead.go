package workflows

import (
	"context"
	"slices"
	"strings"

	"splneno/engine"
)

// A PackDay is a day on which the papers of a meeting leave by themselves.
type PackDay struct {
	Meeting engine.Meeting
	Day     engine.Date // "" when they never will: the day of the meeting comes before
	Members int
}

// packs says which papers will leave until a day, and when.
func (a *almanac) packs(ctx context.Context, until engine.Date) ([]PackDay, error) {
	waiting, err := a.Records.MeetingsDue(ctx, until)
	if err != nil || len(waiting) == 0 || len(a.municipality.SteeringGroup) == 0 {
		return nil, err
	}
	days, err := a.workingDays("pack")
	var out []PackDay
	for _, m := range waiting {
		d := PackDay{Meeting: m, Members: len(a.municipality.SteeringGroup)}
		if i := slices.IndexFunc(days, m.Due); i >= 0 {
			d.Day = days[i]
		}
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b PackDay) int { return strings.Compare(string(a.Day), string(b.Day)) })
	return out, err
}

// NextMeeting gives the meeting that comes next, false when none is called.
func (o *Office) NextMeeting(ctx context.Context) (engine.Meeting, bool, error) {
	coming, err := o.Records.MeetingsFrom(ctx, o.today())
	i := slices.IndexFunc(coming, func(m engine.Meeting) bool { return !m.Cancelled() })
	if err != nil || i < 0 {
		return engine.Meeting{}, false, err
	}
	return coming[i], true, nil
}
