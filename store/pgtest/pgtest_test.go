package pgtest_test

import (
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"splneno/store/pgtest"
	"splneno/store/postgres"
)

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	a, err := postgres.ParseAddress(dsn)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(postgres.NewConnector(a, postgres.Limits{Read: time.Minute}))
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestEveryCallerHasADatabaseOfItsOwn(t *testing.T) {
	a, b := open(t, pgtest.NewDSN(t)), open(t, pgtest.NewDSN(t))
	if _, err := a.Exec("CREATE TABLE x (y int)"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Exec("CREATE TABLE x (y int)"); err != nil {
		t.Errorf("the second database is not empty: %v", err)
	}
}

func TestDurableServerSyncs(t *testing.T) {
	var on string
	if err := open(t, pgtest.NewDurableDSN(t)).QueryRow("SHOW fsync").Scan(&on); err != nil || on != "on" {
		t.Errorf("fsync is %q, %v", on, err)
	}
}

// TestServerDiesWithTheProcess kills a test binary that holds a server, as
// nothing in it can clean up after that.
func TestServerDiesWithTheProcess(t *testing.T) {
	if os.Getenv("PGTEST_CHILD") != "" {
		a, _ := postgres.ParseAddress(pgtest.NewDSN(t))
		_, _ = os.Stdout.WriteString(a.String() + "\n")
		time.Sleep(time.Minute)
		return
	}
	pgtest.NewDSN(t) // skips where there is none
	cmd := exec.Command(os.Args[0], "-test.run=TestServerDiesWithTheProcess")
	cmd.Env = append(os.Environ(), "PGTEST_CHILD=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 200)
	n, err := out.Read(line)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if err != nil {
		t.Fatal(err)
	}
	socket := string(line[len("splneno@"):n])
	dir := filepath.Dir(filepath.Dir(socket)) // …/.s.PGSQL.5432/database
	if os.Getenv("SPLNENO_TEST_POSTGRES") != "" {
		t.Skip("the server is not ours")
	}
	for range 500 {
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%s is still there", dir)
}
