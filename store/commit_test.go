package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"splneno/engine"
	"splneno/store/pgtest"
	"splneno/store/postgres"
)

// lines gives the events of the journal, and checks its chain.
func lines(t testing.TB, tn *Tenant) (events []string) {
	t.Helper()
	var check engine.JournalCheck
	err := tn.Journal(ctx, 1, func(l engine.JournalLine) error {
		events = append(events, l.Event)
		return check.Next(l)
	})
	if err != nil {
		t.Error(err)
	}
	return events
}

// TestRefusedWhole gives every kind of thing in turn a stale version, the last
// of a Change that is otherwise fine: nothing of it may be stored.
func TestRefusedWhole(t *testing.T) {
	stale := map[string]func(*engine.Change){
		"municipality": func(c *engine.Change) { c.Municipality = &engine.Municipality{Version: 7} },
		"plan":         func(c *engine.Change) { c.Plans[0].Version = 7 },
		"organisation": func(c *engine.Change) { c.Organisations[0].Version = 7 },
		"activity":     func(c *engine.Change) { c.Activities[0].Version = 7 },
		"season":       func(c *engine.Change) { c.Seasons[0].Version = 7 },
		"request":      func(c *engine.Change) { c.Requests[0].Version = 7 },
		"entry":        func(c *engine.Change) { c.Entries[0].Version = 7 },
		"proposal":     func(c *engine.Change) { c.Proposals[0].Version = 7 },
		"evaluation":   func(c *engine.Change) { c.Evaluations[0].Version = 7 },
		"mail":         func(c *engine.Change) { c.Inbound = []engine.Inbound{understood("x", 7)} },
	}
	there := map[string]func(*engine.Change){
		"entry":    func(c *engine.Change) { c.Entries[0].Version = 0 },
		"proposal": func(c *engine.Change) { c.Proposals[0].Version = 0 },
		"message":  func(c *engine.Change) { c.Messages = everything("x").Messages },
		"things": func(c *engine.Change) { // many in one statement
			for i := range 10 {
				c.Messages = append(c.Messages, engine.Message{Key: fmt.Sprint("new ", i)})
			}
			c.Messages = append(c.Messages, engine.Message{Key: "letter"})
		},
	}
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		stored := everything("stored")
		mustCommit(t, tn, stored)
		try := func(what string, spoil func(*engine.Change)) {
			c := everything("refused")
			setVersions(&c, 1)
			c.Messages = nil
			c.Entries = append(c.Entries, oneEntry("new"))
			spoil(&c)
			err := tn.Commit(ctx, c)
			if engine.CodeOf(err) != engine.Conflict || !strings.Contains(err.Error(), what) {
				t.Errorf("%s: %v", what, err)
			}
			sameStored(t, tn, stored, 1)
		}
		for what, spoil := range stale {
			try(what, spoil)
		}
		for what, spoil := range there {
			try(what, spoil)
		}
		gone := change("gone")
		e := oneEntry("never")
		e.Version = 3
		gone.Entries = []engine.Entry{e}
		wantCode(t, tn.Commit(ctx, gone), engine.Conflict)
		if d := cmp.Diff([]string{"set_up", "everything"}, lines(t, tn)); d != "" {
			t.Error(d)
		}
		wantCode(t, tn.Commit(ctx, engine.Change{At: noon}), engine.Invalid)
		wantCode(t, tn.Commit(ctx, engine.Change{Event: "x"}), engine.Invalid)
	})
}

func TestOneOfManyCommitsWins(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		nodes := []*DB{migrated(t, dsn), mustOpen(t, dsn)}
		tn := town(t, nodes[0], "klatovy")
		c := change("entry")
		c.Entries = []engine.Entry{oneEntry("1")}
		mustCommit(t, tn, c)
		const rounds, clients = 20, 8
		for round := 1; round <= rounds; round++ {
			won := make([]error, clients)
			var wg sync.WaitGroup
			for i := range clients {
				wg.Go(func() {
					e := oneEntry("1")
					e.Version, e.Narrative = round, fmt.Sprintf("round %d of client %d", round, i)
					c := change(e.Narrative)
					c.Entries = []engine.Entry{e}
					won[i] = nodes[i%2].Tenant("klatovy").Commit(ctx, c)
				})
			}
			wg.Wait()
			stored := get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023"))[0]
			winners := 0
			for i, err := range won {
				if err == nil {
					winners++
					if want := fmt.Sprintf("round %d of client %d", round, i); stored.Narrative != want {
						t.Errorf("%q won and %q is stored", want, stored.Narrative)
					}
				} else if engine.CodeOf(err) != engine.Conflict {
					t.Error(err)
				}
			}
			if winners != 1 || stored.Version != round+1 {
				t.Fatalf("round %d: %d winners, version %d", round, winners, stored.Version)
			}
		}
		if n := len(lines(t, tn)); n != rounds+2 {
			t.Errorf("%d lines in the journal, want %d", n, rounds+2)
		}
	})
}

