package store

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type nodeRow struct {
	bun.BaseModel `bun:"table:node"`
	ID            string    `bun:",pk"`
	Name          string    `bun:",notnull"`
	Version       string    `bun:",notnull"`
	StartedAt     time.Time `bun:",notnull"`
	SeenAt        time.Time `bun:",notnull"`
	OffMs         int64     `bun:",notnull"`
	AheadAt       time.Time `bun:",nullzero"`
}

func (r nodeRow) value() engine.Node {
	return engine.Node{ID: r.ID, Name: r.Name, Version: r.Version, Started: utc(r.StartedAt), Seen: utc(r.SeenAt),
		Off: time.Duration(r.OffMs) * time.Millisecond, Ahead: utc(r.AheadAt)}
}

// SeeNode records that a node is there; Off is measured on the way and need not
// be given.
func (e Everyone) SeeNode(ctx context.Context, n engine.Node) error {
	if err := checkText(n); err != nil {
		return err
	}
	row := nodeRow{ID: n.ID, Name: n.Name, Version: n.Version, StartedAt: utc(n.Started), SeenAt: utc(n.Seen), AheadAt: utc(n.Ahead)}
	q := e.db.write.NewInsert().Model(&row).Returning("NULL").On("CONFLICT (id) DO UPDATE").Set("seen_at = EXCLUDED.seen_at").
		Set("off_ms = EXCLUDED.off_ms").Set("ahead_at = EXCLUDED.ahead_at")
	if e.db.isPostgres() { // a file is on the same computer, whose clock it is
		q = q.Value("off_ms", "(extract(epoch FROM ?::timestamptz - clock_timestamp()) * 1000)::bigint", utc(n.Seen))
	}
	_, err := q.Exec(ctx)
	return explain(err)
}

// ForgetNode takes a node that ended off the list, and those that were not seen
// since a time.
func (e Everyone) ForgetNode(ctx context.Context, id string, since time.Time) error {
	_, err := e.db.write.NewRaw("DELETE FROM node WHERE id = ? OR seen_at < ?", id, utc(since)).Exec(ctx)
	return explain(err)
}

// Nodes lists the nodes, those first that were seen last.
func (e Everyone) Nodes(ctx context.Context) ([]engine.Node, error) {
	var rows []nodeRow
	err := e.db.read.NewSelect().Model(&rows).Order("seen_at DESC", "name", "id").Limit(200).Scan(ctx)
	return values(rows), explain(err)
}

// ConfirmClock keeps that a person said at a time: the clock is right, and what
// was shown up to newest is no proof against it. The last word counts.
func (e Everyone) ConfirmClock(ctx context.Context, at, newest time.Time) error {
	value := utc(at).Format(time.RFC3339Nano) + " " + utc(newest).Format(time.RFC3339Nano)
	_, err := e.db.write.NewRaw("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
		clockConfirmed, value).Exec(ctx)
	return explain(err)
}

// ConfirmedClock gives what ConfirmClock kept, zero for nothing.
func (e Everyone) ConfirmedClock(ctx context.Context) (at, newest time.Time, err error) {
	value, err := e.db.Setting(ctx, clockConfirmed, "")
	first, second, found := strings.Cut(value, " ")
	if err != nil || !found {
		return at, newest, err
	}
	if at, err = time.Parse(time.RFC3339Nano, first); err != nil {
		return at, newest, explain(err)
	}
	newest, err = time.Parse(time.RFC3339Nano, second)
	return at, newest, explain(err)
}

const clockConfirmed = "clock_confirmed"
