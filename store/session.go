package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type sessionRow struct {
	bun.BaseModel `bun:"table:session"`
	Tenant        string    `bun:",pk"`
	Hash          string    `bun:",pk"`
	Account       string    `bun:",notnull"`
	CreatedAt     time.Time `bun:",notnull"`
	SeenAt        time.Time `bun:",notnull"`
	ExpiresAt     time.Time `bun:",notnull"`
	Strong        bool      `bun:",notnull"`
	Agent         string    `bun:",notnull"`
}

func (r sessionRow) value() engine.Session {
	return engine.Session{Hash: r.Hash, Account: r.Account, CreatedAt: utc(r.CreatedAt), SeenAt: utc(r.SeenAt),
		ExpiresAt: utc(r.ExpiresAt), Strong: r.Strong, Agent: r.Agent}
}

// AddSession keeps that somebody signed in.
func (t *Tenant) AddSession(ctx context.Context, s engine.Session) error {
	if err := checkText(s); err != nil {
		return err
	}
	row := sessionRow{Tenant: t.id, Hash: s.Hash, Account: s.Account, CreatedAt: utc(s.CreatedAt), SeenAt: utc(s.SeenAt),
		ExpiresAt: utc(s.ExpiresAt), Strong: s.Strong, Agent: s.Agent}
	_, err := t.db.write.NewInsert().Model(&row).Returning("NULL").Exec(ctx)
	return explain(err)
}

// Session gives a session by the hash of its cookie, or NotFound.
func (t *Tenant) Session(ctx context.Context, hash string) (engine.Session, error) {
	return first[sessionRow](ctx, t, by{"hash", hash}, "this session is not known", order("hash"))
}

// Sessions gives those of an account, newest first.
func (t *Tenant) Sessions(ctx context.Context, account string) ([]engine.Session, error) {
	return list[sessionRow](ctx, t, by{"account", account}, order("created_at DESC", "hash"))
}

// TouchSession keeps when a session was last used; one that ended stays ended.
func (t *Tenant) TouchSession(ctx context.Context, hash string, seen time.Time) error {
	_, err := t.db.write.NewRaw("UPDATE session SET seen_at = ? WHERE tenant = ? AND hash = ?", utc(seen), t.id, hash).Exec(ctx)
	return explain(err)
}

// EndSession signs one browser out. It may have been out already.
func (t *Tenant) EndSession(ctx context.Context, hash string) error {
	_, err := t.db.write.NewRaw("DELETE FROM session WHERE tenant = ? AND hash = ?", t.id, hash).Exec(ctx)
	return explain(err)
}

// EndSessions ends all of an account but the one kept ("" for none), and every
// session of the municipality that expired before now.
func (t *Tenant) EndSessions(ctx context.Context, account, keep string, now time.Time) error {
	_, err := t.db.write.NewRaw("DELETE FROM session WHERE tenant = ? AND ((account = ? AND hash <> ?) OR expires_at < ?)",
		t.id, account, keep, utc(now)).Exec(ctx)
	return explain(err)
}
