package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/document"
	"splneno/notify/link"
	"splneno/notify/mailbox"
	"splneno/store"
	"splneno/workflows"
)

// hostile is a text that tries to break out of every place it may be shown in.
const hostile = `"><script>alert(1)</script>'{{.Town}}</textarea></title><img src=x onerror=alert(2)>`

var who = engine.Actor{Kind: engine.ActorCoordinator, Name: "Hana Vzorová"}

// A house is a whole installation on a temporary database, and a browser at its
// front door.
type house struct {
	t      testing.TB
	mu     sync.Mutex
	at     time.Time
	office *workflows.Office
	signer *link.Signer
	server *httptest.Server
	client *http.Client
	log    *bytes.Buffer
	box    *mailbox.Mailbox
	db     *store.DB
	dir    string       // of the database's files
	asked  atomic.Int64 // statements of the database so far
}

// officeOf gives the office of a town; all share what is not remembered.
func (h *house) officeOf(tenant string) *workflows.Office {
	if tenant == "klatovy" {
		return h.office
	}
	o := *h.office
	o.Records = h.db.Tenant(tenant)
	return &o
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *house) wait(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

type letters struct{}

func (letters) Compose(l engine.Letter, id string) (engine.Message, error) {
	text := fmt.Sprintf("%s %s", l.Kind, l.Organisation)
	return engine.Message{Kind: l.Kind, To: l.To.Email, From: l.Sender, Subject: text, Text: text, MessageID: id, Raw: []byte(text), Hash: "0"}, nil
}

// post delivers everything but what goes to zla@example.cz.
type post struct{}

func (post) Send(_ context.Context, m engine.Message) engine.Outcome {
	if m.To == "zla@example.cz" {
		return engine.Outcome{State: engine.Failed, Detail: "550 no such user"}
	}
	return engine.Outcome{State: engine.Sent}
}

// papers makes two small documents of an evaluation; the others are the real ones.
type papers struct{ *document.Maker }

func realPapers(t testing.TB) *document.Maker {
	t.Helper()
	m, err := document.New()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (s papers) Documents(p engine.Print, names ...string) iter.Seq2[engine.Attachment, error] {
	return func(yield func(engine.Attachment, error) bool) {
		for _, d := range s.all(p) {
			if len(names) > 0 && !slices.Contains(names, d.Name) {
				continue
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

func (papers) all(p engine.Print) []engine.Attachment {
	e := p.Evaluation
	return []engine.Attachment{
		{Name: "vyhodnoceni.html", Type: "text/html; charset=utf-8", Data: []byte("<!doctype html><html lang=cs><title>V</title><style>h1{color:#254b7d}</style><h1>Vyhodnocení " + e.Period.ID + "</h1><p>Dokument.</p>")},
		{Name: "vyhodnoceni.pdf", Type: "application/pdf", Data: []byte("%PDF-1.7")},
	}
}

func (s papers) Document(p engine.Print, name string) (engine.Attachment, error) {
	for _, d := range s.all(p) {
		if d.Name == name {
			return d, nil
		}
	}
	return engine.Attachment{}, engine.Errorf(engine.NotFound, "no document %q", name)
}

func (papers) Pack(m engine.Meeting, p engine.Print) ([]engine.Attachment, error) {
	return []engine.Attachment{{Name: "pack-2023.pdf", Type: "application/pdf", Data: []byte("%PDF-1.7")}}, nil
}

func (s papers) Names(e engine.Evaluation) []engine.Attachment {
	return s.all(engine.Print{Evaluation: e})
}

// Edits reads "Word: " and the foreword somebody wrote.
func (papers) Edits(file []byte, p engine.Print) (engine.Takeover, error) {
	text, ok := strings.CutPrefix(string(file), "Word: ")
	if !ok {
		return engine.Takeover{}, engine.Errorf(engine.Invalid, "not a document of ours")
	}
	return engine.Takeover{Taken: 1, Edits: append(slices.Clone(p.Evaluation.Edits), engine.Edit{Key: "souhrn", Before: "Souhrn byl takový.", After: []string{text, "Druhý odstavec " + hostile}}),
		Conflicts: []engine.EditConflict{{Key: "metody", Before: "Ptali jsme se dopisem.", Ours: "Ptali jsme se dvěma dopisy.", Mine: []string{"Ptali jsme se všech dopisem a telefonem."}}},
		Refused:   []engine.EditRefused{{Before: "částečně splněno", After: "splněno"}}}, nil
}

// Standing says that every paragraph somebody rewrote still fits, but those
// about a quarrel.
func (papers) Standing(p engine.Print) (t engine.Takeover, err error) {
	for _, x := range p.Evaluation.Edits {
		if strings.Contains(strings.Join(x.After, " "), "spor") {
			t.Conflicts = append(t.Conflicts, engine.EditConflict{Key: x.Key, Before: x.Before, Ours: "Nové znění.", Mine: x.After})
		} else {
			t.Edits = append(t.Edits, x)
		}
	}
	return t, nil
}

// newHouse opens the house on 23 January 2024: organisations have been asked
// about 2023.
func newHouse(t testing.TB) *house {
	t.Helper()
	return newHouseAt(t, "127.0.0.1", nil)
}

// newHouseAt opens it under a host's name; change may alter the server.
func newHouseAt(t testing.TB, host string, change func(*house, *Server)) *house {
	t.Helper()
	h := bareHouse(t, t.TempDir(), host, change)
	h.furnish()
	return h
}

// bareHouse opens a house on the database web.db of a folder as it stands, on
// 22 January 2024.
func bareHouse(t testing.TB, dir, host string, change func(*house, *Server)) *house {
	t.Helper()
	h := houseOn(t, "sqlite:"+filepath.Join(dir, "web.db"), host, change)
	h.dir = dir
	return h
}

// houseOn opens a house on any database.
func houseOn(t testing.TB, dsn, host string, change func(*house, *Server)) *house {
	t.Helper()
	ctx := context.Background()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, at: time.Date(2024, 1, 22, 9, 0, 0, 0, zone), log: &bytes.Buffer{}}
	db = db.Watched(func(string) { h.asked.Add(1) })
	h.server = httptest.NewUnstartedServer(nil)
	if h.signer, err = link.New(bytes.Repeat([]byte{7}, 32), "http://"+host+":"+strconv.Itoa(h.server.Listener.Addr().(*net.TCPAddr).Port)); err != nil {
		t.Fatal(err)
	}
	h.office = &workflows.Office{Records: db.Tenant("klatovy"), Composer: letters{}, Sender: post{}, Links: h.signer, Documents: papers{realPapers(t)}, Reader: opener{},
		Zone: zone, Now: h.now}
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	h.db = db
	all := db.AcrossTenants()
	s := &Server{Office: h.officeOf, Tenants: all.Tenants, Publishers: all.Publishers, TenantOf: all.TenantOfLink, Signer: h.signer,
		TenantOfSession: all.TenantOfSession, TenantOfInvite: all.TenantOfInvite, TenantOfPasskey: all.TenantOfPasskey,
		TenantsOfAccount: all.TenantsOfAccount, TenantsOfSubject: all.TenantsOfSubject,
		Tenant: "klatovy", Mailbox: box, Log: slog.New(slog.NewTextHandler(&lockedWriter{h: h}, nil)),
		Tour: []TourStop{{Title: "Pracovní stůl", Href: "/stul", Sentence: "Tady koordinátor schvaluje."}}}
	if change != nil {
		change(h, s)
	}
	h.server.Config.Handler = s.Handler()
	h.server.Start()
	t.Cleanup(h.server.Close)
	h.box = box
	h.client = h.browser()
	return h
}

type lockedWriter struct{ h *house }

func (l *lockedWriter) Write(b []byte) (int, error) {
	l.h.mu.Lock()
	defer l.h.mu.Unlock()
	return l.h.log.Write(b)
}

func (h *house) logged() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.log.String()
}

// furnish puts a small plan of two organisations into the house and opens 2023.
func (h *house) furnish() {
	ctx := context.Background()
	h.stock()
	h.must(h.office.OpenSeason(ctx, "ap2023", engine.Year(2023), who))
	h.must(h.office.Tick(ctx)) // a new municipality owes nothing for the time before
	h.wait(24 * time.Hour)
	h.must(h.office.Tick(ctx))
}

// stock puts the plan into the house, and the accounts of its town.
func (h *house) stock() {
	year := func(raw string) engine.Deadline {
		return engine.Deadline{Raw: raw, Kind: engine.DeadlineYear, Start: "2023-01-01", Due: "2023-12-31", Years: []int{2023}, Certain: true}
	}
	ongoing := engine.Deadline{Raw: "průběžně", Kind: engine.DeadlineOngoing, Ongoing: true, Certain: true}
	party := func(ids ...string) (out []engine.Party) {
		for _, id := range ids {
			out = append(out, engine.Party{Name: id, Kind: engine.KindOrganisation, Organisation: id})
		}
		return out
	}
	c := engine.Change{At: h.now(), Actor: who, Event: "furnished", Subject: "klatovy",
		Municipality: &engine.Municipality{Name: "Město Klatovy", Coordinator: engine.Contact{Name: who.Name, Email: "kpss@klatovy.example"},
			SteeringGroup: []engine.Contact{{Name: "Řídící skupina", Email: "rs@klatovy.example"}}, Sender: "kpss@klatovy.example",
			Preset: engine.AfterYear, Policy: engine.DefaultPolicy()},
		Plans: []engine.Plan{{ID: "ap2023", Title: "Akční plán sociálních služeb na rok 2023", Kind: engine.ActionPlan, Start: "2023-01-01", End: "2023-12-31",
			Funding: "Projekt je spolufinancován Evropskou unií.",
			Areas:   []engine.Area{{Code: "1", Title: "Senioři"}},
			Measures: []engine.Measure{{Code: "1.1", Title: "Podpora terénních a ambulantních služeb pro seniory", Area: "1"},
				{Code: "1.2", Title: "Informovanost", Area: "1"}}}},
		Organisations: []engine.Organisation{
			{ID: engine.CoordinatorID, Name: "Koordinátor KPSS", Kind: engine.KindRole, Contacts: []engine.Contact{{Email: "kpss@klatovy.example"}}},
			{ID: "charita", Name: "Charita Vzorov", Kind: engine.KindOrganisation, Contacts: []engine.Contact{{Email: "charita@example.cz"}}},
			{ID: "zla", Name: "Zlá " + hostile, Kind: engine.KindOrganisation, Contacts: []engine.Contact{{Email: "zla@example.cz"}}}},
		Activities: []engine.Activity{
			{Plan: "ap2023", ID: "1.1/1", Area: "1", Measure: "1.1", Label: "1.", Title: "Rozšířit pečovatelskou službu o večerní a víkendové hodiny",
				Details: []string{"nejméně v pěti obcích regionu"}, TargetGroup: "senioři a lidé se zdravotním postižením", ResponsibleRaw: "Charita Vzorov",
				Responsible: party("charita"), Deadline: year("do konce roku 2023"), Position: 1,
				Indicators: []engine.Indicator{{Name: "Počet klientů", Unit: "osob", Planned: 60}}},
			{Plan: "ap2023", ID: "1.1/2", Area: "1", Measure: "1.1", Label: "2.", Title: "Zajistit odlehčovací službu", ResponsibleRaw: "Charita Vzorov, Zlá",
				Responsible: party("charita", "zla"), Deadline: ongoing, Position: 2, Parts: []engine.Part{{Label: "a)", Text: "terénní forma", Deadline: year("2023")}}},
			{Plan: "ap2023", ID: "1.2/1", Area: "1", Measure: "1.2", Label: "1.", Title: "Vydat katalog poskytovatelů", ResponsibleRaw: "Charita Vzorov",
				Responsible: party("charita"), Deadline: year("2023"), Position: 3, StatusRaw: "částečně"},
			{Plan: "ap2023", ID: "1.2/2", Area: "1", Measure: "1.2", Label: "2.", Title: "Uspořádat veletrh služeb", Deadline: year("2023"), Position: 4}}}
	if h.office.Records.Tenant() == "klatovy" { // accounts are one town's alone
		c.Accounts = h.accounts()
	}
	h.must(h.office.Records.Commit(context.Background(), c))
}

// accounts are who may sign in: the coordinator, and one who is invited.
func (h *house) accounts() []engine.Account {
	return []engine.Account{{ID: "hana", Name: who.Name, Email: "kpss@klatovy.example", Role: engine.RoleCoordinator,
		Secrets: engine.Secrets{Password: spelledPassword(), TOTP: h.signer.Seal(totpPurpose("klatovy", "hana"), []byte(hanaTOTP))}},
		{ID: "eva", Name: "Eva Pozvaná", Email: "eva@example.cz", Role: engine.RoleCoordinator, InviteHash: link.SecretHash(invitation), InviteUntil: h.now().Add(96 * time.Hour)}}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// path gives the path of the organisation's answer page.
func (h *house) path(organisation string) string {
	h.t.Helper()
	r, err := h.office.Records.Request(context.Background(), "ap2023", "2023", organisation)
	h.must(err)
	return "/o/" + h.signer.Token("klatovy", r)
}

func (h *house) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	h.must(err)
	return &http.Client{Jar: jar, Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// A reply is an answer of the server, read whole.
type reply struct {
	status int
	head   http.Header
	body   string
}

func (h *house) do(req *http.Request) reply {
	h.t.Helper()
	res, err := h.client.Do(req)
	h.must(err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	h.must(err)
	return reply{res.StatusCode, res.Header, string(body)}
}

func (h *house) get(path string) reply {
	h.t.Helper()
	req, err := http.NewRequest(http.MethodGet, h.server.URL+path, nil)
	h.must(err)
	return h.do(req)
}

func (h *house) post(path string, form url.Values) reply {
	h.t.Helper()
	kind, body := formBody(h, form)
	req, err := http.NewRequest(http.MethodPost, h.server.URL+path, bytes.NewReader(body))
	h.must(err)
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	return h.do(req)
}

// signIn puts the coordinator's session into the browser, as if she had signed
// in with both factors.
func (h *house) signIn() { h.signInAs("hana") }

// want checks the status and that the page says every one of the texts.
func (r reply) want(t testing.TB, status int, texts ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("status %d, want %d\n%.3000s", r.status, status, main(r.body))
	}
	for _, text := range texts {
		if !strings.Contains(r.body, text) {
			t.Errorf("the page does not say %q:\n%.3000s", text, main(r.body))
		}
	}
}

var blank = regexp.MustCompile(`\s*\n\s*`)

var mainPart = regexp.MustCompile(`(?s)<main.*</main>`)

func main(body string) string { return blank.ReplaceAllString(mainPart.FindString(body), "\n") }

// answers gives a form of Charita Vzorov about its first item.
func answers() url.Values {
	return url.Values{"action": {"odeslat"}, "kdo": {"Jan Zkušební"}, "a1-stav": {"partial"}, "a1-hotovo": {"Služba jezdí v šesti obcích."},
		"a1-chybi": {"Chybí víkendy."}, "a1-cislo-0": {"57,5"}}
}

func (h *house) proposals() []engine.Proposal {
	h.t.Helper()
	list, err := h.office.Records.Proposals(context.Background(), "ap2023", "2023")
	h.must(err)
	return list
}

func (h *house) entry(id string) engine.Entry {
	h.t.Helper()
	list, err := h.office.Records.Entries(context.Background(), "ap2023", "2023", id)
	h.must(err)
	return list[0]
}

// fingerprint is everything stored, as text: what a GET must not change.
func (h *house) fingerprint() string {
	h.t.Helper()
	ctx := context.Background()
	var b strings.Builder
	h.must(h.office.Records.Journal(ctx, 1, func(l engine.JournalLine) error {
		fmt.Fprintln(&b, l.Hash)
		return nil
	}))
	requests, err := h.office.Records.Requests(ctx, "ap2023", "2023")
	h.must(err)
	entries, err := h.office.Records.Entries(ctx, "ap2023", "2023")
	h.must(err)
	made, err := h.office.Records.Evaluations(ctx, "ap2023", "2023")
	h.must(err)
	mail, err := h.office.Records.Messages(ctx, 1000, engine.Queued, engine.Sent, engine.Retry, engine.Failed, engine.Unsure, engine.Held)
	h.must(err)
	fmt.Fprintf(&b, "%+v\n%+v\n%+v\n%+v\n%+v\n", requests, entries, h.proposals(), made, mail)
	bodies, err := h.office.Records.Organisations(ctx)
	h.must(err)
	inbox, err := h.office.Records.Inbox(ctx, 0)
	h.must(err)
	accounts, err := h.office.Records.Accounts(ctx)
	h.must(err)
	fmt.Fprintf(&b, "%+v\n%+v\n%+v\n", bodies, inbox, accounts)
	for _, r := range requests {
		d, err := h.office.Records.Draft(ctx, r)
		h.must(err)
		fmt.Fprintf(&b, "%+v\n", d)
	}
	return b.String()
}