// TestCommitsSideBySide has clients commit things of their own: all succeed,
// and the one journal has no gap.
func TestCommitsSideBySide(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		nodes := []*DB{migrated(t, dsn), mustOpen(t, dsn)}
		tn := town(t, nodes[0], "klatovy")
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				for j := range 10 {
					c := change("side")
					c.Entries = []engine.Entry{oneEntry(fmt.Sprintf("%d/%d", i, j))}
					if err := nodes[i%2].Tenant("klatovy").Commit(ctx, c); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := len(lines(t, tn)); n != 81 {
			t.Errorf("%d lines in the journal, want 81", n)
		}
	})
}

func TestAnImportIsOneCommit(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("imported")
		for i := range 4000 {
			a := filled(&filler{mark: "import"}, func(a *engine.Activity) { a.Plan, a.ID, a.Version = "kpss", fmt.Sprintf("%04d", i), 0 })
			c.Activities = append(c.Activities, a)
		}
		mustCommit(t, tn, c)
		if n := len(get[[]engine.Activity](t)(tn.Activities(ctx, "kpss"))); n != 4000 {
			t.Errorf("%d activities are stored", n)
		}
	})
}

// TestDeadlocksPass lets two Changes lock the same things in opposite order:
// PostgreSQL throws one out, and Commit runs it again.
func TestDeadlocksPass(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("start")
		for i := range 40 {
			c.Entries = append(c.Entries, oneEntry(fmt.Sprintf("%02d", i)))
		}
		mustCommit(t, tn, c)
		for round := range 3 {
			errs := make([]error, 2)
			var wg sync.WaitGroup
			for i := range 2 {
				wg.Go(func() {
					c := change("deadlock")
					for j := range 40 {
						k := j
						if i == 1 {
							k = 39 - j
						}
						e := oneEntry(fmt.Sprintf("%02d", k))
						e.Version = round + 1
						c.Entries = append(c.Entries, e)
					}
					errs[i] = tn.Commit(ctx, c)
				})
			}
			wg.Wait()
			for _, err := range errs {
				if err != nil && engine.CodeOf(err) != engine.Conflict {
					t.Error(err)
				}
			}
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Errorf("want exactly one to succeed: %v", errs)
			}
		}
	})
}

func TestCancelledCommitStoresNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		gone, cancel := context.WithCancel(ctx)
		cancel()
		c := change("cancelled")
		c.Entries = []engine.Entry{oneEntry("1")}
		if err := tn.Commit(gone, c); err != context.Canceled {
			t.Errorf("error is %v", err)
		}
		mustCommit(t, tn, c)
	})
}

// TestLostReply cuts the connection behind the back of a Commit: it must find
// out what became of it, and store it once.
func TestLostReply(t *testing.T) {
	dsn := pgtest.NewDSN(t)
	town(t, migrated(t, dsn), "klatovy")
	proxy := pgtest.NewProxy(t, dsn)
	tn := mustOpen(t, proxy.DSN).Tenant("klatovy")
	for i, lost := range []string{"COMMIT", "INSERT INTO journal", "FOR UPDATE", `INSERT INTO "entry"`, "BEGIN"} {
		c := change(fmt.Sprint("lost ", i)) // the marker must not be in what is stored
		c.Entries = []engine.Entry{oneEntry(fmt.Sprint(i))}
		proxy.LoseReplyTo(lost)
		if err := tn.Commit(ctx, c); err != nil {
			t.Errorf("reply to %s lost: %v", lost, err)
		}
		if events := lines(t, tn); len(events) != i+2 || events[i+1] != c.Event {
			t.Errorf("reply to %s lost: the journal has %v", lost, events)
		}
	}
	if got := get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023")); len(got) != 5 || got[0].Version != 1 {
		t.Errorf("stored are %v", got)
	}
	// A Change that must not be stored is not, and the caller hears why.
	c := change("stale")
	e := oneEntry("0")
	e.Version = 9
	c.Entries = []engine.Entry{e}
	proxy.LoseReplyTo("UPDATE")
	wantCode(t, tn.Commit(ctx, c), engine.Conflict)
}

func TestSwallowedFailureIsNoCommit(t *testing.T) {
	db := migrated(t, pgtest.NewDSN(t))
	town(t, db, "klatovy")
	err := db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		_, _ = tx.NewRaw("INSERT INTO setting VALUES ('a', 'b')").Exec(ctx)
		_, _ = tx.NewRaw("INSERT INTO setting VALUES ('a', 'b')").Exec(ctx) // fails, swallowed
		return nil
	})
	if err != postgres.ErrRolledBack {
		t.Errorf("error is %v", err)
	}
	if got := get[string](t)(db.Setting(ctx, "a", "")); got != "" {
		t.Errorf("%q is stored", got)
	}
}
