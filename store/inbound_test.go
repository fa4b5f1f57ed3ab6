package store

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// decided commits what became of mails.
func decided(tn *Tenant, mails ...engine.Inbound) error {
	c := change("mail_read")
	c.Inbound = mails
	return tn.Commit(ctx, c)
}

func ids(mails []engine.Inbound) (out []string) {
	for _, in := range mails {
		out = append(out, in.ID)
	}
	return out
}

func TestEveryFieldOfAMailComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		came := understood("came", 7) // nothing of what is understood is stored by adding
		mustAdd(t, tn, came)
		want := engine.Inbound{ID: came.ID, Raw: came.Raw, Via: came.Via, EnvelopeFrom: came.EnvelopeFrom, EnvelopeTo: came.EnvelopeTo,
			ReceivedAt: came.ReceivedAt, State: engine.InboundReceived, NextAt: came.ReceivedAt, Version: 1}
		for round := range 3 {
			same := func(what string, got, want engine.Inbound) {
				t.Helper()
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("round %d: %s came back different:\n%s", round, what, d)
				}
			}
			listed := want
			listed.Raw = nil
			same("the mail", get[engine.Inbound](t)(tn.Inbound(ctx, "mail")), want)
			same("the listed mail", get[[]engine.Inbound](t)(tn.Inbox(ctx, 0))[0], listed)
			if round > 0 {
				same("the mail of the key", get[engine.Inbound](t)(tn.InboundSame(ctx, "same")), listed)
			}
			next := understood(fmt.Sprint("round ", round), round+1)
			next.Raw = []byte("bytes nobody sent")
			if err := decided(tn, next); err != nil {
				t.Fatal(err)
			}
			want, want.Raw, want.Version = next, came.Raw, round+2
		}
	})
}

func TestTheSameBytesAreStoredOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		nodes := []*DB{migrated(t, dsn), mustOpen(t, dsn)}
		tn := town(t, nodes[0], "klatovy")
		mustAdd(t, tn, arrived("first"))
		if fresh, err := tn.AddInbound(ctx, arrived("second")); fresh || err != nil {
			t.Errorf("fresh %v, %v", fresh, err)
		}
		if got := get[engine.Inbound](t)(tn.Inbound(ctx, "mail")); got.EnvelopeFrom != "first 1 " {
			t.Errorf("the mail was written again: %v", got.EnvelopeFrom)
		}
		var mu sync.Mutex
		fresh := map[string]int{}
		var wg sync.WaitGroup
		for i := range 32 {
			wg.Go(func() {
				for j := range 10 {
					in := arrived("x")
					in.ID = fmt.Sprint("mail ", j)
					ok, err := nodes[i%2].Tenant("klatovy").AddInbound(ctx, in)
					if err != nil {
						t.Error(err)
					}
					if ok {
						mu.Lock()
						fresh[in.ID]++
						mu.Unlock()
					}
				}
			})
		}
		wg.Wait()
		for id, n := range fresh {
			if n != 1 {
				t.Errorf("%s was fresh %d times", id, n)
			}
		}
		if n := len(get[[]engine.Inbound](t)(tn.Inbox(ctx, 0))); n != 11 || len(fresh) != 10 {
			t.Errorf("%d mails are stored, %d were fresh", n, len(fresh))
		}
	})
}

