package store

import (
	"context"

	"splneno/engine"
)

// proofs finds the lines through the entries they speak of: every one is looked
// up by its subject, however long the journal is. Of a CROSS JOIN, SQLite keeps
// the order; of its own it would look through all entries for each line.
const proofs = `SELECT e.activity, j.seq, j.hash FROM entry e CROSS JOIN journal j
	WHERE j.tenant = e.tenant AND j.subject = e.plan || '/' || e.period || '/' || e.activity AND j.event IN ('approved', 'reported')
	AND e.tenant = ? AND e.plan = ? AND e.period = ?`

// Proofs gives the newest line of the journal that made the result of each
// activity of a season official, by activity.
func (t *Tenant) Proofs(ctx context.Context, plan, period string) (map[string]engine.Proof, error) {
	out := map[string]engine.Proof{}
	if !clean(plan + period) {
		return out, nil
	}
	var activity string
	var p engine.Proof
	return out, t.each(ctx, proofs, []any{t.id, plan, period}, []any{&activity, &p.Line, &p.Hash}, func() {
		if p.Line > out[activity].Line {
			out[activity] = p
		}
	})
}
