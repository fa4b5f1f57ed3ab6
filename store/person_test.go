package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// leaving asks to be taken out; the name has a namesake in another organisation.
var leaving = engine.Erasure{Email: "kveta.odchazejici@charita.example", Name: "Květa Odcházející", Mask: "(mask)"}

// dossier fills a municipality with everything a person can stand in.
func dossier(t *testing.T, tn *Tenant) {
	t.Helper()
	e, n := leaving.Email, leaving.Name
	c := change("filled")
	c.Organisations = []engine.Organisation{
		{ID: "charita", Name: "Charita Vzorov", Contacts: []engine.Contact{{Name: "Podatelna", Email: "info@charita.example"}, {Name: n, Email: strings.ToUpper(e), Deputy: true}}},
		{ID: "namesake", Name: "Jiná", Contacts: []engine.Contact{{Name: n, Email: "kveta@jina.example"}}}}
	c.Imported = []engine.Imported{{Plan: engine.Plan{ID: "kpss"}, Organisations: []engine.Organisation{{ID: "charita", Contacts: []engine.Contact{{Name: n, Email: e}}}}}}
	c.Accounts = []engine.Account{{ID: "a1", Name: n, Email: e, Role: engine.RoleLeader, Subject: "https://sso.example " + e, Secrets: engine.Secrets{Password: "hash"}}}
	c.Requests = []engine.Request{{Plan: "kpss", Period: "2023", Organisation: "charita", NextOn: "2024-03-01"}}
	key := func(id string) engine.EntryKey { return engine.EntryKey{Plan: "kpss", Period: "2023", Activity: id} }
	c.Entries = []engine.Entry{{EntryKey: key("1"), State: engine.Fulfilled, Narrative: "Službu vedla Jana Zůstávající.", ApprovedBy: "Hana Vzorová"}}
	c.Proposals = []engine.Proposal{
		{EntryKey: key("1"), Organisation: "charita", Revision: 1, By: n, At: noon, State: engine.Approved, DecidedBy: "Hana Vzorová", Answer: engine.Answer{Status: engine.Fulfilled, Done: "Vedla ji " + n + ", volejte " + e + "."}},
		{EntryKey: key("2"), Organisation: "charita", Revision: 1, By: "Podatelna", At: noon, State: engine.Pending, Answer: engine.Answer{Done: "Napsala " + n + "."}},
		{EntryKey: key("3"), Organisation: "namesake", Revision: 1, By: n, At: noon, State: engine.Pending, Answer: engine.Answer{Done: "Jinde."}}}
	stands := func(in string) string { return in + " " + n + " (" + e + ")" } // only where the person wrote for whom it is about
	c.Plans = []engine.Plan{{ID: "kpss", Title: "Plán, jak platí"}}
	charita := []engine.Party{{Organisation: "charita"}}
	c.Amendments = []engine.Amendment{{Plan: "kpss", Number: 1, Grounds: engine.Grounds{Day: "2024-02-01", Reason: "místo " + e}, By: "Hana Vzorová", At: noon,
		PlanAs: &engine.Plan{ID: "kpss", Title: "Plán, ptejte se " + e}, Before: []engine.Activity{
			{Plan: "kpss", ID: "1", Title: stands("Služba, vede"), Responsible: charita, Details: []string{stands("a")}},
			{Plan: "kpss", ID: "3", Title: "Jinde vede " + n + " namesake"}}, Added: []string{"4"}, Touched: 3}}
	c.Entries = append(c.Entries, engine.Entry{EntryKey: key("2"), State: engine.Unfulfilled, Askees: []string{"charita"}, NextStep: engine.Drop, Onward: engine.Onward{Reason: stands("odešla")}})
	c.Resolutions = []engine.Resolution{{Plan: "kpss", Period: "2023", ID: 1, Body: "Rada", Text: "Napište na " + e, By: "Hana Vzorová", At: noon}}
	row := engine.ActivityResult{ID: "1", Title: "Služba", Narrative: stands("Vedla ji"), ApprovedBy: "Hana Vzorová", Numbers: []engine.Number{{Name: "klientů", Value: 12.5}},
		Answers: []engine.GivenAnswer{{Organisation: "Charita Vzorov", Text: stands("Vedla ji"), TextHash: "of the text before"}}}
	c.Evaluations = []engine.Evaluation{{Plan: "kpss", Period: engine.Period{ID: "2023"}, Number: 1, State: engine.EvaluationDraft, MadeAt: noon, Foreword: "Díky, " + e,
		Areas: []engine.AreaResult{{Measures: []engine.MeasureResult{{Activities: []engine.ActivityResult{row}}}}}}}
	c.Messages = []engine.Message{
		{Key: "sent", Organisation: "charita", To: e, Subject: "Prosba", Text: "Vážená paní Odcházející, …", State: engine.Sent, CreatedAt: noon},
		{Key: "held", Organisation: "charita", To: e, Subject: "Prosba", Text: "Dobrý den", Raw: []byte("To: " + e), State: engine.Held, CreatedAt: noon, ReturnPath: "x@y.example"},
		{Key: "other", Organisation: "charita", To: "info@charita.example", Text: "Dobrý den, píše nám " + n + ".", State: engine.Sent, CreatedAt: noon, LastError: "550 <" + e + "> unknown"},
		{Key: "foreign", Organisation: "namesake", To: "kveta@jina.example", Text: "Dobrý den, " + n, State: engine.Sent, CreatedAt: noon}}
	mustCommit(t, tn, c)
	for id, mail := range map[string]engine.Mail{
		"from":   {Kind: engine.MailAnswer, From: engine.Contact{Name: n, Email: e}, Subject: "Re: " + n, Own: "S pozdravem " + n, Quoted: "> " + e, BodyHash: "bodyhash", MessageID: e + ".1", Files: []engine.File{{Name: "zivotopis.pdf"}}},
		"quote":  {Kind: engine.MailAnswer, From: engine.Contact{Email: "info@charita.example"}, Own: "Kolegyně " + n + " odešla.", Quoted: "> Od: " + n + " <" + e + ">"},
		"absent": {Kind: engine.MailAutomatic, From: engine.Contact{Email: "info@charita.example"}, Absence: &engine.Absence{Until: "2024-03-01", Deputy: engine.Contact{Name: n, Email: e}}},
		"copy":   {Kind: engine.MailAnswer, From: engine.Contact{Email: "info@charita.example"}, Own: "Hotovo."}} {
		raw := "From: x\r\nCc: Kveta." + "Odchazejici@charita.example\r\n\r\n" + mail.Own
		mustAdd(t, tn, engine.Inbound{ID: id, Raw: []byte(raw), Via: "imap", EnvelopeFrom: mail.From.Email, ReceivedAt: noon})
		in := engine.Inbound{ID: id, Via: "imap", EnvelopeFrom: mail.From.Email, ReceivedAt: noon, State: engine.InboundAnswer, Mail: mail, Organisation: "charita", Version: 1}
		u := change("mail_understood")
		u.Inbound = []engine.Inbound{in}
		mustCommit(t, tn, u)
	}
	m := get[engine.Municipality](t)(tn.Municipality(ctx))
	m.SteeringGroup = []engine.Contact{{Name: n, Email: e}, {Name: "Starosta", Email: "starosta@mesto.example"}}
	m.Blocked = []string{e, "spam@obchod.example"}
	u := change("municipality_changed")
	u.Municipality = &m
	mustCommit(t, tn, u)
	err := firstOf(tn.SaveDraft(ctx, engine.Request{Plan: "kpss", Period: "2023", Organisation: "charita"}, engine.Draft{By: n, Answers: map[string]engine.Answer{"2": {Missing: n}}}, noon),
		tn.AddSession(ctx, engine.Session{Hash: "cookie of " + tn.Tenant(), Account: "a1", Agent: "Firefox " + e, CreatedAt: noon, SeenAt: noon, ExpiresAt: noon.Add(time.Hour)}))
	if err != nil {
		t.Fatal(err)
	}
}

