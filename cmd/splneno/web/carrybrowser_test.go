package web

import (
	"context"
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"splneno/engine"
)

// The pages about results fit a desktop and the narrowest phone, in both
// languages; the drawings keep their text inside.
func TestResultPagesInTheBrowser(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.decides("1.1/1", "krok", "carry_over:split", "nazvy", "Večerní služba\nVíkendová služba").want(t, 303)
	h.approveIt()
	_, err := h.office.Resolve(context.Background(), engine.Resolution{Plan: "ap2023", Period: "2023", Body: "řídící skupina", Number: "12/2024", Day: "2024-01-23", Verb: engine.VerbTookNote,
		Text: "Řídící skupina bere vyhodnocení na vědomí.", Items: []engine.ResolutionItem{{Activity: "1.2/2", Next: engine.Drop, Note: "pořádá kraj"}}}, who)
	h.must(err)
	h.must(h.office.Reopen(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/1"}, "Vyšel.", who))
	h.post(season, url.Values{"action": {"opravit"}, "duvod": {"Katalog vyšel."}}).want(t, 303)
	board := "/prehled/" + h.signer.BoardToken("klatovy", "ap2023", "2023", "rs@klatovy.example", 0)
	pages := map[string]string{"evaluations": "/stul/vyhodnoceni", "evaluation": season, "sentences": season + "/vety", "steering": season + "/prehled", "figures": board + "?vysledek=figures",
		"resolutions": season + "/usneseni", "resolution": season + "/usneseni/1", "carry": carryDesk, "carryall": carryDesk + "?ukazat=vse", "nextplan": carryDesk + "/dalsi-plan"}
	for _, width := range []int64{1280, 320} {
		w := openBrowser(t, h, width, 900, true)
		h.wait(time.Minute) // no code of the authenticator opens twice
		w.enter()
		for name, page := range pages {
			for _, tag := range tags {
				if tag == "en" && width == 1280 && name != "carry" && name != "steering" {
					continue
				}
				w.run(w.goTo(page), chromedp.WaitVisible(chromedp.CSS("h1")))
				if tag == "en" {
					w.run(w.other(), chromedp.WaitVisible(chromedp.CSS(`html[lang="en"]`)))
				}
				w.run(w.fits(), w.picture(fmt.Sprintf("%s-%d-%s", name, width, tag)), w.drawn())
				if tag == "en" {
					w.run(w.other(), chromedp.WaitVisible(chromedp.CSS(`html[lang="cs"]`)))
				}
			}
		}
	}
}

// drawn checks in the browser's own font that no text of a drawing reaches
// beyond it.
func (w window) drawn() step {
	return chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
		out, err := chromedp.Evaluate[string](`Array.from(document.querySelectorAll(".drawing text")).filter(function (t) {
			var b = t.getBBox(); return b.x < -1 || b.x + b.width > 361; }).map(function (t) { return t.textContent; }).join("; ")`)(ctx, p)
		if err == nil && out != "" {
			w.t.Errorf("text outside its drawing: %s", out)
		}
		return err
	})
}

// other asks for the page in the other language, wherever its button is folded
// away to.
func (w window) other() step {
	return chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
		_, err := chromedp.Evaluate[bool](`document.querySelector("form button[lang]").click() || true`)(ctx, p)
		return err
	})
}
