package store

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// reads names every way to read of a municipality; writes every way to write.
// TestEveryMethodIsFenced fails until a new method is in one of them.
var reads = map[string]func(*Tenant) (any, error){
	"Tenant":        func(tn *Tenant) (any, error) { return tn.Tenant(), nil },
	"Municipality":  func(tn *Tenant) (any, error) { return tn.Municipality(ctx) },
	"Plans":         func(tn *Tenant) (any, error) { return tn.Plans(ctx) },
	"Plan":          func(tn *Tenant) (any, error) { return tn.Plan(ctx, "kpss") },
	"Activities":    func(tn *Tenant) (any, error) { return tn.Activities(ctx, "kpss") },
	"Imported":      func(tn *Tenant) (any, error) { return tn.Imported(ctx, "kpss") },
	"Organisations": func(tn *Tenant) (any, error) { return tn.Organisations(ctx) },
	"Seasons":       func(tn *Tenant) (any, error) { return tn.Seasons(ctx) },
	"Season":        func(tn *Tenant) (any, error) { return tn.Season(ctx, "kpss", "2023") },
	"Entries":       func(tn *Tenant) (any, error) { return tn.Entries(ctx, "kpss", "2023") },
	"Requests":      func(tn *Tenant) (any, error) { return tn.Requests(ctx, "kpss", "2023") },
	"RequestsDue":   func(tn *Tenant) (any, error) { return tn.RequestsDue(ctx, "9999-12-31", 100) },
	"Request":       func(tn *Tenant) (any, error) { return tn.Request(ctx, "kpss", "2023", "charita") },
	"RequestByLink": func(tn *Tenant) (any, error) {
		all := []engine.Request{}
		for _, hash := range []string{"hash of A", "hash of B"} {
			if r, err := tn.RequestByLink(ctx, hash); err == nil {
				all = append(all, r)
			}
		}
		return all, nil
	},
	"RequestByReply": func(tn *Tenant) (any, error) {
		all := []engine.Request{}
		for _, hash := range []string{"reply hash of A", "reply hash of B"} {
			if r, err := tn.RequestByReply(ctx, hash); err == nil {
				all = append(all, r)
			}
		}
		return all, nil
	},
	"Inbound": func(tn *Tenant) (any, error) {
		in, err := tn.Inbound(ctx, "mail")
		return []any{in, string(in.Raw)}, err
	},
	"InboundSame":      func(tn *Tenant) (any, error) { return tn.InboundSame(ctx, "same") },
	"Inbox":            func(tn *Tenant) (any, error) { return tn.Inbox(ctx, 0) },
	"InboxCounts":      func(tn *Tenant) (any, error) { return tn.InboxCounts(ctx) },
	"InboundByID":      func(tn *Tenant) (any, error) { return tn.InboundByID(ctx, []string{"mail"}) },
	"Proposals":        func(tn *Tenant) (any, error) { return tn.Proposals(ctx, "kpss", "2023") },
	"PendingProposals": func(tn *Tenant) (any, error) { return tn.PendingProposals(ctx) },
	"QueueGroups":      func(tn *Tenant) (any, error) { return tn.QueueGroups(ctx, engine.QueueFilter{}) },
	"QueueOf": func(tn *Tenant) (any, error) {
		return tn.QueueOf(ctx, engine.QueueGroup{Organisation: "charita", Plan: "kpss", Period: "2023"}, engine.QueueFilter{}, 0, 10)
	},
	"Writers": func(tn *Tenant) (any, error) { return tn.Writers(ctx, []string{"charita"}) },
	"Draft": func(tn *Tenant) (any, error) {
		return tn.Draft(ctx, engine.Request{Plan: "kpss", Period: "2023", Organisation: "charita"})
	},
	"Evaluations": func(tn *Tenant) (any, error) { return tn.Evaluations(ctx, "kpss", "2023") },
	"HasMessage":  func(tn *Tenant) (any, error) { return tn.HasMessage(ctx, "only "+strings.ToUpper(tn.Tenant())) },
	"Messages":    func(tn *Tenant) (any, error) { return tn.Messages(ctx, 0) },
	"OnHold":      func(tn *Tenant) (any, error) { return tn.OnHold(ctx, 0, 0) },
	"OnHoldKeys":  func(tn *Tenant) (any, error) { return tn.OnHoldKeys(ctx) },
	"Hold":        func(tn *Tenant) (any, error) { return tn.Hold(ctx) },
	"Stocks":      func(tn *Tenant) (any, error) { return tn.Stocks(ctx) },
	"Cursors":     func(tn *Tenant) (any, error) { return tn.Cursors(ctx) },
	"Occurrences": func(tn *Tenant) (any, error) { return tn.Occurrences(ctx, 0) },
	"Accounts":    func(tn *Tenant) (any, error) { return tn.Accounts(ctx) },
	"Account":     func(tn *Tenant) (any, error) { return tn.Account(ctx, "a1") },
	"AccountByEmail": func(tn *Tenant) (any, error) {
		return foundOfEither("", "@example.cz", func(k string) (engine.Account, error) { return tn.AccountByEmail(ctx, k) })
	},
	"AccountBySubject": func(tn *Tenant) (any, error) {
		return foundOfEither("subject of ", "", func(k string) (engine.Account, error) { return tn.AccountBySubject(ctx, k) })
	},
	"AccountByInvite": func(tn *Tenant) (any, error) {
		return foundOfEither("invite hash of ", "", func(k string) (engine.Account, error) { return tn.AccountByInvite(ctx, k) })
	},
	"Session": func(tn *Tenant) (any, error) {
		return foundOfEither("cookie hash of ", "", func(k string) (engine.Session, error) { return tn.Session(ctx, k) })
	},
	"Sessions":      func(tn *Tenant) (any, error) { return tn.Sessions(ctx, "a1") },
	"Amendments":    func(tn *Tenant) (any, error) { return tn.Amendments(ctx, "kpss") },
	"Resolutions":   func(tn *Tenant) (any, error) { return tn.Resolutions(ctx, "kpss", "2023") },
	"Meetings":      func(tn *Tenant) (any, error) { return tn.Meetings(ctx, "kpss", "2023") },
	"MeetingsDue":   func(tn *Tenant) (any, error) { return tn.MeetingsDue(ctx, "9999-12-31") },
	"MeetingsFrom":  func(tn *Tenant) (any, error) { return tn.MeetingsFrom(ctx, "2000-01-01") },
	"InboxPage":     func(tn *Tenant) (any, error) { return tn.InboxPage(ctx, 100, 0, engine.InboundReceived) },
	"MessagePage":   func(tn *Tenant) (any, error) { return tn.MessagePage(ctx, 100, 0) },
	"MessageCounts": func(tn *Tenant) (any, error) { return tn.MessageCounts(ctx) },
	"Message":       func(tn *Tenant) (any, error) { return tn.Message(ctx, "letter") },
	"ProposalsBy":   func(tn *Tenant) (any, error) { return tn.ProposalsBy(ctx, "kpss", "2023", "charita") },
	"Ways":          func(tn *Tenant) (any, error) { return tn.Ways(ctx, "kpss", "2023") },
	"JournalOf":     func(tn *Tenant) (any, error) { return tn.JournalOf(ctx, "test", 100) },
	"MessagesTo": func(tn *Tenant) (any, error) {
		var all []engine.Message
		for _, m := range []string{"A", "B"} {
			some, err := tn.MessagesTo(ctx, "body of "+m, 10)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		return all, nil
	},
	"SeasonCount":    func(tn *Tenant) (any, error) { return tn.SeasonCount(ctx, "kpss", "2023") },
	"BodyCounts":     func(tn *Tenant) (any, error) { return tn.BodyCounts(ctx, "kpss", "2023", noon) },
	"DeskCounts":     func(tn *Tenant) (any, error) { return tn.DeskCounts(ctx, "2024-03-01") },
	"MailCounts":     func(tn *Tenant) (any, error) { return tn.MailCounts(ctx) },
	"LastSent":       func(tn *Tenant) (any, error) { return tn.LastSent(ctx) },
	"MessageStates":  func(tn *Tenant) (any, error) { return tn.MessageStates(ctx, []string{"letter", "only A", "only B"}) },
	"LettersIn":      func(tn *Tenant) (any, error) { return tn.LettersIn(ctx, 100, engine.Queued, engine.Failed) },
	"LettersDue":     func(tn *Tenant) (any, error) { return tn.LettersDue(ctx, "9999-12-31") },
	"OccurrencesDue": func(tn *Tenant) (any, error) { return tn.OccurrencesDue(ctx, 100) },
	"RequestsOf":     func(tn *Tenant) (any, error) { return tn.RequestsOf(ctx, "kpss", "2023", []string{"charita"}) },
	"ActivitiesNaming": func(tn *Tenant) (any, error) {
		all := get[[]engine.Activity](nil)(tn.Activities(ctx, "kpss"))
		return tn.ActivitiesNaming(ctx, "kpss", []string{all[0].Responsible[0].Organisation})
	},
	"ProposalsOf": func(tn *Tenant) (any, error) { return tn.ProposalsOf(ctx, "charita", 100) },
	"ChannelsOf":  func(tn *Tenant) (any, error) { return tn.ChannelsOf(ctx, []string{"charita"}) },
	"Terms":       func(tn *Tenant) (any, error) { return tn.Terms(ctx, "kpss") },
	"Standing":    func(tn *Tenant) (any, error) { return tn.Standing(ctx, "kpss", "2023") },
	"Unsettled":   func(tn *Tenant) (any, error) { return tn.Unsettled(ctx, "kpss", "2023") },
	"Places":      func(tn *Tenant) (any, error) { return tn.Places(ctx, "kpss", "2023") },
	"Region":      func(tn *Tenant) (any, error) { return tn.Region(ctx) },
	"Bundles":     func(tn *Tenant) (any, error) { return tn.Bundles(ctx) },
	"BundleHeads": func(tn *Tenant) (any, error) { return tn.BundleHeads(ctx) },
	"LastLine":    func(tn *Tenant) (any, error) { return tn.LastLine(ctx) },
	"Head":        func(tn *Tenant) (any, error) { return tn.Head(ctx) },
	"Person": func(tn *Tenant) (any, error) {
		return tn.Person(ctx, engine.Erasure{Name: strings.ToUpper(tn.Tenant()), Mask: "x"})
	},
	"Named": func(tn *Tenant) (any, error) {
		var all []string
		err := tn.Named(ctx, func(email, name string) { all = append(all, email+name) })
		return all, err
	},
	"Kept": func(tn *Tenant) (any, error) { // counts of its own alone: they say whose they are by what they add up to
		kept, err := tn.Kept(ctx, engine.Retention{}.Purges(noon.AddDate(10, 0, 0), nil, nil))
		return []any{kept, strings.ToUpper(tn.Tenant()) + " 1 "}, err
	},
	"Journal": func(tn *Tenant) (any, error) {
		var all []engine.JournalLine
		err := tn.Journal(ctx, 1, func(l engine.JournalLine) error { all = append(all, l); return nil })
		return all, err
	},
}

// foundOfEither gives what is found under the keys of both towns.
func foundOfEither[V any](before, after string, find func(string) (V, error)) ([]V, error) {
	all := []V{}
	for _, mark := range []string{"A", "B"} {
		v, err := find(before + mark + after)
		switch {
		case err == nil:
			all = append(all, v)
		case engine.CodeOf(err) != engine.NotFound:
			return nil, err
		}
	}
	return all, nil
}

var writes = map[string]func(*Tenant) error{
	"Commit": func(tn *Tenant) error {
		c := everything("B")
		setVersions(&c, 1)
		c.Messages = nil
		c.Inbound = []engine.Inbound{understood("B", 2)}
		return tn.Commit(ctx, c)
	},
	"AddInbound": func(tn *Tenant) error {
		in := arrived("B")
		in.ID = "another"
		return second(tn.AddInbound(ctx, in))
	},
	"ClaimInbound": func(tn *Tenant) error { return second(tn.ClaimInbound(ctx, noon.AddDate(10, 0, 0), 100, time.Hour)) },
	"SaveDraft": func(tn *Tenant) error {
		return tn.SaveDraft(ctx, engine.Request{Plan: "kpss", Period: "2023", Organisation: "charita"}, engine.Draft{By: "B again"}, noon)
	},
	"ClaimMessages": func(tn *Tenant) error { return second(tn.ClaimMessages(ctx, noon.AddDate(10, 0, 0), 100, time.Hour)) },
	"SettleMessage": func(tn *Tenant) error {
		m := get[[]engine.Message](nil)(tn.Messages(ctx, 1))[0]
		m.State, m.LastError = engine.Failed, "B"
		return tn.SettleMessage(ctx, m)
	},
	"AddStretches": func(tn *Tenant) error {
		return tn.AddStretches(ctx, stretch("letters", noon, noon.Add(time.Hour), []engine.Occurrence{{Rule: "letters", Day: "2024-03-02", State: engine.Due, Note: "B"}}))
	},
	"ClaimOccurrences": func(tn *Tenant) error {
		return second(tn.ClaimOccurrences(ctx, noon.AddDate(10, 0, 0), 100, time.Hour))
	},
	"AddSession": func(tn *Tenant) error {
		s := signedIn("B")
		s.Hash = "another cookie hash of B"
		return tn.AddSession(ctx, s)
	},
	"TouchSession": func(tn *Tenant) error {
		return firstOf(tn.TouchSession(ctx, "cookie hash of A", noon), tn.TouchSession(ctx, "cookie hash of B", noon))
	},
	"EndSession": func(tn *Tenant) error {
		return firstOf(tn.EndSession(ctx, "cookie hash of A"), tn.EndSession(ctx, "another cookie hash of B"))
	},
	"EndSessions": func(tn *Tenant) error { return tn.EndSessions(ctx, "a1", "", noon.AddDate(10, 0, 0)) },
	"SettleOccurrence": func(tn *Tenant) error {
		o := get[[]engine.Occurrence](nil)(tn.Occurrences(ctx, 1))[0]
		o.State, o.Note = engine.Done, "B"
		return tn.SettleOccurrence(ctx, o)
	},
}

// furnish fills a municipality with one of everything that says whose it is.
func furnish(t *testing.T, db *DB, id string) *Tenant {
	t.Helper()
	mark := strings.ToUpper(id)
	tn := town(t, db, id)
	c := everything(mark)
	c.Messages = append(c.Messages, engine.Message{Key: "only " + mark, State: engine.Queued, MessageID: "only@mesto.example", Organisation: "body of " + mark, Text: mark + " 1 "})
	mustAdd(t, tn, arrived(mark))
	c.Inbound = []engine.Inbound{understood(mark, 1)}
	c.Hold = &engine.Hold{Kind: engine.HoldSuspended, Since: noon, Note: mark + " 1 "}
	mustCommit(t, tn, c)
	err := firstOf(
		tn.AddSession(ctx, signedIn(mark)),
		tn.SaveDraft(ctx, c.Requests[0], engine.Draft{By: mark + " 1 "}, noon),
		tn.AddStretches(ctx, stretch("letters", time.Time{}, noon, []engine.Occurrence{{Rule: "letters", Day: "2024-02-29", State: engine.Due, Note: mark + " 1 "}})))
	if err != nil {
		t.Fatal(err)
	}
	return tn
}

func dump(t *testing.T, tn *Tenant) string {
	t.Helper()
	all := map[string]any{}
	for name, read := range reads {
		v, err := read(tn)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		all[name] = v
	}
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTwoTownsNeverMeet(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		a, b := furnish(t, db, "a"), furnish(t, db, "b")
		before, other := dump(t, a), dump(t, b)
		if n := strings.Count(before, "A "); n < 50 {
			t.Fatalf("the marks of a are not in what is read of it: %d", n)
		}
		if strings.Contains(before, "B ") || strings.Contains(other, "A ") {
			t.Error("one town reads the other's")
		}
		for _, name := range []string{"Commit", "SaveDraft", "AddStretches", "AddInbound", "ClaimInbound", "ClaimMessages", "ClaimOccurrences", "SettleMessage", "SettleOccurrence",
			"AddSession", "TouchSession", "EndSession", "EndSessions"} {
			if err := writes[name](b); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if now := dump(t, b); now == other {
				t.Errorf("%s wrote nothing", name)
			} else {
				other = now
			}
			if dump(t, a) != before {
				t.Errorf("%s of one town changed the other", name)
			}
		}
	})
}

