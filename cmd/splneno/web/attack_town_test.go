package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/link"
	"splneno/workflows"
)

// foreign is what stands in every name of the second town.
const foreign = "Cizozemsko"

// twin puts a second town into the house with the very ids of the first: the
// same plan, season and organisations, under names of its own.
func (h *house) twin() *workflows.Office {
	h.t.Helper()
	own, other := h.office, h.officeOf("susice")
	h.office = other
	h.furnishAgain()
	h.office = own
	return other
}

func (h *house) furnishAgain() {
	h.t.Helper()
	h.furnish()
	ctx := context.Background()
	m := h.municipality()
	m.Name, m.Coordinator.Email, m.Settings.Logo, m.Settings.LogoType = foreign, "kpss@cizozemsko.example", []byte("png "+foreign), "image/png"
	m.SteeringGroup = []engine.Contact{{Name: foreign, Email: "rs@cizozemsko.example"}}
	c := engine.Change{At: h.now(), Actor: who, Event: "renamed", Subject: "susice", Municipality: &m}
	bodies, err := h.office.Records.Organisations(ctx)
	h.must(err)
	for _, o := range bodies {
		o.Name, o.Contacts = foreign+" "+o.ID, []engine.Contact{{Name: foreign, Email: o.ID + "@cizozemsko.example"}}
		c.Organisations = append(c.Organisations, o)
	}
	activities, err := h.office.Records.Activities(ctx, "ap2023")
	h.must(err)
	for _, a := range activities {
		a.Title, a.ResponsibleRaw = foreign+" "+a.ID, foreign
		c.Activities = append(c.Activities, a)
	}
	c.Accounts = []engine.Account{{ID: "cizi", Name: foreign, Email: "cizi@cizozemsko.example", Role: engine.RoleCoordinator}}
	h.must(h.office.Records.Commit(ctx, c))
	for _, id := range []string{"1.1/1", "1.2/2"} {
		h.must(h.office.Report(ctx, engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: id}, engine.Answer{Status: engine.Unfulfilled, Missing: foreign}, "", foreign, who))
	}
	_, err = h.office.Draft(ctx, "ap2023", "2023", foreign, who)
	h.must(err)
}

// foreignPaths are addresses with keys of the second town, and of things only
// it has.
func (h *house) foreignPaths(other *workflows.Office) map[string]int {
	h.t.Helper()
	ctx := context.Background()
	h.must(other.Receive(ctx, engine.Arrival{Raw: []byte(`{"Mail":{"Subject":"` + foreign + `","From":{"Email":"x@cizozemsko.example"}}}`), Via: "imap"}))
	h.must(other.Understand(ctx))
	inbox, err := other.Records.Inbox(ctx, 1)
	h.must(err)
	h.must(other.Records.Commit(ctx, engine.Change{At: h.now(), Actor: who, Event: "more", Subject: "susice",
		Organisations: []engine.Organisation{{ID: "jen-tam", Name: foreign, Contacts: []engine.Contact{{Email: "jen@cizozemsko.example"}}}},
		Plans:         []engine.Plan{{ID: "jen-tam", Title: foreign, Kind: engine.ActionPlan, Start: "2024-01-01", End: "2024-12-31"}},
		Accounts:      []engine.Account{{ID: "jen-tam", Name: foreign, Email: "jen@cizozemsko.example", Role: engine.RoleReader}},
		Messages:      []engine.Message{{Key: "jen/tam", Kind: engine.LetterRequest, To: "jen@cizozemsko.example", Subject: foreign, State: engine.Held, Raw: []byte("x"), CreatedAt: h.now()}}}))
	mail := "/stul/prichozi/" + inbox[0].ID
	return map[string]int{
		mail: 404, mail + "/original": 404, mail + "/priloha/1": 404,
		"/stul/posta/zprava?klic=jen/tam": 404, "/stul/organizace/jen-tam": 404, "/stul/organizace/jen-tam/konec": 404, "/stul/organizace/jen-tam/clenove": 404,
		"/stul/plan/jen-tam": 404, "/stul/plan/jen-tam/zmeny": 404, "/stul/plan/jen-tam/upravit": 404, "/stul/nastaveni/ucty/jen-tam": 404,
		"/stul/obdobi/ap2023/2023/organizace/jen-tam": 404, "/stul/obdobi/jen-tam/2023": 404, "/stul/aktivity/jen-tam/2023": 404,
		"/stul/hledat?q=" + foreign: 200, "/stul/odpovedi?organizace=jen-tam": 200, "/stul/organizace?hledat=" + foreign: 200,
		"/stul/aktivity/ap2023/2023?hledat=" + foreign: 200, "/stul/vyhodnoceni/ap2023/2023/usneseni/1?hledat=" + foreign: 200,
	}
}

