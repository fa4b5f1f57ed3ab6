package workflows

import (
	"context"

	"splneno/engine"
)

// NameLevels says how a plan calls its levels. It is a Conflict when the plan is
// no longer the version shown.
func (o *Office) NameLevels(ctx context.Context, plan string, shown int, levels engine.Levels, who engine.Actor) error {
	if err := engine.MayManage(who); err != nil {
		return err
	}
	p, err := o.Records.Plan(ctx, plan)
	if err != nil {
		return err
	}
	if p.Version != shown {
		return engine.Errorf(engine.Conflict, "plan %s was changed since it was shown; look and decide again", plan)
	}
	was := p
	p.Levels = levels
	c := engine.Change{At: o.local(), Actor: who, Event: "levels_named", Subject: plan, Plans: []engine.Plan{p}}
	if err := o.remember(ctx, &c, was, nil); err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}
