package workflows

import (
	"context"
	"slices"

	"splneno/engine"
	"splneno/engine/czech"
)

// PreviewImport says what a draft would do, decided so, and changes nothing.
// [Office.ConfirmImport] does just that.
func (o *Office) PreviewImport(ctx context.Context, d engine.PlanDraft, by engine.Decisions, who engine.Actor) (engine.Merge, error) {
	d, err := o.ownWords(ctx, d)
	if err != nil {
		return engine.Merge{}, err
	}
	in := engine.Incoming{Draft: d, Slug: czech.Slug, Expand: czech.ExpandedSlug, Decisions: by}
	if in.Organisations, err = o.Records.Organisations(ctx); err != nil {
		return engine.Merge{}, err
	}
	if in.Plans, err = o.Records.Plans(ctx); err != nil {
		return engine.Merge{}, err
	}
	if slices.ContainsFunc(in.Plans, func(p engine.Plan) bool { return p.ID == d.Plan.ID }) {
		if err := o.asImported(ctx, &in); err != nil {
			return engine.Merge{}, err
		}
	}
	m, err := engine.Import(in, who, o.local())
	if err != nil || m.Change.Event == "" {
		return m, err
	}
	for _, was := range in.Plans {
		if was.ID != d.Plan.ID {
			continue
		}
		if err := o.remember(ctx, &m.Change, was, in.Activities); err != nil {
			return m, err
		}
	}
	return m, o.extend(ctx, &m.Change)
}

// ownWords reads the statuses no importer knows by the words the municipality
// has for them.
func (o *Office) ownWords(ctx context.Context, d engine.PlanDraft) (engine.PlanDraft, error) {
	m, err := o.Records.Municipality(ctx)
	if engine.CodeOf(err) == engine.NotFound || len(m.StatusWords) == 0 {
		return d, nil
	}
	if err != nil {
		return d, err
	}
	d.Activities = slices.Clone(d.Activities)
	for i, a := range d.Activities {
		r := czech.ReadStatusPhrase(a.StatusRaw, m.StatusWords)
		if s := r.State(); a.Status == engine.StateUnknown && a.StatusRaw != "" && s.Known() {
			d.Activities[i].Status, d.Activities[i].Qualifier = s, r.Qualifier
		}
	}
	return d, nil
}

// asImported adds the plan as it stands and as it was last imported.
func (o *Office) asImported(ctx context.Context, in *engine.Incoming) (err error) {
	plan := in.Draft.Plan.ID
	if in.Activities, err = o.Records.Activities(ctx, plan); err != nil {
		return err
	}
	if in.Draft.Plan.Kind == engine.EvaluationPlan {
		if in.Entries, err = o.Records.Entries(ctx, plan, in.Draft.Period.ID); err != nil {
			return err
		}
	}
	if in.Base, err = o.Records.Imported(ctx, plan); engine.CodeOf(err) == engine.NotFound {
		return nil
	}
	return err
}

// ConfirmImport writes what was shown. It is a Conflict when what was shown is
// not so any more, or when something in it is still to be decided; then nothing
// was imported. An import that changes nothing writes nothing.
func (o *Office) ConfirmImport(ctx context.Context, m engine.Merge) error {
	if open := m.Conflicts(); len(open) > 0 {
		return engine.Errorf(engine.Conflict, "%s was changed both here and in the file, and %s undecided; nothing was imported: decide each with --theirs or --ours, as in --theirs %s", open[0], engine.CountOf(len(open), "such value is", "such values are"), open[0])
	}
	if m.Change.Event == "" {
		return nil
	}
	return o.Records.Commit(ctx, m.Change)
}

// Import confirms a draft read from a file, where nothing is to be decided.
func (o *Office) Import(ctx context.Context, d engine.PlanDraft, who engine.Actor) error {
	m, err := o.PreviewImport(ctx, d, engine.Decisions{}, who)
	if err != nil {
		return err
	}
	return o.ConfirmImport(ctx, m)
}
