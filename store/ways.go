package store

import (
	"context"

	"splneno/engine"
)

// Ways counts the answers of a season by body and channel, every revision once.
func (t *Tenant) Ways(ctx context.Context, plan, period string) ([]engine.Way, error) {
	var out []engine.Way
	if !clean(plan) || !clean(period) {
		return nil, nil
	}
	err := t.db.read.NewRaw(`SELECT organisation, channel, COUNT(*) AS answers FROM proposal
		WHERE tenant = ? AND plan = ? AND period = ? GROUP BY organisation, channel ORDER BY organisation, channel`, t.id, plan, period).Scan(ctx, &out)
	return out, explain(err)
}
