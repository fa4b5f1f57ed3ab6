package store

import (
	"context"
	"time"

	"splneno/engine"
)

// A Town is a municipality in one line, as whoever runs the installation lists
// them.
type Town struct {
	ID      string
	Name    string
	Hold    engine.HoldKind // "" for none
	Open    int             // seasons
	Waiting int             // mails that are to leave, held ones among them
	LastAt  time.Time       // of the newest line of its journal; zero without one
}

type townRow struct {
	Tenant, Name  string
	Kind          engine.HoldKind
	Open, Waiting int
	LastAt        time.Time `bun:",nullzero"`
}

func (r townRow) value() Town {
	return Town{ID: r.Tenant, Name: r.Name, Hold: r.Kind, Open: r.Open, Waiting: r.Waiting, LastAt: utc(r.LastAt)}
}

// Register lists all municipalities, sorted by id.
func (e Everyone) Register(ctx context.Context) ([]Town, error) {
	var rows []townRow
	err := e.db.read.NewRaw(`SELECT m.tenant, m.name, coalesce((SELECT h.kind FROM hold h WHERE h.tenant = m.tenant), '') AS kind,
		(SELECT count(*) FROM season s WHERE s.tenant = m.tenant AND s.state = ?) AS open,
		(SELECT count(*) FROM message o WHERE o.tenant = m.tenant AND o.state IN ('queued', 'retry', 'unsure', 'held')) AS waiting,
		(SELECT j.made_at FROM journal_head n JOIN journal j ON j.tenant = n.tenant AND j.seq = n.seq WHERE n.tenant = m.tenant) AS last_at
		FROM municipality m ORDER BY m.tenant`, engine.SeasonOpen).Scan(ctx, &rows)
	return values(rows), explain(err)
}

// Municipalities gives all of them, by id.
func (e Everyone) Municipalities(ctx context.Context) (map[string]engine.Municipality, error) {
	var rows []municipalityRow
	if err := e.db.read.NewSelect().Model(&rows).Scan(ctx); err != nil {
		return nil, explain(err)
	}
	all := map[string]engine.Municipality{}
	for _, r := range rows {
		all[r.Tenant] = r.value()
	}
	return all, nil
}

// Town gives the records of a municipality to somebody who serves another one,
// who has to ask for that by this name; it must exist.
func (e Everyone) Town(ctx context.Context, id string) (*Tenant, error) {
	var found []string
	if id != "" && clean(id) {
		if err := e.db.read.NewRaw("SELECT tenant FROM municipality WHERE tenant = ?", id).Scan(ctx, &found); err != nil {
			return nil, explain(err)
		}
	}
	if len(found) == 0 {
		return nil, engine.Errorf(engine.NotFound, "this installation has no municipality %q", id)
	}
	return e.db.Tenant(id), nil
}
