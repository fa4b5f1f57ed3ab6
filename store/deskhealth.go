package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// leftSince is true of a message m that was overtaken: a later one to the same
// address has left.
const leftSince = `EXISTS (
			SELECT 1 FROM message l WHERE l.tenant = m.tenant AND l.organisation = m.organisation AND l.created_at > m.created_at
			AND l.recipient = m.recipient AND l.state = 'sent')`

// MailCounts counts outgoing mail that is not done with: what waits, is held or
// unsure, and what failed or came back, unless a later mail to the same address
// has left since. What only the hold of the municipality keeps is not counted.
func (t *Tenant) MailCounts(ctx context.Context) ([]engine.MailCount, error) {
	var rows []engine.MailCount
	err := t.db.read.NewRaw(`SELECT state, count(*) AS n, min(created_at) AS oldest FROM message m
		WHERE tenant = ? AND state IN ('queued', 'retry', 'unsure', 'failed', 'bounced') AND NOT (state IN ('failed', 'bounced') AND `+leftSince+`)
		GROUP BY state
		UNION ALL SELECT 'held', count(*), min(created_at) FROM message WHERE tenant = ? AND state = 'held' AND last_error <> ? HAVING count(*) > 0
		ORDER BY state`, t.id, t.id, engine.OnHold).Scan(ctx, &rows)
	for i := range rows {
		rows[i].Oldest = utc(rows[i].Oldest)
	}
	return rows, explain(err)
}

// LastSent gives when the newest mail that left was sent, zero for none.
func (t *Tenant) LastSent(ctx context.Context) (time.Time, error) {
	sent, err := t.Messages(ctx, 1, engine.Sent)
	if err != nil || len(sent) == 0 {
		return time.Time{}, err
	}
	return sent[0].SentAt, nil
}

// MessageStates gives the outcome of the messages with these keys that are there.
func (t *Tenant) MessageStates(ctx context.Context, keys []string) (map[string]engine.MessageState, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	return t.messageStates(ctx, orderIn("key", keys, "key"))
}

// LettersIn gives the keys of messages of the states with their state, of each
// state the newest first, as the index has them.
func (t *Tenant) LettersIn(ctx context.Context, limit int, states ...engine.MessageState) (map[string]engine.MessageState, error) {
	return t.messageStates(ctx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return orderIn("state", states, "state DESC", "created_at DESC", "key DESC")(q).Limit(int64(limit))
	})
}

func (t *Tenant) messageStates(ctx context.Context, refine refinement) (map[string]engine.MessageState, error) {
	list, err := list[messageRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery { return refine(q).Column("key", "state") })
	out := make(map[string]engine.MessageState, len(list))
	for _, m := range list {
		out[m.Key] = m.State
	}
	return out, err
}

// LettersDue counts the requests of open seasons that are to be looked at until
// a day, by day.
func (t *Tenant) LettersDue(ctx context.Context, until engine.Date) (map[engine.Date]int, error) {
	var rows []struct {
		NextOn engine.Date
		N      int
	}
	err := t.db.read.NewRaw(`SELECT next_on, count(*) AS n FROM request r
		WHERE tenant = ? AND next_on <> '' AND next_on <= ? AND EXISTS (
			SELECT 1 FROM season s WHERE s.tenant = r.tenant AND s.plan = r.plan AND s.period = r.period AND s.state = 'open')
		GROUP BY next_on`, t.id, until).Scan(ctx, &rows)
	out := map[engine.Date]int{}
	for _, r := range rows {
		out[r.NextOn] = r.N
	}
	return out, explain(err)
}

// OccurrencesDue lists what the calendar owes and has not done, oldest first.
func (t *Tenant) OccurrencesDue(ctx context.Context, limit int) ([]engine.Occurrence, error) {
	return list[occurrenceRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("state = 'due'").Order("next_at", "rule").Limit(int64(limit))
	})
}
