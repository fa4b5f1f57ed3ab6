//go:build unix

package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store/pgtest"
)

// nextVersion builds the program of a version that is yet to come: with one more
// step of the schema.
func nextVersion(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", "engine", "notify", "store", "workflows", "cmd"} {
		copyTree(t, filepath.Join("../..", name), filepath.Join(dir, name))
	}
	main := filepath.Join(dir, "cmd/splneno/main.go")
	text, err := os.ReadFile(main)
	if err != nil {
		t.Fatal(err)
	}
	newer := strings.Replace(string(text), `const version = "`, `const version = "9.`, 1)
	// The clock of the tests, which the program itself does not know.
	newer = strings.Replace(newer, "now: time.Now, passed: passing()", "now: sharedClock, passed: func() time.Duration { return sharedClock().Sub(time.Unix(0, 0)) }", 1)
	newer += `
func sharedClock() time.Time {
	text, err := os.ReadFile(os.Getenv("SPLNENO_TEST_CLOCK"))
	if err != nil {
		panic(err)
	}
	at, err := parseTime(string(text))
	if err != nil {
		panic(err)
	}
	return at
}
`
	if err := os.WriteFile(main, []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	step := `CREATE TABLE novelty (tenant text NOT NULL, x text NOT NULL);
ALTER TABLE municipality ADD COLUMN novelty text NOT NULL DEFAULT 'new';
ALTER TABLE message ADD COLUMN novelty text NOT NULL DEFAULT 'new';
ALTER TABLE occurrence ADD COLUMN novelty text NOT NULL DEFAULT 'new';
`
	if err := os.WriteFile(filepath.Join(dir, "store/migrations/9001-novelty.sql"), []byte(step), 0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "newer")
	build := exec.Command("go", "build", "-trimpath", "-o", program, "./cmd/splneno")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// copyTree copies the source of the program, without what only tests need.
func copyTree(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case e.IsDir() && e.Name() == "testdata":
			return fs.SkipDir
		case e.IsDir():
			return os.MkdirAll(target, 0o700)
		case strings.HasSuffix(path, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestUpgradeOneNodeAfterTheOther starts a newer version beside two older ones
// while letters are on their way. The older ones go on; one that is started
// again is refused; nothing is lost or doubled.
func TestUpgradeOneNodeAfterTheOther(t *testing.T) {
	newer := nextVersion(t)
	c := newCluster(t, pgtest.NewDSN(t), "horni", "dolni")
	c.relay.before = func() { <-time.After(50 * time.Millisecond) }
	old, older := c.join(c.dsn, 0), c.join(c.dsn, 0)
	c.set(time.Date(2024, 1, 10, 11, 0, 0, 0, time.UTC)) // letters begin
	c.eventually("letters are on their way", func() bool { taken, _ := c.relay.seen(); return len(taken) > 2 })
	fresh := c.joinAs(newer, c.dsn, 0)
	fresh.up(c)
	c.finish(time.Date(2024, 1, 10, 11, 0, 0, 0, time.UTC))

	fresh.signal(t, syscall.SIGSTOP) // the older ones alone
	asked, _ := c.relay.seen()
	next := time.Date(2024, 1, 24, 11, 0, 0, 0, time.UTC)
	c.set(next)
	// One that was stopped in a transaction keeps others waiting for a minute.
	c.eventually("the older ones go by the calendar", func() bool {
		all := c.ledger()
		return all["horni"]["letters 2024-01-24"] == engine.Done && all["dolni"]["letters 2024-01-24"] == engine.Done
	})
	c.finish(next)
	if more, _ := c.relay.seen(); len(more) <= len(asked) {
		t.Error("the older ones say nothing any more")
	}
	fresh.signal(t, syscall.SIGCONT)

	old.signal(t, syscall.SIGTERM)
	<-old.ended
	again := c.join(c.dsn, 0)
	<-again.ended
	if said, _ := os.ReadFile(again.log); !strings.Contains(string(said), "the database is newer than this program") || again.ProcessState.ExitCode() == 0 {
		t.Errorf("the older version started again: %s", said)
	}
	older.signal(t, syscall.SIGTERM)
	<-older.ended

	last := time.Date(2024, 2, 7, 11, 0, 0, 0, time.UTC) // the newer one alone
	c.set(last)
	c.finish(last)
	for town, days := range c.ledger() {
		for _, want := range []string{"ask 2024-01-10", "letters 2024-01-10", "letters 2024-01-24", "letters 2024-02-07"} {
			if days[want] != engine.Done {
				t.Errorf("%s: %s is %q", town, want, days[want])
			}
		}
	}
	c.said()
	if more := c.arrived(); more > 0 {
		t.Errorf("%d mails arrived twice", more)
	}
}
