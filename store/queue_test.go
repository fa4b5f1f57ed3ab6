package store

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/store/pgtest"
)

func letters(n int) (out []engine.Message) {
	for i := range n {
		out = append(out, engine.Message{Key: fmt.Sprintf("%03d", i), State: engine.Queued, ReturnPath: "vratka@mesto.example", Raw: []byte("raw"), CreatedAt: noon, NextAt: noon})
	}
	return out
}

func TestMessages(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("letters")
		m := everything("m").Messages[0]
		m.NextAt = noon
		c.Messages = []engine.Message{m,
			{Key: "old", State: engine.Sent, CreatedAt: noon.Add(-time.Hour)},
			{Key: "new", State: engine.Held, CreatedAt: noon.AddDate(1, 0, 0)}}
		mustCommit(t, tn, c)

		keys := func(ms []engine.Message) (out []string) {
			for _, m := range ms {
				out = append(out, m.Key)
			}
			return out
		}
		if d := cmp.Diff([]string{"new", "letter", "old"}, keys(get[[]engine.Message](t)(tn.Messages(ctx, 0)))); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff([]string{"new"}, keys(get[[]engine.Message](t)(tn.Messages(ctx, 1, engine.Held, engine.Sent)))); d != "" {
			t.Error(d)
		}
		listed := get[[]engine.Message](t)(tn.Messages(ctx, 0, engine.Queued))[0]
		claimed := get[[]engine.Message](t)(tn.ClaimMessages(ctx, noon, 10, time.Hour))
		want := m
		want.Attempts, want.NextAt = m.Attempts+1, leaseEnd(t, noon.Add(time.Hour), claimed[0].NextAt)
		if d := cmp.Diff([]engine.Message{want}, claimed); d != "" { // neither sent nor held mail is handed out
			t.Error(d)
		}
		want, want.Raw = m, nil
		if d := cmp.Diff(want, listed); d != "" {
			t.Error(d)
		}
		for key, there := range map[string]bool{"letter": true, "nic": false, "a\x00": false} {
			if got := get[bool](t)(tn.HasMessage(ctx, key)); got != there {
				t.Errorf("HasMessage(%q) = %v", key, got)
			}
		}
		wantCode(t, tn.SettleMessage(ctx, engine.Message{Key: "nic"}), engine.Conflict)
		wantCode(t, tn.SettleMessage(ctx, engine.Message{Key: "letter", LastError: "\x00"}), engine.Invalid)
	})
}

func TestLeaseAndFence(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("letters")
		c.Messages = letters(1)
		mustCommit(t, tn, c)
		claim := func(at time.Time) []engine.Message {
			t.Helper()
			return get[[]engine.Message](t)(tn.ClaimMessages(ctx, at, 10, time.Minute))
		}
		if got := claim(noon.Add(-time.Microsecond)); len(got) != 0 {
			t.Errorf("handed out before it was due: %v", got)
		}
		first := claim(noon)
		if len(first) != 1 || len(claim(noon)) != 0 || len(claim(noon.Add(59*time.Second))) != 0 {
			t.Fatalf("not handed out once: %v", first)
		}
		again := claim(noon.Add(time.Minute)) // the first node is taken for dead
		if len(again) != 1 || again[0].Attempts != first[0].Attempts+1 {
			t.Fatalf("after the lease: %v", again)
		}
		zombie := first[0]
		zombie.State, zombie.LastError = engine.Failed, "zombie"
		wantCode(t, tn.SettleMessage(ctx, zombie), engine.Conflict)

		done := again[0]
		done.State, done.SentAt, done.Raw, done.ReturnPath = engine.Sent, noon.Add(2*time.Minute), nil, ""
		if err := tn.SettleMessage(ctx, done); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]engine.Message{done}, get[[]engine.Message](t)(tn.Messages(ctx, 0))); d != "" {
			t.Error(d)
		}
		if got := claim(noon.AddDate(1, 0, 0)); len(got) != 0 {
			t.Errorf("sent mail is handed out: %v", got)
		}
	})
}

