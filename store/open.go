package store

import (
	"context"
	"database/sql"
	"runtime"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"

	"splneno/engine"
	"splneno/store/postgres"
)

// A DB is an open database. It may be used by any number of goroutines, and by
// any number of processes at once.
type DB struct {
	write *bun.DB
	read  *bun.DB // the same as write on PostgreSQL
	// What only PostgreSQL needs and understands, "" on SQLite: there the one
	// writer waits its turn before it begins.
	forUpdate, skipLocked string
	address               postgres.Address
	invented              []byte // see Invent
	file                  string // of SQLite, "" when it is in memory
	unheard               *unheard
}

// Open connects to sqlite:FILE or postgres://user:password@host/database. The
// file is made when it is missing. What stands in the way is Invalid (correct
// the address) or Unavailable (later may work), in a sentence without the
// password.
func Open(ctx context.Context, dsn string) (*DB, error) {
	scheme, rest, _ := strings.Cut(dsn, ":")
	switch scheme {
	case "sqlite":
		return openSQLite(ctx, rest)
	case "postgres", "postgresql":
		return openPostgres(ctx, dsn)
	}
	return nil, engine.Errorf(engine.Invalid, "the database address must begin with sqlite: or postgres://, as in sqlite:splneno.db")
}

// Close gives the connections back.
func (db *DB) Close() error {
	err := db.write.Close()
	if db.read != db.write {
		err = firstOf(err, db.read.Close())
	}
	return err
}

// Watched gives the same database, with see told of every statement before it
// runs: for tests and benchmarks that look at what a page asks for.
func (db *DB) Watched(see func(statement string)) *DB {
	w := *db
	w.write = db.write.WithQueryHook(watcher(see))
	w.read = w.write
	if db.read != db.write {
		w.read = db.read.WithQueryHook(watcher(see))
	}
	return &w
}

type watcher func(statement string)

func (w watcher) BeforeQuery(ctx context.Context, e *bun.QueryEvent) context.Context {
	w(e.Query)
	return ctx
}

func (watcher) AfterQuery(context.Context, *bun.QueryEvent) {}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// serving is for what a person waits for: nothing we ask takes seconds. The
// server gives up well before we do, so what we call failed has failed there.
var serving = postgres.Limits{Statement: 10 * time.Second, Lock: 3 * time.Second, Read: 30 * time.Second}

func openPostgres(ctx context.Context, dsn string) (*DB, error) {
	a, err := postgres.ParseAddress(dsn)
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(postgres.NewConnector(a, serving))
	pool.SetMaxOpenConns(4 * max(8, runtime.NumCPU()))
	pool.SetMaxIdleConns(16)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, explain(err)
	}
	db := bun.NewDB(pool, pgdialect.New(), bun.WithDiscardUnknownColumns())
	return &DB{write: db, read: db, forUpdate: " FOR UPDATE", skipLocked: " FOR UPDATE SKIP LOCKED", address: a, unheard: &unheard{}}, nil
}

func (db *DB) isPostgres() bool { return db.forUpdate != "" }

// Columns we do not know are passed over: a newer version that runs beside this
// one has added them.
func newSQLite(pool *sql.DB) *bun.DB {
	return bun.NewDB(pool, sqlitedialect.New(), bun.WithDiscardUnknownColumns())
}
