package main

import (
	"context"
	"fmt"

	"splneno/engine"
	"splneno/workflows"
)

// seasonPrepare prepares a season.
type seasonPrepare struct {
	Year int    `arg:"" help:"The year to evaluate."`
	Plan string `help:"Plan, where there are several."`
}

// Help gives the example of --help.
func (seasonPrepare) Help() string { return "Example: splneno season prepare 2023" }

// Run does it.
func (s seasonPrepare) Run(ctx context.Context, c *command, w *world) error {
	return c.onPlan(ctx, w, s.Plan, func(o *workflows.Office, plan engine.Plan, who engine.Actor) error {
		if err := o.PrepareSeason(ctx, plan.ID, engine.Year(s.Year), who); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w.out, "Season %d of %s is prepared; nothing leaves. Look at it: splneno preview --prepared; open it: splneno season open %d\n", s.Year, plan.Title, s.Year)
		return err
	})
}

// seasonCancel gives up a prepared season.
type seasonCancel struct {
	Season string `arg:"" help:"The season, as in 2023."`
	Plan   string `help:"Plan, where there are several."`
	Reason string `required:"" help:"Why, for the journal."`
}

// Help gives the example of --help.
func (seasonCancel) Help() string {
	return "Example: splneno season cancel 2023 --reason 'the plan is changed first'"
}

// Run does it.
func (s seasonCancel) Run(ctx context.Context, c *command, w *world) error {
	return c.onSeason(ctx, w, s.Plan, s.Season, func(o *workflows.Office, season engine.Season, who engine.Actor) error {
		if err := o.CancelSeason(ctx, season.Plan, season.Period.ID, s.Reason, who); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w.out, "Season %s of %s is cancelled.\n", season.Period.ID, season.Plan)
		return err
	})
}

// seasonClose ends an open season.
type seasonClose struct {
	Season string `arg:"" help:"The season, as in 2023."`
	Plan   string `help:"Plan, where there are several."`
	Reason string `required:"" help:"Why, for the journal."`
}

// Help gives the example of --help.
func (seasonClose) Help() string {
	return "Example: splneno season close 2023 --reason 'the plan was replaced during the year'\n\n" +
		"Links stop opening and nothing more is asked. A season that is evaluated is closed by approving its evaluation."
}

// Run does it.
func (s seasonClose) Run(ctx context.Context, c *command, w *world) error {
	return c.onSeason(ctx, w, s.Plan, s.Season, func(o *workflows.Office, season engine.Season, who engine.Actor) error {
		if err := o.CloseSeason(ctx, season.Plan, season.Period.ID, s.Reason, who); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w.out, "Season %s of %s is closed.\n", season.Period.ID, season.Plan)
		return err
	})
}

// seasonDays sets the days of a season.
type seasonDays struct {
	Season string  `arg:"" help:"The season, as in 2023."`
	Plan   string  `help:"Plan, where there are several."`
	Ask    *string `placeholder:"DAY" help:"The day it is asked about; empty leaves it to the calendar."`
	Draft  *string `placeholder:"DAY" help:"The day its evaluation is drafted; empty leaves it to the calendar."`
}

// Help gives the example of --help.
func (seasonDays) Help() string { return "Example: splneno season days 2023 --ask 2024-01-15" }

// Run does it.
func (s seasonDays) Run(ctx context.Context, c *command, w *world) error {
	return c.onSeason(ctx, w, s.Plan, s.Season, func(o *workflows.Office, season engine.Season, who engine.Actor) error {
		ask, draft := season.AskOn, season.DraftOn
		for _, d := range []struct {
			given *string
			to    *engine.Date
		}{{s.Ask, &ask}, {s.Draft, &draft}} {
			if d.given == nil {
				continue
			}
			if *d.to = engine.Date(*d.given); *d.to != "" {
				if _, err := engine.ParseDate(*d.given); err != nil {
					return engine.Errorf(usage, "%w", err)
				}
			}
		}
		if err := o.SetSeasonDays(ctx, season.Plan, season.Period.ID, ask, draft, who); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w.out, "The days of season %s are set.\n", season.Period.ID)
		return err
	})
}