func erased() engine.Change {
	c := change("person_erased")
	who := leaving
	c.Detail, c.Erase = map[string]string{"contacts": "1"}, &who
	return c
}

func TestEverythingAboutAPersonIsFound(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn, other := town(t, db, "a"), town(t, db, "b")
		dossier(t, tn)
		f := get[engine.PersonFile](t)(tn.Person(ctx, leaving))
		counts, err := json.Marshal(f.Counts())
		if err != nil || string(counts) != `{"accounts":1,"answers":2,"blocked":1,"contacts":1,"decisions":2,"drafts":1,"evaluations":1,"imported":1,"journal":0,"mails":3,"messages":3,"steering":1,"versions":2}` {
			t.Errorf("found %s, %v", counts, err)
		}
		if len(f.Bodies) != 1 || f.Bodies[0].ID != "charita" || len(f.Names) != 1 || f.Names[0] != leaving.Name || f.Coordinator {
			t.Errorf("bodies %v, names %v", f.Bodies, f.Names)
		}
		if f := get[engine.PersonFile](t)(other.Person(ctx, leaving)); !f.Empty() {
			t.Errorf("another town knows %+v", f.Counts())
		}
		if f := get[engine.PersonFile](t)(tn.Person(ctx, engine.Erasure{Email: "%", Mask: "x"})); !f.Empty() {
			t.Errorf("a pattern finds %+v", f.Counts())
		}
		if f := get[engine.PersonFile](t)(tn.Person(ctx, engine.Erasure{Name: leaving.Name, Mask: "x"})); f.Counts()["contacts"] != 2 {
			t.Errorf("by name alone the namesake is found, too: %+v", f.Counts())
		}
	})
}

