package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// JournalOf gives the lines about a subject, oldest first.
func (t *Tenant) JournalOf(ctx context.Context, subject string, limit int) ([]engine.JournalLine, error) {
	return list[journalRow](ctx, t, by{"subject", subject}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Order("seq").Limit(int64(limit))
	})
}

// MessagesTo lists the newest messages to an organisation, without Raw.
func (t *Tenant) MessagesTo(ctx context.Context, organisation string, limit int) ([]engine.Message, error) {
	return list[messageRow](ctx, t, by{"organisation", organisation}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("raw").Order("created_at DESC", "key").Limit(int64(limit))
	})
}
