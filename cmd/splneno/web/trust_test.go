package web

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// decides gives the form of the desk about one of Charita's answers.
func decides(action, activity string, more url.Values) url.Values {
	f := url.Values{"action": {action}, "plan": {"ap2023"}, "obdobi": {"2023"}, "aktivita": {activity}, "organizace": {"charita"}, "revize": {"1"}}
	for k, v := range more {
		f[k] = v
	}
	return f
}

func TestAnswersWithoutAStatus(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	id := h.receives("prose")
	if got := h.proposals(); len(got) != 3 || got[0].Answer.Status != engine.StateUnknown {
		t.Fatalf("proposals: %+v", got)
	}
	r := h.get("/stul")
	r.tells(t, 200, "stav neuveden", "- vyberte", "s pani Vomackovou", "details open><summary>Vybrat stav a schvalit", "overeny odesilatel", `/stul/prichozi/`+id)
	r.hides(t, `value="schvalit"`, `name="vyber"`, "Pozor:", "Schvalit vybrane")
	h.post("/stul/rozhodnuti", decides("schvalit", "1.1/1", nil)).tells(t, 422, "vyberte, jak to dopadlo", "s pani Vomackovou")
	h.post("/stul/rozhodnuti", decides("upravit", "1.1/1", nil)).tells(t, 422, "vyberte, jak to dopadlo")
	h.post("/stul/hromadne", url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}, "organizace": {"charita"}, "vyber": {"1:1.1/1"}})
	if e := h.entry("1.1/1"); !e.ApprovedAt.IsZero() {
		t.Errorf("approved without a status: %+v", e)
	}
	for _, page := range []string{h.path("charita"), h.path("charita") + "/prehled"} {
		h.get(page).tells(t, 200, "stav neuveden", "s pani Vomackovou")
	}
	h.get("/stul/aktivity/ap2023/2023").tells(t, 200, "1 odpoved ceka na schvaleni")
	h.post("/stul/vyhodnoceni/ap2023/2023", url.Values{"action": {"obnovit"}}).want(t, 303)
	h.get("/stul/vyhodnoceni/ap2023/2023").tells(t, 200, "koncept")
	h.post(h.path("charita"), url.Values{"action": {"upravit-1"}}).want(t, 303)
	h.get(h.path("charita")).hides(t, " checked")
	h.post("/stul/rozhodnuti", decides("upravit", "1.1/1", url.Values{"stav": {"partial"}, "hotovo": {""}})).want(t, 303)
	if e := h.entry("1.1/1"); e.State != engine.Partial || e.Narrative != "" {
		t.Errorf("entry: %+v", e)
	}
	h.get("/stul/prichozi/"+id).tells(t, 200, "/stul/aktivity/ap2023/2023#1.1%2F1", "schvaleno")
	h.post("/stul/rozhodnuti", decides("vratit", "1.1/2", url.Values{"otazka": {"Jak to dopadlo?"}})).want(t, 303)
}

// What came by the link must say more than what came by mail.
func TestLinkAnswersNeedTheirText(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	h.post("/stul/rozhodnuti", decides("upravit", "1.1/1", url.Values{"stav": {"partial"}})).tells(t, 422, "napiste, co se podarilo", "napiste, co chybi")
}

func TestOnlySureAnswersAreApprovedTogether(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.receives("plain") // with the token, but nobody knows from whom
	r := h.get("/stul")
	r.tells(t, 200, "3 odpovedi cekaji", "neovereny odesilatel", "bez popisu", `value="schvalit"`)
	r.hides(t, `name="vyber"`, "Schvalit vybrane")
	bulk := url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}, "organizace": {"charita"}, "vyber": {"1:1.1/1", "1:1.1/2"}}
	r = h.post("/stul/hromadne", bulk)
	h.get(r.head.Get("Location")).tells(t, 200, "2 odpovedi se schvalit nepodarilo")
	h.post("/stul/rozhodnuti", decides("schvalit", "1.1/1", nil)).want(t, 303)
	if e := h.entry("1.1/1"); e.State != engine.Fulfilled {
		t.Errorf("entry: %+v", e)
	}
	h.receives("reply") // of the first two; the third stays as it was
	r = h.get("/stul")
	r.tells(t, 200, "overeny odesilatel", "neovereny odesilatel")
}

