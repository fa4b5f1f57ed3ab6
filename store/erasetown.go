package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// tombstone names the setting that stays of an erased municipality.
func tombstone(id string) string { return "erased/" + id }

// Erased says when a municipality of this id was erased and with which head of
// its journal, in words; "" is never.
func (db *DB) Erased(ctx context.Context, id string) (string, error) {
	return db.Setting(ctx, tombstone(id), "")
}

// A Holding is how many rows of a municipality a table has.
type Holding struct {
	Table string
	Rows  int
}

// Holdings counts what is stored of a municipality, most first. What tables
// there are the database is asked itself: a newer version may have added some.
func (e Everyone) Holdings(ctx context.Context, id string) ([]Holding, error) {
	tables, err := e.tables(ctx)
	if err != nil {
		return nil, err
	}
	var all []Holding
	for _, table := range tables {
		h := Holding{Table: table}
		if err := e.db.read.NewRaw("SELECT count(*) FROM ? WHERE tenant = ?", bun.Ident(table), id).Scan(ctx, &h.Rows); err != nil {
			return nil, explain(err)
		}
		if h.Rows > 0 {
			all = append(all, h)
		}
	}
	slices.SortStableFunc(all, func(a, b Holding) int { return cmp.Compare(b.Rows, a.Rows) })
	return all, nil
}

// tables lists the tables that hold rows of tenants.
func (e Everyone) tables(ctx context.Context) (names []string, err error) {
	query := "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'tenant' ORDER BY m.name"
	if e.db.isPostgres() {
		query = `SELECT table_name::text FROM information_schema.columns
			WHERE table_schema = current_schema() AND column_name = 'tenant' ORDER BY table_name`
	}
	err = e.db.read.NewRaw(query).Scan(ctx, &names)
	return names, explain(err)
}

// EraseTown takes every row of a municipality out of every table, and lets only
// a tombstone stay: its id can never be used again. It must be suspended or
// moved, else it is refused with a Conflict. On SQLite nothing of it stays in
// the file, unless somebody else is using it just now; PostgreSQL gives the
// room to others when it vacuums.
func (e Everyone) EraseTown(ctx context.Context, id string, at time.Time) error {
	tables, err := e.tables(ctx)
	if err != nil {
		return err
	}
	if err := e.db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := e.bury(ctx, tx, id, at); err != nil {
			return err
		}
		return e.sweep(ctx, tx, tables, id)
	}); err != nil {
		return explain(err)
	}
	// What was on its way in while it was swept: a mail, a draft.
	err = e.db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error { return e.sweep(ctx, tx, tables, id) })
	if err == nil && !e.db.isPostgres() {
		_, err = e.db.write.ExecContext(ctx, "VACUUM")
		e.db.Tenant(id).forget(ctx)
	}
	return explain(err)
}

// bury puts the tombstone up, behind whoever commits to the journal just now.
func (e Everyone) bury(ctx context.Context, tx bun.Tx, id string, at time.Time) error {
	var heads []struct {
		Seq  int64
		Hash string
	}
	if err := tx.NewRaw("SELECT seq, hash FROM journal_head WHERE tenant = ?"+e.db.forUpdate, id).Scan(ctx, &heads); err != nil {
		return err
	}
	if len(heads) == 0 {
		return noTown(id)
	}
	var kinds []engine.HoldKind
	if err := tx.NewRaw("SELECT kind FROM hold WHERE tenant = ?", id).Scan(ctx, &kinds); err != nil {
		return err
	}
	if len(kinds) == 0 || !(engine.Hold{Kind: kinds[0]}).Stands() {
		return engine.Errorf(engine.Conflict, "%s is not suspended; nothing was erased", id)
	}
	_, err := tx.NewRaw("INSERT INTO setting (name, value) VALUES (?, ?)", tombstone(id),
		fmt.Sprintf("%s, its journal had %d lines, head %s", at.UTC().Format(time.RFC3339), heads[0].Seq, heads[0].Hash)).Exec(ctx)
	return err
}

func (e Everyone) sweep(ctx context.Context, tx bun.Tx, tables []string, id string) error {
	if !e.db.isPostgres() { // what is deleted must not stay in free pages of the file
		if _, err := tx.ExecContext(ctx, "PRAGMA secure_delete = ON"); err != nil {
			return err
		}
	}
	for _, table := range tables {
		if _, err := tx.NewRaw("DELETE FROM ? WHERE tenant = ?", bun.Ident(table), id).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