// The canary: after the erasure neither the address nor the name stands in any
// column of any table, but for the namesake's own.
func TestNothingOfAPersonIsLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn, other := town(t, db, "a"), town(t, db, "b")
		dossier(t, tn)
		dossier(t, other)
		before := get[string](t)(everyColumn(db, "a"))
		if !strings.Contains(strings.ToLower(before), leaving.Email) || strings.Count(before, leaving.Name) < 15 {
			t.Fatal("the canary is not there to be found")
		}
		b := get[string](t)(everyColumn(db, "b"))
		mustCommit(t, tn, erased())
		after := get[string](t)(everyColumn(db, "a"))
		if strings.Contains(strings.ToLower(after), leaving.Email) {
			t.Error("the address is still there")
		}
		for _, line := range strings.Split(after, "\n") {
			if strings.Contains(line, leaving.Name) && !strings.Contains(line, "namesake") {
				t.Errorf("the name is still there: %.300s", line)
			}
		}
		if n := strings.Count(after, leaving.Name); n != 4 {
			t.Errorf("the namesake stands in %d places, not 4", n)
		}
		if now := get[string](t)(everyColumn(db, "b")); now != b {
			t.Error("the erasure changed another town")
		}
		wantWhatStays(t, tn)
	})
}

// wantWhatStays checks that the record is the same but for the person.
func wantWhatStays(t *testing.T, tn *Tenant) {
	t.Helper()
	var check engine.JournalCheck
	if err := tn.Journal(ctx, 1, check.Next); err != nil {
		t.Error(err)
	}
	if e := get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023")); e[0].Narrative != "Službu vedla Jana Zůstávající." || e[0].ApprovedBy != "Hana Vzorová" {
		t.Errorf("the official result moved: %+v", e[0])
	}
	p := get[[]engine.Proposal](t)(tn.Proposals(ctx, "kpss", "2023", "1"))[0]
	if p.By != "(mask)" || p.State != engine.Approved || p.DecidedBy != "Hana Vzorová" || p.Answer.Done != "Vedla ji (mask), volejte (mask)." {
		t.Errorf("the answer is %+v", p)
	}
	in := get[engine.Inbound](t)(tn.Inbound(ctx, "from"))
	if in.Raw != nil || in.State != engine.InboundAnswer || in.Mail.BodyHash != "bodyhash" || in.Mail.Kind != engine.MailAnswer || len(in.Mail.Files) > 0 {
		t.Errorf("the mail is %+v", in)
	}
	if in := get[engine.Inbound](t)(tn.Inbound(ctx, "copy")); in.Mail.Own != "Hotovo." || in.Raw != nil {
		t.Errorf("the bytes of a mail with the address in a copy's header are %q", in.Raw)
	}
	held := get[[]engine.Message](t)(tn.Messages(ctx, 10, engine.Held))
	failed := get[[]engine.Message](t)(tn.Messages(ctx, 10, engine.Failed))
	if len(held) != 0 || len(failed) != 1 || failed[0].Raw != nil || failed[0].To != "(mask)" {
		t.Errorf("held %v, failed %v", held, failed)
	}
	_, err := tn.Session(ctx, "cookie of a")
	wantCode(t, err, engine.NotFound)
	wantTextsThatStay(t, tn)
	a := get[engine.Account](t)(tn.Account(ctx, "a1"))
	if !a.Disabled || a.Secrets.Password != "" || a.Subject != "" {
		t.Errorf("the account is %+v", a)
	}
	o := get[[]engine.Organisation](t)(tn.Organisations(ctx, "charita"))[0]
	if len(o.Contacts) != 1 || o.Contacts[0].Email != "info@charita.example" {
		t.Errorf("contacts %+v", o.Contacts)
	}
	m := get[engine.Municipality](t)(tn.Municipality(ctx))
	if len(m.SteeringGroup) != 1 || len(m.Blocked) != 1 {
		t.Errorf("municipality %+v", m)
	}
}

