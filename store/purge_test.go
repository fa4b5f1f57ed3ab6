package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

const old = "nobody-keeps-this"

// hoard fills a municipality with two of everything that has a period: one from
// made, the other one year later, and of some kinds one that waits.
func hoard(t *testing.T, tn *Tenant, made time.Time) {
	t.Helper()
	for i, at := range []time.Time{made, made.AddDate(1, 0, 0)} {
		mark := fmt.Sprintf("%s-%d", old, i)
		c := change("filled")
		for _, state := range []engine.MessageState{engine.Sent, engine.Failed, engine.Bounced, engine.Held, engine.Queued, engine.Retry, engine.Unsure} {
			c.Messages = append(c.Messages, engine.Message{Key: fmt.Sprintf("rollup/kpss/2013/%s/%d/%s@x.example", state, i, mark), MessageID: fmt.Sprintf("%s%d@mesto.example", state, i),
				To: mark + "@x.example", Subject: mark, Text: mark, Raw: []byte(mark), LastError: mark, State: state, CreatedAt: at, NextAt: made.AddDate(90, 0, 0), ReturnPath: mark})
		}
		c.Accounts = []engine.Account{{ID: fmt.Sprint("a", i), Name: "N", Email: "n" + fmt.Sprint(i) + "@x.example", Role: engine.RoleReader, Disabled: true, CreatedAt: at,
			Secrets: engine.Secrets{Password: mark}, InviteHash: mark + tn.id, InviteUntil: at}}
		c.Organisations = []engine.Organisation{
			{ID: fmt.Sprint("ended", i), Ended: engine.DateOf(at), Contacts: []engine.Contact{{Name: mark}}},
			{ID: fmt.Sprint("asks", i), Contacts: []engine.Contact{{Name: "stays"}, {Name: mark, Proposed: true, ProposedOn: engine.DateOf(at)}}}}
		mustCommit(t, tn, c)
		for _, state := range []engine.InboundState{engine.InboundAnswer, engine.InboundAutomatic, engine.InboundBlocked, engine.InboundHeld, engine.InboundReceived} {
			id := fmt.Sprint(state, i)
			mustAdd(t, tn, engine.Inbound{ID: id, Raw: []byte(mark), Via: "imap", ReceivedAt: at})
			c := change("understood")
			c.Inbound = []engine.Inbound{{ID: id, Via: "imap", ReceivedAt: at, EnvelopeFrom: mark, EnvelopeTo: []string{mark}, State: state, Same: id, Version: 1,
				Mail: engine.Mail{From: engine.Contact{Email: mark}, Own: mark, Quoted: mark, Files: []engine.File{{Name: mark}}}}}
			mustCommit(t, tn, c)
		}
		err := firstOf(tn.SaveDraft(ctx, engine.Request{Plan: "kpss", Period: fmt.Sprint(i), Organisation: "x"}, engine.Draft{By: mark}, at),
			tn.AddSession(ctx, engine.Session{Hash: mark + tn.id, Account: "a", Agent: mark, CreatedAt: at, SeenAt: at, ExpiresAt: at}),
			tn.AddStretches(ctx, stretch("rule"+fmt.Sprint(i), time.Time{}, at, []engine.Occurrence{{Rule: "rule" + fmt.Sprint(i), Day: engine.DateOf(at), PlanAt: at, State: engine.Done, Note: mark},
				{Rule: "due" + fmt.Sprint(i), Day: engine.DateOf(at), PlanAt: at, State: engine.Due, Note: "waits"}})))
		if err != nil {
			t.Fatal(err)
		}
	}
}

