package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"splneno/engine"
)

// manifest is the table of a backup that says what is in it.
const manifest = "backup_manifest"

// A Manifest says what a backup holds and where it comes from.
type Manifest struct {
	Version string // of the program that made it
	MadeAt  time.Time
	Source  string // "sqlite" or "postgres"
	Tenant  string // the one municipality it holds, "" for all of an installation
	Key     string // fingerprint of the key its links were made with
	Sum     Sum
}

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

// manifest makes a backup of a filled database. Started as it is, it is noticed
// to be a copy: no place has this name.
func (db *DB) manifest(ctx context.Context, m Manifest) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if _, err := db.write.ExecContext(ctx, "CREATE TABLE "+manifest+" (body text NOT NULL, digest text NOT NULL) STRICT"); err != nil {
		return err
	}
	if _, err := db.Setting(ctx, "place", `{"ID":"backup"}`); err != nil {
		return err
	}
	_, err = db.write.NewRaw("INSERT INTO "+manifest+" (body, digest) VALUES (?, ?)", string(text), digestOf(text)).Exec(ctx)
	return err
}

func digestOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
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

// A Backup is one that was opened to be restored.
type Backup struct {
	Manifest
	db   *DB
	file string
	copy string // a file that goes when it is closed
}

// OpenBackup opens a backup, after everything in it was held against its
// manifest. It is Invalid, in a sentence, when the file is something else, was
// cut or changed, or is of a newer program. The file is not written to; one of
// an older program is brought up to date in a copy of it.
func OpenBackup(ctx context.Context, file string) (*Backup, error) {
	b := &Backup{file: file}
	var err error
	if b.Manifest, b.db, err = openBackup(ctx, file); err != nil {
		return nil, explain(err)
	}
	if err := b.db.CheckSchema(ctx); err != nil {
		if err := b.db.Close(); err != nil {
			return nil, err
		}
		if err := b.renew(ctx, file); err != nil {
			return nil, errors.Join(explain(err), b.Close())
		}
	}
	return b, nil
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

// Close gives the file back.
func (b *Backup) Close() error {
	err := b.db.Close()
	if b.copy != "" {
		err = errors.Join(err, os.Remove(b.copy))
	}
	return err
}

// CopyTo brings back what is in it, as [DB.CopyTo] does.
func (b *Backup) CopyTo(ctx context.Context, to *DB, t Transfer) (Sum, error) {
	if err := b.db.complete(ctx, b.file); err != nil {
		return Sum{}, explain(err)
	}
	return b.db.CopyTo(ctx, to, t)
}

func openBackup(ctx context.Context, file string) (m Manifest, db *DB, err error) {
	if _, err := os.Stat(file); err != nil {
		return m, nil, engine.Errorf(engine.Invalid, "the backup %s cannot be read: %w", file, err)
	}
	db, err = openPlain(file, "mode=ro&_pragma=query_only(1)&_pragma=trusted_schema(0)")
	if err != nil {
		return m, nil, err
	}
	if err = db.proven(ctx, file, &m); err != nil {
		return m, nil, errors.Join(err, db.Close())
	}
	return m, db, nil
}

// ManifestOf reads what a backup says of itself, without holding the file
// against it.
func ManifestOf(ctx context.Context, file string) (m Manifest, err error) {
	db, err := openPlain(file, "mode=ro&_pragma=query_only(1)")
	if err != nil {
		return m, err
	}
	var body string
	if err = db.read.NewRaw("SELECT body FROM "+manifest).Scan(ctx, &body); err == nil {
		err = json.Unmarshal([]byte(body), &m)
	}
	return m, errors.Join(err, db.Close())
}

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

// renew brings a copy of an older backup up to date.
func (b *Backup) renew(ctx context.Context, file string) error {
	from, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	to, err := os.CreateTemp("", "splneno-restore-*")
	if err != nil {
		return engine.Errorf(engine.Unavailable, "the older backup %s cannot be copied to be brought up to date: %w", file, err)
	}
	b.copy = to.Name()
	_, err = io.Copy(to, from)
	if err = errors.Join(err, to.Close()); err != nil {
		return err
	}
	if b.db, err = openPlain(b.copy, "_txlock=immediate&_pragma=synchronous(OFF)&_pragma=journal_mode(MEMORY)&_pragma=trusted_schema(0)"); err != nil {
		return err
	}
	return b.db.Migrate(ctx)
}
