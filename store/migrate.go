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
// stopped. A newer or altered schema is refused as by [DB.CheckSchema]. Nodes
// that work meanwhile are not held up: what is locked by others is asked for
// again and again, each time briefly, since whoever waits for a table keeps all
// who come later waiting too. It ends when ctx does.
func (db *DB) Migrate(ctx context.Context) error {
	return db.migrate(ctx, embedded)
}

// MigrateTelling is Migrate that says in a sentence for whom it waits, whenever
// it begins to wait.
func (db *DB) MigrateTelling(ctx context.Context, waits func(what string)) error {
	return db.migrateTelling(ctx, embedded, waits)
}

// briefly is how long a step waits for a lock before it lets others pass, and
// pause how long it lets them.
const (
	briefly = 2 * time.Second
	pause   = 500 * time.Millisecond
)

func (db *DB) migrate(ctx context.Context, files fs.FS) error {
	return db.migrateTelling(ctx, files, func(string) {})
}

func (db *DB) migrateTelling(ctx context.Context, files fs.FS, waits func(string)) error {
	steps, err := db.migrations(files)
	if err != nil {
		return err
	}
	return db.takeSteps(ctx, steps, waits)
}

// takeSteps takes those that were not taken yet, and says for whom it waits.
func (db *DB) takeSteps(ctx context.Context, steps []migration, waits func(string)) error {
	pool := db.write.DB
	ctx = postgres.For(ctx, postgres.Everybody) // a step may rewrite everybody's rows
	if db.isPostgres() {
		// Steps may take their time, and the lock ends with the connection:
		// nothing is left behind by a node that dies.
		pool = sql.OpenDB(postgres.NewConnector(db.address, postgres.Limits{Lock: briefly, Read: 6 * time.Hour}))
		defer pool.Close()
		pool.SetMaxOpenConns(1)
		err := db.patiently(ctx, waits, func() error {
			_, err := pool.ExecContext(ctx, "SELECT pg_advisory_lock(7311406)")
			return err
		})
		if err != nil {
			return explain(err)
		}
	}
	_, err := pool.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS schema_migration (name text NOT NULL PRIMARY KEY, hash text NOT NULL)")
	if err != nil {
		return explain(err)
	}
	for _, m := range steps {
		err := db.patiently(ctx, waits, func() error { return m.apply(ctx, pool, steps) })
		if err != nil {
			return explain(err)
		}
	}
	return nil
}

// patiently tries until nobody else's lock is in the way.
func (db *DB) patiently(ctx context.Context, waits func(string), try func() error) error {
	for told := ""; ; {
		err := try()
		if postgres.Code(err) != "55P03" {
			return err
		}
		if who := db.inTheWay(ctx); who != told {
			told = who
			waits(who)
		}
		again := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			again.Stop()
			return ctx.Err()
		case <-again.C:
		}
	}
}

// inTheWay says which transaction has been open for the longest: it is most
// likely the one that is waited for.
func (db *DB) inTheWay(ctx context.Context) string {
	var found []struct {
		Pid   int
		Name  string
		Since time.Time
	}
	err := db.read.NewRaw(`SELECT pid, application_name AS name, xact_start AS since FROM pg_stat_activity
		WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid() ORDER BY xact_start LIMIT 1`).Scan(ctx, &found)
	if err != nil || len(found) == 0 {
		return "the migration waits for another session of the database"
	}
	return fmt.Sprintf("the migration waits for a transaction of session %d (%s), open since %s", found[0].Pid, found[0].Name, utc(found[0].Since).Format(time.RFC3339))
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