// What is past its period goes, from every column; what is younger, what waits
// and what belongs to another town stays.
func TestPurge(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn, other := town(t, db, "a"), town(t, db, "b")
		town(t, db, "empty")
		made := time.Date(2014, 3, 1, 12, 0, 0, 0, time.UTC)
		hoard(t, tn, made)
		hoard(t, other, made)
		kept := get[string](t)(everyColumn(db, "b"))
		var purges []engine.Purge
		for _, rule := range engine.KeepRules() {
			purges = append(purges, engine.Purge{Kind: rule.Kind, Before: made.AddDate(0, 6, 0), Idle: true})
		}
		for _, k := range get[[]engine.Stock](t)(tn.Kept(ctx, purges)) {
			if k.Due == 0 || !k.Oldest.IsZero() && !k.Oldest.Equal(made) {
				t.Errorf("before: %+v", k)
			}
		}
		var asked []string
		watched := db.Watched(func(query string) { asked = append(asked, query) })
		for id, of := range get[map[string]engine.Stocks](t)(watched.AcrossTenants().Stocks(ctx, []string{"a", "b", "empty", "nobody"})) {
			for _, rule := range engine.KeepRules() {
				k := of[rule.Kind]
				if _, dated := piles[rule.Kind]; id != "empty" && (dated && !k.Oldest.Equal(made) || !dated && !k.Undated) || id == "empty" && k != (engine.Stock{Kind: rule.Kind}) || id == "nobody" {
					t.Errorf("%s has %+v", id, k)
				}
			}
		}
		if len(asked) != 1 {
			t.Errorf("%d statements for what is there", len(asked))
		}
		for _, some := range [][]engine.Purge{{{Kind: engine.KeepFailures, Before: made.AddDate(0, 6, 0)}}, purges} {
			c := change("purged")
			c.Purge = some
			mustCommit(t, tn, c)
		}
		var line engine.JournalLine
		if err := tn.Journal(ctx, 1, func(l engine.JournalLine) error { line = l; return nil }); err != nil {
			t.Fatal(err)
		}
		if said := get[[]engine.JournalLine](t)(tn.JournalOf(ctx, "test", 100)); said[len(said)-2].Detail["failures"] != "2" {
			t.Errorf("the journal tells of %v", said[len(said)-2].Detail)
		}
		counts, err := json.Marshal(line.Detail)
		if want := `{"calendar":"1","contacts":"1","drafts":"1","invitations":"1","letters":"3","mail_bytes":"3","other_mail":"2","proposed":"1","replies":"1","secrets":"1","sessions":"1"}`; err != nil || string(counts) != want {
			t.Errorf("the journal tells of %s, %v", counts, err)
		}
		for _, l := range strings.Split(get[string](t)(everyColumn(db, "a")), "\n") {
			waits := strings.Contains(l, "held") || strings.Contains(l, "received") || strings.Contains(l, "queued") || strings.Contains(l, "retry") || strings.Contains(l, "unsure") || strings.Contains(l, "inbound_raw")
			if strings.Contains(l, old+"-0") && !waits {
				t.Errorf("still there: %.300s", l)
			}
		}
		if now := get[string](t)(everyColumn(db, "b")); now != kept {
			t.Error("the purge of one town changed another")
		}
		for _, k := range get[[]engine.Stock](t)(tn.Kept(ctx, purges)) {
			if k.Due != 0 {
				t.Errorf("after: %+v", k)
			}
		}
		wantWhatWaits(t, tn)
		if _, err := verify(tn); err != nil {
			t.Error(err)
		}
	})
}

func wantWhatWaits(t *testing.T, tn *Tenant) {
	t.Helper()
	for _, state := range []engine.InboundState{engine.InboundHeld, engine.InboundReceived} {
		if in := get[engine.Inbound](t)(tn.Inbound(ctx, string(state)+"0")); string(in.Raw) != old+"-0" || in.Mail.Own != old+"-0" {
			t.Errorf("a mail that waits lost something: %+v", in)
		}
	}
	for _, state := range []engine.MessageState{engine.Held, engine.Queued, engine.Retry, engine.Unsure} {
		if n := len(get[[]engine.Message](t)(tn.Messages(ctx, 0, state))); n != 2 {
			t.Errorf("%d letters %s, not 2", n, state)
		}
	}
	in := get[engine.Inbound](t)(tn.Inbound(ctx, "answer0"))
	if in.State != engine.InboundAnswer || in.Raw != nil || in.Mail.Own != "" || in.Mail.Kind != engine.MailAnswer {
		t.Errorf("of a mail that went there stays %+v", in)
	}
	if _, err := tn.InboundSame(ctx, "answer0"); err != nil {
		t.Errorf("a copy of a mail that went is not known any more: %v", err)
	}
	young := get[engine.Inbound](t)(tn.Inbound(ctx, "answer1"))
	if young.Mail.Own != old+"-1" {
		t.Errorf("a young mail lost something: %+v", young)
	}
	// A letter without its bytes cannot be sent after all.
	c := change("mail_released")
	for _, m := range get[[]engine.Message](t)(tn.Messages(ctx, 0, engine.Failed)) {
		if m.Text == "" {
			c.Releases = []string{m.Key}
		}
	}
	wantCode(t, tn.Commit(ctx, c), engine.Conflict)
}

// A purge takes a portion at a time.
func TestPurgeInPortions(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "a")
		c := change("filled")
		for i := range 2*engine.PurgePortion + 1 {
			c.Messages = append(c.Messages, engine.Message{Key: fmt.Sprint(i), Text: old, State: engine.Sent, CreatedAt: noon.Add(time.Duration(i) * time.Second)})
		}
		mustCommit(t, tn, c)
		var left []int
		p := []engine.Purge{{Kind: engine.KeepLetters, Before: noon.AddDate(1, 0, 0)}}
		for range 3 {
			c := change("purged")
			c.Purge = p
			mustCommit(t, tn, c)
			left = append(left, get[[]engine.Stock](t)(tn.Kept(ctx, p))[0].Due)
		}
		if d := cmp.Diff([]int{engine.PurgePortion + 1, 1, 0}, left); d != "" {
			t.Errorf("left after each portion (-want +got):\n%s", d)
		}
		if n := len(get[[]engine.Message](t)(tn.Messages(ctx, 0))); n != 2*engine.PurgePortion+1 {
			t.Errorf("%d letters: that one left is remembered for ever", n)
		}
	})
}
