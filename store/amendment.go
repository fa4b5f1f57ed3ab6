package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type amendmentRow struct {
	bun.BaseModel `bun:"table:amendment"`
	Tenant        string                   `bun:",pk"`
	Plan          string                   `bun:",pk"`
	Number        int                      `bun:",pk"`
	Body          asJSON[engine.Amendment] `bun:",notnull"`
	versioned
}

func newAmendmentRow(tenant string, a engine.Amendment) amendmentRow {
	version := a.Version
	a.Version = 0
	return amendmentRow{Tenant: tenant, Plan: a.Plan, Number: a.Number, Body: asJSON[engine.Amendment]{a}, versioned: versioned{version}}
}

func (r amendmentRow) name() string { return "amendment of " + r.Plan }

func (r amendmentRow) value() engine.Amendment {
	a := r.Body.V
	a.At, a.Version = utc(a.At), r.Version
	return a
}

// Amendments gives those of a plan, by number.
func (t *Tenant) Amendments(ctx context.Context, plan string) ([]engine.Amendment, error) {
	return list[amendmentRow](ctx, t, by{"plan", plan}, order("number"))
}
