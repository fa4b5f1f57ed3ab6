package workflows

import (
	"context"
	"slices"

	"splneno/engine"
)

// Export gives a plan as a draft that imports back to the same plan: with the
// organisations, and with the results of its newest closed season, which for an
// imported evaluation are those its document printed. What only this database
// knows (answers, the journal, open seasons) is not part of a plan.
func (o *Office) Export(ctx context.Context, plan string) (engine.PlanDraft, error) {
	p, err := o.Records.Plan(ctx, plan)
	if err != nil {
		return engine.PlanDraft{}, err
	}
	activities, err := o.Records.Activities(ctx, plan)
	if err != nil {
		return engine.PlanDraft{}, err
	}
	bodies, err := o.Records.Organisations(ctx)
	if err != nil {
		return engine.PlanDraft{}, err
	}
	p.Version = 0
	imported, err := o.Records.Imported(ctx, plan)
	if err != nil && engine.CodeOf(err) != engine.NotFound {
		return engine.PlanDraft{}, err
	}
	d := engine.PlanDraft{Plan: p, Organisations: bodies, Supplement: imported.Supplement}
	for i := range d.Organisations {
		d.Organisations[i].Version = 0
	}
	for _, a := range activities {
		a.Version = 0
		d.Activities = append(d.Activities, engine.ActivityDraft{Activity: a, Status: engine.Planned})
	}
	return d, o.results(ctx, &d)
}

// results adds what became of the activities.
func (o *Office) results(ctx context.Context, d *engine.PlanDraft) error {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	for _, s := range seasons {
		if s.Plan == d.Plan.ID && s.State == engine.SeasonClosed && s.Period.End >= d.Period.End {
			d.Period = s.Period
		}
	}
	if d.Period == (engine.Period{}) {
		return nil
	}
	entries, err := o.Records.Entries(ctx, d.Plan.ID, d.Period.ID)
	if err != nil {
		return err
	}
	for i, a := range d.Activities {
		n := slices.IndexFunc(entries, func(e engine.Entry) bool { return e.Activity == a.ID })
		if n < 0 {
			continue
		}
		d.Activities[i].Status, d.Activities[i].Qualifier = entries[n].State, entries[n].Qualifier
		d.Activities[i].Narrative = entries[n].Narrative
		d.Activities[i].CarriedOver = entries[n].NextStep == engine.CarryOver
	}
	return nil
}
