package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"splneno/store"
	"splneno/store/pgtest"
	"splneno/store/released"
)

// chaos gives how often something is killed: SPLNENO_TEST_KILLS asks for more.
func chaos() int {
	if n, err := strconv.Atoi(os.Getenv("SPLNENO_TEST_KILLS")); err == nil {
		return n
	}
	return 3
}

// A mortal is a program in a folder of its own that may be killed at any moment.
type mortal struct {
	t    *testing.T
	dir  string
	dice *rand.Rand
	kill int // how often it died
	took time.Duration
}

func newMortal(t *testing.T) *mortal {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return &mortal{t: t, dir: t.TempDir(), dice: rand.New(rand.NewPCG(seed, 1)), took: 400 * time.Millisecond}
}

func (m *mortal) at(name string) string { return filepath.Join(m.dir, name) }

func (m *mortal) command(args ...string) *exec.Cmd {
	cmd := exec.Command("splneno", args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "SPLNENO_TEST_NOW=2026-11-23T12:00", "TMPDIR="+m.dir, "SPLNENO_KEY="+m.at("klic"))
	return cmd
}

// does runs a command to its end, which must be a good one.
func (m *mortal) does(args ...string) string {
	m.t.Helper()
	began := time.Now()
	out, err := m.command(args...).CombinedOutput()
	if err != nil {
		m.t.Fatalf("%s: %v\n%s", args, err, out)
	}
	m.took = time.Since(began)
	return string(out)
}

// dies kills a command at some moment of the time it took before; false when it
// was done already.
func (m *mortal) dies(args ...string) bool {
	m.t.Helper()
	cmd := m.command(args...)
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	// The moment of the kill is the point: it falls anywhere.
	<-time.After(time.Duration(m.dice.Int64N(int64(m.took) + 1)))
	_ = cmd.Process.Kill()
	var ended *exec.ExitError
	if !errors.As(cmd.Wait(), &ended) {
		return false
	}
	if ended.ExitCode() > 0 {
		m.t.Fatalf("%s failed by itself with %d", args, ended.ExitCode())
	}
	m.kill++
	return true
}

// townsOfLast is how many towns that database holds.
const townsOfLast = 3

// town makes a database as the last version left it in the middle of a season,
// brought up to date.
func (m *mortal) town(dsn string) string {
	m.t.Helper()
	versions := released.Versions()
	db, key := released.Database(m.t, versions[len(versions)-1], dsn, os.DirFS("../../store"))
	if err := copyKey(key, m.at("klic")); err != nil {
		m.t.Fatal(err)
	}
	m.does("migrate", "--db", db)
	return db
}

// left complains of files that the dead left behind and nobody will clear away.
func (m *mortal) left(allowed int, names ...string) {
	m.t.Helper()
	all, err := os.ReadDir(m.dir)
	if err != nil {
		m.t.Fatal(err)
	}
	var strange []string
	for _, e := range all {
		name := strings.TrimSuffix(strings.TrimSuffix(e.Name(), "-wal"), "-shm")
		if !slices.Contains(append(names, "klic"), name) {
			strange = append(strange, e.Name())
		}
	}
	if len(strange) > allowed {
		m.t.Errorf("after %d kills %d files are left: %v", m.kill, len(strange), strange)
	}
}

// A backup that is killed leaves the one before as it was, and the next one
// clears away what the dead left.
func TestBackupIsKilled(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, dsn string) {
		m := newMortal(t)
		db := m.town(dsn)
		m.does("backup", "--db", db, "--out", "b.db")
		for range chaos() {
			m.dies("backup", "--db", db, "--out", "b.db")
			b, err := store.OpenBackup(t.Context(), m.at("b.db"))
			if err != nil {
				t.Fatalf("after %d kills: %v", m.kill, err)
			}
			_ = b.Close()
		}
		m.left(m.kill, "b.db")
		parts, err := filepath.Glob(m.at(".splneno-backup-*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range parts {
			long := time.Now().Add(-7 * time.Hour)
			if err := os.Chtimes(part, long, long); err != nil {
				t.Fatal(err)
			}
		}
		m.does("backup", "--db", db, "--out", "b.db")
		m.does("verify", "--db", db, "--tenant", "klatovy")
		m.left(0, "b.db")
	})
}

// A restore that is killed leaves an empty database, into which the next one
// brings all.
func TestRestoreIsKilled(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, dsn string) {
		m := newMortal(t)
		m.does("backup", "--db", m.town(""), "--out", "b.db")
		for i := range chaos() {
			to := "sqlite:" + m.at("to.db")
			if dsn != "" {
				to = pgtest.NewDSN(t)
			} else if i > 0 {
				m.forget(m.at("to.db"))
			}
			m.took = 500 * time.Millisecond
			if m.dies("restore", "b.db", "--db", to) {
				if n := m.towns(to); n == 0 {
					m.does("restore", "b.db", "--db", to)
				} else if n != townsOfLast {
					t.Errorf("%d towns", n)
				}
			}
			m.does("verify", "--db", to, "--tenant", "klatovy")
			if out := m.does("hold", "--db", to, "--tenant", "klatovy"); !strings.Contains(out, "restored") {
				t.Errorf("it is not on hold: %s", out)
			}
		}
		m.left(0, "b.db", "to.db")
	})
}

