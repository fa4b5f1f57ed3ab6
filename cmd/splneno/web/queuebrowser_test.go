package web

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"splneno/engine"
)

// atQueue signs in with a real browser and opens the queue.
func (w window) atQueue(query string) {
	w.t.Helper()
	w.house.signIn()
	w.run(w.share(), w.goTo("/stul/odpovedi"+query), w.says("Odpovědi ke schválení"))
}

// share gives the browser the session the test signed in with.
func (w window) share() step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		at, err := url.Parse(w.server.URL)
		if err != nil {
			return err
		}
		for _, c := range w.client.Jar.Cookies(at) {
			if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: w.server.URL}); err != nil {
				return err
			}
		}
		return nil
	})
}

// focus says where the focus is: the number of the activity whose answer holds
// it, and the kind of the element.
func (w window) focus() string {
	w.t.Helper()
	on, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`(() => {
		const on = document.activeElement;
		if (!on) return "";
		const item = on.closest(".queued");
		return (item ? item.querySelector(".number").textContent : "") + " " + on.tagName.toLowerCase();
	})()`))
	w.must(err)
	return on
}

// press presses keys one after another and wants the focus to be on something.
func (w window) press(keys, focus string) {
	w.t.Helper()
	for _, k := range keys {
		w.run(chromedp.KeyEvent(string(k)))
	}
	at := ""
	w.run(w.until("the focus on "+focus+" after "+keys, func() bool {
		if now := w.focus(); now != at {
			at = now
			w.t.Logf("after %q the focus is on %q", keys, at)
		}
		return at == focus
	}))
}

func (w window) waitsUntil(what string, done func() bool) { w.t.Helper(); w.run(w.until(what, done)) }

// decided says how many answers of Charita have each state.
func (h *house) decided() string {
	n := map[engine.ProposalState]int{}
	for _, p := range h.proposals() {
		n[p.State]++
	}
	return fmt.Sprintf("%d waiting, %d approved, %d returned", n[engine.Pending], n[engine.Approved], n[engine.Returned])
}

// A whole morning with the keyboard alone: approve, edit, send back, tick,
// approve the ticked, take back.
func TestTheQueueWithTheKeyboard(t *testing.T) {
	h := newHouse(t)
	h.knows()
	h.crowd(6)
	w := openBrowser(t, h, 1280, 900, true)
	w.atQueue("")
	w.run(w.fits(), w.picture("queue"))
	for tabs := 0; ; tabs++ { // the way in without a mouse
		w.run(chromedp.KeyEvent(kb.Tab))
		at, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`document.activeElement.getAttribute("href") || ""`))
		h.must(err)
		if strings.HasPrefix(at, "#") && anchors.MatchString(at[1:]) {
			break
		}
		if tabs > 40 {
			t.Fatal("forty tabs do not lead to the answers")
		}
	}
	w.press("j", " a") // outside the answers a key means nothing
	w.run(chromedp.KeyEvent(kb.Enter))
	w.press("", "1.1/m0 article")
	w.press("j", "1.1/m1 article")
	w.press("jjk", "1.1/m2 article")
	w.press("k", "1.1/m1 article")
	w.press("a", "1.1/m2 article") // approved, and on to the next
	w.waitsUntil("one approval", func() bool { return h.decided() == "5 waiting, 1 approved, 0 returned" })
	w.run(w.says("Schválena 1 odpověď."))
	w.press("r", "1.1/m2 textarea")
	w.press("ajk?", "1.1/m2 textarea") // in a field keys are letters
	w.run(w.picture("queue-return"), chromedp.KeyEvent(kb.Tab+kb.Enter))
	w.press("", "1.1/m3 article")
	w.waitsUntil("one question", func() bool { return h.decided() == "4 waiting, 1 approved, 1 returned" })
	w.press("e", "1.1/m3 select") // the page of the answer, in its form
	w.run(w.says("Historie"), w.fits(), w.picture("queue-edit"), w.goTo("/stul/odpovedi"), w.says("4 odpovědi čekají"), chromedp.Focus(chromedp.CSS("#fronta .queued")))
	w.press("x", "1.1/m0 article")
	w.run(chromedp.KeyEvent("A"), w.says("Schváleny 3 odpovědi."))
	w.waitsUntil("three more approvals", func() bool { return h.decided() == "1 waiting, 4 approved, 1 returned" })
	w.press("", "1.1/m0 article")
	w.press("a", " p") // on what the page says was done
	w.run(w.says("Naposledy schváleno:"))
	w.run(chromedp.Focus(chromedp.CSS(`[data-key="u"]`)), chromedp.KeyEvent(kb.Enter))
	w.press("", " textarea")
	w.run(chromedp.KeyEvent("Překlik."), w.fits(), w.picture("entry"), chromedp.KeyEvent(kb.Tab+kb.Enter), w.says("Výsledek je znovu otevřený."))
	w.waitsUntil("it waits again", func() bool { return h.decided() == "1 waiting, 4 approved, 1 returned" })
}

