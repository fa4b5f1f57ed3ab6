package workflows

import (
	"context"
	"slices"
	"time"

	"splneno/engine"
)

// OpenSeason opens the season of a plan for a period, prepared or not. When the
// day of asking has already passed, the asking begins at once.
func (o *Office) OpenSeason(ctx context.Context, plan string, period engine.Period, who engine.Actor) error {
	// The calendar counts from here at the latest: a season opened before the
	// program first ran must not lose its day of asking to the first tick.
	if _, _, err := o.schedule(ctx); err != nil {
		return err
	}
	c, err := o.begin(ctx, plan, period, engine.SeasonPrepared, engine.OpenSeason, who)
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
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	passed, err := o.askDayPassed(m, c.Seasons[0])
	if err != nil || !passed {
		return err
	}
	return o.askSeason(ctx, plan, c.Seasons[0].Period.ID, o.today())
}

// PrepareSeason makes a season ready to be looked at and moved about in: nothing
// leaves and no link opens before [Office.OpenSeason].
func (o *Office) PrepareSeason(ctx context.Context, plan string, period engine.Period, who engine.Actor) error {
	c, err := o.begin(ctx, plan, period, engine.SeasonCancelled, engine.PrepareSeason, who)
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// begin gives the Change that begins a season anew by fresh, or takes up the one
// that is there in the state.
func (o *Office) begin(ctx context.Context, plan string, period engine.Period, state engine.SeasonState,
	fresh func(engine.Opening, engine.Actor, time.Time) (engine.Change, error), who engine.Actor) (engine.Change, error) {
	s, err := o.Records.Season(ctx, plan, period.ID)
	if engine.CodeOf(err) == engine.NotFound {
		in, err := o.opening(ctx, plan, period)
		if err != nil {
			return engine.Change{}, err
		}
		return fresh(in, who, o.local())
	}
	if err != nil {
		return engine.Change{}, err
	}
	st, err := o.standing(ctx, s, engine.Change{})
	if err != nil {
		return engine.Change{}, err
	}
	return st.Open(state == engine.SeasonCancelled, who, o.local())
}

// CancelSeason gives up a season that was prepared and not opened.
func (o *Office) CancelSeason(ctx context.Context, plan, period, reason string, who engine.Actor) error {
	return o.endSeason(ctx, plan, period, reason, who, engine.CancelSeason)
}

// CloseSeason ends an open season without an evaluation.
func (o *Office) CloseSeason(ctx context.Context, plan, period, reason string, who engine.Actor) error {
	return o.endSeason(ctx, plan, period, reason, who, engine.CloseSeason)
}

func (o *Office) endSeason(ctx context.Context, plan, period, reason string, who engine.Actor,
	end func(engine.Season, string, engine.Actor, time.Time) (engine.Change, error)) error {
	s, err := o.Records.Season(ctx, plan, period)
	if err != nil {
		return err
	}
	c, err := end(s, reason, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// SetSeasonDays changes the days a season is asked about and drafted.
func (o *Office) SetSeasonDays(ctx context.Context, plan, period string, ask, draft engine.Date, who engine.Actor) error {
	s, err := o.Records.Season(ctx, plan, period)
	if err != nil {
		return err
	}
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	c, err := engine.SetDays(s, m, ask, draft, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
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
		if s.Plan != plan || s.Period.ID == period || s.Begun() != nil {
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

// begun refuses what becomes official in a season that was not opened.
func (o *Office) begun(ctx context.Context, plan, period string) error {
	s, err := o.Records.Season(ctx, plan, period)
	if err != nil {
		return err
	}
	return s.Begun()
}

// askDayPassed reports whether the day of asking about the season lies behind
// now.
func (o *Office) askDayPassed(m engine.Municipality, s engine.Season) (bool, error) {
	rule := ruleNamed("ask")
	at, err := rule.instants(m, []engine.Season{s}, o.Zone, s.Period.Start.In(o.Zone, 0, 0), o.local())
	return slices.ContainsFunc(at, func(t time.Time) bool { return rule.serves(m, s, engine.DateOf(t)) }), err
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
	return engine.CountOf(asked, "season asked about", "seasons asked about"), nil
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
	rule := ruleNamed(occ.Rule)
	return slices.DeleteFunc(seasons, func(s engine.Season) bool {
		return s.State != engine.SeasonOpen || !rule.serves(m, s, occ.Day)
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
