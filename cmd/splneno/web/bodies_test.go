package web

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// body gives an organisation as it stands.
func (h *house) body(id string) engine.Organisation {
	h.t.Helper()
	list, err := h.office.Records.Organisations(context.Background(), id)
	h.must(err)
	if len(list) == 0 {
		return engine.Organisation{}
	}
	return list[0]
}

func (h *house) request(id string) engine.Request {
	h.t.Helper()
	r, err := h.office.Records.Request(context.Background(), "ap2023", "2023", id)
	if engine.CodeOf(err) == engine.NotFound {
		return r
	}
	h.must(err)
	return r
}

// adds puts organisations into the house.
func (h *house) adds(list ...engine.Organisation) {
	h.t.Helper()
	h.must(h.office.Records.Commit(context.Background(), engine.Change{At: h.now(), Actor: who, Event: "furnished", Subject: "klatovy", Organisations: list}))
}

// days lets so many days pass, each with its run.
func (h *house) days(n int) {
	h.t.Helper()
	for range n {
		h.wait(24 * time.Hour)
		h.must(h.office.Tick(context.Background()))
	}
}

// written gives how many mails went to an organisation.
func (h *house) written(id string) int {
	h.t.Helper()
	list, err := h.office.Records.MessagesTo(context.Background(), id, 100)
	h.must(err)
	return len(list)
}

func successor() engine.Organisation {
	return engine.Organisation{ID: "diakonie", Name: "Diakonie Doubrava", Kind: engine.KindOrganisation, Contacts: []engine.Contact{{Email: "diakonie@example.cz"}}}
}

func TestListOfOrganisations(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.adds(successor(), engine.Organisation{ID: "mrtva", Name: "Mrtva posta", Contacts: []engine.Contact{{Email: "x@example.cz", Bounces: 2}}},
		engine.Organisation{ID: "skupina", Name: "Poskytovatele sluzeb", Kind: engine.KindOpenGroup, Members: []string{"charita", "diakonie"}})
	h.get("/stul/organizace").tells(t, 200, "Charita Vzorov", "Diakonie Doubrava", "skupina, 2 clenove", "6 organizaci", "posta se nedorucuje")
	h.get("/stul/organizace").hides(t, "<script>alert")
	r := h.get("/stul/organizace?hledat=DIAKONÍE")
	r.tells(t, 200, "Diakonie Doubrava", "1 organizace")
	r.hides(t, "Charita Vzorov")
	r = h.get("/stul/organizace?filtr=dead")
	r.tells(t, 200, "Mrtva posta")
	r.hides(t, "Charita Vzorov")
	h.get("/stul/organizace?filtr=group").tells(t, 200, "Poskytovatele sluzeb", "1 organizace")
	h.get("/stul/organizace?filtr=ended").tells(t, 200, "Zadna organizace neodpovida")
	h.get("/stul/organizace?hledat=charita%40example").tells(t, 200, "1 organizace")
}

func TestPageOfAnOrganisation(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	h.get("/stul/organizace/charita").tells(t, 200, "charita@example.cz", "odkazem", "3 aktivity", "Rozsirit pecovatelskou sluzbu", "ceka na schvaleni", "Jan Zkusebni", "odeslano", "psano jednou")
	h.get("/stul/organizace/nikdo").tells(t, 404)
	h.get("/stul/organizace/koordinator").tells(t, 200, "meni v nastaveni obce", "ranni prehled")
	h.get("/stul/organizace/koordinator").hides(t, "Pridat kontakt")
}