// wantTextsThatStay checks that texts of the municipality are the same but for
// the person.
func wantTextsThatStay(t *testing.T, tn *Tenant) {
	t.Helper()
	m := get[[]engine.Amendment](t)(tn.Amendments(ctx, "kpss"))[0]
	if m.By != "Hana Vzorová" || m.Reason != "místo (mask)" || m.PlanAs.Title != "Plán, ptejte se (mask)" || len(m.Before) != 2 || len(m.Added) != 1 || m.Version != 2 ||
		m.Before[0].Title != "Služba, vede (mask) ((mask))" || m.Before[1].Title != "Jinde vede "+leaving.Name+" namesake" {
		t.Errorf("the amendment is %+v", m)
	}
	e := get[[]engine.Entry](t)(tn.Entries(ctx, "kpss", "2023", "2"))[0]
	if e.NextStep != engine.Drop || e.Onward.Reason != "odešla (mask) ((mask))" {
		t.Errorf("the decision is %+v", e)
	}
	if r := get[[]engine.Resolution](t)(tn.Resolutions(ctx, "kpss", "2023"))[0]; r.Text != "Napište na (mask)" || r.By != "Hana Vzorová" || !r.At.Equal(noon) {
		t.Errorf("the resolution is %+v", r)
	}
	v := get[[]engine.Evaluation](t)(tn.Evaluations(ctx, "kpss", "2023"))[0]
	row := get[[]engine.ActivityResult](t)(tn.Results(ctx, "kpss", "2023", 1, "", 0, 10))[0]
	if v.Foreword != "Díky, (mask)" || row.Narrative != "Vedla ji (mask) ((mask))" || row.ApprovedBy != "Hana Vzorová" || row.Numbers[0].Value != 12.5 {
		t.Errorf("the draft is %+v", v)
	}
	if a := row.Answers[0]; a.TextHash != fmt.Sprintf("%x", sha256.Sum256([]byte(a.Text))) {
		t.Errorf("the hash of the answer is still that of what was erased: %s", a.TextHash)
	}
}

// An approved evaluation stays to the letter; the journal loses the name, and its
// chain stays whole.
func TestPublicRecordsStay(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "a")
		dossier(t, tn)
		c := change("noted")
		c.Subject, c.Detail = "kpss/2023/1", map[string]string{"note": "Volala " + leaving.Name}
		c.Evaluations = get[[]engine.Evaluation](t)(tn.Evaluations(ctx, "kpss", "2023"))
		c.Evaluations[0].State = engine.EvaluationApproved
		mustCommit(t, tn, c)
		before := get[[]engine.Evaluation](t)(tn.Evaluations(ctx, "kpss", "2023"))
		if f := get[engine.PersonFile](t)(tn.Person(ctx, leaving)); len(f.Noted) != 0 || f.Lines != 1 || f.Evaluations != 0 {
			t.Errorf("noted in %q, lines %d, drafts %d", f.Noted, f.Lines, f.Evaluations)
		}
		mustCommit(t, tn, erased())
		if d := cmp.Diff(before, get[[]engine.Evaluation](t)(tn.Evaluations(ctx, "kpss", "2023"))); d != "" {
			t.Errorf("an approved evaluation changed:\n%s", d)
		}
		lines := get[[]engine.JournalLine](t)(tn.JournalOf(ctx, "kpss/2023/1", 10))
		if len(lines) != 1 || lines[0].Detail["note"] != "Volala (mask)" {
			t.Errorf("the journal says %+v", lines)
		}
		if check, err := verify(tn); err != nil || check.Erased != 1 {
			t.Errorf("the chain: %+v, %v", check, err)
		}
	})
}

