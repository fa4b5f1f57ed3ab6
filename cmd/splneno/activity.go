package main

import (
	"context"
	"fmt"
	"slices"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// activityCommand changes activities.
type activityCommand struct {
	Set activitySet `cmd:"" help:"Change an activity: title, term, who leads it, whose answer counts."`
}

// activitySet changes one activity.
type activitySet struct {
	Activity string `arg:"" help:"Its id in the plan: 1.1a."`
	Plan     string `help:"Plan, where there are several."`
	Title    string `help:"Its title."`
	Deadline string `help:"Its term, in the words of the plan."`
	Lead     string `placeholder:"NAME" help:"Which of its bodies leads it."`
	Answers  string `enum:",any,lead,each" default:"" placeholder:"any|lead|each" help:"Whose answer counts: that of any body, of the lead only, or of each."`
}

// Help gives the example of --help.
func (activitySet) Help() string { return "Example: splneno activity set 1.1a --answers each" }

// Run does it.
func (s activitySet) Run(ctx context.Context, c *command, w *world) error {
	return c.onPlan(ctx, w, s.Plan, func(o *workflows.Office, plan engine.Plan, who engine.Actor) error {
		err := o.EditActivity(ctx, plan.ID, s.Activity, who, func(a *engine.Activity) error { return s.change(plan, a) })
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(w.out, "Activity changed.")
		return err
	})
}

func (s activitySet) change(plan engine.Plan, a *engine.Activity) error {
	if s == (activitySet{Activity: s.Activity, Plan: s.Plan}) {
		return engine.Errorf(usage, "say what to change: --title, --deadline, --lead or --answers")
	}
	if s.Title != "" {
		a.Title = s.Title
	}
	if s.Deadline != "" {
		a.Deadline = czech.ReadDeadline(s.Deadline, plan.Year())
	}
	switch s.Answers {
	case "any":
		a.Answers = engine.AnyAnswers
	case "lead", "each":
		a.Answers = engine.AnswerRule(s.Answers)
	}
	if s.Lead == "" {
		return nil
	}
	slug := czech.ExpandedSlug(s.Lead)
	lead := slices.IndexFunc(a.Responsible, func(p engine.Party) bool {
		return p.Organisation == s.Lead || czech.ExpandedSlug(p.Name) == slug
	})
	if lead < 0 {
		return engine.Errorf(engine.NotFound, "%q is not responsible for %s; its bodies are: %s", s.Lead, a.ID, a.ResponsibleRaw)
	}
	a.Responsible = slices.Clone(a.Responsible)
	for i := range a.Responsible {
		if a.Responsible[i].Role == engine.RoleLead {
			a.Responsible[i].Role = engine.RoleImplementer
		}
	}
	a.Responsible[lead].Role = engine.RoleLead
	return nil
}
