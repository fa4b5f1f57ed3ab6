package web

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// The plan is read and amended in a real browser, wide and as a phone's, and
// nothing reaches over the side.
func TestPlanInTheBrowser(t *testing.T) {
	for name, width := range map[string]int64{"wide": 1280, "phone": 320} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.signIn()
			h.post(h.path("charita"), answers()).want(t, 303)
			h.post("/stul/rozhodnuti", decision("schvalit", 1)).want(t, 303)
			w := openBrowser(t, h, width, 900, false)
			w.enter()
			look := func(path, picture string) {
				t.Helper()
				w.run(w.goTo(path), chromedp.WaitVisible(chromedp.CSS("h1")), w.fits(), w.picture("plan-"+name+"-"+picture))
			}
			look("/stul/plan", "list")
			look(planHome+"/upravit/1.1/1", "form")
			w.run(chromedp.SetValue(chromedp.CSS("#nazev"), "Rozšířit pečovatelskou službu i na noc"), chromedp.SetValue(chromedp.CSS("#termin"), "dle možností"),
				chromedp.Click(chromedp.CSS(`button[value="ulozit"]`)), w.says("Opravte prosím 2 místa."), w.fits(), w.picture("plan-"+name+"-faults"),
				chromedp.SetValue(chromedp.CSS("#proc"), "rozhodnutí rady"), chromedp.SetValue(chromedp.CSS("#rozhodl"), "Rada města"),
				chromedp.Click(chromedp.CSS(`button[value="ulozit"]`)), w.says("Změna plánu je uložená"), chromedp.Click(chromedp.CSS(".group summary")), w.fits(), w.picture("plan-"+name+"-history"))
			look(planHome, "tree")
			look(planHome+"/opatreni/1.1", "measure")
			look(planHome+"/zmeny/1", "change")
			look("/stul/hledat?q=sluz", "search")
			look(planHome+"/upravit", "data")
		})
	}
}
