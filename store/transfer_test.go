package store

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/store/pgtest"
)

// lived makes a town with a row in every table there is.
func lived(t testing.TB, db *DB, id string) {
	t.Helper()
	tn := town(t, db, id)
	c := everything(id)
	mustCommit(t, tn, c)
	mustAdd(t, tn, arrived(id))
	if err := tn.SaveDraft(ctx, engine.Request{Plan: "kpss", Period: "2023", Organisation: "charita"}, engine.Draft{}, noon); err != nil {
		t.Fatal(err)
	}
	if err := tn.AddStretches(ctx, stretch("letters", time.Time{}, noon, []engine.Occurrence{{Rule: "letters", Day: "2024-02-29", PlanAt: noon, State: engine.Due}})); err != nil {
		t.Fatal(err)
	}
	held := change("held")
	held.Hold = &engine.Hold{Kind: engine.HoldRestored, Since: noon, AsOf: noon.Add(-time.Hour), Note: "zkouška"}
	mustCommit(t, tn, held)
	for i := range 1200 { // more than a batch
		c := change("many")
		c.Detail = map[string]string{"n": fmt.Sprint(i), "č": "ž\u2028\t\""}
		mustCommit(t, tn, c)
	}
}

var schemaTables = sync.OnceValues(func() ([]transferTable, error) { return transferTables(ctx) })

// dumpOf gives everything a database holds, as SQLite would hold it.
func dumpOf(t testing.TB, db *DB) map[string][]string {
	t.Helper()
	s := get[*side](t)(db.readSide(ctx, get[[]transferTable](t)(schemaTables())))
	defer func() { _ = s.end() }()
	out := map[string][]string{}
	for _, table := range s.tables {
		out[table.name] = nil
		err := s.each(ctx, table, "", func(row []any) error {
			for i := range row {
				row[i] = get[any](t)(neutral(table.columns[i].kind, row[i]))
			}
			out[table.name] = append(out[table.name], fmt.Sprintf("%#v", row))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestEverythingIsCopiedThereAndBack(t *testing.T) {
	from := migrated(t, "sqlite:"+filepath.Join(t.TempDir(), "from.db"))
	for _, id := range []string{"klatovy", "žďár"} {
		lived(t, from, id)
	}
	get[string](t)(from.Setting(ctx, "key", "otisk"))
	want := dumpOf(t, from)
	for name, rows := range want {
		if len(rows) == 0 {
			t.Errorf("table %s is empty: fill it in lived, or say in left why it is not copied", name)
		}
	}
	server := migrated(t, pgtest.NewDSN(t))
	back := migrated(t, "sqlite:"+filepath.Join(t.TempDir(), "back.db"))
	first := get[Sum](t)(from.CopyTo(ctx, server, Transfer{}))
	if d := cmp.Diff(want, dumpOf(t, server)); d != "" {
		t.Errorf("to PostgreSQL (-was +is):\n%s", d)
	}
	second := get[Sum](t)(server.CopyTo(ctx, back, Transfer{}))
	if d := cmp.Diff(want, dumpOf(t, back)); d != "" {
		t.Errorf("and back (-was +is):\n%s", d)
	}
	if d := first.Difference(second); d != "" {
		t.Error(d)
	}
	for _, tenant := range first.Tenants() {
		if j := first.Journals[tenant]; j.Fault != "" || j.Lines != 1203 || j.Head != get[string](t)(headOf(back, tenant)) {
			t.Errorf("journal of %s: %+v", tenant, j)
		}
	}
}

func headOf(db *DB, tenant string) (hash string, err error) {
	return hash, admin(db).NewRaw("SELECT hash FROM journal_head WHERE tenant = ?", tenant).Scan(ctx, &hash)
}

// Both databases have the same tables and columns, of kinds the copying knows.
func TestTheSchemasAreOne(t *testing.T) {
	db := migrated(t, pgtest.NewDSN(t))
	s := get[*side](t)(db.readSide(ctx, get[[]transferTable](t)(transferTables(ctx))))
	defer func() { _ = s.end() }()
	known := "text integer bigint boolean bytea timestamp with time zone"
	n := 0
	for _, table := range s.tables {
		if len(table.key) == 0 {
			t.Errorf("table %s has no primary key", table.name)
		}
		for _, c := range table.columns {
			n++
			if c.kind == "" || !strings.Contains(known, c.kind) {
				t.Errorf("%s.%s is a %q on PostgreSQL; teach neutral and forPostgres", table.name, c.name, c.kind)
			}
		}
	}
	var there []string
	if err := db.read.NewRaw("SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema()").Scan(ctx, &there); err != nil {
		t.Fatal(err)
	}
	for _, c := range there {
		if name, _, _ := strings.Cut(c, "."); left[name] != "" {
			n++
		}
	}
	if n != len(there) {
		t.Errorf("%d columns are copied or named in left, PostgreSQL has %d", n, len(there))
	}
}

func TestNothingIsWrittenOver(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		from := migrated(t, "sqlite:"+filepath.Join(t.TempDir(), "from.db"))
		lived(t, from, "klatovy")
		to := migrated(t, dsn)
		town(t, to, "jindřichův hradec")
		before := dumpOf(t, to)
		_, err := from.CopyTo(ctx, to, Transfer{})
		wantCode(t, err, engine.Conflict)
		if d := cmp.Diff(before, dumpOf(t, to)); d != "" {
			t.Error(d)
		}
		// As a further town it may come, once.
		sum := get[Sum](t)(from.CopyTo(ctx, to, Transfer{Tenant: "klatovy", At: noon, Hold: engine.Hold{Kind: engine.HoldRestored, Since: noon, AsOf: noon}}))
		if sum.Journals["klatovy"].Lines != 1203 {
			t.Errorf("%+v", sum.Journals)
		}
		if all := get[[]string](t)(to.AcrossTenants().Tenants(ctx)); len(all) != 2 {
			t.Error(all)
		}
		if h := get[engine.Hold](t)(to.Tenant("jindřichův hradec").Hold(ctx)); h != (engine.Hold{}) {
			t.Errorf("the other town is on hold, too: %+v", h)
		}
		_, err = from.CopyTo(ctx, to, Transfer{Tenant: "klatovy"})
		wantCode(t, err, engine.Conflict)
	})
}

// Wherever the copying ends, nothing is kept of it, and it can be done again.
func TestACopyingThatEndsLeavesNothing(t *testing.T) {
	from := migrated(t, "sqlite:"+filepath.Join(t.TempDir(), "from.db"))
	mustCommit(t, town(t, from, "klatovy"), everything("klatovy"))
	get[string](t)(from.Setting(ctx, "key", "its key"))
	onBoth(t, func(t *testing.T, dsn string) {
		to := migrated(t, dsn)
		get[string](t)(to.Setting(ctx, "key", "another key"))
		before := dumpOf(t, to)
		steps := 0
		for end := 0; ; end += 5 {
			ending, cancel := context.WithCancel(ctx)
			n := 0
			_, err := from.CopyTo(ending, to, Transfer{At: noon, Hold: engine.Hold{Kind: engine.HoldCopied, Since: noon, AsOf: noon}, Told: func(string) {
				if n == end {
					cancel()
				}
				n++
			}})
			cancel()
			if err == nil {
				steps = end
				break
			}
			if !ended(err) {
				t.Errorf("ended at step %d: %v", end, err)
			}
			if d := cmp.Diff(before, dumpOf(t, to)); d != "" {
				t.Fatalf("ended at step %d: %s", end, d)
			}
		}
		if key := get[string](t)(to.Setting(ctx, "key", "")); key != "its key" || steps < 20 {
			t.Errorf("after %d steps the key is %q", steps, key)
		}
	})
}

func TestACopyIsOnHold(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		from := migrated(t, "sqlite:"+filepath.Join(t.TempDir(), "from.db"))
		for _, id := range []string{"klatovy", "žďár"} {
			mustCommit(t, town(t, from, id), everything(id))
		}
		to := migrated(t, dsn)
		get[Sum](t)(from.CopyTo(ctx, to, Transfer{At: noon, Hold: engine.Hold{Kind: engine.HoldCopied, Since: noon, AsOf: noon}}))
		for _, id := range []string{"klatovy", "žďár"} {
			tn := to.Tenant(id)
			if h := get[engine.Hold](t)(tn.Hold(ctx)); h.Kind != engine.HoldCopied || !h.AsOf.Equal(noon) {
				t.Errorf("%s: %+v", id, h)
			}
			if m := get[[]engine.Message](t)(tn.Messages(ctx, 0, engine.Held)); len(m) != 1 {
				t.Errorf("%s holds %d letters", id, len(m))
			}
			var check engine.JournalCheck
			if err := tn.Journal(ctx, 1, check.Next); err != nil || check.Lines != 3 {
				t.Errorf("%s: %d lines, %v", id, check.Lines, err)
			}
		}
		if h := get[engine.Hold](t)(from.Tenant("klatovy").Hold(ctx)); h != (engine.Hold{}) {
			t.Errorf("the original is on hold: %+v", h)
		}
	})
}

