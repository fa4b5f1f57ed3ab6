package workflows

import (
	"context"
	"slices"
	"strings"

	"splneno/engine"
)

// A Carried is one promise that goes on: decided so in a season, or linked
// already. Next is empty while nothing continues it.
type Carried struct {
	Old    engine.Activity
	Entry  engine.Entry      // the decision, zero where there is none
	Next   []engine.Activity // its successors
	HowsTo []engine.CarryHow // by Next
}

// everything gives all plans and all activities.
func (o *Office) everything(ctx context.Context) ([]engine.Plan, []engine.Activity, error) {
	plans, err := o.Records.Plans(ctx)
	if err != nil {
		return nil, nil, err
	}
	var all []engine.Activity
	for _, p := range plans {
		list, err := o.Records.Activities(ctx, p.ID)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, list...)
	}
	return plans, all, nil
}

// CarriedOver lists what is to be carried over or is already, by plan.
func (o *Office) CarriedOver(ctx context.Context) ([]Carried, error) {
	_, all, err := o.everything(ctx)
	if err != nil {
		return nil, err
	}
	decided, err := o.decided(ctx)
	if err != nil {
		return nil, err
	}
	next := map[string][]engine.Activity{}
	for _, a := range all {
		for _, from := range a.Predecessors() {
			next[from] = append(next[from], a)
		}
	}
	var out []Carried
	for _, a := range all {
		c := Carried{Old: a, Entry: decided[a.Ref()], Next: next[a.Ref()]}
		for _, n := range c.Next {
			c.HowsTo = append(c.HowsTo, n.CarriedAs(a.Ref()))
		}
		if c.Entry.Activity != "" || len(c.Next) > 0 {
			out = append(out, c)
		}
	}
	return out, nil
}

// decided gives the newest entries that are to be carried over, by activity.
func (o *Office) decided(ctx context.Context) (map[string]engine.Entry, error) {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(seasons, func(a, b engine.Season) int { return strings.Compare(string(a.Period.End), string(b.Period.End)) })
	out := map[string]engine.Entry{}
	for _, s := range seasons {
		if s.Begun() != nil {
			continue
		}
		entries, err := o.Records.Entries(ctx, s.Plan, s.Period.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.NextStep == engine.CarryOver {
				out[e.Plan+"/"+e.Activity] = e
			}
		}
	}
	return out, nil
}

// LinkCarry links an activity ("plan/id") to its predecessor in an older plan.
func (o *Office) LinkCarry(ctx context.Context, newer, older string, how engine.CarryHow, who engine.Actor) error {
	plans, all, err := o.everything(ctx)
	if err != nil {
		return err
	}
	c, err := engine.LinkCarry(plans, all, newer, older, how, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// DropEntry decides that a promise goes no further, for a reason that stays on record.
func (o *Office) DropEntry(ctx context.Context, k engine.EntryKey, reason string, who engine.Actor) error {
	found, err := o.Records.Entries(ctx, k.Plan, k.Period, k.Activity)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return engine.Errorf(engine.NotFound, "there is no entry %s/%s/%s; write it as PLAN/PERIOD/ID", k.Plan, k.Period, k.Activity)
	}
	if err := o.begun(ctx, k.Plan, k.Period); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return engine.Errorf(engine.Invalid, "say why %s is dropped", k.Activity)
	}
	c, err := engine.Settle(found[0], engine.Course{Next: engine.Drop, Onward: engine.Onward{Reason: reason}}, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}
