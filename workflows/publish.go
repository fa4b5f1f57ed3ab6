package workflows

import (
	"context"

	"splneno/engine"
)

// Publish lets everybody read the approved evaluation of a season with this
// number. What is published already stays as it is.
func (o *Office) Publish(ctx context.Context, plan, period string, number int, who engine.Actor) error {
	s, err := o.Records.Season(ctx, plan, period)
	if err != nil {
		return err
	}
	heads, err := o.Records.EvaluationHeads(ctx, plan)
	if err != nil {
		return err
	}
	for _, e := range heads {
		if e.Period.ID != period || e.Number != number {
			continue
		}
		c, err := engine.Publish(s, e, who, o.local().UTC())
		if err != nil || c.Event == "" {
			return err
		}
		return o.Records.Commit(ctx, c)
	}
	return engine.Errorf(engine.NotFound, "season %s of plan %s has no evaluation %d", period, plan, number)
}

// Withdraw takes back what everybody may read of a season.
func (o *Office) Withdraw(ctx context.Context, plan, period string, who engine.Actor) error {
	s, err := o.Records.Season(ctx, plan, period)
	if err != nil {
		return err
	}
	c, err := engine.Withdraw(s, who, o.local().UTC())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}
