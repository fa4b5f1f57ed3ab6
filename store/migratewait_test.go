package store

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"splneno/store/pgtest"
)

// TestMigrationHoldsNobodyUp migrates while somebody else has a transaction open
// on the very table: other nodes go on reading and writing it, the migration says
// for whom it waits, and ends as soon as it can.
func TestMigrationHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	dsn := pgtest.NewDSN(t)
	db := migrated(t, dsn)
	town(t, db, "klatovy")
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(ctx, "SELECT count(*) FROM municipality"); err != nil {
		t.Fatal(err)
	}
	newer := with(t, map[string]string{"9001-more.sql": "ALTER TABLE municipality ADD COLUMN more text NOT NULL DEFAULT ''; CREATE TABLE more (x integer);"})
	told := make(chan string, 10)
	var work sync.WaitGroup
	work.Go(func() {
		if err := mustOpen(t, dsn).migrateTelling(ctx, newer, func(what string) { told <- what }); err != nil {
			t.Error(err)
		}
	})
	if what := <-told; !strings.Contains(what, "waits for a transaction of session") {
		t.Errorf("told: %s", what)
	}
	for range 5 { // the column is waited for; whoever comes later is let through
		c := change("changed")
		mustCommit(t, db.Tenant("klatovy"), c)
		if _, err := db.Tenant("klatovy").Municipality(ctx); err != nil {
			t.Errorf("somebody else is held up: %v", err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	work.Wait()
	// Who knows nothing of the column goes on as before.
	m, err := db.Tenant("klatovy").Municipality(ctx)
	if err != nil {
		t.Fatal(err)
	}
	c := change("changed")
	c.Municipality = &m
	mustCommit(t, db.Tenant("klatovy"), c)
	if err := db.CheckSchema(ctx); err == nil || !strings.Contains(err.Error(), "newer than this program") {
		t.Errorf("starting the older program again: %v", err)
	}
}

// A migration that is given up leaves nothing behind.
func TestMigrationGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	dsn := pgtest.NewDSN(t)
	db := migrated(t, dsn)
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(ctx, "SELECT count(*) FROM municipality"); err != nil {
		t.Fatal(err)
	}
	bounded, cancel := context.WithCancel(ctx)
	newer := with(t, map[string]string{"9001-more.sql": "ALTER TABLE municipality ADD COLUMN more text NOT NULL DEFAULT '';"})
	began := time.Now()
	if err := mustOpen(t, dsn).migrateTelling(bounded, newer, func(string) { cancel() }); err == nil || time.Since(began) > 20*time.Second {
		t.Errorf("given up after %s: %v", time.Since(began), err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := db.CheckSchema(ctx); err != nil {
		t.Errorf("half of it was taken: %v", err)
	}
}
