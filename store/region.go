package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type regionRow struct {
	bun.BaseModel `bun:"table:region"`
	Tenant        string                `bun:",pk"`
	Body          asJSON[engine.Region] `bun:",notnull"`
	versioned
}

func newRegionRow(tenant string, r engine.Region) regionRow {
	version := r.Version
	r.Version = 0
	return regionRow{Tenant: tenant, Body: asJSON[engine.Region]{r}, versioned: versioned{version}}
}

func (regionRow) name() string { return "what the region chose" }

func (r regionRow) value() engine.Region {
	v := r.Body.V
	v.Version = r.Version
	return v
}

// Region gives how a region reads its towns, empty where nothing was chosen.
func (t *Tenant) Region(ctx context.Context) (engine.Region, error) {
	r, err := one[regionRow](ctx, t, "region", nil)
	if engine.CodeOf(err) == engine.NotFound {
		return engine.Region{}, nil
	}
	return r, err
}

// writeRegion stores how a region reads its towns.
func (t *Tenant) writeRegion(ctx context.Context, tx bun.Tx, r *engine.Region) error {
	if r == nil {
		return nil
	}
	return save(ctx, tx, []regionRow{newRegionRow(t.id, *r)})
}

// bundleRow keeps what pages do not list apart: head is the same without rows.
type bundleRow struct {
	bun.BaseModel `bun:"table:bundle"`
	Tenant        string                `bun:",pk"`
	Town          string                `bun:",pk"`
	Plan          string                `bun:",pk"`
	Period        string                `bun:",pk"`
	Number        int                   `bun:",notnull"`
	TakenAt       time.Time             `bun:",notnull"`
	Head          asJSON[engine.Bundle] `bun:",notnull"`
	Body          asJSON[engine.Bundle] `bun:",notnull"`
	versioned
}

func newBundleRow(tenant string, b engine.Bundle) bundleRow {
	version := b.Version
	b.TakenAt, b.Version = utc(b.TakenAt), 0
	return bundleRow{Tenant: tenant, Town: b.Town, Plan: b.Evaluation.Plan, Period: b.Evaluation.Period.ID, Number: b.Evaluation.Number, TakenAt: b.TakenAt,
		Head: asJSON[engine.Bundle]{b.Head()}, Body: asJSON[engine.Bundle]{b}, versioned: versioned{version}}
}

func (r bundleRow) name() string { return "evaluation " + r.Plan + "/" + r.Period + " of " + r.Town }

func (r bundleRow) value() engine.Bundle {
	b := r.Body.V
	b.Version = r.Version
	return b
}

// Bundles gives everything towns delivered, by town, plan and period.
func (t *Tenant) Bundles(ctx context.Context) ([]engine.Bundle, error) {
	return list[bundleRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("head").Order("town", "plan", "period")
	})
}

// bundleHead is a bundle read without the rows of its evaluation.
type bundleHead bundleRow

func (r bundleHead) value() engine.Bundle {
	b := r.Head.V
	b.Version = r.Version
	return b
}

// BundleHeads gives the same without the rows of the evaluations.
func (t *Tenant) BundleHeads(ctx context.Context) ([]engine.Bundle, error) {
	return list[bundleHead](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("body").Order("town", "plan", "period")
	})
}
