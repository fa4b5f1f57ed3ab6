package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// OnHold gives the messages the hold of the municipality keeps, oldest first,
// without Text and Raw.
func (t *Tenant) OnHold(ctx context.Context) ([]engine.Message, error) {
	return list[messageRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("raw", "text").Where("state = ? AND last_error = ?", engine.Held, engine.OnHold).Order("created_at", "key")
	})
}

// stop sees to it that held or failed messages never leave; their bytes, which
// hold live links, are gone.
func (t *Tenant) stop(ctx context.Context, tx bun.Tx, keys []string) error {
	for _, key := range keys {
		res, err := tx.NewUpdate().Model((*messageRow)(nil)).Set("state = ?", engine.Stopped).Set("raw = NULL").Set("return_path = ''").Set("last_error = ''").
			Where("tenant = ? AND key = ? AND state IN ('held', 'failed')", t.id, key).Exec(ctx)
		if err := settled(res, err, "message "+key); err != nil {
			return err
		}
	}
	return nil
}

// Holds gives the holds of all municipalities that are on one, by id.
func (e Everyone) Holds(ctx context.Context) (map[string]engine.Hold, error) {
	var rows []holdRow
	err := e.db.read.NewSelect().Model(&rows).Order("tenant").Scan(ctx)
	out := map[string]engine.Hold{}
	for _, r := range rows {
		out[r.Tenant] = r.value()
	}
	return out, explain(err)
}
