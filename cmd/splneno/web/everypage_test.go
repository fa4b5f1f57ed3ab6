package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/smtp"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"splneno/engine"
)

// A look is one way of looking at a page.
type look struct {
	width int64
	tag   string
}

// A page is looked at in all of these ways where its texts and its shape are its
// own; one that differs from such a page by a sentence is looked at in two, so
// that each width and each language is.
var (
	everyLook = []look{{1280, "cs"}, {320, "cs"}, {320, "en"}, {1280, "en"}}
	twoLooks  = []look{{1280, "cs"}, {320, "en"}}
)

// outline gives what is wrong with the bones of a page: not one h1, a heading
// that skips a level, a name given twice, a language that was not asked for.
const outline = `(tag => {
	const found = [], levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].filter(e => e.checkVisibility()).map(e => Number(e.tagName[1]));
	if (levels.filter(l => l === 1).length !== 1) found.push("headings of the first level: " + levels.filter(l => l === 1).length);
	levels.forEach((l, i) => { if (i && l > levels[i - 1] + 1) found.push("a heading skips a level: " + levels.slice(0, i + 1).join(" ")); });
	const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
	ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => found.push("two elements are named " + id));
	if (document.documentElement.lang !== tag) found.push("the page speaks " + document.documentElement.lang);
	if (document.title.trim() === "" || /undefined|<no value>|%!/.test(document.body.innerText)) found.push("something is not said");
	return found;
})`

// reads sets the language of the browser without touching a page.
func (w window) reads(tag string) step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: tongueCookie, Value: tag, URL: w.server.URL})
		return err
	})
}

// sends makes the browser send a form of this site, as if it stood on a page.
// The page it was sent from is over before the next step.
func (w window) sends(path string, f url.Values) step {
	fields, err := json.Marshal(f)
	w.must(err)
	script := fmt.Sprintf(`(() => {
		const form = document.createElement("form"), fields = %s;
		form.method = "post"; form.action = %q;
		for (const name in fields) for (const value of fields[name]) {
			const field = document.createElement("input");
			field.type = "hidden"; field.name = name; field.value = value; form.appendChild(field);
		}
		document.documentElement.dataset.over = "1";
		document.body.appendChild(form); HTMLFormElement.prototype.submit.call(form); return true;
	})()`, fields, path)
	return chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
		if _, err := chromedp.Evaluate[bool](script)(ctx, p); err != nil {
			return err
		}
		_, err := chromedp.WaitVisible(chromedp.CSS("html:not([data-over]) h1"))(ctx, p)
		return err
	})
}

// examine looks at what open opens; the languages of the looks stand together.
func (w window) examine(t *testing.T, name string, open step, looks []look) {
	t.Helper()
	needAxe(t)
	source, _ := axeSource()
	tag, found := "", []string{}
	eval := func(script string) []string {
		list, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](script, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return list
	}
	for _, l := range looks {
		w.run(chromedp.EmulateViewport(l.width, 900))
		if l.tag != tag {
			tag = l.tag
			w.run(w.reads(tag), open, chromedp.WaitVisible(chromedp.CSS("h1")))
			w.run(w.picture(fileName(fmt.Sprintf("%s %d %s", name, l.width, tag))))
			eval(`document.querySelectorAll("details").forEach(d => d.open = true);` + source + "; []")
		} else {
			w.run(w.picture(fileName(fmt.Sprintf("%s %d %s", name, l.width, tag))))
		}
		w.run(w.fits())
		for _, f := range append(append(eval(runAxe), eval(smallTargets)...), eval(outline+`("`+tag+`")`)...) {
			found = append(found, fmt.Sprintf("at %d, %s: %s", l.width, tag, f))
		}
	}
	if len(found) > 0 {
		t.Errorf("%s:\n  %s", name, strings.Join(found, "\n  "))
	}
}

// examinePages opens each address and looks at it.
func (w window) examinePages(t *testing.T, looks []look, paths ...string) {
	t.Helper()
	for _, path := range paths {
		w.examine(t, path, w.goTo(path), looks)
	}
}

