package workflows

import (
	"context"
	"slices"

	"splneno/engine"
	"splneno/engine/czech"
)

// Evaluate rolls a season up as it stands now, and stores nothing.
func (o *Office) Evaluate(ctx context.Context, plan, period string) (engine.Evaluation, error) {
	r, err := o.record(ctx, plan, period)
	if err != nil {
		return engine.Evaluation{}, err
	}
	return engine.Evaluate(r, o.local().UTC()), nil
}

// record gathers what an evaluation is made of: with a statement for each kind
// of thing, not for each thing.
func (o *Office) record(ctx context.Context, plan, period string) (engine.Record, error) {
	s, err := o.Records.Season(ctx, plan, period)
	if err != nil {
		return engine.Record{}, err
	}
	r := engine.Record{Period: s.Period, AskedOn: s.AskedOn, Spell: czech.FormatDate, Demo: o.Demo}
	if r.Municipality, err = o.Records.Municipality(ctx); err != nil {
		return r, err
	}
	if r.Organisations, err = o.Records.Organisations(ctx); err != nil {
		return r, err
	}
	if r.Entries, err = o.Records.Entries(ctx, plan, period); err != nil {
		return r, err
	}
	if r.Requests, err = o.Records.Requests(ctx, plan, period); err != nil {
		return r, err
	}
	if r.Proposals, err = o.Records.Proposals(ctx, plan, period); err != nil {
		return r, err
	}
	if r.Proofs, err = o.Records.Proofs(ctx, plan, period); err != nil {
		return r, err
	}
	imported, err := o.Records.Imported(ctx, plan)
	if err != nil && engine.CodeOf(err) != engine.NotFound {
		return r, err
	}
	r.Supplement = imported.Supplement
	return r, o.aroundPlan(ctx, plan, &r)
}

// aroundPlan adds the plan with its activities, and what the other plans of the
// town know about it.
func (o *Office) aroundPlan(ctx context.Context, plan string, r *engine.Record) error {
	plans, all, err := o.everything(ctx)
	if err != nil {
		return err
	}
	for _, p := range plans {
		if p.ID == plan {
			r.Plan = p
		}
	}
	for _, a := range all {
		if a.Plan == plan {
			r.Activities = append(r.Activities, a)
		}
	}
	r.Lineages = engine.NewLineages(plans, all)
	r.Successor, r.Made = engine.Successor(plan, plans, all)
	related := engine.AncestorPlans(plan, all)
	heads, err := o.Records.EvaluationHeads(ctx, related...)
	if err != nil {
		return err
	}
	r.Past, err = o.Past(ctx, r.Period, related, heads)
	return err
}

// yearsTold is how many periods an evaluation sets beside one another, its own
// included.
const yearsTold = 8

// Past gives the totals of the newest periods before one, oldest first: of the
// plans named, whose evaluations the heads are.
func (o *Office) Past(ctx context.Context, period engine.Period, plans []string, heads []engine.Evaluation) ([]engine.YearTotals, error) {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return nil, err
	}
	var out []engine.YearTotals
	for _, s := range slices.Backward(seasons) {
		if !slices.Contains(plans, s.Plan) || s.Period.End >= period.End || len(out) == yearsTold-1 {
			continue
		}
		t, err := o.totals(ctx, s, heads)
		if err != nil {
			return nil, err
		}
		if t.All > 0 {
			out = append(out, engine.YearTotals{Period: s.Period.ID, Totals: t})
		}
	}
	slices.Reverse(out)
	return out, nil
}

// totals gives what became of a season that is over: as its newest approved
// evaluation says, and without one as its entries stand. Of any other nothing.
func (o *Office) totals(ctx context.Context, s engine.Season, heads []engine.Evaluation) (t engine.Totals, err error) {
	approved := false
	for _, e := range heads {
		if e.Plan == s.Plan && e.Period.ID == s.Period.ID && e.State == engine.EvaluationApproved {
			t, approved = e.Totals, true
		}
	}
	if approved || s.State != engine.SeasonClosed {
		return t, nil
	}
	counts, err := o.Records.EntryCounts(ctx, engine.EntryFilter{Plan: s.Plan, Period: s.Period.ID})
	return engine.TotalsOf(counts), err
}