// A backup of a system in use is one moment of it.
func TestABackupOfASystemInUse(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		var writers sync.WaitGroup
		stop := make(chan struct{})
		ids := []string{"klatovy", "žďár", "písek", "tábor"}
		for _, id := range ids {
			town(t, db, id)
		}
		begun := make(chan struct{}, 800)
		for w := range 8 {
			writers.Go(func() {
				tn := db.Tenant(ids[w%len(ids)])
				for i := 0; ; i++ {
					c := change("busy")
					c.Organisations = []engine.Organisation{{ID: fmt.Sprintf("o-%d-%d", w, i), Name: "Nízkoprahové zařízení"}}
					if err := tn.Commit(ctx, c); err != nil {
						t.Error(err)
					}
					select {
					case <-stop:
						return
					case begun <- struct{}{}:
					default:
					}
				}
			})
		}
		for range 40 {
			<-begun
		}
		before := map[string]int{}
		for _, id := range ids {
			before[id] = len(get[[]engine.Organisation](t)(db.Tenant(id).Organisations(ctx)))
		}
		file := filepath.Join(t.TempDir(), "záloha.db")
		m, err := db.Backup(ctx, file, Manifest{Version: "1", MadeAt: noon}, nil)
		close(stop)
		writers.Wait()
		if err != nil {
			t.Fatal(err)
		}
		b := get[*Backup](t)(OpenBackup(ctx, file))
		defer func() { _ = b.Close() }()
		if d := cmp.Diff(m, b.Manifest); d != "" {
			t.Error(d)
		}
		to := migrated(t, "sqlite:"+filepath.Join(t.TempDir(), "to.db"))
		get[Sum](t)(b.CopyTo(ctx, to, Transfer{}))
		for _, id := range ids {
			var check engine.JournalCheck
			if err := to.Tenant(id).Journal(ctx, 1, check.Next); err != nil {
				t.Error(err)
			}
			n := len(get[[]engine.Organisation](t)(to.Tenant(id).Organisations(ctx)))
			if n < before[id] || check.Lines != int64(n)+1 {
				t.Errorf("%s: %d bodies of %d at least, %d lines", id, n, before[id], check.Lines)
			}
		}
	})
}