// tablePages gives an address of every GET route of the table that answers with
// a page of ours, or leads to one, and the patterns of those with nothing there.
func (h *house) tablePages() (paths, empty []string) {
	h.t.Helper()
	for _, r := range routes(h) {
		if r.method != http.MethodGet {
			continue
		}
		switch got := h.get(r.path); {
		case got.status == http.StatusNotFound:
			empty = append(empty, r.pattern)
		case strings.Contains(got.body, `<main id="obsah"`) || got.status == http.StatusSeeOther:
			paths = append(paths, r.path)
		}
	}
	return paths, empty
}

// busy is a house in the middle of a season: bodies of every sort, answers that
// wait and one that was sent back, mail of every kind, a last year to compare
// with, and the next one prepared.
func busy(t *testing.T) *house {
	h := newHouse(t)
	h.signIn()
	h.crowdedTown()
	h.lastYear("1.1/1", engine.Entry{State: engine.Fulfilled, Narrative: "Jezdi v peti obcich.", Numbers: []engine.Number{{Name: "Pocet klientu", Unit: "osob", Value: 48}}})
	h.post(h.path("charita"), three()).want(t, 303)
	h.post("/stul/rozhodnuti", decides("vratit", "1.2/1", 1, url.Values{"otazka": {"Kolik vytisku?"}})).want(t, 303)
	h.post("/stul/obdobi", url.Values{"plan": {"ap2023"}, "od": {"2024"}}).want(t, 303)
	f := h.activityFields("1.2/2")
	f.Set("nazev", "Uspořádat dva veletrhy služeb")
	f.Set("proc", "rozhodnutí rady")
	f.Set("rozhodl", "Rada")
	h.post(planHome+"/upravit/1.2/2", f).want(t, 303)
	h.receives("stray", "bounce", "absence", "suspicious", "forged", "stranger", "prose", "reply")
	return h
}

