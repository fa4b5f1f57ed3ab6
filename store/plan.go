package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type planRow struct {
	bun.BaseModel `bun:"table:plan"`
	Tenant        string                    `bun:",pk"`
	ID            string                    `bun:",pk"`
	Title         string                    `bun:",notnull"`
	Kind          engine.PlanKind           `bun:",notnull"`
	Territory     string                    `bun:",notnull"`
	StartOn       engine.Date               `bun:",notnull"`
	EndOn         engine.Date               `bun:",notnull"`
	OpenEnd       string                    `bun:",notnull"`
	ApprovedBy    string                    `bun:",notnull"`
	ApprovedOn    engine.Date               `bun:",notnull"`
	ApprovedAt    string                    `bun:",notnull"` // the place
	Approvals     asJSON[[]engine.Approval] `bun:",notnull"`
	Parent        string                    `bun:",notnull"`
	Funding       string                    `bun:",notnull"`
	Levels        asJSON[engine.Levels]     `bun:",notnull"`
	Areas         asJSON[[]engine.Area]     `bun:",notnull"`
	Measures      asJSON[[]engine.Measure]  `bun:",notnull"`
	versioned
}

func newPlanRow(tenant string, p engine.Plan) planRow {
	return planRow{
		Tenant: tenant, ID: p.ID, Title: p.Title, Kind: p.Kind, Territory: p.Territory, StartOn: p.Start, EndOn: p.End,
		OpenEnd: p.OpenEnd, ApprovedBy: p.ApprovedBy, ApprovedOn: p.ApprovedOn, ApprovedAt: p.ApprovedAt,
		Approvals: asJSON[[]engine.Approval]{p.Approvals}, Parent: p.Parent, Funding: p.Funding, Levels: asJSON[engine.Levels]{p.Levels},
		Areas: asJSON[[]engine.Area]{p.Areas}, Measures: asJSON[[]engine.Measure]{p.Measures}, versioned: versioned{p.Version},
	}
}

func (r planRow) name() string { return "plan " + r.ID }

func (r planRow) value() engine.Plan {
	return engine.Plan{
		ID: r.ID, Title: r.Title, Kind: r.Kind, Territory: r.Territory, Start: r.StartOn, End: r.EndOn,
		OpenEnd: r.OpenEnd, ApprovedBy: r.ApprovedBy, ApprovedOn: r.ApprovedOn, ApprovedAt: r.ApprovedAt,
		Approvals: r.Approvals.V, Parent: r.Parent, Funding: r.Funding, Levels: r.Levels.V, Areas: r.Areas.V, Measures: r.Measures.V, Version: r.Version,
	}
}

// Plans gives all plans, by id.
func (t *Tenant) Plans(ctx context.Context) ([]engine.Plan, error) {
	return list[planRow](ctx, t, nil, order("id"))
}

// Plan gives one plan, or NotFound.
func (t *Tenant) Plan(ctx context.Context, id string) (engine.Plan, error) {
	return one[planRow](ctx, t, "plan", by{"id", id})
}
