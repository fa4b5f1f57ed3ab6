package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// An importedRow keeps its value whole: it is only ever compared as a whole.
type importedRow struct {
	bun.BaseModel `bun:"table:imported"`
	Tenant        string                  `bun:",pk"`
	Plan          string                  `bun:",pk"`
	Body          asJSON[engine.Imported] `bun:",notnull"`
	versioned
}

func newImportedRow(tenant string, i engine.Imported) importedRow {
	return importedRow{Tenant: tenant, Plan: i.Plan.ID, Body: asJSON[engine.Imported]{i}, versioned: versioned{i.Version}}
}

func (r importedRow) name() string { return "last import of plan " + r.Plan }

func (r importedRow) value() engine.Imported {
	i := r.Body.V
	i.Version = r.Version
	return i
}

// Imported gives a plan as its file said it when it was last imported, or NotFound.
func (t *Tenant) Imported(ctx context.Context, plan string) (engine.Imported, error) {
	return one[importedRow](ctx, t, "import of plan", by{"plan", plan})
}