func TestEveryMethodIsFenced(t *testing.T) {
	typ := reflect.TypeFor[*Tenant]()
	for i := range typ.NumMethod() {
		name := typ.Method(i).Name
		if reads[name] == nil && writes[name] == nil {
			t.Errorf("%s is not tested between two towns", name)
		}
	}
}

func TestATenantNeedsAnID(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error(`Tenant("") was accepted`)
		}
	}()
	(&DB{}).Tenant("")
}

func TestAcrossTenants(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		if ids := get[[]string](t)(db.AcrossTenants().Tenants(ctx)); len(ids) != 0 {
			t.Errorf("tenants of an empty database: %v", ids)
		}
		if ids := get[[]string](t)(db.AcrossTenants().Publishers(ctx)); len(ids) != 0 {
			t.Errorf("somebody has published: %v", ids)
		}
		furnish(t, db, "b")
		furnish(t, db, "a")
		published := change("published")
		published.Seasons = []engine.Season{{Plan: "kpss", Period: engine.Period{ID: "2023"}, Published: 1}}
		mustCommit(t, town(t, db, "c"), published)
		if ids := get[[]string](t)(db.AcrossTenants().Publishers(ctx)); strings.Join(ids, ",") != "c" { // a and b are suspended
			t.Errorf("those who have published are %v", ids)
		}
		if ids := get[[]string](t)(db.AcrossTenants().Tenants(ctx)); strings.Join(ids, ",") != "a,b,c" {
			t.Errorf("tenants are %v", ids)
		}
		if id := get[string](t)(db.AcrossTenants().TenantOfLink(ctx, "hash of B")); id != "b" {
			t.Errorf("the link is of %s", id)
		}
		if id := get[string](t)(db.AcrossTenants().TenantOfReply(ctx, "reply hash of B")); id != "b" {
			t.Errorf("the reply token is of %s", id)
		}
		for _, hash := range []string{"", "nic", "a\x00", "reply hash of b"} {
			wantCode(t, second(db.AcrossTenants().TenantOfLink(ctx, hash)), engine.NotFound)
			wantCode(t, second(db.AcrossTenants().TenantOfReply(ctx, hash)), engine.NotFound)
		}
		wantCode(t, second(db.AcrossTenants().TenantOfLink(ctx, "reply hash of B")), engine.NotFound) // it opens no page
		all := db.AcrossTenants()
		for find, key := range map[*func(context.Context, string) (string, error)]string{
			at(all.TenantOfSession): "cookie hash of B", at(all.TenantOfInvite): "invite hash of B",
		} {
			if id := get[string](t)((*find)(ctx, key)); id != "b" {
				t.Errorf("%s is of %s", key, id)
			}
			for _, hash := range []string{"", "nic", "a\x00", "hash of B"} {
				wantCode(t, second((*find)(ctx, hash)), engine.NotFound)
			}
		}
		for _, key := range []string{"", "nic", "a\x00"} {
			wantCode(t, second(all.TenantOfPasskey(ctx, key)), engine.NotFound)
			if ids := get[[]string](t)(all.TenantsOfAccount(ctx, key)); len(ids) != 0 {
				t.Errorf("%q signs in at %v", key, ids)
			}
			if ids := get[[]string](t)(all.TenantsOfSubject(ctx, key)); len(ids) != 0 {
				t.Errorf("%q signs in at %v", key, ids)
			}
		}
		c := change("both")
		c.Accounts = []engine.Account{{ID: "own", Email: "B@example.cz", Subject: "subject of B"}}
		mustCommit(t, db.Tenant("a"), c)
		if ids := get[[]string](t)(all.TenantsOfAccount(ctx, "B@example.cz")); strings.Join(ids, ",") != "a,b" {
			t.Errorf("an address of two towns: %v", ids)
		}
		if ids := get[[]string](t)(all.TenantsOfSubject(ctx, "subject of B")); strings.Join(ids, ",") != "a,b" {
			t.Errorf("a single sign-on of two towns: %v", ids)
		}
		if id := get[string](t)(all.TenantOfPasskey(ctx, "own")); id != "a" {
			t.Errorf("the passkey is of %s", id)
		}
	})
}

func at[F any](f F) *F { return &f }

func TestSettingStays(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		for _, c := range []struct{ value, want string }{{"", ""}, {"první", "první"}, {"druhá", "první"}, {"", "první"}} {
			if got := get[string](t)(db.Setting(ctx, "key", c.value)); got != c.want {
				t.Errorf("Setting(%q) = %q, want %q", c.value, got, c.want)
			}
		}
		_, err := db.Setting(ctx, "key", "a\x00")
		wantCode(t, err, engine.Invalid)
	})
}
