package workflows

import (
	"context"
	"slices"

	"splneno/engine"
)

// AmendActivity changes an activity of a plan from a day on, keeping what stood
// before. seen is the version the change was made up on; when the activity has
// moved since it is a Conflict. Open seasons follow.
func (o *Office) AmendActivity(ctx context.Context, plan, id string, seen int, g engine.Grounds, who engine.Actor, change func(*engine.Activity) error) error {
	a, err := o.Activity(ctx, plan, id)
	if err != nil {
		return err
	}
	if a.Version != seen {
		return engine.Errorf(engine.Conflict, "activity %s was changed meanwhile; look at it as it stands now and decide again", a.Ref())
	}
	after := a
	if err := change(&after); err != nil {
		return err
	}
	return o.amend(ctx, plan, engine.Amending{Grounds: g, Before: []engine.Activity{a}, After: []engine.Activity{after}}, who)
}

// AddActivity adds an activity to a measure behind those it has, and gives its
// id. seen names the id that was offered; when somebody else has taken it since
// it is a Conflict.
func (o *Office) AddActivity(ctx context.Context, plan, measure, seen string, g engine.Grounds, who engine.Actor, fill func(*engine.Activity) error) error {
	a, err := o.NewActivity(ctx, plan, measure)
	if err != nil {
		return err
	}
	if a.ID != seen {
		return engine.Errorf(engine.Conflict, "activity %s/%s was added meanwhile; look at it and decide again", plan, seen)
	}
	if err := fill(&a); err != nil {
		return err
	}
	return o.amend(ctx, plan, engine.Amending{Grounds: g, After: []engine.Activity{a}}, who)
}

// NewActivity gives an empty activity at the place the next one of a measure
// would take.
func (o *Office) NewActivity(ctx context.Context, plan, measure string) (engine.Activity, error) {
	a := engine.Activity{Plan: plan, Measure: measure}
	p, err := o.Records.Plan(ctx, plan)
	if err != nil {
		return a, err
	}
	m, ok := p.MeasureByCode(measure)
	if !ok {
		return a, engine.Errorf(engine.NotFound, "plan %s has no measure %q to add an activity to", plan, measure)
	}
	there, err := o.Records.ActivitiesIn(ctx, plan, measure, "", 0, 0)
	if err != nil {
		return a, err
	}
	last, err := o.Records.LastPosition(ctx, plan)
	a.Area, a.Position = m.Area, last+1
	a.ID, a.Label = engine.NextID(measure, there)
	return a, err
}

// AmendPlan changes the plan's own text: its data, its areas and measures.
func (o *Office) AmendPlan(ctx context.Context, plan string, seen int, g engine.Grounds, who engine.Actor, change func(*engine.Plan) error) error {
	p, err := o.Records.Plan(ctx, plan)
	if err != nil {
		return err
	}
	if p.Version != seen {
		return engine.Errorf(engine.Conflict, "plan %s was changed meanwhile; look at it as it stands now and decide again", plan)
	}
	p.Approvals, p.Areas, p.Measures = slices.Clone(p.Approvals), slices.Clone(p.Areas), slices.Clone(p.Measures)
	if err := change(&p); err != nil {
		return err
	}
	return o.amend(ctx, plan, engine.Amending{Grounds: g, Is: p}, who)
}

// Activity gives one activity of a plan, or NotFound.
func (o *Office) Activity(ctx context.Context, plan, id string) (engine.Activity, error) {
	found, err := o.Records.Activities(ctx, plan, id)
	if err == nil && len(found) == 0 {
		err = engine.Errorf(engine.NotFound, "plan %s has no activity %s", plan, id)
	}
	if err != nil {
		return engine.Activity{}, err
	}
	return found[0], nil
}

// amend commits an amendment. What it says of the plan itself may be left out.
func (o *Office) amend(ctx context.Context, plan string, a engine.Amending, who engine.Actor) (err error) {
	if a.Was, err = o.Records.Plan(ctx, plan); err != nil {
		return err
	}
	if a.Is.ID == "" {
		a.Is = a.Was
	}
	last, err := o.Records.LastAmendment(ctx, plan)
	if err != nil {
		return err
	}
	a.Number = last + 1
	c, err := engine.Amend(a, who, o.local())
	if err != nil || c.Event == "" {
		return err
	}
	if err := o.extend(ctx, &c); err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// remember adds to a Change of a plan that is here what stood before, as the
// next amendment.
func (o *Office) remember(ctx context.Context, c *engine.Change, was engine.Plan, before []engine.Activity) error {
	last, err := o.Records.LastAmendment(ctx, was.ID)
	if err == nil {
		engine.RecordAmendment(c, was, before, last+1, engine.Grounds{Day: o.today()})
	}
	return err
}