func TestSureAnswersAreApprovedTogether(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.receives("reply")
	f := url.Values{"action": {"odeslat"}, "kdo": {"Jan"}, "a3-stav": {"fulfilled"}, "a3-hotovo": {"Katalog."}}
	h.post(h.path("charita"), f).want(t, 303)
	r := h.get("/stul")
	r.tells(t, 200, "Schvalit vybrane", "overeny odesilatel", "podepsany odkaz")
	if n := strings.Count(r.body, `name="vyber"`); n != 3 {
		t.Errorf("%d answers are offered", n)
	}
	r = h.post("/stul/hromadne", url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}, "organizace": {"charita"}, "vyber": {"1:1.1/1", "1:1.1/2", "1:1.2/1"}})
	h.get(r.head.Get("Location")).tells(t, 200, "Schvaleny 3 odpovedi")
}

func TestBoardTellsOfContacts(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul").hides(t, "nedorucuje", "mimo kancelar", "odpovida jen e-mailem", "navrzeny kontakt")
	h.receives("bounce", "bounce-again", "absence")
	h.get("/stul").tells(t, 200, "<strong>1</strong> adresa, na kterou posta nedojde", "<strong>1</strong> navrzeny kontakt k prijeti", "e-mail se nedorucuje",
		"mimo kancelar do 2. 2. 2024", `href="/stul/organizace/zla"`)
	h.wait(11 * 24 * time.Hour)
	h.signIn()
	h.get("/stul").hides(t, "mimo kancelar do")
	form := url.Values{"organizace": {"charita"}, "action": {"jen-odpovedi"}}
	r := h.post("/stul/kontakt", form)
	if r.head.Get("Location") != "/stul?zprava=bez-odkazu" {
		t.Errorf("sent on to %q", r.head.Get("Location"))
	}
	h.get("/stul").tells(t, 200, "odpovida jen e-mailem")
	form.Set("action", "i-odkazy")
	h.post("/stul/kontakt", form).want(t, 303)
	h.get("/stul").hides(t, "odpovida jen e-mailem</span>")
	form = url.Values{"organizace": {"charita"}, "action": {"prijmout"}, "adresa": {"nahradni@example.cz"}}
	h.post("/stul/kontakt", form).want(t, 303)
	h.get("/stul").hides(t, "navrzeny kontakt")
	bodies, err := h.office.Records.Organisations(context.Background(), "charita")
	h.must(err)
	if c := bodies[0].Contacts; len(c) != 2 || c[1].Proposed || c[0].ReplyOnly {
		t.Errorf("contacts: %+v", c)
	}
	form.Set("action", "roztrhat")
	h.post("/stul/kontakt", form).want(t, 422)
	h.post("/stul/kontakt", url.Values{"organizace": {"nikdo"}, "action": {"i-odkazy"}}).want(t, 404)
}

func TestProposedContactIsForgotten(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.receives("absence")
	e, err := h.office.Draft(context.Background(), "ap2023", "2023", "", who)
	h.must(err)
	_, err = h.office.ApproveEvaluation(context.Background(), "ap2023", "2023", e.Version, who)
	h.must(err)
	h.get("/stul").tells(t, 200, "Uzavrena obdobi", "<strong>1</strong> navrzeny kontakt k prijeti") // the question outlives the season
	h.post("/stul/kontakt", url.Values{"organizace": {"charita"}, "action": {"zapomenout"}, "adresa": {"nahradni@example.cz"}}).want(t, 303)
	h.get("/stul").hides(t, "Nahradni", "navrzeny kontakt")
}
