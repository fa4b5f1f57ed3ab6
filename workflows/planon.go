package workflows

import (
	"cmp"
	"context"
	"slices"

	"splneno/engine"
)

// PlanOn gives a plan as it was on a day, with those of its activities that
// have changed since: as they stand now and as they stood then. All others are
// as they were.
func (o *Office) PlanOn(ctx context.Context, plan string, day engine.Date) (p engine.Plan, now, then []engine.Activity, err error) {
	if p, err = o.Records.Plan(ctx, plan); err != nil {
		return p, nil, nil, err
	}
	ids, err := o.Records.AmendedSince(ctx, plan, day)
	if err != nil {
		return p, nil, nil, err
	}
	if len(ids) > 0 {
		if now, err = o.Records.Activities(ctx, plan, ids...); err != nil {
			return p, nil, nil, err
		}
	}
	made, err := o.amendmentsOf(ctx, plan, ids)
	p, then = engine.AsOf(p, now, made, day)
	return p, now, then, err
}

// amendmentsOf gives what changed the plan's own text or one of the activities.
func (o *Office) amendmentsOf(ctx context.Context, plan string, ids []string) ([]engine.Amendment, error) {
	made, err := o.Records.AmendmentsOf(ctx, plan, ids)
	if err != nil {
		return nil, err
	}
	ofPlan, err := o.Records.AmendmentsOfPlan(ctx, plan)
	for _, a := range ofPlan {
		i, both := slices.BinarySearchFunc(made, a.Number, func(m engine.Amendment, n int) int { return cmp.Compare(m.Number, n) })
		if both {
			made[i].PlanAs = a.PlanAs
		} else {
			made = slices.Insert(made, i, a)
		}
	}
	return made, err
}

// Amendment gives the head of one amendment of a plan.
func (o *Office) Amendment(ctx context.Context, plan string, number int) (engine.Amendment, error) {
	last, err := o.Records.LastAmendment(ctx, plan)
	if err != nil {
		return engine.Amendment{}, err
	}
	if number >= 1 && number <= last {
		found, err := o.Records.AmendmentPage(ctx, plan, 1, last-number)
		if err != nil || len(found) > 0 {
			return append(found, engine.Amendment{})[0], err
		}
	}
	return engine.Amendment{}, engine.Errorf(engine.NotFound, "plan %s has no amendment %d", plan, number)
}

// Differences gives what an amendment changed in the plan's own text and in a
// part of its activities.
func (o *Office) Differences(ctx context.Context, plan string, number, limit, offset int) ([]engine.Difference, error) {
	p, err := o.Records.Plan(ctx, plan)
	if err != nil {
		return nil, err
	}
	ids, err := o.Records.AmendedIn(ctx, plan, number, limit, offset)
	if err != nil {
		return nil, err
	}
	var now []engine.Activity
	if len(ids) > 0 {
		if now, err = o.Records.Activities(ctx, plan, ids...); err != nil {
			return nil, err
		}
	}
	made, err := o.amendmentsOf(ctx, plan, ids)
	return engine.Differences(p, now, made, number), err
}
