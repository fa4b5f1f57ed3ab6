package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store"
)

// What a database administrator could do who rewrites a whole journal, hashes
// and all: the chain is sound, and only the witness knows.
func TestAWitnessFindsWhatTheChainCannot(t *testing.T) {
	ctx := t.Context()
	lines := func(events ...string) (*store.DB, engine.JournalHead) {
		t.Helper()
		db, err := store.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "a.db"))
		if err == nil {
			err = db.Migrate(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		tn := db.Tenant("mesto")
		for i, event := range events {
			c := engine.Change{At: time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC), Actor: engine.Actor{Kind: engine.ActorCoordinator, Name: "Jana"}, Event: event, Subject: "x"}
			if i == 0 {
				c.Municipality = &engine.Municipality{Name: "Mesto"}
			}
			if err := tn.Commit(ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		var head engine.JournalHead
		err = tn.Journal(ctx, 1, func(l engine.JournalLine) error {
			head = engine.JournalHead{Tenant: "mesto", Seq: l.Seq, At: l.At, Hash: l.Hash}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return db, head
	}
	db, head := lines("made", "approved", "approved")
	file := filepath.Join(t.TempDir(), "stav.txt")
	if err := os.WriteFile(file, []byte("> "+strings.ReplaceAll(head.String(), " ", "\n> ")), 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	w := &world{out: &out}
	check := func(db *store.DB) error { return attest(ctx, db, []string{file}, w) }
	if err := check(db); err != nil || !strings.Contains(out.String(), "still holds line 3") {
		t.Errorf("the true journal: %v, %s", err, out.String())
	}
	for name, bad := range map[string][]string{"line 3 of the journal of mesto is not the one": {"made", "rejected", "approved", "approved"}, "journal is shorter": {"made", "approved"}} {
		other, _ := lines(bad...)
		if err := verifyAll(ctx, other, w); err != nil {
			t.Errorf("the rewritten chain is sound in itself: %v", err)
		}
		if err := check(other); engine.CodeOf(err) != engine.Conflict || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.WriteFile(file, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := check(db); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("a file without a head: %v", err)
	}
}
