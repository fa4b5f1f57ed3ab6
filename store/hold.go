package store

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// A holdRow is there while its municipality is on hold.
type holdRow struct {
	bun.BaseModel `bun:"table:hold"`
	Tenant        string          `bun:",pk"`
	Kind          engine.HoldKind `bun:",notnull"`
	Since         time.Time       `bun:",notnull"`
	AsOf          time.Time       `bun:",nullzero"`
	Note          string          `bun:",notnull"`
}

func newHoldRow(tenant string, h engine.Hold) holdRow {
	return holdRow{Tenant: tenant, Kind: h.Kind, Since: utc(h.Since), AsOf: utc(h.AsOf), Note: h.Note}
}

func (r holdRow) value() engine.Hold {
	return engine.Hold{Kind: r.Kind, Since: utc(r.Since), AsOf: utc(r.AsOf), Note: r.Note}
}

// Hold says whether the municipality is on hold; the zero Hold is none.
func (t *Tenant) Hold(ctx context.Context) (engine.Hold, error) {
	found, err := list[holdRow](ctx, t, nil, order("tenant"))
	if err != nil || len(found) == 0 {
		return engine.Hold{}, err
	}
	return found[0], nil
}

// writeHold puts the municipality on hold, with everything that waits to be
// sent, or ends the hold and gives that back. Attempts is raised: a node that
// is sending a message just now does not settle it.
func (t *Tenant) writeHold(ctx context.Context, tx bun.Tx, c engine.Change) error {
	if c.Hold == nil {
		return nil
	}
	// Who was signed in before nothing happened any more signs in anew after it.
	_, err := tx.NewRaw("DELETE FROM session WHERE tenant = ? AND EXISTS (SELECT 1 FROM hold h WHERE h.tenant = ? AND h.kind IN ('suspended', 'moved'))", t.id, t.id).Exec(ctx)
	if err != nil {
		return err
	}
	if _, err := tx.NewRaw("DELETE FROM hold WHERE tenant = ?", t.id).Exec(ctx); err != nil {
		return err
	}
	if c.Hold.Kind == "" {
		_, err = tx.NewRaw("UPDATE message SET state = ?, next_at = ?, tried_at = NULL, last_error = '' WHERE tenant = ? AND state = ? AND last_error = ?",
			engine.Retry, utc(c.At), t.id, engine.Held, engine.OnHold).Exec(ctx)
		return err
	}
	row := newHoldRow(t.id, *c.Hold)
	if _, err := tx.NewInsert().Model(&row).Returning("NULL").Exec(ctx); err != nil || !c.Hold.Holds() {
		return err
	}
	_, err = tx.NewRaw("UPDATE message SET state = ?, attempts = attempts + 1, last_error = ? WHERE tenant = ? AND state IN ('queued', 'retry', 'unsure')",
		engine.Held, engine.OnHold, t.id).Exec(ctx)
	return err
}

// writeMessages queues what is to be said; of a municipality on hold it is held.
func (t *Tenant) writeMessages(ctx context.Context, tx bun.Tx, messages []engine.Message) error {
	if len(messages) == 0 {
		return nil
	}
	rows := rowsOf(t.id, messages, newMessageRow)
	var kinds []engine.HoldKind
	if err := tx.NewRaw("SELECT kind FROM hold WHERE tenant = ?", t.id).Scan(ctx, &kinds); err != nil {
		return err
	}
	if len(kinds) > 0 && (engine.Hold{Kind: kinds[0]}).Holds() {
		for i := range rows {
			rows[i].State, rows[i].LastError = engine.Held, engine.OnHold
		}
	}
	for some := range slices.Chunk(rows, 20) { // their bytes go with the statement
		if err := inserted(some, t.insertBytes(ctx, tx, &some)); err != nil {
			return err
		}
	}
	return nil
}

// leave records that held messages did leave, from elsewhere; each must be held.
func (t *Tenant) leave(ctx context.Context, tx bun.Tx, left []engine.Left) error {
	for _, l := range left {
		res, err := tx.NewUpdate().Model((*messageRow)(nil)).Set("state = ?", engine.Sent).Set("sent_at = ?", utc(l.At)).
			Set("raw = NULL").Set("return_path = ''").Set("last_error = ''").Where("tenant = ? AND key = ? AND state = 'held'", t.id, l.Key).Exec(ctx)
		if err := settled(res, err, "message "+l.Key); err != nil {
			return err
		}
	}
	return nil
}