func TestShortcutsCanBeSwitchedOff(t *testing.T) {
	h := newHouse(t)
	h.crowd(3)
	w := openBrowser(t, h, 1280, 900, true)
	w.atQueue("")
	w.run(chromedp.Focus(chromedp.CSS("#fronta .queued")))
	w.press("?", " summary")
	w.run(w.picture("queue-keys"), chromedp.Click(chromedp.CSS("#zkratky")), chromedp.Focus(chromedp.CSS("#fronta .queued")))
	w.press("jja", "1.1/m0 article")
	w.run(w.goTo("/stul/odpovedi"), chromedp.Focus(chromedp.CSS("#fronta .queued"))) // and it stays off
	w.press("ja", "1.1/m0 article")
	if got := h.decided(); got != "3 waiting, 0 approved, 0 returned" {
		t.Error(got)
	}
}

// Without script everything works with the mouse, and on the narrowest phone.
func TestTheQueueOnAPhoneWithoutScript(t *testing.T) {
	h := newHouse(t)
	h.knows()
	h.lastYear("1.1/1", engine.Entry{State: engine.Fulfilled, Narrative: "Služba jezdí v pěti obcích a stará se o 48 klientů, převážně v odpoledních hodinách.",
		Missing: "", Numbers: []engine.Number{{Name: "Počet klientů", Unit: "osob", Value: 48}}})
	f := three()
	f.Set("a1-hotovo", "Služba jezdí v šesti obcích a stará se o 57 klientů, převážně v odpoledních hodinách a o víkendech.")
	h.post(h.path("charita"), f).want(t, 303)
	w := openBrowser(t, h, 320, 700, false)
	w.atQueue("")
	w.run(w.fits(), w.picture("queue-320"), chromedp.Click(chromedp.CSS(`button[value="vse"]`)), w.says("Schváleny 2 odpovědi."), w.fits(),
		chromedp.Click(chromedp.CSS(`a[data-key="e"]`)), w.says("Historie"), w.fits(), w.picture("queue-320-edit"),
		chromedp.Click(chromedp.CSS(`button[value="upravit"]`)), w.says("Schválena 1 odpověď."), w.fits(),
		w.goTo("/stul/aktivity/ap2023/2023"), chromedp.Click(chromedp.CSS(`.top button[lang="en"]`)), w.says("Activities in 2023"), w.fits(), w.picture("activities-320"), w.goTo(entryOne), w.says("What to do with the activity"), w.fits(), w.picture("entry-320"), w.goTo("/stul/odpovedi"), w.says("Answers to approve"), w.fits())
	if got := h.decided(); got != "0 waiting, 4 approved, 0 returned" && got != "0 waiting, 3 approved, 0 returned" {
		t.Error(got)
	}
}
