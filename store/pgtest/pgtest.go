// Package pgtest gives tests a PostgreSQL to throw away, without a container:
// it starts the server installed on this machine, once per test binary, and
// every caller gets an empty database of its own.
//
// It is for tests only and must not know what is stored. Start reading at
// [NewDSN]; server_unix.go starts the server, find_unix.go finds it.
//
// A server that already runs is used instead when SPLNENO_TEST_POSTGRES holds
// the postgres:// address of a user who may create databases there; it should be no superuser, as
// policies of tables do not bind those.
package pgtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"io"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"splneno/store/postgres"
)

// NewDSN gives the address of an empty database that is dropped after the test, in
// the name of a role that owns it and is no superuser: policies bind it.
// The server is fast and forgets everything in a crash. Without any PostgreSQL
// the test is skipped, or fails when SPLNENO_TEST_FULL=1.
func NewDSN(t testing.TB) string {
	t.Helper()
	return newDatabase(t, quick, "")
}

// NewCopy gives the address of a copy of a database that NewDSN gave, made by the
// server as an administrator makes one. Whoever is connected to the first is cut off.
func NewCopy(t testing.TB, dsn string) string {
	t.Helper()
	return newDatabase(t, quick, nameOf(t, dsn))
}

// NewDurableCopy is NewCopy of a database that NewDurableDSN gave.
func NewDurableCopy(t testing.TB, dsn string) string {
	t.Helper()
	return newDatabase(t, durable, nameOf(t, dsn))
}

// nameOf gives the name of the database at an address.
func nameOf(t testing.TB, dsn string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(u.Path, "/")
}

// NewDurableDSN is NewDSN on a server that writes to disk what it says it has
// written, as a town's would: for figures that mean something.
func NewDurableDSN(t testing.TB) string {
	t.Helper()
	return newDatabase(t, durable, "")
}

// A server runs until hold is closed, or collected as garbage.
type server struct {
	dsn  string
	role string // whose the databases are, "" for the user of dsn
	hold io.Closer
}

var (
	quick   = sync.OnceValues(func() (server, error) { return start(throwAway...) })
	durable = sync.OnceValues(func() (server, error) { return start() })
)

// newDatabase creates a database on the server that start gives: an empty one,
// or one like the template.
func newDatabase(t testing.TB, start func() (server, error), template string) string {
	t.Helper()
	s, err := server{dsn: os.Getenv("SPLNENO_TEST_POSTGRES")}, error(nil)
	if s.dsn == "" {
		s, err = start()
	}
	if err != nil && os.Getenv("SPLNENO_TEST_FULL") != "1" {
		t.Skipf("SKIPPED, NOT TESTED ON POSTGRESQL: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	name := "t" + strings.ToLower(rand.Text())
	create := "CREATE DATABASE " + name + s.owner()
	if template != "" { // it must not be in use
		create += " TEMPLATE " + template
		if err := run(s.dsn, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"+template+"'"); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(s.dsn, create); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(s.dsn, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(s.dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	if s.role != "" {
		u.User = url.User(s.role)
	}
	return u.String()
}

// owner gives the clause of CREATE DATABASE that says whose it is.
func (s server) owner() string {
	if s.role == "" {
		return ""
	}
	return " OWNER " + s.role
}

// run carries out one statement on a connection of its own.
func run(dsn, statement string) error {
	a, err := postgres.ParseAddress(dsn)
	if err != nil {
		return err
	}
	db := sql.OpenDB(postgres.NewConnector(a, postgres.Limits{Read: time.Minute}))
	defer db.Close()
	_, err = db.ExecContext(context.Background(), statement)
	return err
}

// Do carries out a statement on a connection of its own.
func Do(t testing.TB, dsn, statement string) {
	t.Helper()
	if err := run(dsn, statement); err != nil {
		t.Fatal(err)
	}
}