func TestEmptyAndSpoiltMails(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		mustAdd(t, tn, engine.Inbound{ID: "empty"})
		want := engine.Inbound{ID: "empty", State: engine.InboundReceived, NextAt: time.Unix(0, 0).UTC(), Version: 1}
		if d := cmp.Diff(want, get[engine.Inbound](t)(tn.Inbound(ctx, "empty"))); d != "" {
			t.Error(d)
		}
		for what, in := range map[string]engine.Inbound{
			"sender": {ID: "spoilt", EnvelopeFrom: "tajny@example.org\x00"}, "recipient": {ID: "spoilt", EnvelopeTo: []string{"tajny@example.org\xff"}},
			"id": {ID: "\x00"}, "way": {ID: "spoilt", Via: "tajny@example.org\x00"},
		} {
			_, err := tn.AddInbound(ctx, in)
			wantCode(t, err, engine.Invalid)
			if err != nil && strings.Contains(err.Error(), "tajny") {
				t.Errorf("%s: the error tells an address: %v", what, err)
			}
		}
		spoilt := engine.Inbound{ID: "empty", Version: 1, Mail: engine.Mail{Own: "Splněno\x00"}}
		wantCode(t, decided(tn, spoilt), engine.Invalid)
		wantCode(t, decided(tn, engine.Inbound{ID: "new"}), engine.Invalid) // mails come in by the door
		wantCode(t, decided(tn, engine.Inbound{ID: "new", Version: 1}), engine.Conflict)
		for _, err := range []error{second(tn.Inbound(ctx, "new")), second(tn.Inbound(ctx, "a\x00")),
			second(tn.InboundSame(ctx, "")), second(tn.InboundSame(ctx, "nic"))} {
			wantCode(t, err, engine.NotFound)
		}
		if n := len(get[[]engine.Inbound](t)(tn.Inbox(ctx, 0))); n != 1 {
			t.Errorf("%d mails are stored", n)
		}
	})
}

func TestInboxIsNewestFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		for i, state := range []engine.InboundState{engine.InboundHeld, engine.InboundAnswer, engine.InboundReceived, engine.InboundHeld} {
			in := arrived("x")
			in.ID, in.ReceivedAt = fmt.Sprint(i), noon.Add(time.Duration(i/2)*time.Hour) // two of each hour
			mustAdd(t, tn, in)
			in.State, in.Version = state, 1
			if err := decided(tn, in); err != nil {
				t.Fatal(err)
			}
		}
		for want, got := range map[string][]engine.Inbound{
			"3 2 1 0": get[[]engine.Inbound](t)(tn.Inbox(ctx, 0)),
			"0 2":     get[[]engine.Inbound](t)(tn.InboundByID(ctx, []string{"2", "0", "nic"})),
			"3 2":     get[[]engine.Inbound](t)(tn.Inbox(ctx, 2)),
			"3 0":     get[[]engine.Inbound](t)(tn.Inbox(ctx, 0, engine.InboundHeld)),
			"3 1":     get[[]engine.Inbound](t)(tn.Inbox(ctx, 2, engine.InboundHeld, engine.InboundAnswer)),
			"":        get[[]engine.Inbound](t)(tn.Inbox(ctx, 0, engine.InboundList)),
		} {
			if got := strings.Join(ids(got), " "); got != want {
				t.Errorf("listed are %q, want %q", got, want)
			}
		}
	})
}

func TestAClaimedMailIsOfOneNode(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		later := arrived("later")
		later.ID, later.ReceivedAt = "a later one", noon.Add(time.Microsecond)
		mustAdd(t, tn, later)
		mustAdd(t, tn, arrived("mail"))
		claim := func(at time.Time, limit int) []engine.Inbound {
			t.Helper()
			return get[[]engine.Inbound](t)(tn.ClaimInbound(ctx, at, limit, time.Minute))
		}
		if got := claim(noon.Add(-time.Microsecond), 9); len(got) != 0 {
			t.Errorf("handed out before it may be read: %v", ids(got))
		}
		if both := claim(noon.Add(time.Second), 9); !slices.Equal(ids(both), []string{"mail", "a later one"}) {
			t.Errorf("not the oldest first: %v", ids(both))
		}
		zombie := get[engine.Inbound](t)(tn.Inbound(ctx, "mail"))
		if d := cmp.Diff(arrived("mail").Raw, zombie.Raw); d != "" || zombie.Attempts != 1 || zombie.Version != 2 {
			t.Errorf("claimed once it is %v", zombie)
		}
		if got := claim(noon.Add(time.Minute), 9); len(got) != 0 {
			t.Errorf("handed out twice: %v", ids(got))
		}
		again := claim(noon.Add(61*time.Second), 1) // the first node is taken for dead
		want := zombie
		want.Raw = nil // read by itself: only one mail is in memory
		want.Attempts, want.Version, want.NextAt = 2, 3, leaseEnd(t, noon.Add(121*time.Second), again[0].NextAt)
		if d := cmp.Diff([]engine.Inbound{want}, again); d != "" {
			t.Fatal(d)
		}
		zombie.State = engine.InboundHeld
		wantCode(t, decided(tn, zombie), engine.Conflict)
		done := again[0]
		done.State = engine.InboundAnswer
		if err := decided(tn, done); err != nil {
			t.Error(err)
		}
		wantCode(t, decided(tn, done), engine.Conflict) // once
		if got := claim(noon.AddDate(1, 0, 0), 9); !slices.Equal(ids(got), []string{"a later one"}) {
			t.Errorf("due in the end: %v", ids(got))
		}
	})
}

