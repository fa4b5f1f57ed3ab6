package store

import (
	"context"

	"github.com/uptrace/bun"

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

// RequestHeads gives the place of every body in a season without what it is
// asked about, which would be read in vain.
func (t *Tenant) RequestHeads(ctx context.Context, plan, period string) (out []engine.Request, err error) {
	if !clean(plan) || !clean(period) {
		return nil, nil
	}
	var r requestRow
	var answered bun.NullTime
	err = t.each(ctx, "SELECT organisation, written, answered_at FROM request WHERE tenant = ? AND plan = ? AND period = ? ORDER BY organisation",
		[]any{t.id, plan, period}, []any{&r.Organisation, &r.Written, &answered}, func() {
			out = append(out, engine.Request{Plan: plan, Period: period, Organisation: r.Organisation, Written: r.Written.V, AnsweredAt: utc(answered.Time)})
			r.Written.V = nil // decoding would write into the days just handed out
		})
	return out, err
}
