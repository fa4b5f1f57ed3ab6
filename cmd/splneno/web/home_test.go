package web

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"splneno/engine"
)

func TestOverview(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get("/stul").want(t, 200, "<strong>0 z 3</strong>", "mlci", "23.\u00a01.\u00a02024")
}

// Who is ticked gets a letter after a page that says so, and the letter is in
// the journal; who answered, or was written to, gets none, and the page says why.
func TestAskingAgain(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.post(h.path("zla"), url.Values{"action": {"odeslat"}, "kdo": {"Petr"}, "a1-stav": {"in_progress"}, "a1-hotovo": {"Ano"}}).want(t, 303)
	before := h.fingerprint()
	ask := "/stul/znovu?" + url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}, "koho": {"mlci"}}.Encode()
	h.get(ask).tells(t, 200, "ted neni komu psat", "dnes uz dopis dostaly") // the letters left this morning
	h.wait(24 * time.Hour)
	h.signIn()
	r := h.get(ask)
	r.tells(t, 200, "dopis dostanou 2 organizace", "Charita Vzorov", "poslat 2 dopisy")
	if strings.Contains(r.body, "hostile") || h.fingerprint() != before {
		t.Error("looking changed something")
	}
	noBreakOut(t, r.body)
	chosen := "/stul/znovu?plan=ap2023&obdobi=2023&koho=vybrane"
	h.get(chosen).tells(t, 200, "nevybrali jste zadnou organizaci")
	h.get(chosen+"&organizace=zla&organizace=charita").tells(t, 200, "dopis dostane 1 organizace", "na vsechno je odpovezeno")
	form := url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}, "komu": {"charita zla"}}
	h.post("/stul/znovu", form).tells(t, 200, "zeptali jsme se znovu", "dopis odchazi 1 organizaci", "na vsechno je odpovezeno")
	h.post("/stul/znovu", form).tells(t, 200, "nikomu se nenapsalo", "dnes uz dopis dostaly")
	h.post("/stul/znovu", url.Values{"plan": {"ap2023"}, "obdobi": {"2023"}}).want(t, 422)
	sent, err := h.office.Records.MessagesTo(context.Background(), "charita", 10)
	h.must(err)
	if len(sent) != 2 || sent[0].Kind != engine.LetterReminder || sent[0].State != engine.Queued {
		t.Errorf("messages: %+v", sent)
	}
	lines, err := h.office.Records.JournalOf(context.Background(), "ap2023/2023/charita", 10)
	h.must(err)
	if l := lines[len(lines)-1]; l.Event != "asked_again" || !strings.Contains(l.Actor, "coordinator") || l.Detail["items"] != "2" {
		t.Errorf("journal: %+v", l)
	}
	for range 3 { // the calendar keeps its distance
		h.wait(24 * time.Hour)
		h.must(h.office.Tick(context.Background()))
	}
	if again, err := h.office.Records.MessagesTo(context.Background(), "charita", 10); err != nil || len(again) != 2 || again[0].State != engine.Sent {
		t.Errorf("the calendar wrote on the heels of it: %+v, %v", again, err)
	}
}

// The law: a page of the big town is small, and what it says is right.
func TestOverviewOfTheBigTown(t *testing.T) {
	h := bigHouse(t)
	h.signIn()
	ask := "/stul/znovu?plan=ap2023&obdobi=2023&koho=mlci"
	for _, path := range []string{"/stul", "/stul?jen=mlci&strana=3", "/stul?jen=potize", "/stul?jen=odpovedely&hledat=diakonie", ask} {
		if r := h.get(path); r.status != 200 || len(r.body) > mostBytes {
			t.Errorf("%s: status %d, %d bytes", path, r.status, len(r.body))
		}
	}
	h.get("/stul").tells(t, 200, "<strong>375 z 500</strong>", "zeptat se znovu 125 organizaci", "1–25 z 500", "organizace-112")
	h.get("/stul?jen=mlci&strana=5").tells(t, 200, "101–125 z 125")
	h.get("/stul?hledat=zdarek+DIAKONIE").tells(t, 200, "Diakonie")
	h.get("/stul?hledat=nikdo+takovy").tells(t, 200, "zadna organizace tomu neodpovida")
}

// The overview fits a phone and a desk, in both languages.
func TestOverviewInTheBrowser(t *testing.T) {
	h := bigHouse(t)
	h.signIn()
	for name, width := range map[string]int64{"wide": 1280, "narrow": 320} {
		h.wait(time.Minute) // a code opens the door once
		w := openBrowser(t, h, width, 900, true)
		w.run(append(w.signIn(), chromedp.WaitVisible(chromedp.CSS("#odpovedi")))...)
		for _, tongue := range []string{"cs", "en"} {
			w.run(w.goTo("/stul"), w.fits(), w.picture("home-"+name+"-"+tongue),
				w.goTo("/stul/znovu?plan=ap2023&obdobi=2023&koho=mlci"), chromedp.WaitVisible(chromedp.CSS("h1")), w.fits(), w.picture("again-"+name+"-"+tongue),
				w.goTo("/stul"), chromedp.Click(chromedp.CSS("form[action*=jazyk] button")), chromedp.WaitVisible(chromedp.CSS(`html:not([lang="`+tongue+`"]) #odpovedi`)))
		}
	}
}
