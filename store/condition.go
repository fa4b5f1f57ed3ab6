package store

import (
	"context"
	"os"
	"strings"
	"time"
)

// A Condition is what a database says of itself, for the doctor to judge. One
// of the two is nil.
type Condition struct {
	SQLite   *SQLiteCondition
	Postgres *PostgresCondition
}

// A SQLiteCondition is that of a file. Sizes are in bytes.
type SQLiteCondition struct {
	Journal     string // "wal" as we ask for
	Synchronous int    // 2, full, as we ask for
	Faults      []string
	Size, Free  int64 // of the file, and of it no longer in use
	Log         int64 // what is written and not yet in the file
}

// A PostgresCondition is that of a server and of our role there.
type PostgresCondition struct {
	Version                              int    // 150004
	Role                                 string // our own
	Superuser, BypassRLS                 bool
	MaxConnections, Connected, Pool      int
	Encoding                             string
	Fsync, SynchronousCommit, WholePages string
	Age                                  int64 // of the oldest transaction that was not frozen
	Size                                 int64
	Now                                  time.Time
}

// Condition asks the database about itself. On SQLite it reads the whole file.
func (db *DB) Condition(ctx context.Context) (Condition, error) {
	if db.isPostgres() {
		c, err := db.postgresCondition(ctx)
		return Condition{Postgres: c}, explain(err)
	}
	c, err := db.sqliteCondition(ctx)
	return Condition{SQLite: c}, explain(err)
}

func (db *DB) sqliteCondition(ctx context.Context) (*SQLiteCondition, error) {
	c := &SQLiteCondition{}
	var page, pages, free int64
	var file string
	for _, ask := range []struct {
		pragma string
		into   any
	}{
		{"PRAGMA journal_mode", &c.Journal}, {"PRAGMA synchronous", &c.Synchronous}, {"PRAGMA page_size", &page},
		{"PRAGMA page_count", &pages}, {"PRAGMA freelist_count", &free},
		{"SELECT file FROM pragma_database_list WHERE name = 'main'", &file},
	} {
		if err := db.read.QueryRowContext(ctx, ask.pragma).Scan(ask.into); err != nil {
			return nil, err
		}
	}
	c.Size, c.Free = page*pages, page*free
	if st, err := os.Stat(file + "-wal"); err == nil {
		c.Log = st.Size()
	}
	if err := db.read.NewRaw("PRAGMA quick_check(5)").Scan(ctx, &c.Faults); err != nil {
		return nil, err
	}
	if strings.Join(c.Faults, "") == "ok" {
		c.Faults = nil
	}
	return c, nil
}

func (db *DB) postgresCondition(ctx context.Context) (*PostgresCondition, error) {
	c := &PostgresCondition{Pool: db.write.Stats().MaxOpenConnections}
	err := db.read.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::int, current_user,
		r.rolsuper, r.rolbypassrls, current_setting('max_connections')::int, (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
		current_setting('server_encoding'), current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'),
		age(d.datfrozenxid)::bigint, pg_database_size(d.oid), clock_timestamp()
		FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()`).Scan(
		&c.Version, &c.Role, &c.Superuser, &c.BypassRLS, &c.MaxConnections, &c.Connected,
		&c.Encoding, &c.Fsync, &c.SynchronousCommit, &c.WholePages, &c.Age, &c.Size, &c.Now)
	return c, err
}

// NewestLine says when the newest line of any journal was made, the zero time
// when there is none.
func (e Everyone) NewestLine(ctx context.Context) (time.Time, error) {
	var times []time.Time
	err := e.db.read.NewRaw(`SELECT j.made_at FROM journal_head h JOIN journal j ON j.tenant = h.tenant AND j.seq = h.seq
		ORDER BY j.made_at DESC LIMIT 1`).Scan(ctx, &times)
	if err != nil || len(times) == 0 {
		return time.Time{}, explain(err)
	}
	return utc(times[0]), nil
}
