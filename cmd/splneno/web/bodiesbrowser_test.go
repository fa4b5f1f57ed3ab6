package web

import (
	"context"
	"fmt"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"

	"splneno/engine"
)

// crowdedTown puts organisations of every sort into the house.
func (h *house) crowdedTown() {
	h.t.Helper()
	c := h.body("charita")
	c.Aliases = []string{"OCH Vzorov", "Charita"}
	c.Window = engine.Window{Weekdays: []int{1, 3}, Quiet: []engine.Span{{From: "07-01", To: "08-31", Why: "letni provoz"}, {From: "12-20", To: "01-05"}}}
	c.Contacts = append(c.Contacts, engine.Contact{Name: "Mgr. Bohumila Nejdelsiprijmeninasvete-Druheprijmeni", Email: "bohumila.nejdelsiprijmeninasvete@charita-vzorov.example", Role: "vedouci sluzby", Bounces: 2},
		engine.Contact{Name: "Navrzena Zastupna", Email: "navrzena@example.cz", Deputy: true, Proposed: true}, engine.Contact{Email: "pryc@example.cz", Deputy: true, AwayUntil: "2024-03-01"})
	h.adds(c, successor(), engine.Organisation{ID: "skupina", Name: "Poskytovatele socialnich sluzeb a dalsi navazne organizace v celem regionu", Kind: engine.KindOpenGroup, Members: []string{"charita", "diakonie"}},
		engine.Organisation{ID: "skoncena", Name: "Cesky cerveny kriz", Ended: "2023-12-31", Successor: "diakonie"})
	for i := range 60 {
		h.adds(engine.Organisation{ID: fmt.Sprintf("obec-%d", i), Name: fmt.Sprintf("Obec Dolni Bezdekov %d", i), Kind: engine.KindMunicipality})
	}
}

// The pages about organisations on a desk and on the narrowest phone, without
// script, in both languages: nothing scrolls sideways, and a body can be ended.
func TestOrganisationsInABrowser(t *testing.T) {
	for _, width := range []int64{1280, 320} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			h := newHouse(t)
			h.signIn()
			h.post(h.path("charita"), answers()).want(t, 303)
			h.crowdedTown()
			w := openBrowser(t, h, width, 800, false)
			w.run(w.signIn()...)
			w.run(chromedp.WaitVisible(chromedp.CSS(`a[href="/stul/organizace"]`)))
			for _, tag := range []string{"cs", "en"} {
				if tag == "en" {
					w.run(w.goTo("/stul/organizace"), chromedp.Click(chromedp.CSS(`button[lang="en"]`)), chromedp.WaitVisible(`//h1[contains(text(), "Organisations")]`))
				}
				for name, path := range map[string]string{"list": "", "body": "/charita", "ended": "/skoncena", "group": "/skupina", "members": "/skupina/clenove", "end": "/charita/konec", "revive": "/skoncena/konec", "new": "/nova", "person": "/osoba"} {
					w.run(w.goTo("/stul/organizace"+path), chromedp.WaitVisible(chromedp.CSS("h1")), w.fits(), w.picture(fmt.Sprintf("bodies-%s-%d-%s", name, width, tag)))
				}
				w.opensAll(tag, width)
			}
		})
	}
}

