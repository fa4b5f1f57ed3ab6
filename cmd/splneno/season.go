package main

import (
	"context"
	"fmt"

	"splneno/engine"
	"splneno/workflows"
)

// seasonCommand opens and lists seasons.
type seasonCommand struct {
	List    seasonList    `cmd:"" help:"List seasons."`
	Prepare seasonPrepare `cmd:"" help:"Prepare the season of a plan for a year: it can be looked at, and nothing leaves."`
	Open    seasonOpen    `cmd:"" help:"Open the season of a plan for a year, prepared or not; from then on the calendar writes."`
	Cancel  seasonCancel  `cmd:"" help:"Cancel a season that was prepared and not opened."`
	Close   seasonClose   `cmd:"" help:"Close an open season without an evaluation."`
	Days    seasonDays    `cmd:"" help:"Set the days a season is asked about and its evaluation is drafted."`
	Link    seasonLink    `cmd:"" help:"Revoke the link of an organisation, or replace it by a new one."`
}

// seasonList lists.
type seasonList struct{}

// Run prints a line per season.
func (seasonList) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		seasons, err := o.Records.Seasons(ctx)
		if err != nil {
			return err
		}
		for _, s := range seasons {
			opened := ""
			if !s.OpenedAt.IsZero() {
				opened = ", opened " + string(engine.DateOf(s.OpenedAt))
			}
			fmt.Fprintf(w.out, "%s %s %s%s\n", s.Plan, s.Period.ID, s.State, opened)
		}
		return nil
	})
}

// seasonOpen opens a season.
type seasonOpen struct {
	Year int    `arg:"" help:"The year to evaluate."`
	Plan string `help:"Plan, where there are several."`
}

// Help gives the example of --help.
func (seasonOpen) Help() string { return "Example: splneno season open 2023" }

// Run does it.
func (s seasonOpen) Run(ctx context.Context, c *command, w *world) error {
	return c.onPlan(ctx, w, s.Plan, func(o *workflows.Office, plan engine.Plan, who engine.Actor) error {
		if err := o.OpenSeason(ctx, plan.ID, engine.Year(s.Year), who); err != nil {
			return err
		}
		requests, err := o.Records.Requests(ctx, plan.ID, engine.Year(s.Year).ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.out, "Season %d of %s is open: %s will be asked.\n", s.Year, plan.Title, engine.CountOf(len(requests), "organisation", "organisations"))
		return err
	})
}

// onPlan does something about the plan named, in the operator's name.
func (c *command) onPlan(ctx context.Context, w *world, plan string, do func(o *workflows.Office, p engine.Plan, who engine.Actor) error) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		p, err := pickPlan(ctx, o, plan)
		if err != nil {
			return err
		}
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		return do(o, p, who)
	})
}

// onSeason does something about the season named, in the operator's name.
func (c *command) onSeason(ctx context.Context, w *world, plan, period string, do func(o *workflows.Office, s engine.Season, who engine.Actor) error) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		s, err := pickSeason(ctx, o, plan, period)
		if err != nil {
			return err
		}
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		return do(o, s, who)
	})
}

// pickPlan gives the plan named, or the only one that is not an old evaluation.
func pickPlan(ctx context.Context, o *workflows.Office, id string) (engine.Plan, error) {
	plans, err := o.Records.Plans(ctx)
	if err != nil {
		return engine.Plan{}, err
	}
	var found []engine.Plan
	for _, p := range plans {
		if p.ID == id || (id == "" && p.Kind != engine.EvaluationPlan) {
			found = append(found, p)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return engine.Plan{}, engine.Errorf(usage, "there are %d plans; name one with --plan", len(found))
	case id != "":
		return engine.Plan{}, engine.Errorf(engine.NotFound, "plan %q is not known; import it first", id)
	}
	return engine.Plan{}, engine.Errorf(engine.NotFound, "there is no plan yet; import one first: splneno import FILE")
}

// seasonLink revokes or replaces a link.
type seasonLink struct {
	Organisation string `arg:"" help:"Id, name or alias."`
	Season       string `help:"Season, where several are open."`
	Plan         string `help:"Plan, where there are several."`
	Renew        bool   `help:"Give it a new link, mailed on the next working day."`
}

// Run does it.
func (s seasonLink) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		season, err := pickSeason(ctx, o, s.Plan, s.Season)
		if err != nil {
			return err
		}
		all, err := o.Records.Organisations(ctx)
		if err != nil {
			return err
		}
		body, err := workflows.FindOrganisation(all, s.Organisation)
		if err != nil {
			return err
		}
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		if err := o.RevokeLink(ctx, season.Plan, season.Period.ID, body.ID, s.Renew, who); err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.out, "The link of %s no longer opens.\n", body.Name)
		return err
	})
}

// pickSeason gives the season named, or the newest open one, or the newest.
func pickSeason(ctx context.Context, o *workflows.Office, plan, period string) (engine.Season, error) {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return engine.Season{}, err
	}
	var best engine.Season
	for _, s := range seasons {
		if (plan != "" && s.Plan != plan) || (period != "" && s.Period.ID != period) {
			continue
		}
		better := s.Period.End > best.Period.End
		if s.State != best.State {
			better = s.State == engine.SeasonOpen
		}
		if best.Plan == "" || better {
			best = s
		}
	}
	if best.Plan == "" {
		if len(seasons) > 0 {
			return best, engine.Errorf(engine.NotFound, "there is no such season; see those there are: splneno season list")
		}
		return best, engine.Errorf(engine.NotFound, "there is no season yet; open one first: splneno season open YEAR")
	}
	return best, nil
}
