package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"splneno/engine"
)

// held are what the restored town would send: what had waited in the copy, and
// what it made up for.
func heldHouse(t *testing.T) *house {
	h := newHouse(t)
	h.wait(24 * time.Hour)
	h.signIn()
	h.says("2024-01-19", "a-vratna", "b-jista") // in the queue of the copy
	h.holds()
	h.says("2024-01-24", "charita", "nova")
	return h
}

func TestHoldPage(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.get(holdPath).tells(t, 200, "Odesilani pozastavene neni")
	h.get("/stul").hides(t, "onhold")
	h = heldHouse(t)
	h.get(holdPath).tells(t, 200, "byly obnoveny ze zalohy", "Cekajici dopisy se neztrati", "4 zpravy cekaji", "a-vratna@example.cz", "nezkontrolovano", "Ukoncit pozastaveni a poslat 4 zpravy")
	for _, path := range []string{"/stul", "/stul/posta", "/stul/organizace"} {
		h.get(path).tells(t, 200, "nic neodchazi", `href="/stul/pozastaveni"`)
	}
	h.get("/stul").tells(t, 200, "4 zpravy cekaji, az o nich rozhodnete")
	h.get("/").hides(t, "onhold")
	h.get(h.path("charita")).hides(t, "onhold")
	h.get("/stul/posta").tells(t, 200, "Ceka, protoze odesilani je pozastavene")
	h.post(holdPath, url.Values{"action": {"nikdy"}, "zprava": {"organisation/nova/2024-01-24"}}).want(t, 303)
	h.post(holdPath, url.Values{"action": {"odesla"}, "zprava": {"organisation/a-vratna/2024-01-19"}}).want(t, 303)
	h.post(holdPath, url.Values{"action": {"odesla"}, "zprava": {"organisation/a-vratna/2024-01-19"}}).want(t, 409)
	h.post(holdPath, url.Values{"action": {"x"}}).want(t, 422)
	h.get(holdPath).tells(t, 200, "2 zpravy cekaji")
	h.get("/stul/posta?stav=stopped").tells(t, 200, "nova@example.cz")
	h.get(holdPath).small(t, "hold")
}

// The log of a mail server says what left, and whom the original wrote to on
// another day.
func TestHoldCheckOnThePage(t *testing.T) {
	h := heldHouse(t)
	h.post(holdPath, url.Values{"action": {"soubor"}}).tells(t, 422, "Vyberte soubor")
	h.post(holdPath, url.Values{"action": {"soubor"}, "soubor": {"nothing at all"}}).tells(t, 422, "zadna zprava ani zaznam")
	log := h.sentLog("organisation/b-jista/2024-01-19", "organisation/charita/2024-01-22", "receipt/neznama")
	h.post(holdPath, url.Values{"action": {"soubor"}, "soubor": {log}}).want(t, 303)
	h.get(holdPath).tells(t, 200, "jiste odesla 22. 1. 2024", "adresatovi se psalo 22. 1. 2024", "Oznacit 1 zpravu", "Neposilat 1 dopis", "Charita Vzorov", "nikoli organizaci")
	h.get(holdEnd).tells(t, 200, "1 zprava z toho podle kontroly uz odesla")
	h.post(holdPath, url.Values{"action": {"jiste"}}).want(t, 303)
	h.post(holdPath, url.Values{"action": {"psano"}}).want(t, 303)
	h.get(holdPath).tells(t, 200, "2 zpravy cekaji")
	h.get(holdPath).hides(t, "adresatovi se psalo", "jiste odesla")
	if m, err := h.office.Records.Message(t.Context(), "organisation/charita/2024-01-24"); err != nil || m.State != engine.Sent || engine.DateOf(m.SentAt) != "2024-01-22" {
		t.Errorf("%+v %v", m, err)
	}
	h.post(holdEnd, url.Values{"pocet": {"2"}}).tells(t, 422, "Zaskrtnete, ze puvodni server")
	h.says("2024-01-25", "pozdni")
	h.post(holdEnd, url.Values{"pocet": {"2"}, "potvrzeni": {"1"}, "poznamka": {hostile}}).tells(t, 409, "Odejdou 3 zpravy")
	h.post(holdEnd, url.Values{"pocet": {"3"}, "potvrzeni": {"1"}, "poznamka": {hostile}}).want(t, 303)
	h.get("/stul").hides(t, "onhold")
	if f, err := h.office.Records.Filed(t.Context(), engine.SentCheckFile); err != nil || len(f.Data) != 0 {
		t.Errorf("the check is still there: %s %v", f.Data, err)
	}
	h.must(h.office.Tick(t.Context()))
	if left, err := h.office.Records.MessageCounts(t.Context()); err != nil || left[engine.Held]+left[engine.Retry] != 0 {
		t.Errorf("after the hold: %v %v", left, err)
	}
}

func TestHoldLooked(t *testing.T) {
	h := heldHouse(t)
	w := openBrowser(t, h, 1280, 900, true)
	w.run(w.share())
	w.examine(t, "hold before", w.goTo(holdPath), everyLook)
	h.post(holdPath, url.Values{"action": {"soubor"}, "soubor": {h.sentLog("organisation/b-jista/2024-01-19", "organisation/charita/2024-01-22", "organisation/zla/2024-01-22", "receipt/neznama")}}).want(t, 303)
	w.examine(t, "hold", w.goTo(holdPath), everyLook)
	w.examine(t, "hold desk", w.goTo("/stul"), twoLooks)
	w.examine(t, "hold end", w.goTo(holdEnd), everyLook)
	for _, path := range []string{holdPath, holdEnd} {
		w.run(w.goTo(path), chromedp.WaitVisible(chromedp.CSS("h1")))
		if missed := w.reaches(); len(missed) > 0 {
			t.Errorf("%s: the keyboard does not reach %s", path, strings.Join(missed, "\n  "))
		}
	}
	w.run(w.reads("cs"), w.goTo(holdPath), chromedp.Click(chromedp.CSS(`button[value="jiste"]`)), w.says("znovu se nepo"),
		chromedp.Click(chromedp.CSS(`button[value="psano"]`)), w.says("2 zpr"),
		w.goTo(holdEnd), chromedp.Click(chromedp.CSS(`input[name="potvrzeni"]`)), chromedp.Click(chromedp.CSS("button.danger")), chromedp.WaitNotPresent(chromedp.CSS("button.danger")), w.says("2 zpr"))
	if n := h.held(); n != "0" || !strings.Contains(h.get("/stul").body, "<main") {
		t.Errorf("%s are held", n)
	}
}
