package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// A Transfer says what of a database goes into another, and how it goes on
// there.
type Transfer struct {
	Tenant string            // only this municipality, beside those that are there; "" is all, into an empty database
	Hold   engine.Hold       // every municipality that came is put on it; none with the zero value
	At     time.Time         // of the journal's lines about that
	Told   func(what string) // what is under way, for a person who waits; may be nil
}

// CopyTo copies what this database holds, as it is at one moment, into another
// one of either kind with the same schema. The whole is one transaction there:
// it is read again and compared before it is kept, and what fails leaves
// nothing behind. A database that holds something already is refused as a
// Conflict. The Sum is of what was copied, before the holds.
func (db *DB) CopyTo(ctx context.Context, to *DB, t Transfer) (Sum, error) {
	sum, err := db.copyTo(ctx, to, t)
	return sum, explain(err)
}

func (db *DB) copyTo(ctx context.Context, to *DB, t Transfer) (sum Sum, err error) {
	tables, err := transferTables(ctx)
	if err != nil {
		return sum, err
	}
	from, err := db.readSide(ctx, tables)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, from.end()) }()
	into, err := to.writeSide(ctx, tables)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, into.end()) }()
	if err := into.clear(ctx, t.Tenant); err != nil {
		return sum, err
	}
	if sum, err = from.pour(ctx, into, t); err != nil {
		return sum, err
	}
	t.tell("comparing")
	there, err := into.sum(ctx, t.Tenant)
	if err != nil {
		return sum, err
	}
	if d := sum.Difference(there); d != "" {
		return sum, engine.Errorf(engine.Conflict, "the copy is not what was copied: %s; nothing was kept, try again", d)
	}
	if err := into.hold(ctx, t); err != nil {
		return sum, err
	}
	return sum, into.Commit()
}

func (t Transfer) tell(what string) {
	if t.Told != nil {
		t.Told(what)
	}
}

// clear makes sure that nothing is written over, and that nobody else begins
// meanwhile. What a server that ran on the empty database noted of itself goes.
func (s *side) clear(ctx context.Context, tenant string) error {
	if s.db.isPostgres() { // on SQLite there is one writer anyway
		if _, err := s.NewRaw("LOCK TABLE municipality IN EXCLUSIVE MODE").Exec(ctx); err != nil {
			return err
		}
	}
	for _, t := range s.tables {
		if _, ok := t.has("tenant"); !ok {
			continue
		}
		there, err := s.holds(ctx, t, tenant)
		if err != nil {
			return err
		}
		if there && tenant != "" {
			return engine.Errorf(engine.Conflict, "the database has a municipality %s already; erase that one first, or name another database", tenant)
		}
		if there {
			return engine.Errorf(engine.Conflict, "the database is not empty: there is something in its table %s; name an empty one, which need not exist yet", t.name)
		}
	}
	if tenant != "" {
		return nil
	}
	_, err := s.NewRaw("DELETE FROM setting WHERE name <> 'place'").Exec(ctx)
	return err
}

// holds reports whether a table has a row, of one municipality or of any.
func (s *side) holds(ctx context.Context, t transferTable, tenant string) (bool, error) {
	var found []int
	err := s.NewRaw("SELECT 1 FROM ? WHERE ? = '' OR tenant = ? LIMIT 1", bun.Ident(t.name), tenant, tenant).Scan(ctx, &found)
	return len(found) > 0, err
}

// Rows go over in batches: many in one statement, and never much at once in
// memory. A mail of 25 MB goes alone.
const (
	batchRows  = 200
	batchBytes = 1 << 20
)

// pour copies every table and counts what goes by.
func (s *side) pour(ctx context.Context, into *side, t Transfer) (Sum, error) {
	sum := Sum{map[string]TableSum{}, map[string]JournalEnd{}}
	for i, table := range s.tables {
		if !table.goes(t.Tenant) {
			continue
		}
		t.tell(table.name)
		c := newCounter(table)
		if err := s.pourTable(ctx, into, i, t.Tenant, c); err != nil {
			return sum, fmt.Errorf("table %s: %w", table.name, err)
		}
		c.into(&sum)
	}
	return sum, nil
}

func (s *side) pourTable(ctx context.Context, into *side, place int, tenant string, c *counter) error {
	here, there := s.tables[place], into.tables[place]
	var batch [][]any
	bytes := 0
	flush := func() error {
		err := into.put(ctx, there, batch)
		batch, bytes = batch[:0], 0
		return err
	}
	err := s.each(ctx, here, tenant, func(row []any) error {
		size := 0
		for i, v := range row {
			var err error
			if row[i], err = neutral(there.columns[i].kind, v); err != nil {
				return err
			}
			size += sizeOf(row[i])
		}
		c.add(row)
		if bytes+size > batchBytes || len(batch) == batchRows {
			if err := flush(); err != nil {
				return err
			}
		}
		batch, bytes = append(batch, row), bytes+size
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

func sizeOf(value any) int {
	switch v := value.(type) {
	case string:
		return len(v)
	case []byte:
		return len(v)
	}
	return 8
}

// hold puts every municipality that came over on hold, before anybody sees it.
func (s *side) hold(ctx context.Context, t Transfer) error {
	if t.Hold.Kind == "" {
		return nil
	}
	var tenants []string
	if err := s.NewRaw("SELECT tenant FROM municipality WHERE ? = '' OR tenant = ? ORDER BY tenant", t.Tenant, t.Tenant).Scan(ctx, &tenants); err != nil {
		return err
	}
	for _, id := range tenants {
		if err := s.db.Tenant(id).holdCopy(ctx, s.Tx, t.Hold, t.At); err != nil {
			return err
		}
	}
	return nil
}

// holdCopy puts a municipality of a copy on hold, with a line in its journal.
// What was on such a hold before knows no more than it did then.
func (t *Tenant) holdCopy(ctx context.Context, tx bun.Tx, h engine.Hold, at time.Time) error {
	var was []holdRow
	if err := tx.NewSelect().Model(&was).Where("tenant = ?", t.id).Scan(ctx); err != nil {
		return err
	}
	for _, row := range was {
		old := row.value()
		if !old.AsOf.IsZero() && old.AsOf.Before(h.AsOf) {
			h.AsOf = old.AsOf
		}
		if old.Kind == engine.HoldSuspended {
			h.Note = old.Note
		}
	}
	c := engine.Change{At: at, Actor: engine.Actor{Kind: engine.ActorSystem, Name: "copy"}, Event: "hold_started", Subject: string(h.Kind),
		Detail: map[string]string{"as_of": h.AsOf.UTC().Format(time.RFC3339), "note": h.Note}, Hold: &h}
	if _, err := t.write(ctx, tx, c); err != nil {
		return err
	}
	_, err := t.seal(ctx, tx, lineOf(c, nil))
	return err
}

// Tenants lists the municipalities of a sum, sorted.
func (s Sum) Tenants() []string {
	var out []string
	for tenant := range s.Journals {
		out = append(out, tenant)
	}
	slices.Sort(out)
	return out
}