// TestTwoNodesShareTheWork lets two nodes claim in small bites until nothing is
// left: each message is handed out exactly once.
func TestTwoNodesShareTheWork(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		nodes := []*DB{migrated(t, dsn), mustOpen(t, dsn)}
		tn := town(t, nodes[0], "klatovy")
		const n = 120
		c := change("letters")
		c.Messages = letters(n)
		mustCommit(t, tn, c)
		var due []engine.Occurrence
		for i := range n {
			due = append(due, engine.Occurrence{Rule: "r", Day: engine.NewDate(2024, 1, i), State: engine.Due, PlanAt: noon})
		}
		if err := tn.AddStretches(ctx, stretch("r", time.Time{}, noon, due)); err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		var seen []string
		var wg sync.WaitGroup
		for i := range 8 {
			tn := nodes[i%2].Tenant("klatovy")
			wg.Go(func() {
				for {
					ms, err1 := tn.ClaimMessages(ctx, noon, 3, time.Hour)
					os, err2 := tn.ClaimOccurrences(ctx, noon, 3, time.Hour)
					if err := firstOf(err1, err2); err != nil {
						t.Error(err)
						return
					}
					if len(ms)+len(os) == 0 {
						return
					}
					if len(ms) > 3 || len(os) > 3 {
						t.Errorf("asked for 3, got %d and %d", len(ms), len(os))
					}
					mu.Lock()
					for _, m := range ms {
						seen = append(seen, m.Key)
					}
					for _, o := range os {
						seen = append(seen, string(o.Day))
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		slices.Sort(seen)
		if len(seen) != 2*n || len(slices.Compact(seen)) != 2*n {
			t.Errorf("%d handed out, want %d", len(seen), 2*n)
		}
	})
}

func TestOccurrences(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		if at := get[map[string]time.Time](t)(tn.Cursors(ctx))["letters"]; !at.IsZero() {
			t.Errorf("cursor of a rule never computed: %v", at)
		}
		prague := time.FixedZone("SEČ", 3600)
		o := filled(&filler{mark: "o"}, func(o *engine.Occurrence) { o.Rule, o.State, o.NextAt = "letters", engine.Due, noon })
		from := noon.In(prague).Add(1234 * time.Nanosecond)
		if err := tn.AddStretches(ctx, stretch("letters", time.Time{}, from, []engine.Occurrence{o})); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]engine.Occurrence{o}, get[[]engine.Occurrence](t)(tn.Occurrences(ctx, 5))); d != "" {
			t.Error(d)
		}
		if at := get[map[string]time.Time](t)(tn.Cursors(ctx))["letters"]; at != noon.Add(time.Microsecond) {
			t.Errorf("cursor is %v", at)
		}
		altered, other := o, engine.Occurrence{Rule: "letters", Day: "2030-01-01", State: engine.Skipped, PlanAt: noon.AddDate(9, 0, 0)}
		altered.Note = "another node's"
		both := []engine.Occurrence{altered, other}
		wantCode(t, tn.AddStretches(ctx, stretch("letters", time.Time{}, noon, both)), engine.Conflict)
		wantCode(t, tn.AddStretches(ctx, stretch("letters", noon.Add(time.Hour), noon, both)), engine.Conflict)
		wantCode(t, tn.AddStretches(ctx, stretch("letters\x00", time.Time{}, noon, both)), engine.Invalid)
		if n := len(get[[]engine.Occurrence](t)(tn.Occurrences(ctx, 5))); n != 1 {
			t.Errorf("a refused move stored occurrences: %d", n)
		}
		if err := tn.AddStretches(ctx, stretch("letters", from, noon.Add(time.Hour), both)); err != nil {
			t.Fatal(err)
		}
		got := get[[]engine.Occurrence](t)(tn.Occurrences(ctx, 5))
		if len(got) != 2 || got[0].Day != other.Day || got[1].Note != o.Note {
			t.Errorf("newest first, and the one already there as it was: %v", got)
		}

		claimed := get[[]engine.Occurrence](t)(tn.ClaimOccurrences(ctx, noon, 5, time.Minute))
		if len(claimed) != 1 || claimed[0].Attempts != o.Attempts+1 {
			t.Fatalf("claimed %v", claimed)
		}
		leaseEnd(t, noon.Add(time.Minute), claimed[0].NextAt)
		late := claimed[0]
		again := get[[]engine.Occurrence](t)(tn.ClaimOccurrences(ctx, noon.Add(time.Minute), 5, time.Minute))
		wantCode(t, tn.SettleOccurrence(ctx, late), engine.Conflict)
		done := again[0]
		done.State, done.RanAt, done.Note = engine.Done, noon.Add(time.Hour), "hotovo"
		if err := tn.SettleOccurrence(ctx, done); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(done, get[[]engine.Occurrence](t)(tn.Occurrences(ctx, 5))[1]); d != "" {
			t.Error(d)
		}
		if n := len(get[[]engine.Occurrence](t)(tn.ClaimOccurrences(ctx, noon.AddDate(20, 0, 0), 5, time.Minute))); n != 0 {
			t.Errorf("%d are due after all was done", n)
		}
	})
}

