package web

import (
	"context"
	"fmt"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"

	"splneno/engine"
)

// A shorter period is kept only after it was said what would go; another's
// change is not overwritten.
func TestPeriodsAreChanged(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	page := "/stul/nastaveni/uchovani"
	h.get(page).want(t, 200, `id="doba-letters"`, `value="36"`, "499/2004")
	form := h.periods
	for _, wrong := range []string{"0", "-1", "1201", "rok"} {
		h.post(page, form("doba-letters", wrong, "svedci", "svedek@kraj.example")).want(t, 422, `id="doba-letters-chyba"`, "svedek@kraj.example")
	}
	h.post(page, form("svedci", "nikdo")).want(t, 422, `id="svedci-chyba"`)
	h.post(page, form("doba-letters", "", "doba-replies", "48", "svedci", "svedek@kraj.example\n\nJana <jana@rs.example>")).want(t, 303)
	m := h.municipality()
	if len(m.Keep) != 2 || m.Keep[engine.KeepLetters] != engine.KeepForever || m.Keep[engine.KeepReplies] != 48 || len(m.Witness) != 2 || m.Witness[1] != "jana@rs.example" {
		t.Errorf("stored: %v %v", m.Keep, m.Witness)
	}
	stale := form("doba-letters", "40")
	h.post(page, form("doba-letters", "", "doba-replies", "60")).want(t, 303)
	h.post(page, stale).want(t, 409, `value="40"`)
	c := engine.Change{At: h.now(), Actor: who, Event: "filled", Subject: "test"}
	c.Messages = []engine.Message{{Key: "old", Text: "x", State: engine.Sent, CreatedAt: h.now().AddDate(-9, 0, 0)}}
	if err := h.office.Records.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	h.post(page, form("doba-letters", "60")).want(t, 200, `id="zkraceni"`, `value="60"`, `name="rozumim"`)
	if h.municipality().Keep[engine.KeepLetters] != engine.KeepForever {
		t.Error("a shorter period was kept before anybody said yes")
	}
	h.post(page, form("doba-letters", "60", "rozumim", "1")).want(t, 303)
	if h.municipality().Keep[engine.KeepLetters] != 60 {
		t.Error("the period was not kept")
	}
}

// The page of periods as it is, with what was typed wrong, and with what would
// go; and the page of a person, found, and before it is erased.
func TestPersonalDataLooked(t *testing.T) {
	needAxe(t)
	h := newHouse(t)
	h.signIn()
	h.post(h.path("charita"), answers()).want(t, 303)
	h.receives("reply", "absence")
	h.must(h.office.Records.Commit(t.Context(), engine.Change{At: h.now(), Actor: who, Event: "filled", Subject: "test",
		Messages: []engine.Message{{Key: "old", Text: "x", State: engine.Sent, CreatedAt: h.now().AddDate(-2, 0, 0)}}}))
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	page, person := "/stul/nastaveni/uchovani", "/stul/organizace/osoba"
	sent := func(path string, f url.Values) step {
		return chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
			if _, err := w.goTo("/pristupnost")(ctx, p); err != nil {
				return err
			}
			_, err := w.sends(path, f)(ctx, p)
			return err
		})
	}
	w.examine(t, "periods", w.goTo(page), twoLooks)
	w.examine(t, "periods wrong", sent(page, h.periods("doba-letters", "rok", "svedci", "nikdo")), everyLook)
	w.examine(t, "periods shorter", sent(page, h.periods("doba-letters", "12")), everyLook)
	for _, action := range []string{"najit", "zeptat", "vymazat"} {
		w.examine(t, "person "+action, sent(person, url.Values{"action": {action}, "adresa": {"charita@example.cz"}}), everyLook)
	}
	w.examine(t, "person unknown", sent(person, url.Values{"action": {"najit"}, "adresa": {"nikdo@example.cz"}}), twoLooks)
	w.examine(t, "person nobody", sent(person, url.Values{"action": {"najit"}, "jmeno": {"Jan"}}), twoLooks)
	w.examine(t, "person coordinator", sent(person, url.Values{"action": {"najit"}, "adresa": {"kpss@klatovy.example"}}), twoLooks)
}

// periods is the form of the page with every period as it usually is, and more.
func (h *house) periods(more ...string) url.Values {
	f := url.Values{"verze": {h.version()}, "vse": {"1"}}
	for _, k := range engine.KeepRules() {
		f.Set("doba-"+string(k.Kind), fmt.Sprint(k.Months))
	}
	for i := 0; i < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}