// TestNodesShareTheMail lets nodes claim and decide at once until nothing is
// left: every mail is decided exactly once.
func TestNodesShareTheMail(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		nodes := []*DB{migrated(t, dsn), mustOpen(t, dsn)}
		tn := town(t, nodes[0], "klatovy")
		const n = 60
		for i := range n {
			in := arrived("x")
			in.ID = fmt.Sprintf("%03d", i)
			mustAdd(t, tn, in)
		}
		var wg sync.WaitGroup
		for i := range 6 {
			tn := nodes[i%2].Tenant("klatovy")
			wg.Go(func() {
				for {
					mails, err := tn.ClaimInbound(ctx, noon, 4, time.Hour)
					if err != nil || len(mails) == 0 {
						if err != nil {
							t.Error(err)
						}
						return
					}
					for i := range mails {
						mails[i].State = engine.InboundHeld
					}
					if err := decided(tn, mails...); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		held := get[[]engine.Inbound](t)(tn.Inbox(ctx, 0, engine.InboundHeld))
		for _, in := range held {
			if in.Attempts != 1 || in.Version != 3 {
				t.Errorf("%s was claimed %d times and has version %d", in.ID, in.Attempts, in.Version)
			}
		}
		if len(held) != n {
			t.Errorf("%d mails are held, want %d", len(held), n)
		}
	})
}

func TestOneMailOfEachKey(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		copies := make([]engine.Inbound, 3)
		for i := range copies {
			in := arrived("x")
			in.ID = fmt.Sprint("copy ", i)
			mustAdd(t, tn, in)
			in.Version, in.Same, in.State = 1, "key", engine.InboundAnswer
			copies[i] = in
		}
		if err := decided(tn, copies[0]); err != nil {
			t.Fatal(err)
		}
		c := change("answered")
		c.Entries, c.Inbound = []engine.Entry{oneEntry("1")}, copies[1:2]
		if err := tn.Commit(ctx, c); engine.CodeOf(err) != engine.Conflict || !strings.Contains(err.Error(), "copy 1") {
			t.Errorf("error is %v", err)
		}
		if n := len(get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023"))); n != 0 {
			t.Error("the rest of the refused Change was stored")
		}
		for _, in := range copies[1:] {
			in.State = engine.InboundDuplicate
			if err := decided(tn, in); err != nil {
				t.Error(err)
			}
		}
		if got := get[engine.Inbound](t)(tn.InboundSame(ctx, "key")); got.ID != "copy 0" {
			t.Errorf("the mail with the key is %s", got.ID)
		}
		// Once the first turns out to be the copy, another may stand for the key.
		first, other := copies[0], copies[1]
		first.Version, first.State = 2, engine.InboundDuplicate
		other.Version, other.State = 2, engine.InboundAnswer
		if err := decided(tn, first, other); err != nil {
			t.Error(err)
		}
		if got := get[engine.Inbound](t)(tn.InboundSame(ctx, "key")); got.ID != "copy 1" {
			t.Errorf("now the mail with the key is %s", got.ID)
		}
		mustAdd(t, town(t, tn.db, "sušice"), arrived("x"))
		foreign := arrived("x")
		foreign.Version, foreign.Same = 1, "key"
		if err := decided(tn.db.Tenant("sušice"), foreign); err != nil {
			t.Errorf("another town has this key too: %v", err)
		}
	})
}
