package web

import (
	"context"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"

	"splneno/engine"
	"splneno/notify/document"
)

// What everybody may read, and the pages of the desk that lead there, as people
// see them.
func TestPublicPagesKeepNobodyOut(t *testing.T) {
	needAxe(t)
	h := newHouse(t)
	maker, err := document.New()
	h.must(err)
	h.office.Documents = maker
	h.signIn()
	h.results()
	h.approveIt()
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	w.examinePages(t, everyLook, season, season+"/zverejneni", season+"/upravy", layoutDesk)
	h.publishes(1)
	h.must(h.office.Reopen(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/1"}, "Vyšel.", who))
	h.post(season, url.Values{"action": {"opravit"}, "duvod": {"Katalog vyšel."}}).want(t, 303)
	h.approveIt()
	w.examinePages(t, twoLooks, season+"/zverejneni")
	w.examinePages(t, everyLook, publicHome, publicHome+"/plan/ap2023", publicHome+"/plan/ap2023?oblast=1&opatreni=1.1", publicHome+"/plan/ap2023/aktivita/1.1/1", publicSeason)
	w.examinePages(t, twoLooks, publicHome+"/plan/nikde")
}

// What was read of a document from Word, as people see it.
func TestEditsKeepNobodyOut(t *testing.T) {
	needAxe(t)
	h := newHouse(t)
	h.signIn()
	h.results()
	h.approveIt()
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	f := h.word("Souhrn podle koordinátorky.")
	open := chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
		if _, err := w.goTo("/pristupnost")(ctx, p); err != nil {
			return err
		}
		_, err := w.sends(takeBack, f)(ctx, p)
		return err
	})
	w.examine(t, "edits", open, everyLook)
	e, err := h.office.Evaluation(context.Background(), "ap2023", "2023")
	h.must(err)
	h.must(h.office.TakeOver(context.Background(), "ap2023", "2023", e.Number, e.Version, quarrel, "Oprava.", who))
	w.examinePages(t, everyLook, season+"/upravy")
	w.run(w.goTo(season+"/upravy"), w.says("You rewrote these paragraphs"), w.picture("earlier"))
}
