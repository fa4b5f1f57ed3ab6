package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type inboundRow struct {
	bun.BaseModel `bun:"table:inbound"`
	Tenant        string              `bun:",pk"`
	ID            string              `bun:",pk"`
	Via           string              `bun:",notnull"`
	EnvelopeFrom  string              `bun:",notnull"`
	EnvelopeTo    asJSON[[]string]    `bun:",notnull"`
	ReceivedAt    time.Time           `bun:",notnull"`
	State         engine.InboundState `bun:",notnull"`
	Mail          asJSON[engine.Mail] `bun:",notnull"`
	Plan          string              `bun:",notnull"`
	Period        string              `bun:",notnull"`
	Organisation  string              `bun:",notnull"`
	Note          engine.HeldReason   `bun:",notnull"`
	Same          string              `bun:",notnull"`
	DecidedBy     string              `bun:",notnull"`
	DecidedAt     time.Time           `bun:",nullzero"`
	Attempts      int                 `bun:",notnull"`
	NextAt        time.Time           `bun:",notnull"`
	versioned
}

// inboundRawRow holds the bytes of a mail, which are written once.
type inboundRawRow struct {
	bun.BaseModel `bun:"table:inbound_raw"`
	Tenant        string `bun:",pk"`
	ID            string `bun:",pk"`
	Raw           []byte
}

func (r inboundRawRow) value() []byte { return r.Raw }

func newInboundRow(tenant string, in engine.Inbound) inboundRow {
	return inboundRow{
		Tenant: tenant, ID: in.ID, Via: in.Via, EnvelopeFrom: in.EnvelopeFrom, EnvelopeTo: asJSON[[]string]{in.EnvelopeTo},
		ReceivedAt: utc(in.ReceivedAt), State: in.State, Mail: asJSON[engine.Mail]{in.Mail}, Plan: in.Plan, Period: in.Period,
		Organisation: in.Organisation, Note: in.Note, Same: in.Same, DecidedBy: in.DecidedBy, DecidedAt: utc(in.DecidedAt),
		Attempts: in.Attempts, NextAt: dueAt(in.NextAt, in.ReceivedAt), versioned: versioned{in.Version},
	}
}

func (r inboundRow) name() string { return "mail " + r.ID }

func (r inboundRow) value() engine.Inbound {
	return engine.Inbound{
		ID: r.ID, Via: r.Via, EnvelopeFrom: r.EnvelopeFrom, EnvelopeTo: r.EnvelopeTo.V, ReceivedAt: utc(r.ReceivedAt),
		State: r.State, Mail: r.Mail.V, Plan: r.Plan, Period: r.Period, Organisation: r.Organisation, Note: r.Note, Same: r.Same,
		DecidedBy: r.DecidedBy, DecidedAt: utc(r.DecidedAt), Attempts: r.Attempts, NextAt: utc(r.NextAt), Version: r.Version,
	}
}

// AddInbound stores a mail as it came in: id, bytes, way, envelope and time,
// and nothing that was understood of it. Once it returns without an error the
// mail is on disk, to be read from ReceivedAt on. fresh is false when the id is
// there already, and then nothing is stored.
func (t *Tenant) AddInbound(ctx context.Context, in engine.Inbound) (fresh bool, err error) {
	came := engine.Inbound{ID: in.ID, Raw: in.Raw, Via: in.Via, EnvelopeFrom: in.EnvelopeFrom, EnvelopeTo: in.EnvelopeTo,
		ReceivedAt: in.ReceivedAt, State: engine.InboundReceived, Version: 1}
	if err := checkText(came); err != nil {
		return false, err
	}
	row, raw := newInboundRow(t.id, came), inboundRawRow{Tenant: t.id, ID: in.ID, Raw: in.Raw}
	err = t.db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewInsert().Model(&row).Returning("NULL").On("CONFLICT (tenant, id) DO NOTHING").Exec(ctx)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if fresh = n == 1; !fresh || err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&raw).Returning("NULL").Exec(ctx)
		return err
	})
	return fresh && err == nil, explain(err)
}

// ClaimInbound hands out up to limit mails that were not read yet and may be at
// now, oldest first and without Raw; nobody else gets them before the lease ends.
func (t *Tenant) ClaimInbound(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]engine.Inbound, error) {
	rows, err := claim[inboundRow](ctx, t, claimInbound, now, limit, lease)
	slices.SortFunc(rows, func(a, b inboundRow) int {
		return cmp.Or(a.ReceivedAt.Compare(b.ReceivedAt), cmp.Compare(a.ID, b.ID))
	})
	return values(rows), err
}

// Inbound gives one mail with its bytes, or NotFound.
func (t *Tenant) Inbound(ctx context.Context, id string) (engine.Inbound, error) {
	in, err := one[inboundRow](ctx, t, "mail", by{"id", id})
	if err != nil {
		return in, err
	}
	in.Raw, err = one[inboundRawRow](ctx, t, "mail", by{"id", id})
	return in, err
}

// InboundSame gives the mail with this natural key that is no duplicate, without
// Raw, or NotFound.
func (t *Tenant) InboundSame(ctx context.Context, same string) (engine.Inbound, error) {
	return first[inboundRow](ctx, t, by{"same", same}, "this mail has not come before", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("same <> ''").Where("state <> 'duplicate'") // as the index says
	})
}

// Inbox lists mails of the states, or of all, newest first, without Raw. A
// limit of 0 is none.
func (t *Tenant) Inbox(ctx context.Context, limit int, states ...engine.InboundState) ([]engine.Inbound, error) {
	return list[inboundRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return orderIn("state", states, "received_at DESC", "id DESC")(q).Limit(int64(limit))
	})
}

// InboxCounts says how many mails there are in each state.
func (t *Tenant) InboxCounts(ctx context.Context) (map[engine.InboundState]int, error) {
	return countBy[engine.InboundState](ctx, t, "inbound")
}

// InboundByID gives the mails with these ids that are there, oldest first and
// without Raw.
func (t *Tenant) InboundByID(ctx context.Context, ids []string) ([]engine.Inbound, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return list[inboundRow](ctx, t, nil, orderIn("id", ids, "received_at", "id"))
}

// writeInbound stores what became of mails; their bytes are kept as they came.
func (t *Tenant) writeInbound(ctx context.Context, tx bun.Tx, mails []engine.Inbound) error {
	for _, in := range mails {
		if in.Version == 0 {
			return engine.Errorf(engine.Invalid, "mail %s did not come in; a change stores only what became of a mail that is there", in.ID)
		}
		row := newInboundRow(t.id, in)
		row.Version++
		res, err := tx.NewUpdate().Model(&row).WherePK().Where("version = ?", in.Version).Exec(ctx)
		if duplicate(err) {
			return engine.Errorf(engine.Conflict, "another copy of %s is already there; read it again", row.name())
		}
		if err := settled(res, err, row.name()); err != nil {
			return err
		}
	}
	return nil
}