// The desk of one town, opened with ids and keys of a town that has the same
// ones: nothing of the other stands on any page, and nothing is stored there.
func TestTwoTownsWithTheSameIDs(t *testing.T) {
	h := newHouse(t)
	other := h.twin()
	h.busy()
	paths := h.foreignPaths(other)
	before := h.dump("susice")
	for path, status := range paths {
		r := h.get(path)
		if r.status != status || strings.Contains(strings.ReplaceAll(r.body, `value="`+foreign, ""), foreign+" ") || strings.Contains(r.body, "cizozemsko.example") {
			t.Errorf("%s: %d", path, r.status)
		}
	}
	forms := h.validForms()
	for _, r := range routes(h) {
		if r.pattern == "/stul/odhlaseni" || r.pattern == "/stul/pozvani/{token}" {
			continue
		}
		got := h.get(r.path)
		if r.method == http.MethodPost {
			got = h.post(r.path, forms["POST "+r.pattern])
		}
		if got.status >= 500 || strings.Contains(got.body, foreign) || strings.Contains(got.body, "cizozemsko") {
			t.Errorf("%s %s: %d shows the other town", r.method, r.path, got.status)
		}
	}
	for path, form := range map[string]url.Values{
		"/stul/posta": {"zprava": {"jen/tam"}}, "/stul/nastaveni/ucty/jen-tam": {"action": {"ukoncit"}}, "/stul/organizace/jen-tam": {"action": {"jmena"}, "jmeno": {"X"}, "verze": {"1"}},
		"/stul/organizace/jen-tam/kontakt": {"action": {"ulozit"}, "adresa": {"zly@example.cz"}}, "/stul/organizace/jen-tam/konec": {"action": {"potvrdit"}, "jak": {"bez"}, "den": {"2024-01-20"}},
		"/stul/organizace/charita/konec": {"action": {"potvrdit"}, "jak": {"nastupce"}, "den": {"2024-01-20"}, "nastupce": {"jen-tam"}},
		"/stul/kontakt":                  {"organizace": {"jen-tam"}, "action": {"jen-odpovedi"}}, "/stul/plan/jen-tam/upravit": {"verze": {"1"}, "nazev": {"X"}, "od": {"2024-01-10"}, "proc": {"x"}},
		"/stul/nastaveni/urovne": {"plan": {"jen-tam"}, "verze": {"1"}, "opatreni": {"X"}}, "/stul/obdobi": {"plan": {"jen-tam"}, "od": {"2024"}},
		"/stul/organizace/osoba": {"action": {"vymazat"}, "rozumim": {"1"}, "adresa": {"jen@cizozemsko.example"}},
	} {
		if r := h.post(path, form); r.status < 400 || r.status >= 500 {
			t.Errorf("POST %s: %d", path, r.status)
		}
	}
	if after := h.dump("susice"); after != before {
		t.Errorf("the other town was changed:\n%s", changed(before, after))
	}
}