// TestOneNodeComputes has nodes move the same cursor at once.
func TestOneNodeComputes(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		nodes := []*DB{migrated(t, dsn), mustOpen(t, dsn)}
		town(t, nodes[0], "klatovy")
		var from time.Time
		for round := range 10 {
			to := noon.Add(time.Duration(round) * time.Hour)
			var mu sync.Mutex
			winners := 0
			var wg sync.WaitGroup
			for i := range 4 {
				wg.Go(func() {
					err := nodes[i%2].Tenant("klatovy").AddStretches(ctx, stretch("r", from, to,
						[]engine.Occurrence{{Rule: "r", Day: engine.NewDate(2024, 1, round), State: engine.Due}}))
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						winners++
					} else if engine.CodeOf(err) != engine.Conflict {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if winners != 1 {
				t.Fatalf("round %d: %d nodes moved the cursor", round, winners)
			}
			from = to
		}
		if n := len(get[[]engine.Occurrence](t)(nodes[0].Tenant("klatovy").Occurrences(ctx, 0))); n != 10 {
			t.Errorf("%d occurrences", n)
		}
	})
}

// Held and failed mail is released whole, with the journal line, and nothing else is.
func TestRelease(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("letters")
		c.Messages = []engine.Message{
			{Key: "held", State: engine.Held, Raw: []byte("raw"), CreatedAt: noon},
			{Key: "failed", State: engine.Failed, Raw: []byte("raw"), CreatedAt: noon},
			{Key: "sent", State: engine.Sent, CreatedAt: noon}}
		mustCommit(t, tn, c)
		wrong := change("mail_released")
		wrong.Releases = []string{"held", "sent"}
		wantCode(t, tn.Commit(ctx, wrong), engine.Conflict)
		if got := get[[]engine.Message](t)(tn.ClaimMessages(ctx, noon.Add(time.Hour), 10, time.Hour)); len(got) != 0 {
			t.Errorf("%d messages are due though the release was refused", len(got))
		}
		right := change("mail_released")
		right.Releases = []string{"held", "failed"}
		mustCommit(t, tn, right)
		if got := get[[]engine.Message](t)(tn.ClaimMessages(ctx, noon.Add(time.Hour), 10, time.Hour)); len(got) != 2 {
			t.Errorf("%d messages are due, want 2", len(got))
		}
	})
}

// leaseEnd gives the end of a lease as it is stored: a mark before what was asked
// for, to the microsecond.
func leaseEnd(t testing.TB, want, got time.Time) time.Time {
	t.Helper()
	if early := want.Sub(got); early < 0 || early >= markRange*time.Microsecond {
		t.Errorf("the lease ends %v, not %v", got, want)
	}
	return got
}

