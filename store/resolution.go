package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type resolutionRow struct {
	bun.BaseModel `bun:"table:resolution"`
	Tenant        string                    `bun:",pk"`
	Plan          string                    `bun:",pk"`
	Period        string                    `bun:",pk"`
	ID            int                       `bun:",pk"`
	Body          asJSON[engine.Resolution] `bun:",notnull"`
	versioned
}

func newResolutionRow(tenant string, r engine.Resolution) resolutionRow {
	version := r.Version
	r.Version = 0
	return resolutionRow{Tenant: tenant, Plan: r.Plan, Period: r.Period, ID: r.ID, Body: asJSON[engine.Resolution]{r}, versioned: versioned{version}}
}

func (r resolutionRow) name() string { return "resolution of " + r.Plan + "/" + r.Period }

func (r resolutionRow) value() engine.Resolution {
	v := r.Body.V
	v.At, v.Version = utc(v.At), r.Version
	return v
}

// Resolutions gives those of a season, by id.
func (t *Tenant) Resolutions(ctx context.Context, plan, period string) ([]engine.Resolution, error) {
	return list[resolutionRow](ctx, t, by{"plan", plan, "period", period}, order("id"))
}