// What a key of a town opens is that town's, whoever is signed in: an answer
// page, a board, a calendar, an invitation. No key opens another town's desk.
func TestKeysOfAnotherTown(t *testing.T) {
	h := newHouse(t)
	other := h.twin()
	ctx := context.Background()
	h.signIn()
	r, err := other.Records.Request(ctx, "ap2023", "2023", "charita")
	h.must(err)
	board := h.signer.BoardToken("susice", "ap2023", "2023", "rs@cizozemsko.example", 0)
	m, err := other.Records.Municipality(ctx)
	h.must(err)
	opens := func(paths ...string) {
		t.Helper()
		for _, path := range paths {
			got := h.get(path)
			if got.status != 200 || !strings.Contains(got.body, foreign) {
				t.Errorf("%s: %d", path, got.status)
			}
			for _, ours := range []string{"Klatovy", "klatovy", "Charita Vzorov", `class="ways"`, `class="account"`} {
				if strings.Contains(got.body, ours) {
					t.Errorf("%s shows %q", path, ours)
				}
			}
		}
	}
	opens("/o/"+h.signer.Token("susice", r), "/o/"+h.signer.Token("susice", r)+"/prehled", "/kalendar/"+h.signer.FeedToken("susice", "charita", 0)+".ics",
		"/kalendar/"+h.signer.FeedToken("susice", "", 0)+".ics", logoPath("susice", m))
	e, err := other.Evaluation(ctx, "ap2023", "2023")
	h.must(err)
	_, err = other.ApproveEvaluation(ctx, "ap2023", "2023", e.Version, who)
	h.must(err)
	opens("/prehled/" + board)
	for _, path := range []string{"/prehled/" + h.signer.BoardToken("susice", "ap2023", "2023", "rs@klatovy.example", 0), "/prehled/" + board + "x",
		"/kalendar/" + h.signer.FeedToken("jinde", "charita", 0) + ".ics", "/o/" + h.signer.Token("jinde", r), "/o/" + board,
		"/logo/klatovy/" + strings.TrimPrefix(logoPath("susice", m), "/logo/susice/"), "/logo/susice/../klatovy/x"} {
		if got := h.get(path); got.status != 404 && got.status != 307 && got.status != 301 || strings.Contains(got.body, foreign) {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}

// A session belongs to the town it was begun in, and ends there alone.
func TestSessionsOfTwoTowns(t *testing.T) {
	h := newHouse(t)
	other := h.twin()
	ours, theirs := h.session("klatovy", "hana", true), h.session("susice", "cizi", true)
	for cookie, town := range map[string]string{ours: "Klatovy", theirs: foreign} {
		p := person{cookie: cookie}
		if r := p.visit(h, "GET", "/stul"); r.status != 200 || !strings.Contains(r.body, town) {
			t.Errorf("%s: %d", town, r.status)
		}
	}
	h.postAs(ours, "/stul/ucet", url.Values{"action": {"relace-vse"}}).want(t, 303)
	h.postAs(ours, "/stul/ucet", url.Values{"action": {"relace"}, "relace": {link.SecretHash(theirs)[:16]}}).want(t, 303)
	h.must(h.office.Records.EndSession(context.Background(), link.SecretHash(theirs)))
	if r := (person{cookie: theirs}).visit(h, "GET", "/stul"); r.status != 200 {
		t.Error("a session was ended from another town:", r.status)
	}
	a, err := other.Records.Account(context.Background(), "cizi")
	h.must(err)
	h.must(other.Prove(context.Background(), a, "password", ""))
	if r := (person{cookie: ours}).visit(h, "GET", "/stul"); r.status != 200 {
		t.Error("a session was ended with the password of another town:", r.status)
	}
	if r := (person{cookie: theirs}).visit(h, "GET", "/stul"); r.status != 303 {
		t.Error("a session outlives the password:", r.status, strconv.Quote(r.head.Get("Location")))
	}
}