func TestContacts(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	page := "/stul/organizace/charita/kontakt"
	o := h.body("charita")
	o.Contacts[0].Bounces = 2
	o.Contacts = append(o.Contacts, engine.Contact{Email: "nova@example.cz", Name: "Nova Zastupna", Deputy: true, Proposed: true})
	h.adds(o)
	h.get("/stul/organizace/charita").tells(t, 200, "Na tuto adresu se posta nedorucuje", "Nahradit jinou adresou", "jako zastup automaticka odpoved")
	h.post(page, url.Values{"action": {"ulozit"}, "puvodni": {"charita@example.cz"}, "adresa": {"bez zavinace"}, "jmeno": {"Pani Dlouha"}}).
		tells(t, 422, "neni uplna e-mailova adresa", `value="bez zavinace"`, `value="Pani Dlouha"`, `aria-invalid="true"`)
	h.post(page, url.Values{"action": {"ulozit"}, "adresa": {"CHARITA@example.cz"}}).tells(t, 422, "Tuto adresu uz organizace ma")
	h.post(page, url.Values{"action": {"ulozit"}, "puvodni": {"pryc@example.cz"}, "adresa": {"x@example.cz"}}).tells(t, 409, "Kontakt mezitim nekdo zmenil")
	h.post(page, url.Values{"action": {"ulozit"}, "puvodni": {"charita@example.cz"}, "adresa": {"urad@example.cz"}, "role": {"podatelna"}}).want(t, 303)
	if c := h.body("charita").Contacts[0]; c.Email != "urad@example.cz" || c.Dead() || c.Role != "podatelna" {
		t.Errorf("the contact is %+v", c)
	}
	h.post(page, url.Values{"action": {"prijmout"}, "puvodni": {"nova@example.cz"}}).want(t, 303)
	h.post(page, url.Values{"action": {"prijmout"}, "puvodni": {"nova@example.cz"}}).tells(t, 409, "mezitim nekdo zmenil")
	h.post(page, url.Values{"action": {"jen-odpovedi"}}).want(t, 303)
	for _, c := range h.body("charita").Contacts {
		if c.Proposed || !c.ReplyOnly {
			t.Errorf("the contact is %+v", c)
		}
	}
	h.post(page, url.Values{"action": {"odebrat"}, "puvodni": {"nova@example.cz"}}).want(t, 303)
	h.post(page, url.Values{"action": {"smazat"}}).tells(t, 422)
	h.post("/stul/organizace/koordinator/kontakt", url.Values{"action": {"odebrat"}, "puvodni": {"kpss@klatovy.example"}}).tells(t, 403)
	if strings.Contains(h.journal(), "@example.cz") {
		t.Error("an address stands in the journal")
	}
}

// journal gives the whole journal as text.
func (h *house) journal() string {
	h.t.Helper()
	var b strings.Builder
	h.must(h.office.Records.Journal(context.Background(), 1, func(l engine.JournalLine) error {
		b.WriteString(l.Event + " " + l.Subject)
		for k, v := range l.Detail {
			b.WriteString(" " + k + "=" + v)
		}
		b.WriteString("\n")
		return nil
	}))
	return b.String()
}

func TestWindowForm(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	page := "/stul/organizace/charita"
	version := []string{"2"}
	if v := h.body("charita").Version; v != 2 {
		version = []string{string(rune('0' + v))}
	}
	h.post(page, url.Values{"action": {"okno"}, "verze": version}).tells(t, 422, "Vyberte aspon jeden den")
	h.post(page, url.Values{"action": {"okno"}, "verze": version, "den": {"1", "3"}, "klid-1-od": {"kdysi"}, "klid-1-do": {"31. 8."}, "klid-1-proc": {"leto"}}).
		tells(t, 422, "Napiste den a mesic", `value="kdysi"`, `value="leto"`)
	h.post(page, url.Values{"action": {"okno"}, "verze": version, "den": {"1"}, "klid-1-od": {"1. 1."}, "klid-1-do": {"31. 12."}}).tells(t, 422, "mene nez 60 dni")
	form := url.Values{"action": {"okno"}, "verze": version, "den": {"3", "1"}, "klid-1-od": {"20.12."}, "klid-1-do": {"5. 1."}, "klid-1-proc": {"svatky"}, "klid-3-od": {"07-01"}, "klid-3-do": {"31. 8."}}
	h.post(page, form).want(t, 303)
	w := h.body("charita").Window
	if len(w.Weekdays) != 2 || w.Weekdays[0] != 1 || len(w.Quiet) != 2 || w.Quiet[0] != (engine.Span{From: "12-20", To: "01-05", Why: "svatky"}) || w.Quiet[1].From != "07-01" {
		t.Errorf("the window is %+v", w)
	}
	h.get(page).tells(t, 200, "pondeli, streda", "necte od 20. 12. do 5. 1.", "svatky")
	h.post(page, form).tells(t, 409, "mezitim nekdo zmenil", `value="svatky"`)
	h.post(page, url.Values{"action": {"jmena"}, "verze": {"99"}, "jmeno": {""}}).tells(t, 422, "Napiste nazev")
}

