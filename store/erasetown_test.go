package store

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// Every table that has rows of a town is asked whether one stayed; the town
// beside it keeps all of its own.
func TestNothingOfATownIsLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		a, b := furnish(t, db, "pryc"), furnish(t, db, "b")
		all := db.AcrossTenants()
		before := dump(t, b)
		holdings := get[[]Holding](t)(all.Holdings(ctx, "pryc"))
		tables := tenantTables(t, db)
		if len(holdings) != len(tables) {
			t.Errorf("%d tables hold something, of %d; let furnish put rows of both into all", len(holdings), len(tables))
		}
		var head string
		err := a.Journal(ctx, 1, func(l engine.JournalLine) error { head = l.Hash; return nil })
		if err != nil || head == "" {
			t.Fatal(head, err)
		}
		if err := all.EraseTown(ctx, "pryc", noon); err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			var n int
			if err := admin(db).NewRaw("SELECT count(*) FROM ? WHERE tenant = 'pryc'", bun.Ident(table)).Scan(ctx, &n); err != nil || n != 0 {
				t.Errorf("%s keeps %d rows, %v", table, n, err)
			}
		}
		if left := get[[]Holding](t)(all.Holdings(ctx, "pryc")); len(left) > 0 {
			t.Errorf("left are %v", left)
		}
		if dump(t, b) != before {
			t.Error("the other town was changed")
		}
		if stone := get[string](t)(db.Erased(ctx, "pryc")); !strings.Contains(stone, head) || !strings.Contains(stone, "2024-02-29T12:00:00Z") {
			t.Errorf("the tombstone says %q, the head was %s", stone, head)
		}
		again := change("again")
		again.Municipality = &engine.Municipality{Name: "again"}
		wantCode(t, db.Tenant("pryc").Commit(ctx, again), engine.Gone)
		wantCode(t, all.EraseTown(ctx, "pryc", noon), engine.NotFound)
		wantCode(t, all.EraseTown(ctx, "nikdy", noon), engine.NotFound)
	})
}

func TestOnlyWhatStandsIsErased(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn := town(t, db, "a")
		for _, kind := range []engine.HoldKind{"", engine.HoldRestored, engine.HoldCopied} {
			c := change("hold")
			c.Hold = &engine.Hold{Kind: kind, Since: noon}
			mustCommit(t, tn, c)
			before := get[[]Holding](t)(db.AcrossTenants().Holdings(ctx, "a"))
			wantCode(t, db.AcrossTenants().EraseTown(ctx, "a", noon), engine.Conflict)
			if after := get[[]Holding](t)(db.AcrossTenants().Holdings(ctx, "a")); !slices.Equal(after, before) || get[string](t)(db.Erased(ctx, "a")) != "" {
				t.Errorf("something was erased while the hold was %q", kind)
			}
		}
	})
}

// The bytes go, too: from the file and from its log.
func TestNothingOfATownIsLeftInTheFile(t *testing.T) {
	file := t.TempDir() + "/erase.db"
	db := migrated(t, "sqlite:"+file)
	furnish(t, db, "kanarek")
	town(t, db, "b")
	holds := func() bool {
		found := false
		for _, name := range []string{file, file + "-wal"} {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			found = found || bytes.Contains(body, []byte("KANAREK"))
		}
		return found
	}
	if !holds() {
		t.Fatal("the canary is not there to be found")
	}
	if err := db.AcrossTenants().EraseTown(ctx, "kanarek", noon); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("the canary is still in the file")
	}
}

func TestRegister(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		all := db.AcrossTenants()
		if towns := get[[]Town](t)(all.Register(ctx)); len(towns) != 0 {
			t.Errorf("an empty database has %v", towns)
		}
		town(t, db, "b")
		tn := town(t, db, "a")
		c := change("more")
		c.At = noon.Add(time.Hour)
		c.Seasons = []engine.Season{{Plan: "kpss", Period: engine.Period{ID: "2023"}, State: engine.SeasonOpen}, {Plan: "kpss", Period: engine.Period{ID: "2022"}, State: engine.SeasonClosed}}
		for i, state := range []engine.MessageState{engine.Queued, engine.Retry, engine.Sent, engine.Failed, engine.Held, engine.Unsure} {
			c.Messages = append(c.Messages, engine.Message{Key: string(rune('a' + i)), State: state, MessageID: string(rune('a'+i)) + "@x"})
		}
		c.Hold = &engine.Hold{Kind: engine.HoldSuspended, Since: noon}
		mustCommit(t, tn, c)
		want := []Town{{ID: "a", Name: "a", Hold: engine.HoldSuspended, Open: 1, Waiting: 4, LastAt: noon.Add(time.Hour)}, {ID: "b", Name: "b", LastAt: noon}}
		got := get[[]Town](t)(all.Register(ctx))
		if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("the register is %+v, want %+v", got, want)
		}
		if m := get[map[string]engine.Municipality](t)(all.Municipalities(ctx)); len(m) != 2 || m["a"].Name != "a" {
			t.Errorf("municipalities are %+v", m)
		}
		if other := get[*Tenant](t)(all.Town(ctx, "b")); other.Tenant() != "b" {
			t.Errorf("the town is %s", other.Tenant())
		}
		for _, id := range []string{"", "c", "a\x00", "*"} {
			wantCode(t, second(all.Town(ctx, id)), engine.NotFound)
		}
	})
}
