package web

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"splneno/engine"
)

// enter signs the browser in at the desk.
func (w window) enter() {
	w.t.Helper()
	w.run(w.signIn()...)
	w.run(chromedp.WaitVisible(chromedp.CSS(".waiting")))
}

// A mail without a token goes all the way to a result, without script.
func TestMailBecomesAResultInTheBrowser(t *testing.T) {
	h := newHouse(t)
	id := h.receives("stray", "forged", "stranger", "prose")
	if id != h.receives("prose") {
		t.Fatal("the same mail came twice")
	}
	stray := h.receives("stray")
	w := openBrowser(t, h, 1280, 900, false)
	w.enter()
	words := loadTongues()["cs"]
	w.run(chromedp.Click(chromedp.CSS(`.waiting a[href="/stul/prichozi"]`)), chromedp.WaitVisible(chromedp.CSS(".filter")), w.fits(), w.picture("inbox"),
		chromedp.Click(chromedp.CSS(`a[href="/stul/prichozi/`+stray+`"]`)), chromedp.WaitVisible(chromedp.CSS(".own")), w.fits(), w.picture("inbound"),
		chromedp.Click(chromedp.CSS(`button[value="zaradit"]`)), w.says(words.count("flash.zarazeno", 2)), w.fits(), w.picture("desk-mail"))
	// 1.1/2 was answered by the prose alone: it has no status of its own. The page
	// may still be scrolling to the answers, so the button is pressed by key.
	w.run(chromedp.SetValue(chromedp.CSS(`form:has(input[value="1.1/2"]) select[name="stav"]`), "in_progress"),
		chromedp.SendKeys(chromedp.CSS(`form:has(input[value="1.1/2"]) button[value="upravit"]`), kb.Enter), w.says(words.count("flash.schvaleno", 1)), w.fits())
	if e := h.entry("1.1/2"); e.State != engine.InProgress || e.ApprovedBy != who.Name {
		t.Errorf("entry: %+v", e)
	}
	if in := h.inbound(stray); in.State != engine.InboundAnswer {
		t.Errorf("the mail is %s", in.State)
	}
}

// Hostile mail stays text in a real browser: no node outside its slot, nothing runs.
func TestHostileMailInTheBrowser(t *testing.T) {
	h := newHouse(t)
	id := h.receives("hostile")
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	w.run(w.goTo("/stul/prichozi/"+id), chromedp.WaitVisible(chromedp.CSS(".own")), w.fits(), w.picture("inbound-hostile"))
	for what, count := range map[string]string{
		"elements of the mail": `document.querySelectorAll("main script, main img, main style, main iframe, bdi *, pre *").length`,
		"names that turn":      `[...document.querySelectorAll("bdi")].filter(b => /[\u202a-\u202e\u2066-\u2069]/.test(b.textContent)).length`,
		"scripts of others":    `document.querySelectorAll("script:not([src^='/static/'])").length`,
	} {
		n, err := chromedp.Run(w.ctx, chromedp.Evaluate[int](count))
		h.must(err)
		if n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
}

func TestMailOnANarrowPhone(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	pages := []string{"/stul", "/stul/prichozi", "/stul/prichozi?stav=answer"}
	for _, name := range []string{"stray", "hostile", "bounce", "bounce-again", "absence", "reply", "suspicious"} {
		pages = append(pages, "/stul/prichozi/"+h.receives(name))
	}
	for _, width := range []int64{320, 360} {
		w := openBrowser(t, h, width, 740, true)
		w.enter()
		for i, page := range pages {
			w.run(w.goTo(page), chromedp.WaitVisible(chromedp.CSS("h1")), w.fits())
			if width == 360 && i < 4 {
				w.run(w.picture("phone-" + []string{"desk", "inbox", "answers", "inbound"}[i]))
			}
		}
	}
}