// opensAll looks at what is folded away, and at the previews.
func (w window) opensAll(tag string, width int64) {
	w.t.Helper()
	w.run(w.goTo("/stul/organizace/charita/konec"), chromedp.Click(chromedp.CSS(`input[value="nastupce"]`)), chromedp.SendKeys(chromedp.CSS("#nastupce"), "diakonie"),
		chromedp.Click(chromedp.CSS(`button[value="nahled"]`)), chromedp.WaitVisible(chromedp.CSS(`button[value="potvrdit"]`)), w.fits(), w.picture(fmt.Sprintf("bodies-preview-%d-%s", width, tag)),
		w.goTo("/stul/organizace/osoba"), chromedp.SendKeys(chromedp.CSS("#adresa"), "charita@example.cz"), chromedp.Click(chromedp.CSS(`button[value="najit"]`)),
		chromedp.WaitVisible(chromedp.CSS(`button[value="zeptat"]`)), w.fits(), w.picture(fmt.Sprintf("bodies-found-%d-%s", width, tag)),
		chromedp.Click(chromedp.CSS(`button[value="zeptat"]`)), chromedp.WaitVisible(chromedp.CSS(`button[value="vymazat"]`)), w.fits(), w.picture(fmt.Sprintf("bodies-erase-%d-%s", width, tag)))
	for _, s := range []string{"#okno summary", "#kontakty > details summary", "#kontakty article details summary", "#jmena summary"} {
		if s == "#okno summary" {
			w.run(w.goTo("/stul/organizace/charita"))
		}
		w.run(chromedp.Click(chromedp.CSS(s)))
	}
	w.run(w.fits(), w.picture(fmt.Sprintf("bodies-forms-%d-%s", width, tag)),
		chromedp.Click(chromedp.CSS(`#okno button[value="okno"]`)), chromedp.WaitVisible(chromedp.CSS(".note.good")))
}

// A page of many things stays small.
func TestOrganisationsOfALargeTown(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	ctx := context.Background()
	c := engine.Change{At: h.now(), Actor: who, Event: "furnished", Subject: "klatovy"}
	r := h.request("charita")
	for i := range 10_000 {
		id := fmt.Sprintf("9.%d/%d", i/100, i%100)
		body := fmt.Sprintf("organizace-%d", i%500)
		c.Activities = append(c.Activities, engine.Activity{Plan: "ap2023", ID: id, Measure: "1.1", Title: "Zajistit dostupnost terenni sluzby v obci cislo " + id, Position: 10 + i,
			Responsible: []engine.Party{{Name: body, Organisation: body}, {Name: "Poskytovatele", Organisation: "skupina"}}})
		c.Entries = append(c.Entries, engine.Entry{EntryKey: engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: id}, State: engine.Planned, Askees: []string{body}})
		c.Proposals = append(c.Proposals, engine.Proposal{EntryKey: engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: id}, Organisation: body, Revision: 1, At: h.now(), State: engine.Approved, Channel: engine.ByLink, By: "Jan Zkusebni"})
		r.Activities = append(r.Activities, id)
	}
	requests := map[string]*engine.Request{}
	for i, a := range c.Activities {
		body := a.Responsible[0].Organisation
		if requests[body] == nil {
			requests[body] = &engine.Request{Plan: "ap2023", Period: "2023", Organisation: body}
			c.Organisations = append(c.Organisations, engine.Organisation{ID: body, Name: fmt.Sprintf("Organizace s dlouhym nazvem cislo %d, prispevkova organizace", i), Contacts: []engine.Contact{{Email: body + "@example.cz"}}})
		}
		requests[body].Activities = append(requests[body].Activities, a.ID)
	}
	for _, q := range requests {
		c.Requests = append(c.Requests, *q)
	}
	c.Organisations = append(c.Organisations, engine.Organisation{ID: "skupina", Name: "Poskytovatele", Kind: engine.KindOpenGroup, Members: []string{"organizace-1", "organizace-2"}})
	c.Requests = append(c.Requests, r)
	h.must(h.office.Records.Commit(ctx, c))
	for _, path := range []string{"", "?hledat=cislo+77", "?strana=9", "/charita", "/organizace-7", "/skupina", "/skupina/clenove", "/organizace-7/konec", "/nova", "/osoba"} {
		r := h.get("/stul/organizace" + path)
		if r.want(t, 200); len(r.body) > 60_000 {
			t.Errorf("%s has %d bytes", path, len(r.body))
		}
	}
	h.post("/stul/organizace/organizace-7/konec", url.Values{"action": {"nahled"}, "jak": {"bez"}, "den": {"2024-01-20"}}).tells(t, 200, "20 aktivit")
}
