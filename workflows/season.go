package workflows

import (
	"context"
	"fmt"
	"slices"

	"splneno/engine"
)

// OpenSeason opens the season of a plan for a period. When the day of asking
// has already passed, the asking begins at once.
func (o *Office) OpenSeason(ctx context.Context, plan string, period engine.Period, who engine.Actor) error {
	// The calendar counts from here at the latest: a season opened before the
	// program first ran must not lose its day of asking to the first tick.
	if err := o.schedule(ctx); err != nil {
		return err
	}
	in, err := o.opening(ctx, plan, period)
	if err != nil {
		return err
	}
	c, err := engine.OpenSeason(in, who, o.local())
	if err != nil {
		return err
	}
	for i := range c.Requests {
		if err := o.sign(&c.Requests[i]); err != nil {
			return err
		}
	}
	if err := o.Records.Commit(ctx, c); err != nil {
		return err
	}
	passed, err := o.askDayPassed(in.Municipality, period)
	if err != nil || !passed {
		return err
	}
	return o.askSeason(ctx, plan, period.ID, o.today())
}

// opening gathers what opening a season of the plan for the period is decided on.
func (o *Office) opening(ctx context.Context, plan string, period engine.Period) (engine.Opening, error) {
	in := engine.Opening{Period: period, Settled: map[string]bool{}}
	var err error
	if in.Municipality, err = o.Records.Municipality(ctx); err != nil {
		return in, err
	}
	if in.Plan, err = o.Records.Plan(ctx, plan); err != nil {
		return in, err
	}
	if in.Activities, err = o.Records.Activities(ctx, plan); err != nil {
		return in, err
	}
	if in.Organisations, err = o.Records.Organisations(ctx); err != nil {
		return in, err
	}
	return in, o.settled(ctx, plan, period.ID, in.Settled)
}

// settled finds the activities another season of the plan has done with.
func (o *Office) settled(ctx context.Context, plan, period string, done map[string]bool) error {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	for _, s := range seasons {
		if s.Plan != plan || s.Period.ID == period {
			continue
		}
		entries, err := o.Records.Entries(ctx, plan, s.Period.ID)
		if err != nil {
			return err
		}
		for _, e := range entries {
			switch e.NextStep {
			case engine.Close, engine.Drop, engine.CarryOver:
				done[e.Activity] = true
			}
		}
	}
	return nil
}

// askDayPassed reports whether the calendar's day of asking about the period
// lies behind today.
func (o *Office) askDayPassed(m engine.Municipality, p engine.Period) (bool, error) {
	for _, rule := range Calendar() {
		if rule.Name != "ask" {
			continue
		}
		s, err := ParseSchedule(rule.spec(m))
		if err != nil {
			return false, err
		}
		for _, t := range Occurrences(s, o.Zone, p.Start.In(o.Zone, 0, 0), o.local()) {
			if m.Preset.Serves(p, engine.DateOf(t)) {
				return true, nil
			}
		}
	}
	return false, nil
}

// ask is the yearly rule that begins the asking of every open season it serves.
func (o *Office) ask(ctx context.Context, occ engine.Occurrence) (string, error) {
	seasons, err := o.served(ctx, occ)
	if err != nil {
		return "", err
	}
	asked := 0
	for _, s := range seasons {
		if s.AskedOn != "" {
			continue
		}
		if err := o.askSeason(ctx, s.Plan, s.Period.ID, occ.Day); err != nil && engine.CodeOf(err) != engine.Conflict {
			return "", err
		}
		asked++
	}
	return fmt.Sprintf("%d seasons asked about", asked), nil
}

// served gives the open seasons a yearly occurrence belongs to.
func (o *Office) served(ctx context.Context, occ engine.Occurrence) ([]engine.Season, error) {
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return nil, err
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(seasons, func(s engine.Season) bool {
		return s.State != engine.SeasonOpen || !m.Preset.Serves(s.Period, occ.Day)
	}), nil
}

func (o *Office) askSeason(ctx context.Context, plan, period string, planned engine.Date) error {
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	s, err := o.Records.Season(ctx, plan, period)
	if err != nil {
		return err
	}
	requests, err := o.Records.Requests(ctx, plan, period)
	if err != nil {
		return err
	}
	c, err := engine.Ask(s, requests, m, planned, o.today(), o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}
