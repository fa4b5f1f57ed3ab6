package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"testing"
	"time"

	"splneno/store/pgtest"
	"splneno/store/postgres"
)

func open(t *testing.T, dsn string, l postgres.Limits) *sql.DB {
	t.Helper()
	a, err := postgres.ParseAddress(dsn)
	if err != nil {
		t.Fatal(err)
	}
	if l.Read == 0 {
		l.Read = time.Minute
	}
	db := sql.OpenDB(postgres.NewConnector(a, l))
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func must(t *testing.T, db interface {
	Exec(string, ...any) (sql.Result, error)
}, query string, args ...any) {
	t.Helper()
	if _, err := db.Exec(query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func count(t *testing.T, db *sql.DB, query string) (n int) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// eventually waits for what another process does in its own time.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 1000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("after ten seconds, still not: %s", what)
}

func TestCommitOfAnAbortedTransactionIsAnError(t *testing.T) {
	db := open(t, pgtest.NewDSN(t), postgres.Limits{})
	must(t, db, "CREATE TABLE x (id int PRIMARY KEY)")
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	must(t, tx, "INSERT INTO x VALUES (1)")
	_, _ = tx.Exec("INSERT INTO x VALUES (1)") // swallowed on purpose
	if err := tx.Commit(); !errors.Is(err, postgres.ErrRolledBack) {
		t.Errorf("Commit = %v, want ErrRolledBack", err)
	}
	if n := count(t, db, "SELECT count(*) FROM x"); n != 0 {
		t.Errorf("%d rows are stored", n)
	}
}

func TestCommitStores(t *testing.T) {
	db := open(t, pgtest.NewDSN(t), postgres.Limits{})
	must(t, db, "CREATE TABLE x (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)")
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	must(t, tx, "INSERT INTO x VALUES (1)")
	if err := tx.Commit(); err != nil {
		t.Error(err)
	}
	tx, err = db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	must(t, tx, "INSERT INTO x VALUES (1)") // refused at COMMIT
	if err := tx.Commit(); postgres.Code(err) != "23505" {
		t.Errorf("Commit = %v, want the violation", err)
	}
	if n := count(t, db, "SELECT count(*) FROM x"); n != 1 {
		t.Errorf("%d rows are stored, want 1", n)
	}
}

const asleep = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()"

func TestCancelStopsTheStatementOnBothSides(t *testing.T) {
	dsn := pgtest.NewDSN(t)
	db, watcher := open(t, dsn, postgres.Limits{}), open(t, dsn, postgres.Limits{})
	for name, run := range map[string]func(context.Context) error{
		"exec": func(ctx context.Context) error {
			_, err := db.ExecContext(ctx, "SELECT pg_sleep(60)")
			return err
		},
		"query": func(ctx context.Context) error {
			_, err := db.QueryContext(ctx, "SELECT pg_sleep(60)")
			return err
		},
		"rows": func(ctx context.Context) error {
			rows, err := db.QueryContext(ctx, "SELECT repeat('x', 10000), pg_sleep(i) FROM generate_series(0, 60, 60) i")
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
			}
			return rows.Err()
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan error, 1)
			go func() { done <- run(ctx) }()
			eventually(t, "the statement runs", func() bool { return count(t, watcher, asleep) == 1 })
			cancel()
			select {
			case err := <-done:
				if !errors.Is(err, context.Canceled) {
					t.Errorf("error is %v, want context.Canceled", err)
				}
			case <-time.After(5 * time.Second):
				t.Fatal("the caller still waits")
			}
			eventually(t, "the server stops", func() bool { return count(t, watcher, asleep) == 0 })
		})
	}
	if n := db.Stats().InUse; n != 0 {
		t.Errorf("%d connections are still in use", n)
	}
}

func TestDeadlineIsADeadline(t *testing.T) {
	db := open(t, pgtest.NewDSN(t), postgres.Limits{})
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := db.ExecContext(ctx, "SELECT pg_sleep(60)"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v, want context.DeadlineExceeded", err)
	}
}

func TestCancelledTransactionStoresNothing(t *testing.T) {
	db := open(t, pgtest.NewDSN(t), postgres.Limits{})
	must(t, db, "CREATE TABLE x (id int)")
	ctx, cancel := context.WithCancel(context.Background())
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	must(t, tx, "INSERT INTO x VALUES (1)")
	cancel()
	if err := tx.Commit(); err == nil {
		t.Error("Commit = nil")
	}
	if n := count(t, db, "SELECT count(*) FROM x"); n != 0 {
		t.Errorf("%d rows are stored", n)
	}
}

