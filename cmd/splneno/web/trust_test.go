package web

import (
	"context"
	"net/url"
	"testing"
	"time"
)

func TestBoardTellsOfContacts(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul").hides(t, "nedorucuje", "mimo kancelar", "odpovida jen e-mailem", "navrzeny kontakt")
	h.receives("bounce", "bounce-again", "absence")
	h.get("/stul").tells(t, 200, `<a href="#obdobi">Na 1 adresu se posta nedorucuje`, `<a href="#obdobi">1 navrzeny kontakt ceka`, "e-mail se nedorucuje", "zla@example.cz",
		"mimo kancelar do 2. 2. 2024", "Kveta Nahradni", "nahradni@example.cz")
	h.wait(11 * 24 * time.Hour)
	h.signIn()
	h.get("/stul").hides(t, "mimo kancelar do")
	form := url.Values{"organizace": {"charita"}, "action": {"jen-odpovedi"}}
	r := h.post("/stul/kontakt", form)
	if r.head.Get("Location") != "/stul?zprava=bez-odkazu#obdobi" {
		t.Errorf("sent on to %q", r.head.Get("Location"))
	}
	h.get("/stul").tells(t, 200, "odpovida jen e-mailem", "Posilat zase i odkazy")
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
	h.get("/stul").tells(t, 200, "(uzavreno)", "Prijmout kontakt") // the question outlives the season
	h.get("/stul").hides(t, "Poslat novy odkaz")
	h.post("/stul/kontakt", url.Values{"organizace": {"charita"}, "action": {"zapomenout"}, "adresa": {"nahradni@example.cz"}}).want(t, 303)
	h.get("/stul").hides(t, "Nahradni", "navrzeny kontakt")
}
