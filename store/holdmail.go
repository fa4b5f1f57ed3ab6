package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// OnHold gives a part of the messages the hold of the municipality keeps, oldest
// first, without Text and Raw. A limit of 0 is none.
func (t *Tenant) OnHold(ctx context.Context, limit, offset int) ([]engine.Message, error) {
	return list[messageRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("raw", "text").Where("state = ? AND last_error = ?", engine.Held, engine.OnHold).Order("created_at", "key").
			Limit(int64(limit)).Offset(int64(offset))
	})
}

// OnHoldKeys gives the keys of all of them, in the same order: the index has them.
func (t *Tenant) OnHoldKeys(ctx context.Context) (keys []string, err error) {
	err = t.db.read.NewRaw("SELECT key FROM message WHERE tenant = ? AND state = ? AND last_error = ? ORDER BY created_at, key", t.id, engine.Held, engine.OnHold).Scan(ctx, &keys)
	return keys, explain(err)
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
