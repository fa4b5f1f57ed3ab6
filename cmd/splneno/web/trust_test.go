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
	h.get("/stul").tells(t, 200, "<strong>1</strong> adresa, na kterou posta nedojde", "<strong>1</strong> navrzeny kontakt k prijeti", "posta se nedorucuje",
		"mimo kancelar do 2. 2. 2024", `href="/stul/organizace/zla"`)
	h.wait(11 * 24 * time.Hour)
	h.signIn()
	h.get("/stul").hides(t, "mimo kancelar do")
	contact := "/stul/organizace/charita/kontakt"
	form := url.Values{"action": {"jen-odpovedi"}}
	r := h.post(contact, form)
	if r.head.Get("Location") != "/stul/organizace/charita?zprava=bez-odkazu#kontakty" {
		t.Errorf("sent on to %q", r.head.Get("Location"))
	}
	h.get("/stul").tells(t, 200, "odpovida jen e-mailem")
	form.Set("action", "i-odkazy")
	h.post(contact, form).want(t, 303)
	h.get("/stul").hides(t, "odpovida jen e-mailem</span>")
	form = url.Values{"action": {"prijmout"}, "puvodni": {"nahradni@example.cz"}}
	h.post(contact, form).want(t, 303)
	h.get("/stul").hides(t, "navrzeny kontakt")
	bodies, err := h.office.Records.Organisations(context.Background(), "charita")
	h.must(err)
	if c := bodies[0].Contacts; len(c) != 2 || c[1].Proposed || c[0].ReplyOnly {
		t.Errorf("contacts: %+v", c)
	}
	form.Set("action", "roztrhat")
	h.post(contact, form).want(t, 422)
	h.post("/stul/organizace/nikdo/kontakt", url.Values{"action": {"i-odkazy"}}).want(t, 404)
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
	h.post("/stul/organizace/charita/kontakt", url.Values{"action": {"odebrat"}, "puvodni": {"nahradni@example.cz"}}).want(t, 303)
	h.get("/stul").hides(t, "Nahradni", "navrzeny kontakt")
}