// TestRacingCancels ends contexts at the very moment statements finish: none
// may leave a connection that fails somebody else.
func TestRacingCancels(t *testing.T) {
	db := open(t, pgtest.NewDSN(t), postgres.Limits{})
	for i := range 1000 {
		ctx, cancel := context.WithCancel(context.Background())
		timer := time.AfterFunc(time.Duration(i%200)*time.Microsecond, cancel)
		_, _ = db.ExecContext(ctx, "SELECT 1")
		timer.Stop()
		if _, err := db.Exec("SELECT 1"); err != nil {
			t.Fatalf("round %d: %v", i, err)
		}
		cancel()
	}
}

func TestDeadConnectionsAreNoticedInThePool(t *testing.T) {
	dsn := pgtest.NewDSN(t)
	admin, proxy := open(t, dsn, postgres.Limits{}), pgtest.NewProxy(t, dsn)
	db := open(t, proxy.DSN+"&application_name=victim", postgres.Limits{})
	db.SetMaxIdleConns(4)
	var held []*sql.Conn
	for range 4 {
		c, err := db.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, c)
	}
	for _, c := range held {
		_ = c.Close()
	}
	must(t, admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'")
	eventually(t, "the connections are gone", func() bool { return proxy.Open() == 0 })
	for range 8 {
		if _, err := db.Exec("SELECT 1"); err != nil {
			t.Errorf("a dead connection was handed out: %v", err)
		}
	}
}

func TestFailedConnectsLeaveNoSocket(t *testing.T) {
	files := func() int {
		list, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("open files cannot be counted here")
		}
		return len(list)
	}
	a, err := postgres.ParseAddress(pgtest.NewDSN(t))
	if err != nil {
		t.Fatal(err)
	}
	a.Database = "nosuch"
	c := postgres.NewConnector(a, postgres.Limits{Read: time.Minute})
	before := files()
	for range 30 {
		if _, err := c.Connect(context.Background()); err == nil {
			t.Fatal("connected to a database that is not there")
		}
	}
	if after := files(); after > before+5 {
		t.Errorf("open files went from %d to %d", before, after)
	}
}

func TestConnectHearsCancel(t *testing.T) {
	l := silentListener(t)
	a, err := postgres.ParseAddress("postgres://u@" + l.Addr().String() + "/d")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err = postgres.NewConnector(a, postgres.Limits{Read: time.Minute}).Connect(ctx)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v, want context.DeadlineExceeded", err)
	}
}

func TestCommentsDoNotHideArguments(t *testing.T) {
	db := open(t, pgtest.NewDSN(t), postgres.Limits{})
	var n int
	var s string
	err := db.QueryRow("SELECT -- don't\n $1::int /* it's */ + $2, '--' || $3 || v.\"a--b\" FROM (SELECT '/*'::text AS \"a--b\") v", 7, 1, "x--y").Scan(&n, &s)
	if err != nil || n != 8 || s != "--x--y/*" {
		t.Errorf("got %d, %q, %v", n, s, err)
	}
}

func TestLimitsAreKeptByTheServer(t *testing.T) {
	dsn := pgtest.NewDSN(t)
	limited := open(t, dsn, postgres.Limits{Statement: 100 * time.Millisecond, Lock: 50 * time.Millisecond})
	if _, err := limited.Exec("SELECT pg_sleep(60)"); postgres.Code(err) != "57014" {
		t.Errorf("long statement: %v", err)
	}
	other := open(t, dsn, postgres.Limits{})
	must(t, other, "CREATE TABLE x (id int)")
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	must(t, tx, "LOCK TABLE x")
	if _, err := limited.Exec("INSERT INTO x VALUES (1)"); postgres.Code(err) != "55P03" {
		t.Errorf("long wait for a lock: %v", err)
	}
	for name, want := range map[string]string{"idle_in_transaction_session_timeout": "1min", "client_connection_check_interval": "1s", "timezone": "UTC"} {
		var got string
		if err := limited.QueryRow("SHOW " + name).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", name, got, err, want)
		}
	}
}

func TestReadLimit(t *testing.T) {
	db := open(t, pgtest.NewDSN(t), postgres.Limits{Read: 50 * time.Millisecond})
	if _, err := db.Exec("SELECT pg_sleep(60)"); err == nil {
		t.Error("an answer was waited for longer than Read")
	}
}
