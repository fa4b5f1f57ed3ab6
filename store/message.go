package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type messageRow struct {
	bun.BaseModel `bun:"table:message"`
	Tenant        string              `bun:",pk"`
	Key           string              `bun:",pk"`
	Kind          engine.LetterKind   `bun:",notnull"`
	Organisation  string              `bun:",notnull"`
	Recipient     string              `bun:",notnull"`
	Sender        string              `bun:",notnull"`
	Subject       string              `bun:",notnull"`
	MessageID     string              `bun:",notnull"`
	ReturnPath    string              `bun:",notnull"`
	Text          string              `bun:",notnull"`
	Raw           []byte              // NULL once it is sent
	Hash          string              `bun:",notnull"`
	State         engine.MessageState `bun:",notnull"`
	Attempts      int                 `bun:",notnull"`
	NextAt        time.Time           `bun:",notnull"`
	CreatedAt     time.Time           `bun:",nullzero"`
	TriedAt       time.Time           `bun:",nullzero"`
	SentAt        time.Time           `bun:",nullzero"`
	LastError     string              `bun:",notnull"`
}

func newMessageRow(tenant string, m engine.Message) messageRow {
	return messageRow{
		Tenant: tenant, Key: m.Key, Kind: m.Kind, Organisation: m.Organisation, Recipient: m.To, Sender: m.From,
		Subject: m.Subject, MessageID: m.MessageID, ReturnPath: m.ReturnPath, Text: m.Text, Raw: m.Raw, Hash: m.Hash,
		State: m.State, Attempts: m.Attempts, NextAt: dueAt(m.NextAt, m.CreatedAt), CreatedAt: utc(m.CreatedAt), TriedAt: utc(m.TriedAt), SentAt: utc(m.SentAt), LastError: m.LastError,
	}
}

// dueAt makes sure that what waits is due some time: without a time it is since
// it was made.
func dueAt(next, made time.Time) time.Time {
	switch {
	case !next.IsZero():
		return utc(next)
	case !made.IsZero():
		return utc(made)
	}
	return time.Unix(0, 0).UTC()
}

func (r messageRow) name() string { return "message " + r.Key }

func (r messageRow) value() engine.Message {
	return engine.Message{
		Key: r.Key, Kind: r.Kind, Organisation: r.Organisation, To: r.Recipient, From: r.Sender, Subject: r.Subject,
		MessageID: r.MessageID, ReturnPath: r.ReturnPath, Text: r.Text, Raw: r.Raw, Hash: r.Hash,
		State: r.State, Attempts: r.Attempts, NextAt: utc(r.NextAt), CreatedAt: utc(r.CreatedAt), TriedAt: utc(r.TriedAt), SentAt: utc(r.SentAt), LastError: r.LastError,
	}
}

// HasMessage reports whether the occasion with this key was already said.
func (t *Tenant) HasMessage(ctx context.Context, key string) (bool, error) {
	found, err := list[messageRow](ctx, t, by{"key", key}, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Column("key") })
	return len(found) > 0, err
}

// Messages lists messages of the states, or of all, newest first, without Raw.
// A limit of 0 is none.
func (t *Tenant) Messages(ctx context.Context, limit int, states ...engine.MessageState) ([]engine.Message, error) {
	return list[messageRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return orderIn("state", states, "created_at DESC", "key DESC")(q).ExcludeColumn("raw").Limit(int64(limit))
	})
}

// ClaimMessages hands out up to limit messages due at now, oldest first; nobody
// else gets them before the lease ends.
func (t *Tenant) ClaimMessages(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]engine.Message, error) {
	rows, err := claim[messageRow](ctx, t, claimMessages, now, limit, lease)
	slices.SortFunc(rows, func(a, b messageRow) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.Key, b.Key))
	})
	return values(rows), err
}

// SettleMessage records an outcome and keeps Raw and ReturnPath as given. It is a Conflict,
// and nothing is recorded, when another node has claimed the message since.
func (t *Tenant) SettleMessage(ctx context.Context, m engine.Message) error {
	if err := checkText(m); err != nil {
		return err
	}
	row := newMessageRow(t.id, m)
	res, err := t.db.write.NewUpdate().Model(&row).Column("state", "return_path", "raw", "next_at", "sent_at", "last_error").
		WherePK().Where("attempts = ?", m.Attempts).Exec(ctx)
	return explain(settled(res, err, row.name()))
}

// release makes held and failed messages due again; each must be one of those,
// with its bytes: those of an old one, or of an erased person's, are gone.
func (t *Tenant) release(ctx context.Context, tx bun.Tx, c engine.Change) error {
	for _, key := range c.Releases {
		res, err := tx.NewUpdate().Model((*messageRow)(nil)).Set("state = ?", engine.Retry).Set("next_at = ?", utc(c.At)).Set("tried_at = NULL").
			Where("tenant = ? AND key = ? AND state IN ('held', 'failed') AND purged = 0 AND raw IS NOT NULL", t.id, key).Exec(ctx)
		if err := settled(res, err, "message "+key); err != nil {
			return err
		}
	}
	return nil
}

// bounce marks messages that left and were not delivered. A message that is not
// there is passed over: a report may be about one of another time.
func (t *Tenant) bounce(ctx context.Context, tx bun.Tx, bounced []engine.Bounce) error {
	for _, b := range bounced {
		_, err := tx.NewUpdate().Model((*messageRow)(nil)).Set("state = ?", engine.Bounced).Set("last_error = ?", b.Detail).
			Where("tenant = ? AND organisation = ? AND message_id = ? AND state IN ('sent', 'unsure')", t.id, b.Organisation, b.MessageID).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}
