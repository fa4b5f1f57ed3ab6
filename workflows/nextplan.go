package workflows

import (
	"cmp"
	"context"
	"slices"

	"splneno/engine"
	"splneno/engine/czech"
)

// Settle records what follows a yearly result and how it goes on. shown is the
// version of the entry it was decided on; when that has moved it is a Conflict.
func (o *Office) Settle(ctx context.Context, k engine.EntryKey, shown int, course engine.Course, who engine.Actor) error {
	e, err := o.entryAs(ctx, k, shown)
	if err != nil {
		return err
	}
	if err := o.begun(ctx, k.Plan, k.Period); err != nil {
		return err
	}
	c, err := engine.Settle(e, course, who, o.local())
	if err != nil {
		return err
	}
	return o.Records.Commit(ctx, c)
}

// entryAs gives an entry as it was shown, or a Conflict.
func (o *Office) entryAs(ctx context.Context, k engine.EntryKey, shown int) (engine.Entry, error) {
	e, err := o.entry(ctx, k)
	if err == nil && e.Version != shown {
		err = engine.Errorf(engine.Conflict, "%s was changed since you were shown it; look at it and decide again", k.Activity)
	}
	return e, err
}

// PrepareNext prepares the plan that follows from what was decided, or adds to
// it what was decided since. It gives its id and how many activities it touched.
func (o *Office) PrepareNext(ctx context.Context, plan, title string, period engine.Period, who engine.Actor) (id string, n int, err error) {
	next, err := o.next(ctx, plan, title, period)
	if err != nil {
		return "", 0, err
	}
	c, err := engine.NextPlan(next, who, o.local())
	if err != nil || c.Event == "" {
		return next.ID, 0, err
	}
	return next.ID, len(c.Activities), o.Records.Commit(ctx, c)
}

func (o *Office) next(ctx context.Context, plan, title string, period engine.Period) (engine.Next, error) {
	n := engine.Next{ID: czech.Slug(title), Title: title, Period: period, Spell: czech.FormatDate}
	var err error
	if n.Old, err = o.Records.Plan(ctx, plan); err != nil {
		return n, err
	}
	if n.Activities, err = o.Records.Activities(ctx, plan); err != nil {
		return n, err
	}
	if n.Entries, err = o.newestEntries(ctx, plan); err != nil {
		return n, err
	}
	there, err := o.Records.Plan(ctx, n.ID)
	if engine.CodeOf(err) == engine.NotFound || n.ID == "" {
		return n, nil
	}
	if err != nil {
		return n, err
	}
	n.Plan = &there
	n.Made, err = o.Records.Activities(ctx, n.ID)
	return n, err
}

// newestEntries gives the entry of the newest season of each activity of a plan:
// what a season closed or carried over is not asked about in the next one.
func (o *Office) newestEntries(ctx context.Context, plan string) ([]engine.Entry, error) {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(seasons, func(a, b engine.Season) int { return cmp.Compare(a.Period.End, b.Period.End) })
	newest := map[string]engine.Entry{}
	var order []string
	for _, s := range seasons {
		if s.Plan != plan || s.Begun() != nil {
			continue
		}
		entries, err := o.Records.Entries(ctx, plan, s.Period.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if _, seen := newest[e.Activity]; !seen {
				order = append(order, e.Activity)
			}
			newest[e.Activity] = e
		}
	}
	out := make([]engine.Entry, len(order))
	for i, id := range order {
		out[i] = newest[id]
	}
	return out, nil
}

// lineageDepth is how many plans back a promise is followed.
const lineageDepth = 12

// LineagesOf follows the promises of a few activities back through plans: its
// cost follows how far they reach, not how much there is.
func (o *Office) LineagesOf(ctx context.Context, activities []engine.Activity) (engine.Lineages, error) {
	plans, err := o.Records.Plans(ctx)
	if err != nil {
		return engine.Lineages{}, err
	}
	all, known := slices.Clone(activities), map[string]bool{}
	for _, a := range activities {
		known[a.Ref()] = true
	}
	level := activities
	for range lineageDepth {
		wanted := map[string][]string{}
		for _, a := range level {
			for _, ref := range a.Predecessors() {
				if plan, id, ok := engine.SplitRef(ref); ok && !known[ref] {
					known[ref] = true
					wanted[plan] = append(wanted[plan], id)
				}
			}
		}
		level = nil // nobody is asked again once nothing older is found
		for plan, ids := range wanted {
			older, err := o.Records.Activities(ctx, plan, ids...)
			if err != nil {
				return engine.Lineages{}, err
			}
			level = append(level, older...)
		}
		all = append(all, level...)
	}
	return engine.NewLineages(plans, all), nil
}
