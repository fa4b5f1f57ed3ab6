package store

import (
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store/pgtest"
)

// settle asks a node, and fails the test when the answer is another one.
func settle(t *testing.T, db *DB, now time.Time, want bool) {
	t.Helper()
	if got := get[bool](t)(db.Settle(ctx, now)); got != want {
		t.Errorf("copied is %v, want %v", got, want)
	}
}

// onCopied counts the municipalities that are on hold as copied.
func onCopied(t *testing.T, db *DB) (n int) {
	t.Helper()
	for _, id := range get[[]string](t)(db.AcrossTenants().Tenants(ctx)) {
		if get[engine.Hold](t)(db.Tenant(id).Hold(ctx)).Kind == engine.HoldCopied {
			n++
		}
	}
	return n
}

func TestACopiedFileIsNoticed(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "first.db"), filepath.Join(dir, "second.db")
	db := migrated(t, "sqlite:"+first)
	town(t, db, "klatovy")
	town(t, db, "pisek")
	settle(t, db, noon, false)
	settle(t, db, noon.Add(time.Minute), false)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	// Started again, and under another name, it is the same.
	if err := os.Rename(first, second); err != nil {
		t.Fatal(err)
	}
	settle(t, mustOpen(t, "sqlite:"+second), noon.Add(400*24*time.Hour), false)
	from := get[*os.File](t)(os.Open(second))
	to := get[*os.File](t)(os.Create(first))
	get[int64](t)(io.Copy(to, from))
	_, _ = from.Close(), to.Close()
	for _, suffix := range []string{"-wal", "-shm"} {
		if b, err := os.ReadFile(second + suffix); err == nil && suffix == "-wal" {
			if err := os.WriteFile(first+suffix, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	copied := mustOpen(t, "sqlite:"+first)
	settle(t, copied, noon.Add(time.Hour), true)
	settle(t, copied, noon.Add(time.Hour), false)
	if n := onCopied(t, copied); n != 2 {
		t.Errorf("%d of 2 municipalities are on hold", n)
	}
	if h := get[engine.Hold](t)(copied.Tenant("pisek").Hold(ctx)); !h.AsOf.Equal(noon) {
		t.Errorf("as of %s: the last thing it knows is of %s", h.AsOf, noon)
	}
	if n := onCopied(t, mustOpen(t, "sqlite:"+second)); n != 0 {
		t.Errorf("%d municipalities of the original are on hold", n)
	}
}

func TestACopyOnPostgresIsNoticedOnce(t *testing.T) {
	dsn := pgtest.NewDSN(t)
	db := migrated(t, dsn)
	for _, id := range []string{"klatovy", "pisek", "tabor"} {
		town(t, db, id)
	}
	suspended := change("suspended")
	suspended.Hold = &engine.Hold{Kind: engine.HoldSuspended, Since: noon, Note: "no contract"}
	mustCommit(t, db.Tenant("tabor"), suspended)
	settle(t, db, noon, false)
	settle(t, mustOpen(t, dsn), noon.Add(time.Hour), false)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	clone := pgtest.NewCopy(t, dsn)
	var nodes sync.WaitGroup
	var mu sync.Mutex
	times := 0
	for range 4 {
		node := mustOpen(t, clone)
		nodes.Go(func() {
			copied, err := node.Settle(ctx, noon.Add(time.Hour))
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if copied {
				times++
			}
		})
	}
	nodes.Wait()
	copied := mustOpen(t, clone)
	if n := onCopied(t, copied); times != 1 || n != 3 {
		t.Errorf("it was noticed %d times, %d of 3 municipalities are on hold", times, n)
	}
	if h := get[engine.Hold](t)(copied.Tenant("tabor").Hold(ctx)); h.Note != "no contract" {
		t.Errorf("what was suspended: %+v", h)
	}
	for _, id := range []string{"klatovy", "tabor"} {
		var check engine.JournalCheck
		if err := copied.Tenant(id).Journal(ctx, 1, check.Next); err != nil {
			t.Error(err)
		}
	}
}

// A standby that takes over goes on at once; whoever comes back later was set back.
func TestAnotherTimeline(t *testing.T) {
	db := migrated(t, pgtest.NewDSN(t))
	town(t, db, "klatovy")
	settle(t, db, noon, false)
	stepBack := func() {
		if _, err := db.write.Exec(`UPDATE setting SET value = replace(value, '"Timeline":1', '"Timeline":7') WHERE name = 'place'`); err != nil {
			t.Fatal(err)
		}
	}
	stepBack()
	settle(t, db, noon.Add(50*time.Minute), false)
	settle(t, db, noon.Add(48*time.Hour), false) // the new timeline was taken note of
	stepBack()
	settle(t, db, noon.Add(50*time.Hour), true)
	if n := onCopied(t, db); n != 1 {
		t.Errorf("%d municipalities are on hold", n)
	}
}
