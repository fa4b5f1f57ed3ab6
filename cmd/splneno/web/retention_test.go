package web

import (
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
	form := func(more ...string) url.Values {
		f := url.Values{"verze": {h.version()}, "vse": {"1"}}
		for _, k := range engine.KeepRules() {
			f.Set("doba-"+string(k.Kind), fmt.Sprint(k.Months))
		}
		for i := 0; i < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		return f
	}
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

// The page on a desk and on the narrowest phone, in both languages.
func TestPeriodsInABrowser(t *testing.T) {
	for _, width := range []int64{1280, 320} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			h := newHouse(t)
			h.signIn()
			w := openBrowser(t, h, width, 900, false)
			w.run(w.signIn()...)
			for _, tag := range []string{"cs", "en"} {
				if tag == "en" {
					w.run(w.goTo("/stul/nastaveni/uchovani"), chromedp.Click(chromedp.CSS(`button[lang="en"]`)), chromedp.WaitVisible(`//h1[contains(text(), "Keeping")]`))
				}
				w.run(w.goTo("/stul/nastaveni/uchovani"), chromedp.WaitVisible(chromedp.CSS("h1")), w.fits(), w.picture(fmt.Sprintf("retention-%d-%s", width, tag)))
			}
		})
	}
}
