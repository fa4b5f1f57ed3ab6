package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"modernc.org/sqlite"

	"splneno/engine"
)

// Result codes of SQLite, without what SQLite adds above the lowest byte.
const (
	sqliteError    = 1
	sqliteBusy     = 5
	sqliteReadOnly = 8
	sqliteIO       = 10
	sqliteFull     = 13
	sqliteCantOpen = 14
	sqliteNotADB   = 26
	// With the extension: which constraint it was.
	sqlitePrimaryKey = 1555
	sqliteUnique     = 2067
	// The file beside the database that readers share could not grow: SQLite
	// calls that trouble with the disk, and it is a full one.
	sqliteShmSize = 4874
)

// sqliteCode gives the extended result code of an error of SQLite, else 0.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// readers is how many connections read a file at once.
const readers = 4

// openSQLite opens the file with one connection that writes and a few that
// read. More writers would starve one another; a transaction takes the lock
// when it begins (_txlock), because one that reads first and writes later is
// refused whenever another was faster.
func openSQLite(ctx context.Context, file string) (*DB, error) {
	memory := file == ":memory:"
	if !memory {
		if err := checkFile(file); err != nil {
			return nil, err
		}
	}
	write, err := sql.Open("sqlite", sqliteDSN(file, "_txlock=immediate"))
	if err != nil {
		return nil, explain(err)
	}
	write.SetMaxOpenConns(1)
	db := &DB{write: newSQLite(write), unheard: &unheard{}}
	db.read = db.write // what is in memory belongs to its one connection
	if !memory {
		db.file = file
		read, err := sql.Open("sqlite", sqliteDSN(file, "_pragma=query_only(1)"))
		if err != nil {
			return nil, explain(err)
		}
		read.SetMaxOpenConns(readers)
		read.SetMaxIdleConns(readers)
		db.read = newSQLite(read)
	}
	var n int
	if err := write.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&n); err != nil {
		_ = db.Close()
		if sqliteCode(err)&0xff == sqliteNotADB {
			return nil, engine.Errorf(engine.Invalid, "%s is no SQLite database; name another file, or move this one away", file)
		}
		return nil, explain(err)
	}
	return db, nil
}

// sqliteDSN escapes the path: a ? or % in it is part of the name. The log may
// grow to 16 MB before it is written back, for a burst of mail pays for that
// each time. Each connection keeps up to 8 MB of the file at hand: what a page
// counts over a season of 10,000 entries fits in there.
func sqliteDSN(file, setting string) string {
	return sqlitePath(file) + "?" + setting + "&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=wal_autocheckpoint(4000)&_pragma=cache_size(-8000)"
}

func sqlitePath(file string) string {
	return "file:" + (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath()
}

// checkFile finds out what SQLite would only call "unable to open". The file
// is made here, for its owner alone.
func checkFile(file string) error {
	if file == "" || strings.HasPrefix(file, "//") {
		return engine.Errorf(engine.Invalid, "the database address must be written sqlite:FILE, as in sqlite:splneno.db")
	}
	dir := filepath.Dir(file)
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		return engine.Errorf(engine.Invalid, "the folder %s for the database does not exist; make it, or name another", dir)
	}
	if kind := NetworkDrive(file); kind != "" {
		return engine.Errorf(engine.Invalid, "the database %s lies on a network drive (%s), on which SQLite loses data; name a file on a disk of this computer, or use PostgreSQL", file, kind)
	}
	probe, err := os.CreateTemp(dir, ".splneno-*")
	if err != nil {
		return engine.Errorf(engine.Unavailable, "the folder %s cannot be written to, and SQLite needs more files beside the database; change its owner or rights: %w", dir, blame(fileTrouble(err), err))
	}
	_ = probe.Close()
	_ = os.Remove(probe.Name())
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return engine.Errorf(engine.Unavailable, "the database %s cannot be written to; change its owner or rights: %w", file, blame(fileTrouble(err), err))
	}
	return f.Close()
}

// fileTrouble says what incident it is that a file cannot be made or written.
func fileTrouble(err error) engine.IncidentKind {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return engine.IncidentDiskFull
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return engine.IncidentReadOnly
	}
	return engine.IncidentDatabase
}
