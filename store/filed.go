package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// A filedRow is out of the reach of an erasure but for one: what is in it the
// municipality made and gave us as a file. Only what a check of sent mail found
// is ours, and is cleaned; see eraseFiled.
type filedRow struct {
	bun.BaseModel `bun:"table:filed"`
	Tenant        string `bun:",pk"`
	Name          string `bun:",pk"`
	Type          string `bun:",notnull"`
	Data          []byte `bun:",notnull"`
	versioned
}

func newFiledRow(tenant string, f engine.Filed) filedRow {
	if f.Data == nil {
		f.Data = []byte{} // a removed file is empty, not unknown
	}
	return filedRow{Tenant: tenant, Name: f.Name, Type: f.Type, Data: f.Data, versioned: versioned{f.Version}}
}

func (r filedRow) name() string { return "file " + r.Name }

func (r filedRow) value() engine.Filed {
	return engine.Filed{Name: r.Name, Type: r.Type, Data: r.Data, Version: r.Version}
}

// Filed gives a file the municipality keeps, or NotFound. One that was removed
// has no Data.
func (t *Tenant) Filed(ctx context.Context, name string) (engine.Filed, error) {
	return one[filedRow](ctx, t, "file", by{"name", name})
}
