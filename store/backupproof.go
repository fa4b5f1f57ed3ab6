package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"splneno/engine"
)

// proven reads everything and holds it against the manifest.
func (db *DB) proven(ctx context.Context, file string, m *Manifest) error {
	damaged := func(err error) error { return damaged(file, err) }
	var body, digest string
	err := db.read.NewRaw("SELECT body, digest FROM "+manifest).Scan(ctx, &body, &digest)
	switch {
	case sqliteCode(err)&0xff == sqliteNotADB, noTable(err):
		return engine.Errorf(engine.Invalid, "%s is no backup of this program; name a file that splneno backup made. A database itself is copied with splneno copy", file)
	case err != nil:
		return damaged(err)
	case digestOf([]byte(body)) != digest:
		return damaged(errors.New("its manifest does not fit"))
	}
	if err := json.Unmarshal([]byte(body), m); err != nil {
		return damaged(err)
	}
	taken, err := applied(ctx, db.read)
	if err != nil {
		return damaged(err)
	}
	steps, err := db.migrations(embedded)
	if err != nil {
		return err
	}
	if err := compare(taken, steps); err != nil {
		return fmt.Errorf("the backup %s was made by version %s of the program: %w", file, m.Version, err)
	}
	var found []string
	if err := db.read.NewRaw("PRAGMA integrity_check(1)").Scan(ctx, &found); err != nil {
		return damaged(err)
	}
	if len(found) != 1 || found[0] != "ok" {
		return damaged(errors.New("SQLite finds it malformed"))
	}
	if err := db.plain(ctx); err != nil {
		return damaged(err)
	}
	if _, named := m.Sum.Tables["municipality"]; !named {
		return damaged(errors.New("its manifest says nothing"))
	}
	sum, err := db.sumLike(ctx, *m)
	if err != nil {
		return damaged(err)
	}
	if d := m.Sum.Difference(sum); d != "" {
		return damaged(errors.New(d))
	}
	return nil
}

// plain makes sure that the file has tables and indexes alone: a view or a
// trigger is a program of whoever made the file, and ours need none.
func (db *DB) plain(ctx context.Context) error {
	var found []string
	err := db.read.NewRaw("SELECT type || ' ' || name FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%' LIMIT 1").Scan(ctx, &found)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("there is a %.60q in it", found[0])
	}
	return err
}

// sumLike sums up the tables a manifest names, with the columns they have: an
// older backup has fewer.
func (db *DB) sumLike(ctx context.Context, m Manifest) (Sum, error) {
	tables, err := tablesOf(ctx, db.read)
	if err != nil {
		return Sum{}, err
	}
	tables = slices.DeleteFunc(tables, func(t transferTable) bool {
		_, named := m.Sum.Tables[t.name]
		return !named
	})
	s, err := db.readSide(ctx, tables)
	if err != nil {
		return Sum{}, err
	}
	sum, err := s.sum(ctx, m.Tenant)
	return sum, errors.Join(err, s.end())
}

// complete makes sure that every column this program copies is there: a file
// may tell of steps that were never taken in it.
func (db *DB) complete(ctx context.Context, file string) error {
	want, err := transferTables(ctx)
	if err != nil {
		return err
	}
	is, err := tablesOf(ctx, db.read)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, t := range is {
		for _, c := range t.columns {
			there[t.name+"."+c.name] = true
		}
	}
	for _, t := range want {
		for _, c := range t.columns {
			if !there[t.name+"."+c.name] {
				return damaged(file, fmt.Errorf("it lacks %s of table %s", c.name, t.name))
			}
		}
	}
	return nil
}

// damaged says that a file is no longer what a backup was.
func damaged(file string, why error) error {
	if ended(why) {
		return why
	}
	return engine.Errorf(engine.Invalid, "the backup %s is damaged or was changed (%w); take another one", file, why)
}