// On the disk there is nothing left either: no free page and no log holds it.
func TestNothingOfAPersonIsLeftInTheFile(t *testing.T) {
	file := t.TempDir() + "/a.db"
	db := migrated(t, "sqlite:"+file)
	tn := town(t, db, "a")
	dossier(t, tn)
	c := change("namesake_removed") // the namesake would be found
	c.Organisations = get[[]engine.Organisation](t)(tn.Organisations(ctx, "namesake"))
	c.Organisations[0].Contacts = nil
	c.Proposals = get[[]engine.Proposal](t)(tn.Proposals(ctx, "kpss", "2023", "3"))
	c.Proposals[0].By = "x"
	if _, err := admin(db).Exec("DELETE FROM amended WHERE activity = '3'"); err != nil {
		t.Fatal(err)
	}
	mustCommit(t, tn, c)
	if _, err := admin(db).Exec("DELETE FROM message WHERE key = 'foreign'; VACUUM"); err != nil {
		t.Fatal(err)
	}
	mustCommit(t, tn, erased())
	for _, name := range []string{file, file + "-wal"} {
		body, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if bytes.Contains(bytes.ToLower(body), []byte(leaving.Email)) || bytes.Contains(body, []byte(leaving.Name)) {
			t.Errorf("%s still holds the person", name)
		}
	}
}

// Whoever read something before the erasure cannot write it back.
func TestNobodyWritesAnErasedPersonBack(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn := town(t, db, "a")
		dossier(t, tn)
		stale := []engine.Change{change("organisation"), change("proposal"), change("letter"), change("mail"), change("municipality"), change("account")}
		stale[0].Organisations = get[[]engine.Organisation](t)(tn.Organisations(ctx, "charita"))
		stale[1].Proposals = get[[]engine.Proposal](t)(tn.Proposals(ctx, "kpss", "2023", "1"))
		stale[2].Requests = get[[]engine.Request](t)(tn.Requests(ctx, "kpss", "2023"))
		stale[2].Messages = []engine.Message{{Key: "letter today", To: leaving.Email, State: engine.Queued}}
		stale[3].Inbound = get[[]engine.Inbound](t)(tn.Inbox(ctx, 1))
		m := get[engine.Municipality](t)(tn.Municipality(ctx))
		stale[4].Municipality = &m
		stale[5].Accounts = get[[]engine.Account](t)(tn.Accounts(ctx))
		sending := get[[]engine.Message](t)(tn.Messages(ctx, 10, engine.Held))[0]
		mustCommit(t, tn, erased())
		for _, c := range stale {
			if err := tn.Commit(ctx, c); engine.CodeOf(err) != engine.Conflict {
				t.Errorf("%s was written back: %v", c.Event, err)
			}
		}
		sending.State, sending.LastError = engine.Retry, leaving.Email
		wantCode(t, tn.SettleMessage(ctx, sending), engine.Conflict)
		mustCommit(t, tn, erased()) // a second time there is nothing to do
	})
}

// everyColumn gives all that is stored of a municipality, a line for each row.
func everyColumn(db *DB, tenant string) (string, error) {
	tables, err := db.AcrossTenants().tables(ctx)
	if err != nil {
		return "", err
	}
	tables = slices.DeleteFunc(tables, func(name string) bool { return name == "journal_head" || name == "hold" })
	var out strings.Builder
	for _, table := range tables {
		rows, err := admin(db).QueryContext(ctx, "SELECT * FROM "+table+" WHERE tenant = '"+tenant+"' ORDER BY 1, 2, 3")
		if err != nil {
			return "", err
		}
		cols, err := rows.Columns()
		if err != nil {
			return "", err
		}
		for rows.Next() {
			cells, at := make([]any, len(cols)), make([]any, len(cols))
			for i := range cells {
				at[i] = &cells[i]
			}
			if err := rows.Scan(at...); err != nil {
				return "", err
			}
			out.WriteString(table)
			for _, c := range cells {
				if b, ok := c.([]byte); ok {
					out.Write(append([]byte(" "), b...))
				} else if s, ok := c.(string); ok {
					out.WriteString(" " + strings.ReplaceAll(s, "\n", " "))
				} else if n, ok := c.(int64); ok && table != "request" {
					out.WriteString(" " + string(rune('0'+n%10)))
				}
			}
			out.WriteString("\n")
		}
		if err := rows.Close(); err != nil {
			return "", err
		}
	}
	return out.String(), nil
}
