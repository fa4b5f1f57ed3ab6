package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store/pgtest"
)

// A person is erased after a backup was made. When that backup is brought back,
// the person is erased again before anybody can end the hold: by a newer backup
// beside it, or by a list kept elsewhere. The journal stays whole all the way.
func TestAnErasureOutlivesAnOlderBackup(t *testing.T) {
	t.Parallel()
	t.Run("backup", func(t *testing.T) { erasureOutlives(t, pgtest.NewDSN(t), "backup") })
	for _, by := range []string{"backup", "list", "again"} {
		t.Run(by, func(t *testing.T) { erasureOutlives(t, "sqlite:"+filepath.Join(t.TempDir(), "plan.db"), by) })
	}
}

func erasureOutlives(t *testing.T, dsn, by string) {
	const name = "Jan Zapomenut"
	w := newTwin(t, dsn)
	o := w.office("zdar")
	leaver := contact(1)
	another := "clen@zdar.example"
	m, err := o.Records.Municipality(t.Context())
	w.must(err)
	m.SteeringGroup = append(m.SteeringGroup, engine.Contact{Name: name, Email: another})
	c := engine.Change{At: w.at, Actor: asker, Event: "member", Subject: "zdar", Municipality: &m}
	c.Messages = []engine.Message{{Key: "rollup/kpss/2023/1/" + another, To: another, MessageID: "r@zdar.example", State: engine.Sent}}
	c.Filed = []engine.Filed{{Name: engine.SentCheckFile, Data: []byte(`{"left":[{"key":"` + c.Messages[0].Key + `"}],"unknown":[{"subject":"Pro ` + name + `"}]}`)}}
	w.must(o.Records.Commit(t.Context(), c))
	w.days(3)
	w.copies()
	w.at = w.at.Add(time.Hour)
	w.splneno("--db", w.c.DB, "--key", w.c.Key, "--tenant", "zdar", "person", "erase", "--email", leaver, "--yes")
	w.splneno("--db", w.c.DB, "--key", w.c.Key, "--tenant", "zdar", "person", "erase", "--name", name, "--yes")
	list := filepath.Join(t.TempDir(), "erased.txt")
	w.splneno("--db", w.c.DB, "--key", w.c.Key, "person", "erased", "--out", list)
	w.wantNobody(leaver, name)
	if text, err := os.ReadFile(list); err != nil || bytes.Count(text, []byte("\n")) != 2 || bytes.Contains(text, []byte(leaver)) {
		t.Fatalf("the list is %s, %v", text, err)
	}
	args := []string{"restore"}
	switch by {
	case "backup":
		w.splneno("--db", w.c.DB, "--key", w.c.Key, "backup", "--out", filepath.Join(filepath.Dir(w.backup), "later.db"))
	case "list":
		args = append(args, "--erased", list)
	}
	w.must(w.db.Close())
	other, old := filepath.Join(t.TempDir(), "notes.txt"), w.c.DB
	w.must(os.WriteFile(other, []byte("notes\n"), 0o600))
	for _, wrong := range [][]string{{"restore", "--erased", other, w.backup}, {"person", "again", other}} {
		var out bytes.Buffer
		args := append([]string{"--db", "sqlite:" + filepath.Join(t.TempDir(), "none.db"), "--key", w.c.Key}, wrong...)
		if code := run(t.Context(), world{args: args, out: &out, err: &out, in: &out, now: func() time.Time { return w.at }}); code != exitFailed || !strings.Contains(out.String(), "notes.txt is no list of erasures") || strings.Contains(out.String(), "Restored") {
			t.Errorf("%s: exit %d\n%s", wrong, code, out.String())
		}
	}
	if w.c.DB = "sqlite:" + filepath.Join(t.TempDir(), "restored.db"); !strings.HasPrefix(old, "sqlite:") {
		w.c.DB = pgtest.NewDSN(t)
	}
	w.splneno(append([]string{"--db", w.c.DB, "--key", w.c.Key}, append(args, w.backup)...)...)
	w.open()
	if by == "again" {
		if f, err := w.office("zdar").Person(t.Context(), leaver, ""); err != nil || f.Empty() {
			t.Fatalf("the older backup does not hold the person: %v", err)
		}
		w.splneno("--db", w.c.DB, "--key", w.c.Key, "person", "again", list)
	}
	w.wantNobody(leaver, name)
	if h, err := w.office("zdar").Records.Hold(t.Context()); err != nil || h.Kind != engine.HoldRestored {
		t.Errorf("the hold is %+v, %v", h, err)
	}
	// A second time there is nothing to do, however often.
	before, err := w.office("zdar").Verify(t.Context())
	w.must(err)
	w.splneno("--db", w.c.DB, "--key", w.c.Key, "person", "again", list)
	if after, err := w.office("zdar").Verify(t.Context()); err != nil || after.Lines != before.Lines {
		t.Errorf("%+v, then %+v, %v", before, after, err)
	}
	if again, err := w.office("zdar").Erasures(t.Context()); err != nil || len(again) != 2 {
		t.Errorf("the journal tells of %v, %v", again, err)
	}
}

// wantNobody checks that nothing is stored of persons, not even in a key.
func (w *twin) wantNobody(email, name string) {
	w.t.Helper()
	o := w.office("zdar")
	for _, who := range [][2]string{{email, ""}, {"", name}} {
		if f, err := o.Person(w.t.Context(), who[0], who[1]); err != nil || !f.Empty() || len(f.Noted) > 0 {
			w.t.Errorf("%s is still there: %v, %v, noted %q", who, f.Counts(), err, f.Noted)
		}
	}
	if _, err := o.Verify(w.t.Context()); err != nil {
		w.t.Error(err)
	}
	w.must(w.db.Tenant("zdar").Named(w.t.Context(), func(found, called string) {
		if found == email || called == name {
			w.t.Errorf("%s%s is still stored", found, called)
		}
	}))
}
