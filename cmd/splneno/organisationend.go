package main

import (
	"context"
	"fmt"

	"splneno/engine"
	"splneno/workflows"
)

// organisationEnd says that an organisation has ceased.
type organisationEnd struct {
	Organisation string `arg:"" help:"Its id, name or alias."`
	On           string `placeholder:"DAY" help:"The day it ended, today or before. Default: today."`
	Successor    string `placeholder:"NAME" help:"Who answers instead: id, name or alias. Without it the coordinator does."`
	DryRun       bool   `help:"Print what would change in the open seasons, and change nothing."`
}

// Help gives the example of --help.
func (organisationEnd) Help() string {
	return "Example: splneno organisation end 'Klub seniorů' --on 2024-09-30 --successor 'Oblastní charita Klatovy'\n\n" +
		"What it answered stays under its name. Taken back: splneno organisation revive NAME"
}

// Run does it.
func (e organisationEnd) Run(ctx context.Context, c *command, w *world) error {
	return c.onBodies(ctx, w, e.DryRun, []string{e.Organisation, e.Successor}, func(o *workflows.Office, ids []string, who engine.Actor) (workflows.BodyDecision, error) {
		now := w.now().In(o.Zone)
		day := engine.DateOf(now)
		if e.On != "" {
			var err error
			if day, err = engine.ParseDate(e.On); err != nil {
				return nil, engine.Errorf(usage, "%w", err)
			}
		}
		return func(all map[string]engine.Organisation) (engine.Change, error) {
			return engine.EndBody(all, ids[0], day, ids[1], who, now)
		}, nil
	})
}

// organisationMerge says that two organisations are one.
type organisationMerge struct {
	Organisation string `arg:"" help:"The one that was known twice: id, name or alias."`
	Into         string `arg:"" help:"The one that stays; it answers to the other's names and addresses."`
	DryRun       bool   `help:"Print what would change in the open seasons, and change nothing."`
}

// Help gives the example of --help.
func (organisationMerge) Help() string {
	return "Example: splneno organisation merge 'Charita Klatovy' 'Oblastní charita Klatovy'"
}

// Run does it.
func (m organisationMerge) Run(ctx context.Context, c *command, w *world) error {
	return c.onBodies(ctx, w, m.DryRun, []string{m.Organisation, m.Into}, func(o *workflows.Office, ids []string, who engine.Actor) (workflows.BodyDecision, error) {
		return func(all map[string]engine.Organisation) (engine.Change, error) {
			return engine.MergeBody(all, ids[0], ids[1], who, w.now().In(o.Zone))
		}, nil
	})
}

// organisationRevive takes the end of an organisation back.
type organisationRevive struct {
	Organisation string `arg:"" help:"Its id, name or alias."`
	DryRun       bool   `help:"Print what would change in the open seasons, and change nothing."`
}

// Help gives the example of --help.
func (organisationRevive) Help() string {
	return "Example: splneno organisation revive 'Klub seniorů'"
}

// Run does it.
func (r organisationRevive) Run(ctx context.Context, c *command, w *world) error {
	return c.onBodies(ctx, w, r.DryRun, []string{r.Organisation}, func(o *workflows.Office, ids []string, who engine.Actor) (workflows.BodyDecision, error) {
		return func(all map[string]engine.Organisation) (engine.Change, error) {
			return engine.ReviveBody(all, ids[0], who, w.now().In(o.Zone))
		}, nil
	})
}

// onBodies makes a decision about the organisations named ("" is nobody), prints
// what it does to the open seasons, and carries it out unless it is a dry run.
func (c *command) onBodies(ctx context.Context, w *world, dry bool, names []string,
	decide func(o *workflows.Office, ids []string, who engine.Actor) (workflows.BodyDecision, error)) error {
	return c.with(ctx, w.now, func(_ *installation, o *workflows.Office) error {
		who, err := c.operator(ctx, o)
		if err != nil {
			return err
		}
		all, err := o.Records.Organisations(ctx)
		if err != nil {
			return err
		}
		ids := make([]string, len(names))
		for i, name := range names {
			if name == "" {
				continue
			}
			body, err := workflows.FindOrganisation(all, name)
			if err != nil {
				return err
			}
			ids[i] = body.ID
		}
		decision, err := decide(o, ids, who)
		if err != nil {
			return err
		}
		shifts, err := o.PreviewBodies(ctx, decision)
		if err != nil {
			return err
		}
		printShifts(w, shifts)
		if dry {
			return nil
		}
		if err := o.ChangeBodies(ctx, decision); err != nil {
			return err
		}
		_, err = fmt.Fprintln(w.out, "Organisation changed.")
		return err
	})
}

// printShifts prints a line per activity somebody else is asked about.
func printShifts(w *world, shifts []workflows.Shift) {
	for _, s := range shifts {
		asked := "answered already"
		if s.Owed {
			asked = "the question goes along"
		}
		fmt.Fprintf(w.out, "%s/%s/%s: %v asked no more, %v from now on; %s\n", s.Plan, s.Period, s.Activity, s.Lost, s.Gained, asked)
	}
}
