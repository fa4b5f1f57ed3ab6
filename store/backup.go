package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"splneno/engine"
)

// Backup writes what the database holds at one moment into one file, which is
// a SQLite database with the same schema. The file is for its owner alone, and
// is there only when it is whole and was read again; a file that was there is
// replaced. Version, MadeAt and Tenant of the Manifest are given, the rest is
// filled in.
func (db *DB) Backup(ctx context.Context, file string, m Manifest, told func(string)) (Manifest, error) {
	dir := filepath.Dir(file)
	part, err := os.CreateTemp(dir, ".splneno-backup-*")
	if err != nil {
		return m, engine.Errorf(engine.Invalid, "a backup cannot be written into the folder %s; make it, or change its owner or rights: %w", dir, err)
	}
	name := part.Name()
	err = sweepParts(part)
	_ = part.Close()
	if err != nil {
		return m, errors.Join(err, os.Remove(name))
	}
	if m, err = db.writeBackup(ctx, name, m, told); err == nil {
		if told != nil {
			told("reading it again")
		}
		err = checkBackup(ctx, name)
	}
	if err == nil {
		err = keepFile(name, file)
	}
	if err != nil {
		return m, errors.Join(fullDisk(file, explain(err)), os.Remove(name))
	}
	return m, nil
}

// fullDisk names the file that is written where its disk is full: it seldom is
// the disk of the database.
func fullDisk(file string, err error) error {
	o := engine.OutageOf(err)
	if o == nil || o.Kind != engine.IncidentDiskFull || !strings.HasPrefix(o.Sign, "SQLite ") {
		return err
	}
	return engine.Errorf(engine.Unavailable, "the backup %s has no room left on its disk; make room and try again, or name another folder", file)
}

// sweepParts takes away what backups left that were killed. No backup takes as
// long as longest, by the clock of the disk the new part lies on.
func sweepParts(part *os.File) error {
	now, err := part.Stat()
	if err != nil {
		return err
	}
	dir := filepath.Dir(part.Name())
	all, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range all {
		st, err := e.Info()
		if err == nil && st.Mode().IsRegular() && strings.HasPrefix(e.Name(), ".splneno-backup-") && now.ModTime().Sub(st.ModTime()) > longest {
			_ = os.Remove(filepath.Join(dir, e.Name())) // another backup may be faster
		}
	}
	return nil
}

// writeBackup needs no way back: half a file is thrown away.
func (db *DB) writeBackup(ctx context.Context, file string, m Manifest, told func(string)) (Manifest, error) {
	to, err := openPlain(file, "_txlock=immediate&_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)")
	if err != nil {
		return m, err
	}
	defer func() { _ = to.Close() }()
	if err := to.Migrate(ctx); err != nil {
		return m, err
	}
	if m.Sum, err = db.copyTo(ctx, to, Transfer{Tenant: m.Tenant, Told: told}); err != nil {
		return m, err
	}
	if m.Tenant != "" && len(m.Sum.Journals) == 0 {
		return m, noTown(m.Tenant)
	}
	if m.Key, err = db.Setting(ctx, "key", ""); err != nil {
		return m, err
	}
	if m.Source = "sqlite"; db.isPostgres() {
		m.Source = "postgres"
	}
	return m, errors.Join(to.manifest(ctx, m), to.Close())
}

// openPlain opens a SQLite file with one connection and what is named, without
// another file beside it.
func openPlain(file, settings string) (*DB, error) {
	pool, err := sql.Open("sqlite", sqlitePath(file)+"?"+settings)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	db := newSQLite(pool)
	return &DB{write: db, read: db, unheard: &unheard{}}, nil
}

// keepFile gives a file that is whole its name, so that it outlives a power cut.
func keepFile(part, file string) error {
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return engine.Errorf(engine.Unavailable, "the backup %s cannot be written to its disk: %w", file, err)
	}
	if err := os.Rename(part, file); err != nil {
		return engine.Errorf(engine.Invalid, "the backup cannot be named %s: %w", file, err)
	}
	dir, err := os.Open(filepath.Dir(file))
	if err != nil {
		return err
	}
	_ = dir.Sync() // some file systems cannot
	return dir.Close()
}

// checkBackup reads a backup that was just made.
func checkBackup(ctx context.Context, file string) error {
	b, err := OpenBackup(ctx, file)
	if err != nil {
		return err
	}
	return b.Close()
}
