package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// MessagePage lists messages of the states, or of all, newest first, without
// Text and Raw; offset is how many come before the page.
func (t *Tenant) MessagePage(ctx context.Context, limit, offset int, states ...engine.MessageState) ([]engine.Message, error) {
	return list[messageRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return orderIn("state", states, "created_at DESC", "key DESC")(q).ExcludeColumn("raw", "text").Limit(int64(limit)).Offset(int64(offset))
	})
}

// MessageCounts says how many messages there are in each state.
func (t *Tenant) MessageCounts(ctx context.Context) (map[engine.MessageState]int, error) {
	return countBy[engine.MessageState](ctx, t, "message")
}

// Message gives one message without Raw, or NotFound.
func (t *Tenant) Message(ctx context.Context, key string) (engine.Message, error) {
	return first[messageRow](ctx, t, by{"key", key}, "there is no message with this key", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("raw")
	})
}

// InboxPage lists mails of a state, newest first, without Raw; offset is how
// many come before the page.
func (t *Tenant) InboxPage(ctx context.Context, limit, offset int, state engine.InboundState) ([]engine.Inbound, error) {
	return list[inboundRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return orderIn("state", []engine.InboundState{state}, "received_at DESC", "id DESC")(q).Limit(int64(limit)).Offset(int64(offset))
	})
}

// ProposalsBy gives every revision of the answers of one organisation in a
// season, oldest first.
func (t *Tenant) ProposalsBy(ctx context.Context, plan, period, organisation string) ([]engine.Proposal, error) {
	return list[proposalRow](ctx, t, by{"plan", plan, "period", period, "organisation", organisation}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Order("given_at", "activity", "revision")
	})
}

// countBy says how many rows of a table are in each state.
func countBy[S ~string](ctx context.Context, t *Tenant, table string) (map[S]int, error) {
	var rows []struct {
		State S
		N     int
	}
	err := t.db.read.NewRaw("SELECT state, count(*) AS n FROM ? WHERE tenant = ? GROUP BY state", bun.Ident(table), t.id).Scan(ctx, &rows)
	counts := map[S]int{}
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, explain(err)
}
