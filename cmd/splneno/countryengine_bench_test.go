//go:build unix

package main

import (
	"database/sql"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"splneno/store"
)

// processorTime is what this process has used so far.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// A dbEngine is a database looked at from outside.
type dbEngine struct {
	db         *sql.DB
	file       string // of SQLite
	postmaster string // the process all of a server's come from, "" where it cannot be seen
}

func openEngine(b *testing.B, dsn string, db *sql.DB) dbEngine {
	b.Helper()
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		return dbEngine{db: db, file: file}
	}
	var pid int
	if err := db.QueryRowContext(b.Context(), "SELECT pg_backend_pid()").Scan(&pid); err != nil {
		b.Fatal(err)
	}
	e := dbEngine{db: db}
	if p := statOf(fmt.Sprint(pid)); p != nil {
		e.postmaster = p[1]
	}
	return e
}

// statOf gives what Linux says of a process, from its state on: the second is
// its parent, 11 to 14 its own time and that of its dead children. nil is elsewhere.
func statOf(pid string) []string {
	text, _ := os.ReadFile(filepath.Join("/proc", pid, "stat"))
	_, rest, found := strings.Cut(string(text), ") ")
	if !found {
		return nil
	}
	return strings.Fields(rest)
}

// processorTime is what the server and its sessions, those that ended too, have
// used so far; 0 where there is none, or it cannot be seen.
func (e dbEngine) processorTime(b *testing.B) time.Duration {
	b.Helper()
	ticks := 0
	add := func(fields ...string) {
		for _, f := range fields {
			n, _ := strconv.Atoi(f)
			ticks += n
		}
	}
	own := statOf(e.postmaster)
	if e.postmaster == "" || own == nil {
		return 0
	}
	add(own[11:15]...)
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, p := range all {
		if s := statOf(filepath.Base(p)); s != nil && s[1] == e.postmaster {
			add(s[11:13]...)
		}
	}
	return time.Duration(ticks) * (time.Second / 100)
}

// commits counts the transactions so far that wrote something: on PostgreSQL the
// numbers it gave out, on SQLite the counter in the file beside the database
// (iChange of the wal-index, which its file format describes).
func (e dbEngine) commits(b *testing.B) (n int) {
	b.Helper()
	if e.file == "" {
		if err := e.db.QueryRowContext(b.Context(), "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").Scan(&n); err != nil {
			b.Fatal(err)
		}
		return n
	}
	head := make([]byte, 12)
	f, err := os.Open(e.file + "-shm")
	if err == nil {
		_, err = f.Read(head)
		_ = f.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
	return int(binary.NativeEndian.Uint32(head[8:]))
}

// sayDurable prints what the database does before it calls something stored.
func sayDurable(b *testing.B, dsn string) {
	b.Helper()
	db, err := store.Open(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	c, err := db.Condition(b.Context())
	switch {
	case err != nil:
		b.Fatal(err)
	case c.Postgres != nil:
		fmt.Printf("PostgreSQL %d: fsync %s, synchronous_commit %s, full_page_writes %s\n", c.Postgres.Version, c.Postgres.Fsync, c.Postgres.SynchronousCommit, c.Postgres.WholePages)
	default:
		fmt.Printf("SQLite: journal_mode %s, synchronous %d\n", c.SQLite.Journal, c.SQLite.Synchronous)
	}
}
