package workflows

import (
	"context"

	"splneno/engine"
	"splneno/engine/czech"
)

// Print gathers what the documents of an evaluation are made of. An approved one
// is sealed.
func (o *Office) Print(ctx context.Context, e engine.Evaluation) (engine.Print, error) {
	p := engine.Print{Evaluation: e.Told()}
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return p, err
	}
	p.Logo, p.LogoType = m.Settings.Logo, m.Settings.LogoType
	if p.Resolutions, err = o.Records.Resolutions(ctx, e.Plan, e.Period.ID); err != nil {
		return p, err
	}
	layout, err := o.Records.Filed(ctx, engine.LayoutFile)
	if err != nil && engine.CodeOf(err) != engine.NotFound {
		return p, err
	}
	p.Layout = layout.Data
	if e.State == engine.EvaluationApproved {
		p.Sign = func(message []byte) engine.Seal { return o.Links.Sign(o.Records.Tenant(), message) }
	}
	return p, nil
}

// PublicPrint is the same for everybody to read: without contacts, answers in
// their own words and small counts.
func (o *Office) PublicPrint(ctx context.Context, e engine.Evaluation) (engine.Print, error) {
	p, err := o.Print(ctx, e)
	if err != nil {
		return p, err
	}
	bodies, err := o.Records.Organisations(ctx)
	if err != nil {
		return p, err
	}
	p.Evaluation, p.Resolutions = czech.Public(e, bodies), nil
	p.Address = o.Links.PublicURL(o.Records.Tenant(), "plan", e.Plan, e.Period.ID) + "/"
	return p, nil
}