// evaluated is a house at the end of one: decided, approved, resolved upon, and
// opened again.
func evaluated(t *testing.T) *house {
	h := newHouse(t)
	h.signIn()
	h.results()
	h.decides("1.1/1", "krok", "carry_over:split", "nazvy", "Vecerni sluzba\nVikendova sluzba").want(t, 303)
	h.approveIt()
	_, err := h.office.Resolve(context.Background(), engine.Resolution{Plan: "ap2023", Period: "2023", Body: "rada", Number: "12/2024", Day: "2024-01-23", Verb: engine.VerbTookNote,
		Text: "Rada bere na vedomi.", Items: []engine.ResolutionItem{{Activity: "1.2/2", Next: engine.Drop, Note: "kraj"}}}, who)
	h.must(err)
	h.post(season+"/jednani", meetingFields("2024-03-15")).want(t, 303)
	h.must(h.office.Reopen(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.2/1"}, "Vysel.", who))
	h.post(season, url.Values{"action": {"opravit"}, "duvod": {"Katalog vysel."}}).want(t, 303)
	return h
}

// Every page there is, in a house where nothing has come and in one where much
// has: nothing against WCAG 2.1 AA, nothing over the side of the narrowest phone.
func TestEveryPageKeepsNobodyOut(t *testing.T) {
	needAxe(t)
	h := busy(t)
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	next := "/stul/obdobi/ap2023/2024"
	paths, empty := h.tablePages()
	w.examinePages(t, everyLook, paths...)
	// Files, what is not set up here, and pages that are opened below or by the
	// other tests of this file under another address.
	want := []string{"/static/{name}", "/prehled/{token}", "/logo/{tenant}/{name}", "/stul/prihlaseni/sso", "/stul/vyhodnoceni/{plan}/{period}/soubor/{name}", "/stul/prichozi/{id}/priloha/{n}", "/stul/vyhodnoceni/{plan}/{period}/usneseni/{id}", "/stul/vyhodnoceni/{plan}/{period}/jednani/{id}", "/stul/vyhodnoceni/{plan}/{period}/jednani/{id}/soubor/{name}", "/posta/{n}", "/posta/{n}/html", "/stul/odpovedi/odpoved", "/stul/kraj/soubor/{period}/{name}"}
	for _, pattern := range empty {
		if !slices.Contains(want, pattern) && !slices.Contains(emptyPublic, pattern) {
			t.Errorf("nothing is at the address of %s, so nobody looked at it", pattern)
		}
	}
	h.must(smtp.SendMail(h.box.Addr(), nil, "kpss@klatovy.example", []string{"charita@example.cz"}, []byte("From: kpss@klatovy.example\r\nTo: charita@example.cz\r\nSubject: Dotaz\r\n\r\nText.\r\n")))
	ref := decision("", 2).Get("odpoved")
	w.examinePages(t, everyLook, "/posta", "/posta/1", "/stul/odpovedi/odpoved?odpoved="+url.QueryEscape(ref))
	w.examinePages(t, twoLooks, "/stul/odpovedi?jen=znovu", "/stul/odpovedi?jen=bez-rizika", next, next+"/organizace", "/stul/organizace/skupina", "/stul/organizace/skupina/clenove",
		"/stul/organizace/skoncena", "/stul/organizace/skoncena/konec", "/stul/organizace?strana=2", "/stul/hledat", "/stul/hledat?q=nicnicnic", "/stul?jen=mlci",
		"/stul/znovu?plan=ap2023&obdobi=2023&koho=vybrane", "/stul/aktivity/ap2023/2023/1.2/1")
}

func TestPagesOfResultsKeepNobodyOut(t *testing.T) {
	needAxe(t)
	h := evaluated(t)
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	board := "/prehled/" + h.signer.BoardToken("klatovy", "ap2023", "2023", "rs@klatovy.example", 0)
	w.examinePages(t, everyLook, "/stul/vyhodnoceni", season, season+"/vety", season+"/prehled", season+"/usneseni", season+"/usneseni/1", season+"/jednani", season+"/jednani/1", season+"/usneseni?jednani=1", carryDesk, carryDesk+"/dalsi-plan", board)
	w.examinePages(t, twoLooks, "/stul", "/stul/obdobi/ap2023/2023", "/stul/aktivity/ap2023/2023", "/stul/aktivity/ap2023/2023/1.2/1", carryDesk+"?ukazat=vse",
		board+"?vysledek=figures", season+"/prehled?vysledek=years", season+"/prehled?koncept")
}

// Where nothing is, every page says so and leads on.
func TestEmptyPagesKeepNobodyOut(t *testing.T) {
	needAxe(t)
	h := newHouse(t)
	h.signIn()
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	w.examinePages(t, twoLooks, "/stul", "/stul/odpovedi", "/stul/vyhodnoceni", season, season+"/prehled", season+"/usneseni", season+"/vety", carryDesk, carryDesk+"/dalsi-plan",
		"/stul/prichozi", "/stul/plan/ap2023/zmeny", "/stul/organizace?hledat=nikdo", h.path("zla"))
	bare := bareHouse(t, t.TempDir(), "127.0.0.1", nil)
	bare.must(bare.office.Records.Commit(context.Background(), engine.Change{At: bare.now(), Actor: who, Event: "set_up", Subject: "klatovy", Accounts: bare.accounts(),
		Municipality: &engine.Municipality{Name: "Klatovy", Coordinator: engine.Contact{Name: who.Name, Email: "kpss@klatovy.example"}, Sender: "kpss@klatovy.example", Preset: engine.AfterYear, Policy: engine.DefaultPolicy()}}))
	bare.signIn()
	w = openBrowser(t, bare, 1280, 900, true)
	w.enter()
	w.examinePages(t, twoLooks, "/", "/stul", "/stul/odpovedi", "/stul/plan", "/stul/organizace", "/stul/obdobi", "/stul/vyhodnoceni", "/stul/prichozi", "/stul/posta", "/stul/nastaveni", "/stul/nastaveni/ucty",
		"/stul/nastaveni/kalendar", "/stul/nastaveni/dopisy", "/stul/nastaveni/urovne", "/stul/nastaveni/slova", "/stul/nastaveni/uchovani", "/stul/predani", "/stul/hledat", "/stul/ucet", "/posta")
}

// Forms that fail are pages too, and so is every reason why somebody gets no
// further.
func TestRefusalsKeepNobodyOut(t *testing.T) {
	needAxe(t)
	h := busy(t)
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	wrong := func(path string, fields ...string) {
		t.Helper()
		f := url.Values{}
		for i := 0; i+1 < len(fields); i += 2 {
			f.Add(fields[i], fields[i+1])
		}
		open := chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
			if _, err := w.goTo("/pristupnost")(ctx, p); err != nil {
				return err
			}
			_, err := w.sends(path, f)(ctx, p)
			return err
		})
		w.examine(t, "refused "+path+" "+strings.Join(fields, " "), open, twoLooks)
	}
	sent := map[string]bool{"/stul/odhlaseni": true} // it ends the session
	for _, r := range routes(h) {
		if r.method == http.MethodPost && !sent[r.path] {
			sent[r.path] = true
			wrong(r.path) // with nothing filled in
		}
	}
	f := decision("upravit", 1)
	f.Set("stav", "")
	wrong("/stul/rozhodnuti", "action", "upravit", "odpoved", f.Get("odpoved"), "stav", "partial", "hotovo", "", "chybi", "")
	wrong("/stul/rozhodnuti", "action", "vratit", "odpoved", f.Get("odpoved"), "otazka", "")
	wrong("/stul/obdobi", "plan", "ap2023", "od", "letos")
	wrong("/stul/obdobi", "plan", "ap2023", "od", "2023")
	wrong("/stul/obdobi/ap2023/2024", "action", "otevrit")
	wrong("/stul/obdobi/ap2023/2024", "action", "dny", "dotazat", "2025-01-13", "koncept", "2025-01-12")
	wrong("/stul/obdobi/ap2023/2024", "action", "zrusit")
	wrong(carryDesk, "aktivita", "1.1/2", "verze", "99", "krok", "drop", "duvod", "proto")
	wrong(season, "action", "schvalit", "verze", "99", "potvrzeni", "1")
	wrong(season+"/usneseni", "organ", "", "den", "2030-01-01", "sloveso", "x")
	wrong(season+"/jednani", "organ", "", "den", "2020-01-01", "cas", "x", "odeslat", "2024-02-31")
	wrong("/stul/plan/ap2023/upravit/1.1/1", "action", "ulozit", "nazev", "", "termin", "dle")
	wrong("/stul/nastaveni/ucty", "action", "pozvat", "email", "nikdo")
	wrong("/stul/prihlaseni", "email", "kpss@klatovy.example", "heslo", "spatne")
	wrong(h.path("charita"), "action", "odeslat", "a1-stav", "partial", "a1-cislo-0", "mnoho")

	h.add("klatovy", engine.Account{ID: "kraj", Name: "Kraj", Email: "kraj@example.cz", Role: engine.RoleReader})
	gone := h.path("zla")
	h.post("/stul/organizace/zla/odkaz", url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}, "action": {"zneplatnit"}}).want(t, 303)
	missing := []string{"/nikam", gone, "/o/zadny", "/prehled/zadny", "/stul/plan/nikde", "/stul/organizace/nikdo", "/stul/vyhodnoceni/ap2023/1999", "/stul/prichozi/nic", "/stul/pozvani/nic", "/kalendar/nic.ics"}
	for _, path := range missing {
		if r := h.get(path); !slices.Contains([]int{404, 410}, r.status) {
			t.Errorf("%s: status %d", path, r.status)
		}
	}
	w.examinePages(t, twoLooks, missing...)
	w.run(w.carries(h.session("klatovy", "kraj", true)))
	w.examinePages(t, twoLooks, "/stul", "/stul/nastaveni", "/stul/vyhodnoceni", season, season+"/prehled", carryDesk, season+"/usneseni", season+"/usneseni/1", "/stul/ucet")
	w.run(w.carries(h.session("klatovy", "hana", false))) // half way in
	w.examinePages(t, twoLooks, "/stul/ucet/overeni", "/stul/ucet")
	w.run(w.carries("nothing"))
	wrong("/stul/rozhodnuti", "action", "schvalit")
	w.examinePages(t, twoLooks, "/stul/prihlaseni")
	h.wait(30 * 24 * time.Hour)
	w.examinePages(t, twoLooks, "/stul/pozvani/"+invitation)
}

// carries gives the browser another session.
func (w window) carries(secret string) step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: cookieName, Value: secret, URL: w.server.URL})
		return err
	})
}
