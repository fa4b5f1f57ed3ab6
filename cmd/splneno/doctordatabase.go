package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"splneno/notify/check"
	"splneno/store"
)

// database opens the database as it is, without bringing the schema up to date,
// and looks at what it says of itself.
func (e *examination) database(ctx context.Context) []check.Finding {
	const name = "database"
	if !databaseThere(e.c.DB) {
		return []check.Finding{finding(name, check.Fail, "splneno municipality --help shows how to begin; check --db", "there is no database yet")}
	}
	db, err := store.Open(ctx, e.c.DB)
	if err != nil {
		return []check.Finding{finding(name, check.Fail, "correct --db, or start the server of the database", "%s", err)}
	}
	e.db = db
	out := []check.Finding{finding("schema", check.OK, "", "fits this program")}
	if err := db.CheckSchema(ctx); err != nil {
		out[0] = finding("schema", check.Fail, "splneno migrate brings an older one up to date; a newer one needs the newer program", "%s", err)
	}
	con, err := db.Condition(ctx)
	switch {
	case err != nil:
		return append(out, finding(name, check.Fail, "see the log of the database, and whether its disk is sound", "it cannot be asked about itself: %s", err))
	case con.SQLite != nil:
		return append(out, judgeSQLite(*con.SQLite)...)
	}
	return append(out, judgePostgres(*con.Postgres, e.w.now())...)
}

// faulty leaves the findings of faults, or gives the one that says that all is well.
func faulty(all []check.Finding, well check.Finding) []check.Finding {
	if len(all) == 0 {
		return []check.Finding{well}
	}
	return all
}

// judgeSQLite judges a file.
func judgeSQLite(c store.SQLiteCondition) (out []check.Finding) {
	const name = "database"
	add := func(bad bool, level check.Level, todo, format string, args ...any) {
		if bad {
			out = append(out, finding(name, level, todo, format, args...))
		}
	}
	add(len(c.Faults) > 0, check.Fail, "stop serve, keep the file, and go back to the newest copy", "the file is damaged: %s", oneLine(strings.Join(c.Faults, "; ")))
	add(c.Journal != "wal", check.Warn, "close every other program that has the file open", "its journal is %q and not wal: readers and the writer wait for each other", oneLine(c.Journal))
	add(c.Synchronous < 2, check.Fail, "use this program as it was built", "it does not wait for the disk: what was said to be stored may be lost")
	add(c.Log > 200<<20, check.Warn, "close programs that have read it for long; it shrinks when serve starts again", "its log has %s, as somebody keeps on reading an old state", bytesOf(uint64(c.Log)))
	add(c.Size > 100<<20 && c.Free > c.Size/2, check.Warn, "VACUUM in sqlite3 while serve is stopped gives the room back", "%s of its %s are no longer in use", bytesOf(uint64(c.Free)), bytesOf(uint64(c.Size)))
	return faulty(out, finding(name, check.OK, "", "SQLite, %s, undamaged", bytesOf(uint64(c.Size))))
}

// judgePostgres judges a server, and our role there.
func judgePostgres(c store.PostgresCondition, now time.Time) (out []check.Finding) {
	const name, ask = "database", "have it changed in postgresql.conf"
	add := func(bad bool, level check.Level, todo, format string, args ...any) {
		if bad {
			out = append(out, finding(name, level, todo, format, args...))
		}
	}
	add(c.Version < 140000, check.Fail, "have the server upgraded to PostgreSQL 14 or newer", "PostgreSQL %d is too old", c.Version/10000)
	rights := "is a superuser"
	if !c.Superuser {
		rights = "may pass row-level security by"
	}
	add(c.Superuser || c.BypassRLS, check.Warn, "ALTER ROLE … NOSUPERUSER NOBYPASSRLS: then the server, too, keeps the municipalities apart", "our role %s", rights)
	add(c.Encoding != "UTF8", check.Fail, "make a database with ENCODING 'UTF8' and copy into it", "its encoding is %s", c.Encoding)
	for _, s := range []struct{ setting, value string }{{"fsync", c.Fsync}, {"synchronous_commit", c.SynchronousCommit}, {"full_page_writes", c.WholePages}} {
		add(s.value == "off", check.Fail, ask, "%s is off: what was said to be stored may be lost", s.setting)
	}
	const reserved = 5 // for the administrator and for copies
	add(c.MaxConnections < c.Pool+reserved, check.Warn, ask, "max_connections is %d; one process may need %d", c.MaxConnections, c.Pool+reserved)
	add(c.Connected > c.MaxConnections-reserved, check.Warn, "find out who holds them, or raise max_connections", "%d of its %d connections are in use", c.Connected, c.MaxConnections)
	add(c.Age > 1_500_000_000, check.Fail, "VACUUM (FREEZE) at once, and find out why autovacuum does not", "its transactions are nearly used up")
	add(c.Age > 500_000_000 && c.Age <= 1_500_000_000, check.Warn, "see that autovacuum runs and no old transaction or replication slot holds it up", "%d million transactions wait to be frozen", c.Age/1_000_000)
	apart := c.Now.Sub(now)
	level := check.Warn
	if apart.Abs() > 10*time.Minute {
		level = check.Fail
	}
	add(apart.Abs() > 5*time.Second, level, "let a time server keep both clocks", "the clock of its server is %s apart from ours", apart.Abs().Round(time.Second))
	version := fmt.Sprintf("%d.%d", c.Version/10000, c.Version%10000)
	return faulty(out, finding(name, check.OK, "", "PostgreSQL %s, %s, room for %d connections, %d in use", version, bytesOf(uint64(c.Size)), c.MaxConnections, c.Connected))
}
