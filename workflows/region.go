package workflows

import (
	"context"
	"reflect"
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/engine/czech"
)

// ChangeRegion changes how a region reads its towns, as it was shown with this
// version; it is a Conflict when it has moved since. Without a change nothing
// is stored.
func (o *Office) ChangeRegion(ctx context.Context, shown int, who engine.Actor, change func(*engine.Region) error) error {
	if err := engine.MayDecide(who); err != nil {
		return err
	}
	r, err := o.Records.Region(ctx)
	if err != nil {
		return err
	}
	if r.Version != shown {
		return engine.Errorf(engine.Conflict, "how the region reads its towns was changed by somebody else since it was shown")
	}
	before := r
	if err := change(&r); err != nil {
		return err
	}
	if reflect.DeepEqual(before, r) {
		return nil
	}
	if err := o.checkRegion(ctx, r); err != nil {
		return err
	}
	return o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: "region_changed", Subject: o.Records.Tenant(), Region: &r,
		Detail: map[string]string{"plan": r.Plan, "mappings": strconv.Itoa(len(r.Areas)), "words": strconv.Itoa(len(r.Results))}})
}

// checkRegion says what is wrong with what a region chose. A mapping may name an
// area that is not there yet: the roll-up says so.
func (o *Office) checkRegion(ctx context.Context, r engine.Region) error {
	if r.Plan != "" {
		if _, err := o.Records.Plan(ctx, r.Plan); err != nil {
			return err
		}
	}
	return r.Check()
}

// spelling compares names as Czech does.
var spelling = engine.Spelling{Fold: czech.Fold, Sort: func(names []string) { czech.Sort(names, func(s string) string { return s }) }}

// MapAreas says where areas of towns belong, in the place of what was said of
// the same areas.
func (o *Office) MapAreas(ctx context.Context, shown int, list []engine.AreaMapping, who engine.Actor) error {
	return o.ChangeRegion(ctx, shown, who, func(r *engine.Region) error {
		*r = r.Map(list, czech.Fold)
		return nil
	})
}

// RollUp rolls up everything towns delivered about a period. Evaluations that
// no longer fit their seals are refused by name.
func (o *Office) RollUp(ctx context.Context, period string) (engine.RollUp, error) {
	bundles, err := o.sealedBundles(ctx)
	if err != nil {
		return engine.RollUp{}, err
	}
	if len(bundles) == 0 {
		return engine.RollUp{}, engine.Errorf(engine.NotFound, "no town has delivered anything yet; take in what towns deliver first")
	}
	return o.RollUpOf(ctx, bundles, period)
}

// sealedBundles gives everything towns delivered, as they delivered it.
func (o *Office) sealedBundles(ctx context.Context) ([]engine.Bundle, error) {
	bundles, err := o.Records.Bundles(ctx)
	if err != nil {
		return nil, err
	}
	for _, b := range bundles {
		if err := b.Check(); err != nil {
			return nil, engine.Errorf(engine.Conflict, "what is stored of %s is not what the town delivered: %w", b.Name, err)
		}
	}
	return bundles, nil
}

// RollUpOf rolls up bundles that were read, whole or as heads: without measures
// then, for pages.
func (o *Office) RollUpOf(ctx context.Context, bundles []engine.Bundle, period string) (engine.RollUp, error) {
	r, err := o.Records.Region(ctx)
	if err != nil {
		return engine.RollUp{}, err
	}
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return engine.RollUp{}, err
	}
	if r.Name == "" {
		r.Name = m.Name
	}
	var plan engine.Plan
	if r.Plan != "" {
		if plan, err = o.Records.Plan(ctx, r.Plan); err != nil {
			return engine.RollUp{}, err
		}
	}
	p, err := periodOf(bundles, period)
	if err != nil {
		return engine.RollUp{}, err
	}
	return engine.Roll(r, plan, bundles, p, spelling), nil
}

// periodOf gives the period with this id: that of a bundle, else a year.
func periodOf(bundles []engine.Bundle, id string) (engine.Period, error) {
	i := slices.IndexFunc(bundles, func(b engine.Bundle) bool { return b.Evaluation.Period.ID == id })
	if i >= 0 {
		return bundles[i].Evaluation.Period, nil
	}
	year, err := strconv.Atoi(id)
	if err != nil || year < 1990 || year > 2199 {
		return engine.Period{}, engine.Errorf(engine.NotFound, "no town delivered anything about %q; name a year, or a period of one of them", id)
	}
	return engine.Year(year), nil
}

// RollUpPeriods lists the periods something was delivered about, newest first.
func RollUpPeriods(heads []engine.Bundle) []engine.Period {
	var out []engine.Period
	for _, b := range heads {
		if !slices.ContainsFunc(out, func(p engine.Period) bool { return p.ID == b.Evaluation.Period.ID }) {
			out = append(out, b.Evaluation.Period)
		}
	}
	slices.SortStableFunc(out, func(a, b engine.Period) int {
		switch {
		case a.End != b.End && a.End > b.End, a.End == b.End && a.Start > b.Start:
			return -1
		case a == b:
			return 0
		}
		return 1
	})
	return out
}