// Mondays only: the reminder that would fall on another day waits.
func TestLettersFallIntoTheWindow(t *testing.T) {
	h := newHouse(t)
	o := h.body("charita")
	o.Window = engine.Window{Weekdays: []int{1}}
	h.adds(o)
	h.days(40)
	for _, d := range h.request("charita").Written[1:] { // the first was written before
		if d.Weekday() != time.Monday {
			t.Errorf("written on %s, %s", d, d.Weekday())
		}
	}
	if len(h.request("charita").Written) < 3 {
		t.Errorf("written on %v", h.request("charita").Written)
	}
}

// The coordinator is in on Tuesdays: no digest and no escalation on other days.
func TestTheCoordinatorsWindow(t *testing.T) {
	h := newHouse(t)
	o := h.body(engine.CoordinatorID)
	o.Window = engine.Window{Weekdays: []int{2}}
	h.adds(o)
	h.days(40)
	list, err := h.office.Records.Messages(context.Background(), 100)
	h.must(err)
	escalated, digests := 0, 0
	for _, m := range list {
		if (m.Kind == engine.LetterDigest || m.Kind == engine.LetterEscalation) && m.CreatedAt.Weekday() != time.Tuesday && m.CreatedAt.After(time.Date(2024, 1, 24, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s on %s", m.Kind, m.CreatedAt)
		}
		if m.Kind == engine.LetterEscalation {
			escalated++
		}
		if m.Kind == engine.LetterDigest {
			digests++
		}
	}
	if escalated == 0 || digests == 0 {
		t.Errorf("%d escalations, %d digests", escalated, digests)
	}
}

// A body ends in mid-season: nobody writes to it any more, its successor is
// asked once about what is still owed, what it answered stays.
func TestEndInMidSeason(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.adds(successor())
	h.post(h.path("charita"), answers()).want(t, 303) // 1.1/1 is answered, 1.1/2 and 1.2/1 are not
	old := h.path("charita")
	page := "/stul/organizace/charita/konec"
	before := h.fingerprint()
	h.post(page, url.Values{"action": {"nahled"}, "jak": {"nastupce"}, "den": {"2024-01-20"}, "nastupce": {"nikdo takovy"}}).tells(t, 422, "Takovou organizaci nezname", `value="nikdo takovy"`)
	h.post(page, url.Values{"action": {"nahled"}, "jak": {"nastupce"}, "den": {"2024-12-24"}, "nastupce": {"diak"}}).tells(t, 422, "Zadejte dnesni nebo drivejsi den")
	h.post(page, url.Values{"action": {"nahled"}, "den": {"2024-01-20"}}).tells(t, 422, "Vyberte, co se stalo")
	h.post(page, url.Values{"action": {"nahled"}, "jak": {"nastupce"}, "den": {"2024-01-20"}, "nastupce": {"a"}}).tells(t, 422, "Odpovida vic organizaci")
	form := url.Values{"action": {"nahled"}, "jak": {"nastupce"}, "den": {"2024-01-20"}, "nastupce": {"diak"}}
	h.post(page, form).tells(t, 200, "jeji aktivity prevezme <strong>Diakonie Doubrava", "3 aktivit v otevrenych", "Nove dostanou otazku: <strong>Diakonie Doubrava", "uz je odpovezeno, neptame se")
	if h.fingerprint() != before {
		t.Fatal("the preview changed something")
	}
	form.Set("action", "potvrdit")
	h.post(page, form).want(t, 303)
	mails := h.written("charita")
	h.days(45)
	if n := h.written("charita"); n != mails {
		t.Errorf("%d mails to the ended body after its end", n-mails)
	}
	requests := 0
	list, err := h.office.Records.MessagesTo(context.Background(), "diakonie", 100)
	h.must(err)
	for _, m := range list {
		if m.Kind == engine.LetterRequest {
			requests++
		}
	}
	if requests != 1 {
		t.Errorf("the successor was asked %d times", requests)
	}
	h.signIn()
	h.get(old).tells(t, 410, "Na tyto aktivity uz odpovida nekdo jiny", "<strong>Diakonie Doubrava</strong>")
	h.post(old, answers()).tells(t, 410, "Diakonie Doubrava")
	h.get("/stul/organizace/charita").tells(t, 200, "ukoncila cinnost k 20. 1. 2024", `href="/stul/organizace/diakonie"`, "Jan Zkusebni")
	h.get("/stul/organizace/diakonie").tells(t, 200, "Prevzala aktivity po", "Vydat katalog")
	if p := h.proposals(); len(p) != 1 || p[0].Organisation != "charita" || p[0].State != engine.Pending {
		t.Errorf("the answers are %+v", p)
	}
	h.revives(t)
}

// revives takes the end back: the body is asked again, the successor no more.
func (h *house) revives(t *testing.T) {
	t.Helper()
	page := "/stul/organizace/charita/konec"
	h.get(page).tells(t, 200, "bude zase odpovidat sama", "Nove dostanou otazku: <strong>Charita Vzorov")
	h.post(page, url.Values{"action": {"potvrdit"}, "jak": {"obnovit"}}).want(t, 303)
	mails, theirs := h.written("charita"), h.written("diakonie")
	h.days(4)
	if h.written("charita") == mails {
		t.Error("the revived body is not asked")
	}
	if n := h.written("diakonie"); n != theirs {
		t.Errorf("%d mails to the former successor", n-theirs)
	}
	if e := h.entry("1.2/1"); len(e.Askees) != 1 || e.Askees[0] != "charita" {
		t.Errorf("asked are %v", e.Askees)
	}
	h.get(h.path("charita")).want(t, 200)
}

// An answer that was sent back to a body that has ended is nobody's: the
// successor is asked about it.
func TestAReturnedAnswerIsNotLost(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.adds(successor())
	h.post(h.path("charita"), answers()).want(t, 303)
	h.post("/stul/rozhodnuti", decides("vratit", "1.1/1", 1, url.Values{"otazka": {"Kolik?"}})).want(t, 303)
	h.post("/stul/organizace/charita/konec", url.Values{"action": {"potvrdit"}, "jak": {"nastupce"}, "den": {"2024-01-20"}, "nastupce": {"diakonie"}}).want(t, 303)
	if e := h.entry("1.1/1"); !e.AnsweredAt.IsZero() || e.Askees[0] != "diakonie" {
		t.Errorf("the entry is %+v", e)
	}
	h.days(2)
	h.get(h.path("diakonie")).tells(t, 200, "Rozsirit pecovatelskou sluzbu")
}

// Two ids of one body: one stays, with the names and addresses of both.
func TestMergeOfTwins(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.adds(engine.Organisation{ID: "chv", Name: "CHV", Aliases: []string{"Ch. Vzorov"}, Contacts: []engine.Contact{{Email: "chv@example.cz"}}})
	page := "/stul/organizace/chv/konec"
	form := url.Values{"action": {"nahled"}, "jak": {"spojit"}, "nastupce": {"Charita"}}
	h.post(page, form).tells(t, 200, "<strong>CHV</strong> se spoji s organizaci <strong>Charita Vzorov", "nikdo kvuli tomu nedostane otazku")
	form.Set("action", "potvrdit")
	form.Set("nastupce", "charita")
	h.post(page, form).want(t, 303)
	o := h.body("charita")
	if strings.Join(o.Aliases, ",") != "CHV,Ch. Vzorov" || len(o.Contacts) != 2 || !o.Contacts[1].Deputy || h.body("chv").Successor != "charita" {
		t.Errorf("merged: %+v, %+v", o, h.body("chv"))
	}
	h.post(page, form).tells(t, 409, "mezitim nekdo zmenil nebo ukoncil")
	h.post("/stul/organizace/koordinator/konec", url.Values{"action": {"potvrdit"}, "jak": {"spojit"}, "nastupce": {"charita"}}).tells(t, 422)
}

// Whom a group stands for is shown before anybody is asked.
func TestMembersOfAGroup(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	ctx := context.Background()
	h.adds(successor(), engine.Organisation{ID: "skupina", Name: "Poskytovatele sluzeb", Kind: engine.KindOpenGroup})
	h.must(h.office.EditActivity(ctx, "ap2023", "1.2/2", who, func(a *engine.Activity) error {
		a.Responsible = []engine.Party{{Name: "poskytovatele", Kind: engine.KindOpenGroup, Organisation: "skupina"}}
		return nil
	}))
	page := "/stul/organizace/skupina/clenove"
	h.get(page).tells(t, 200, "ji jako odpovednou uvadi 1 aktivita", "Diakonie Doubrava", "Zatim nikdo")
	h.post(page, url.Values{"action": {"hledat"}, "verze": {"1"}, "clen": {"charita"}, "hledat": {"diak"}}).tells(t, 200, `value="charita" checked`, `value="diakonie"> Diakonie`)
	before := h.fingerprint()
	form := url.Values{"action": {"nahled"}, "verze": {"1"}, "clen": {"charita", "diakonie"}}
	h.post(page, form).tells(t, 200, "Pribudou: <strong>Diakonie Doubrava; Charita Vzorov", "Nove dostanou otazku: <strong>Diakonie Doubrava, Charita Vzorov", "1.2/2 Usporadat veletrh")
	if h.fingerprint() != before {
		t.Fatal("the preview changed something")
	}
	form.Set("action", "potvrdit")
	h.post(page, form).want(t, 303)
	if e := h.entry("1.2/2"); strings.Join(e.Askees, ",") != "charita,diakonie" {
		t.Errorf("asked are %v", e.Askees)
	}
	h.post(page, form).tells(t, 409, "Skupinu mezitim nekdo zmenil", `value="charita" checked`)
	h.post(page, url.Values{"action": {"nahled"}, "verze": {"2"}, "clen": {"skupina"}}).tells(t, 422, "za clena vzit nelze")
	if !strings.Contains(h.journal(), "members_chosen skupina") {
		t.Error("the journal does not say it")
	}
}

func TestAddOrganisation(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	page := "/stul/organizace/nova"
	h.post(page, url.Values{"jmeno": {" "}, "adresa": {"x"}}).tells(t, 422, "Napiste nazev", "neni uplna e-mailova adresa", `value="x"`)
	h.post(page, url.Values{"jmeno": {"CHARITA vzorov"}}).tells(t, 409, "s timto nazvem uz tu je", `href="/stul/organizace/charita"`)
	r := h.post(page, url.Values{"jmeno": {"Nov\u00e1"}, "aliasy": {"Novinka\n\nNN"}, "druh": {"municipality"}, "adresa": {"nova@example.cz"}})
	if to := r.head.Get("Location"); r.status != 303 || !strings.HasPrefix(to, "/stul/organizace/nova-2?") {
		t.Errorf("%d to %q", r.status, to)
	}
	if o := h.body("nova-2"); o.Kind != engine.KindMunicipality || len(o.Aliases) != 2 || o.Contacts[0].Email != "nova@example.cz" {
		t.Errorf("added %+v", o)
	}
}

func TestPersonPage(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.receives("reply")
	page := "/stul/organizace/osoba"
	h.post(page, url.Values{"action": {"najit"}, "jmeno": {"Jan"}}).tells(t, 422, "Zadejte e-mailovou adresu")
	h.post(page, url.Values{"action": {"najit"}, "adresa": {"nikdo@example.cz"}}).tells(t, 200, "neni ulozeno nic")
	form := url.Values{"action": {"najit"}, "adresa": {"Charita@Example.cz"}}
	h.post(page, form).tells(t, 200, "Charita Vzorov", "Posta, kterou jsme poslali", "Posta, ktera prisla", "Stahnout jako soubor")
	form.Set("action", "soubor")
	r := h.post(page, form)
	if r.status != 200 || !strings.Contains(r.head.Get("Content-Disposition"), "attachment") || !strings.Contains(r.body, `"email": "charita@example.cz"`) {
		t.Errorf("%d %q %.300s", r.status, r.head.Get("Content-Disposition"), r.body)
	}
	if strings.Contains(r.body, h.path("charita")[3:]) {
		t.Error("a token stands in the file")
	}
	form.Set("action", "zeptat")
	h.post(page, form).tells(t, 200, "Opravdu vymazat")
	form.Set("action", "vymazat")
	h.post(page, form).tells(t, 422, "Zaskrtnete prosim")
	form.Set("rozumim", "1")
	h.post(page, form).want(t, 303)
	if len(h.body("charita").Contacts) != 0 {
		t.Error("the contact is still there")
	}
	h.post(page, form).tells(t, 409, "neni ulozeno nic")
	if strings.Contains(h.journal(), "charita@example.cz") || !strings.Contains(h.journal(), "person_erased klatovy") {
		t.Error("the journal:\n", h.journal())
	}
	h.post(page, url.Values{"action": {"vymazat"}, "rozumim": {"1"}, "adresa": {"kpss@klatovy.example"}}).tells(t, 409, "adresa koordinatora obce")
	h.days(10) // nobody trips over what is gone
}
