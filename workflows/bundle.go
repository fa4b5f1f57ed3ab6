package workflows

import (
	"context"
	"strconv"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
)

// MakeBundle gives the newest approved evaluation of a season as the town hands
// it to its region, sealed. The town's journal says that it was handed out.
func (o *Office) MakeBundle(ctx context.Context, plan, period string, who engine.Actor) (engine.Bundle, error) {
	if err := engine.MayDecide(who); err != nil {
		return engine.Bundle{}, err
	}
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return engine.Bundle{}, err
	}
	e, err := o.Approved(ctx, plan, period)
	if err != nil {
		return engine.Bundle{}, err
	}
	b := engine.Bundle{Name: m.Name, District: m.Settings.District, Region: m.Settings.Region, Evaluation: e.Told()}
	b.Evaluation.MadeAt, b.Evaluation.Version = time.Time{}, 0 // no seal covers them
	message, err := b.Message()
	if err != nil {
		return b, err
	}
	b.Seal = o.Links.Sign(o.Records.Tenant(), message)
	if err := b.Check(); err != nil {
		return b, err
	}
	return b, o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: "bundle_made", Subject: plan + "/" + period, Detail: bundleDetail(b)})
}

// bundleDetail is what a reader of a journal needs to know of a bundle.
func bundleDetail(b engine.Bundle) map[string]string {
	return map[string]string{"name": b.Name, "number": strconv.Itoa(b.Evaluation.Number), "hash": b.Evaluation.Hash, "key": b.Seal.Fingerprint()}
}

// LookAtBundle says what would become of a bundle that is handed in, without
// taking it. A bundle that was tampered with is an error.
func (o *Office) LookAtBundle(ctx context.Context, b engine.Bundle, as engine.Newcomer) (engine.Bundle, engine.BundleFate, error) {
	if err := b.Check(); err != nil {
		return b, "", err
	}
	have, err := o.Records.BundleHeads(ctx)
	if err != nil {
		return b, "", err
	}
	b, fate := b.Receive(have, as, czech.Slug)
	return b, fate, nil
}

// TakeBundle takes a bundle into the records of a region. What is there already
// is left alone; an older number, and a key not known here, are a Conflict.
func (o *Office) TakeBundle(ctx context.Context, b engine.Bundle, as engine.Newcomer, who engine.Actor) (engine.BundleFate, error) {
	if err := engine.MayDecide(who); err != nil {
		return "", err
	}
	b, fate, err := o.LookAtBundle(ctx, b, as)
	if err != nil {
		return fate, err
	}
	switch fate {
	case engine.BundleSame:
		return fate, nil
	case engine.BundleOlder:
		return fate, engine.Errorf(engine.Conflict, "%s delivered a newer number of its evaluation of %s than number %d; the older one is not taken", b.Name, b.Evaluation.Period.ID, b.Evaluation.Number)
	case engine.BundleOtherKey:
		return fate, engine.Errorf(engine.Conflict, "%s is known here by another key than %s; ask the town whether the key is its own, then take the bundle with the new key accepted, or as another town of this name", b.Name, b.Seal.Fingerprint())
	case engine.BundleNew, engine.BundleNewer, engine.BundleChanged:
	}
	b.TakenAt = o.local()
	return fate, o.Records.Commit(ctx, engine.Change{At: b.TakenAt, Actor: who, Event: "bundle_taken",
		Subject: b.Town + "/" + b.Evaluation.Plan + "/" + b.Evaluation.Period.ID, Detail: bundleDetail(b), Bundles: []engine.Bundle{b}})
}
