package workflows

import (
	"context"

	"splneno/engine"
)

// EditActivity changes an activity of a plan, as the coordinator's own act.
// Whoever is to be asked in an open season because of it gets the question. A
// later import keeps what was changed here.
func (o *Office) EditActivity(ctx context.Context, plan, id string, who engine.Actor, change func(*engine.Activity) error) error {
	found, err := o.Records.Activities(ctx, plan, id)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return engine.Errorf(engine.NotFound, "plan %s has no activity %s", plan, id)
	}
	a := found[0]
	if err := change(&a); err != nil {
		return err
	}
	c := engine.Change{At: o.local(), Actor: who, Event: "activity_changed", Subject: a.Ref(), Activities: []engine.Activity{a}}
	if err := o.extend(ctx, &c); err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}
