package postgres_test

import (
	"context"
	"database/sql"
	"testing"

	"splneno/store/pgtest"
	"splneno/store/postgres"
)

const carried = "SELECT current_setting('splneno.tenant')"

// TestASessionIsWhoseTheStatementIs lets all that can go wrong happen to the one
// connection, each time in the name of b after one of a: what comes next runs in
// the name it is asked in, whatever the server took back.
func TestASessionIsWhoseTheStatementIs(t *testing.T) {
	db := open(t, pgtest.NewDSN(t), postgres.Limits{})
	db.SetMaxOpenConns(1)
	a, b := postgres.For(t.Context(), "a"), postgres.For(t.Context(), "b")
	tells := func(t *testing.T, ctx context.Context, want string) {
		t.Helper()
		var got string
		if err := db.QueryRowContext(ctx, carried).Scan(&got); err != nil || got != want {
			t.Errorf("the session of %q carries %q, %v", want, got, err)
		}
	}
	for name, happen := range map[string]func(){
		"nothing":          func() {},
		"a failed write":   func() { wantCode(t, second(db.ExecContext(b, "SELECT 1/0")), "22012") },
		"a failed query":   func() { wantCode(t, second(db.QueryContext(b, "SELECT nothing")), "42703") },
		"failed arguments": func() { wantCode(t, second(db.ExecContext(b, "SELECT 1/$1", 0)), "22012") },
		"another verb":     func() { wantCode(t, second(db.ExecContext(b, "VACUUM pg_class")), "") },
		"rows that fail": func() {
			rows, err := db.QueryContext(b, "SELECT repeat('x', 10000), 1/(1-i) FROM generate_series(0, 1) i")
			if err != nil {
				t.Fatal(err)
			}
			for rows.Next() {
			}
			wantCode(t, rows.Err(), "22012")
		},
		"rows nobody reads": func() {
			if rows, err := db.QueryContext(b, "SELECT repeat('x', 10000), 1/(1-i) FROM generate_series(0, 1) i"); err == nil {
				_ = rows.Close()
			}
		},
		"a transaction": func() { inTx(t, db, b, "SELECT 1", (*sql.Tx).Commit, "") },
		"an empty one":  func() { inTx(t, db, b, "", (*sql.Tx).Commit, "") },
		"a rollback":    func() { inTx(t, db, b, "SELECT 1", (*sql.Tx).Rollback, "") },
		"an aborted one": func() {
			inTx(t, db, b, "SELECT 1/0", (*sql.Tx).Commit, "rolled back")
		},
		"an aborted one rolled back": func() { inTx(t, db, b, "SELECT 1/0", (*sql.Tx).Rollback, "") },
	} {
		for _, next := range []struct {
			ctx  context.Context
			name string
		}{{a, "a"}, {b, "b"}, {t.Context(), ""}} {
			t.Run(name+"/"+next.name, func(t *testing.T) {
				tells(t, a, "a")
				happen()
				tells(t, next.ctx, next.name)
				tells(t, a, "a")
			})
		}
	}
}

// inTx carries out a statement in a transaction and ends it. The first thing the
// statement meets is its own tenant.
func inTx(t *testing.T, db *sql.DB, ctx context.Context, statement string, end func(*sql.Tx) error, want string) {
	t.Helper()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if statement != "" {
		var got string
		if err := tx.QueryRowContext(ctx, carried).Scan(&got); err != nil || got != "b" {
			t.Errorf("the transaction carries %q, %v", got, err)
		}
		_, _ = tx.ExecContext(ctx, statement)
	}
	if err := end(tx); (err == nil) != (want == "") {
		t.Errorf("it ends with %v", err)
	}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if (err == nil) != (code == "") || postgres.Code(err) != code {
		t.Errorf("error is %v, want code %q", err, code)
	}
}

func second[V any](_ V, err error) error { return err }
