package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// Terms gives the activities of a plan with no more than who asks for days
// needs: title, measure, deadline, and whose answer settles them.
func (t *Tenant) Terms(ctx context.Context, plan string) ([]engine.Activity, error) {
	return list[activityRow](ctx, t, by{"plan", plan}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Column("plan", "id", "measure", "title", "deadline", "answers", "dropped", "version").Order("position", "id")
	})
}

// Standing gives the entries of a season with no more than tells whether they
// are answered.
func (t *Tenant) Standing(ctx context.Context, plan, period string) ([]engine.Entry, error) {
	return list[entryRow](ctx, t, by{"plan", plan, "period", period}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Column("plan", "period", "activity", "state", "next_step", "askees", "answered_at", "said").Order("activity")
	})
}

// Answers gives every revision of every answer of a season, without who gave it
// and what was asked back, in the order of Proposals.
func (t *Tenant) Answers(ctx context.Context, plan, period string) ([]engine.Proposal, error) {
	return list[proposalRow](ctx, t, by{"plan", plan, "period", period}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Column("plan", "period", "activity", "organisation", "revision", "answer", "given_at", "state", "told_on", "decided_at").
			Order("given_at", "activity", "organisation", "revision")
	})
}

// Head gives the number of the journal's last line: as long as it is the same,
// nothing official has changed.
func (t *Tenant) Head(ctx context.Context) (seq int64, err error) {
	err = t.db.read.NewRaw("SELECT COALESCE((SELECT seq FROM journal_head WHERE tenant = ?), 0)", t.id).Scan(ctx, &seq)
	return seq, explain(err)
}