// The reply to a claim is lost: what was claimed is not out of reach until the
// lease ends, but handed out by the next claim of this node, and what another
// node holds stays its own.
func TestAClaimNobodyHeardOf(t *testing.T) {
	dsn := pgtest.NewDSN(t)
	other := migrated(t, dsn).Tenant("klatovy")
	town(t, mustOpen(t, dsn), "klatovy")
	c := change("letters")
	c.Messages = letters(2)
	mustCommit(t, other, c)
	mustAdd(t, other, engine.Inbound{ID: "mail", Raw: []byte("x"), Same: "s", Via: "imap", ReceivedAt: noon, NextAt: noon})
	due := []engine.Occurrence{{Rule: "letters", Day: "2024-02-29", PlanAt: noon, State: engine.Due, NextAt: noon}}
	if err := other.AddStretches(ctx, stretch("letters", time.Time{}, noon, due)); err != nil {
		t.Fatal(err)
	}
	held := get[[]engine.Message](t)(other.ClaimMessages(ctx, noon, 1, time.Hour))
	proxy := pgtest.NewProxy(t, dsn)
	tn := mustOpen(t, proxy.DSN).Tenant("klatovy")
	for what, claim := range map[string]func(time.Time) (int, error){
		"message": func(at time.Time) (int, error) {
			got, err := tn.ClaimMessages(ctx, at, 9, time.Hour)
			if len(got) > 0 && got[0].Key == held[0].Key {
				t.Error("what another node holds was handed out")
			}
			return len(got), err
		},
		"occurrence": func(at time.Time) (int, error) {
			got, err := tn.ClaimOccurrences(ctx, at, 9, time.Hour)
			return len(got), err
		},
		"inbound": func(at time.Time) (int, error) {
			got, err := tn.ClaimInbound(ctx, at, 9, time.Hour)
			return len(got), err
		},
	} {
		proxy.LoseReplyTo("UPDATE " + what)
		if n, err := claim(noon); engine.CodeOf(err) != engine.Unavailable || n != 0 {
			t.Fatalf("%s: the reply was not lost: %d, %v", what, n, err)
		}
		deadline := time.Now().Add(10 * time.Second)
		n, err := 0, error(nil)
		for n == 0 && err == nil && time.Now().Before(deadline) { // the server may still be at it
			n, err = claim(noon.Add(time.Second))
		}
		if n != 1 || err != nil {
			t.Errorf("%s: a second later %d are handed out, %v", what, n, err)
		}
		if n, err := claim(noon.Add(2 * time.Second)); n != 0 || err != nil {
			t.Errorf("%s: what is in hand was handed out again: %d, %v", what, n, err)
		}
	}
	if err := other.SettleMessage(ctx, held[0]); err != nil {
		t.Error(err)
	}
}

// How long a message has been tried for counts from the first time it was taken,
// and anew when a person lets it go.
func TestTriedSince(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("letters")
		c.Messages = letters(1)
		mustCommit(t, tn, c)
		tried := func(at time.Time) time.Time {
			t.Helper()
			return get[[]engine.Message](t)(tn.ClaimMessages(ctx, at, 1, time.Minute))[0].TriedAt
		}
		late := noon.AddDate(0, 0, 9)
		if first, second := tried(late), tried(late.Add(time.Hour)); !first.Equal(late) || !second.Equal(late) {
			t.Errorf("tried since %v, then %v", first, second)
		}
		h := change("hold_started")
		h.Hold = &engine.Hold{Kind: engine.HoldCopied, Since: noon}
		mustCommit(t, tn, h)
		r := change("hold_released")
		r.At, r.Hold = late.AddDate(0, 0, 30), &engine.Hold{}
		mustCommit(t, tn, r)
		if at := tried(late.AddDate(0, 0, 31)); !at.Equal(late.AddDate(0, 0, 31)) {
			t.Errorf("after the hold it was tried since %v", at)
		}
	})
}