// A copy that is killed leaves an empty target, and the next one brings all. The
// original is what it was, whether or not it was to be put out of use.
func TestCopyIsKilled(t *testing.T) {
	m := newMortal(t)
	db := m.town("")
	for range chaos() {
		to := pgtest.NewDSN(t)
		m.took = 800 * time.Millisecond
		if m.dies("copy", "--from", db, "--to", to) {
			if m.towns(to) == 0 {
				m.does("copy", "--from", db, "--to", to)
			}
		}
		m.does("verify", "--db", to, "--tenant", "klatovy")
	}
	to := pgtest.NewDSN(t)
	for range chaos() {
		m.took = 800 * time.Millisecond
		if !m.dies("copy", "--from", db, "--to", to, "--retire") {
			break
		}
	}
	if m.towns(to) == 0 {
		m.does("copy", "--from", db, "--to", to, "--retire")
	}
	m.does("verify", "--db", to, "--tenant", "klatovy")
	m.does("verify", "--db", db, "--tenant", "klatovy")
	if out := m.does("hold", "--db", db, "--tenant", "klatovy"); !strings.Contains(out, "moved") {
		t.Errorf("the original is not out of use: %s", out)
	}
	m.left(0)
}

// A town whose erasing is killed is there or gone, and the next one erases it.
func TestEraseIsKilled(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, dsn string) {
		m := newMortal(t)
		db := m.town(dsn)
		m.does("tenant", "suspend", "klatovy", "--note", "konec", "--db", db)
		for range chaos() {
			if !m.dies("tenant", "erase", "klatovy", "--yes", "klatovy", "--db", db) {
				break
			}
			if m.towns(db) < townsOfLast {
				break
			}
			m.does("verify", "--db", db, "--tenant", "klatovy")
		}
		if m.towns(db) == townsOfLast {
			m.does("tenant", "erase", "klatovy", "--yes", "klatovy", "--db", db)
		}
		if n := m.towns(db); n != townsOfLast-1 {
			t.Errorf("%d towns are left", n)
		}
		if out, err := m.command("tenant", "add", "klatovy", "--name", "K", "--coordinator", "K <k@klatovy.example>", "--sender", "k@klatovy.example", "--db", db).CombinedOutput(); err == nil {
			t.Errorf("the name of an erased town was given again: %s", out)
		}
		m.left(0)
	})
}

// A migration that is killed goes on where it stopped.
func TestMigrateIsKilled(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, dsn string) {
		m := newMortal(t)
		db, key := released.Database(t, released.Versions()[0], dsn, os.DirFS("../../store"))
		if err := copyKey(key, m.at("klic")); err != nil {
			t.Fatal(err)
		}
		for range chaos() {
			if !m.dies("migrate", "--db", db) {
				break
			}
		}
		m.does("migrate", "--db", db)
		m.does("verify", "--db", db, "--tenant", "klatovy")
		m.left(0)
	})
}

// onBothAddresses runs a test with "" for a file, and with a PostgreSQL.
func onBothAddresses(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, "") })
	t.Run("postgres", func(t *testing.T) { test(t, pgtest.NewDSN(t)) })
}

// towns counts the towns of a database that may have no schema yet.
func (m *mortal) towns(dsn string) int {
	m.t.Helper()
	db, err := store.Open(context.Background(), dsn)
	if err != nil {
		m.t.Fatal(err)
	}
	defer db.Close()
	if db.CheckSchema(context.Background()) != nil {
		return 0
	}
	all, err := db.AcrossTenants().Tenants(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	return len(all)
}

// forget takes databases away with all that lies beside them.
func (m *mortal) forget(names ...string) {
	m.t.Helper()
	for _, name := range names {
		files, err := filepath.Glob(name + "*")
		for _, f := range files {
			err = errors.Join(err, os.Remove(f))
		}
		if err != nil {
			m.t.Fatal(err)
		}
	}
}

// Two backups at once are both whole; one that is made while the schema is
// brought up to date is of before or after; of two restores into one database
// one does it and the other says why not.
func TestAtOnce(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, dsn string) {
		m := newMortal(t)
		db := m.town(dsn)
		m.together(2, []string{"backup", "--db", db, "--out", "a.db"}, []string{"backup", "--db", db, "--out", "b.db"})
		m.together(2, []string{"backup", "--db", db, "--out", "a.db"}, []string{"backup", "--db", db, "--out", "a.db"}, []string{"migrate", "--db", db})
		to := "sqlite:" + m.at("to.db")
		if dsn != "" {
			to = pgtest.NewDSN(t)
		}
		m.together(1, []string{"restore", "a.db", "--db", to}, []string{"restore", "b.db", "--db", to})
		m.does("verify", "--db", to, "--tenant", "klatovy")
		m.left(0, "a.db", "b.db", "to.db")
	})
}

// together runs commands at once, of which at least so many must succeed, and
// the others say in a sentence what is in the way.
func (m *mortal) together(least int, all ...[]string) {
	m.t.Helper()
	type end struct {
		out  []byte
		err  error
		args []string
	}
	ends := make(chan end)
	for _, args := range all {
		go func() {
			out, err := m.command(args...).CombinedOutput()
			ends <- end{out, err, args}
		}()
	}
	done := 0
	for range all {
		e := <-ends
		if e.err == nil {
			done++
			continue
		}
		m.t.Logf("%s: %s", e.args, e.out)
		if !strings.HasPrefix(string(e.out), "splneno: the database ") {
			m.t.Errorf("%s: %v\n%s", e.args, e.err, e.out)
		}
	}
	if done < least {
		m.t.Errorf("%d of %d succeeded", done, len(all))
	}
}
