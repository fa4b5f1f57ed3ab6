package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"time"

	"splneno/engine"
	"splneno/store/postgres"
)

// Migrate brings the schema up to this program. Any number of nodes may call it
// at once; each step is one transaction, so after a crash it goes on where it
// stopped. A newer or altered schema is refused as by [DB.CheckSchema].
func (db *DB) Migrate(ctx context.Context) error { return db.migrate(ctx, embedded) }

func (db *DB) migrate(ctx context.Context, files fs.FS) error {
	steps, err := db.migrations(files)
	if err != nil {
		return err
	}
	return db.takeSteps(ctx, steps)
}

// takeSteps takes those that were not taken yet.
func (db *DB) takeSteps(ctx context.Context, steps []migration) error {
	pool := db.write.DB
	ctx = postgres.For(ctx, postgres.Everybody) // a step may rewrite everybody's rows
	if db.isPostgres() {
		// Steps may take their time, and the lock ends with the connection:
		// nothing is left behind by a node that dies.
		pool = sql.OpenDB(postgres.NewConnector(db.address, postgres.Limits{Read: 6 * time.Hour}))
		defer pool.Close()
		pool.SetMaxOpenConns(1)
		if _, err := pool.ExecContext(ctx, "SELECT pg_advisory_lock(7311406)"); err != nil {
			return explain(err)
		}
	}
	_, err := pool.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS schema_migration (name text NOT NULL PRIMARY KEY, hash text NOT NULL)")
	if err != nil {
		return explain(err)
	}
	for _, m := range steps {
		if err := m.apply(ctx, pool, steps); err != nil {
			return explain(err)
		}
	}
	return nil
}

// apply takes one step unless it was taken.
func (m migration) apply(ctx context.Context, pool *sql.DB, all []migration) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	taken, err := applied(ctx, tx)
	if err != nil {
		return err
	}
	if err := compare(taken, all); err != nil || taken[m.name] == m.hash {
		return err
	}
	text := m.text
	if taken[m.name] != "" {
		text = m.bridge(taken[m.name])
	}
	if _, err := tx.ExecContext(ctx, text); err != nil {
		return fmt.Errorf("migration %s: %w", m.name, err)
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO schema_migration (name, hash) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET hash = EXCLUDED.hash", m.name, m.hash)
	if err != nil {
		return err
	}
	return tx.Commit()
}

// CheckSchema is nil when the database fits this program. It is Invalid, and
// says which of the two to change, when the database is newer or older.
func (db *DB) CheckSchema(ctx context.Context) error { return db.checkSchema(ctx, embedded) }

func (db *DB) checkSchema(ctx context.Context, files fs.FS) error {
	steps, err := db.migrations(files)
	if err != nil {
		return err
	}
	taken, err := applied(ctx, db.read)
	if err != nil && !noTable(err) {
		return explain(err)
	}
	if err := compare(taken, steps); err != nil {
		return err
	}
	for _, m := range steps {
		if taken[m.name] != m.hash {
			return engine.Errorf(engine.Invalid, "the database is older than this program: it lacks the step %s; migrate it first", m.name)
		}
	}
	return nil
}
