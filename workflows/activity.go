package workflows

import (
	"context"

	"splneno/engine"
)

// EditActivity changes an activity of a plan, as the coordinator's own act.
// Whoever is to be asked in an open season because of it gets the question. A
// later import keeps what was changed here.
func (o *Office) EditActivity(ctx context.Context, plan, id string, who engine.Actor, change func(*engine.Activity) error) error {
	if err := engine.MayDecide(who); err != nil {
		return err
	}
	was, err := o.Records.Plan(ctx, plan)
	if err != nil {
		return err
	}
	a, err := o.Activity(ctx, plan, id)
	if err != nil {
		return err
	}
	before := []engine.Activity{a}
	if err := change(&a); err != nil {
		return err
	}
	c := engine.Change{At: o.local(), Actor: who, Event: "activity_changed", Subject: a.Ref(), Activities: []engine.Activity{a}}
	if err := o.remember(ctx, &c, was, before); err != nil {
		return err
	}
	if err := o.extend(ctx, &c); err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}
