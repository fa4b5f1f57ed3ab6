package web

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"splneno/engine"
)

// onFocus says what has the focus: "" for nothing, otherwise its tag and name,
// and whether it can be seen that it has it.
const onFocus = `(() => {
	const on = document.activeElement;
	if (!on || on === document.body) return "";
	const style = getComputedStyle(on), box = on.getBoundingClientRect();
	if (on.matches("iframe")) return "iframe"; // what is in it shows the focus
	const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
	const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
	return on.tagName.toLowerCase() + "#" + on.id + " " + (on.getAttribute("name") || on.getAttribute("href") || "") + (seen ? "" : " HAS NO OUTLINE") + (inside ? "" : " IS OUT OF SIGHT");
})()`

// focused gives what has the focus; it must be seen.
func (w window) focused() string {
	w.t.Helper()
	on, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](onFocus))
	w.must(err)
	return on
}

// tabTo presses Tab until the focus is on what the selector names. Everything on
// the way shows that it has it.
func (w window) tabTo(selector string) {
	w.t.Helper()
	for range 300 {
		w.run(chromedp.KeyEvent(kb.Tab))
		w.inSight()
		there, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](fmt.Sprintf("document.activeElement.matches(%q)", selector)))
		w.must(err)
		if there {
			return
		}
	}
	w.t.Fatalf("three hundred tabs do not lead to %s", selector)
}

// inSight wants what has the focus to show it, once the page has scrolled to it.
func (w window) inSight() {
	w.t.Helper()
	on := ""
	w.run(w.until("a focus that is seen", func() bool {
		on = w.focused()
		return !strings.Contains(on, " IS OUT OF SIGHT")
	}))
	if strings.Contains(on, " HAS NO OUTLINE") {
		w.t.Errorf("%s: nobody sees where the focus is", on)
	}
}

// types types a text into what has the focus.
func (w window) types(text string) {
	w.t.Helper()
	w.run(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
}

// goesOn presses Enter on what has the focus and waits for the page behind it.
// On a page that answers a form, told, the focus is on what it says of it.
func (w window) goesOn(told bool) {
	w.t.Helper()
	w.then(chromedp.KeyEvent(kb.Enter))
	if told {
		w.run(w.until("a focus that is not lost", func() bool { return w.focused() != "" }))
		w.inSight()
	}
	w.run(w.fits())
}

// follows goes by Tab to a link or button and presses it.
func (w window) follows(selector string, told bool) { w.t.Helper(); w.tabTo(selector); w.goesOn(told) }

// fills goes by Tab to a field and types into it, in the place of what is there.
func (w window) fills(selector, text string) {
	w.t.Helper()
	w.tabTo(selector)
	w.run(chromedp.Func(func(ctx context.Context, p *chromedp.Target) error {
		_, err := chromedp.Evaluate[bool]("document.activeElement.select() || true")(ctx, p)
		return err
	}))
	w.types(text)
}

// chooses goes by Tab to a list and by the arrows to a value of it.
func (w window) chooses(selector, value string) {
	w.t.Helper()
	w.tabTo(selector)
	for range 20 {
		now, err := chromedp.Run(w.ctx, chromedp.Evaluate[string]("document.activeElement.value"))
		w.must(err)
		if now == value {
			return
		}
		w.run(chromedp.KeyEvent(kb.ArrowDown))
	}
	w.t.Fatalf("the arrows do not lead to %s in %s", value, selector)
}

// picks goes by Tab to a group of choices, and by the arrows to one of them.
func (w window) picks(name, value string) {
	w.t.Helper()
	w.tabTo(`input[name="` + name + `"]`)
	w.run(chromedp.KeyEvent(" "))
	for range 10 {
		now, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`document.activeElement.checked ? document.activeElement.value : ""`))
		w.must(err)
		if now == value {
			w.inSight()
			return
		}
		w.run(chromedp.KeyEvent(kb.ArrowDown))
	}
	w.t.Fatalf("the arrows do not lead to %s of %s", value, name)
}

// enters signs in without a mouse.
func (y *year) enters(w window) {
	w.run(w.goTo("/stul/prihlaseni"), chromedp.WaitVisible(chromedp.CSS("#email")))
	w.fills("#email", "kpss@klatovy.example")
	w.fills("#heslo", hanaPassword)
	w.goesOn(false)
	w.fills("#kod", y.code())
	w.goesOn(false)
}

// The season without a mouse: Tab, Enter, Space, the arrows and nothing else.
// Whatever has the focus shows it, and after a form the focus is on what came of it.
func TestASeasonWithTheKeyboardAlone(t *testing.T) {
	y := newYear(t)
	w := openBrowser(t, y.house, 1280, 900, true)
	w.run(w.goTo("/stul/prihlaseni"), chromedp.WaitVisible(chromedp.CSS("#email")), chromedp.KeyEvent(kb.Tab))
	w.inSight()
	if on := w.focused(); on != "a# #obsah" {
		t.Errorf("the first Tab leads to %q, not past the head of the page", on)
	}
	w.run(chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Tab))
	if on := w.focused(); on != "input#email email" {
		t.Errorf("past the head of the page comes %q", on)
	}
	y.enters(w)

	w.follows(`.ways a[href="/stul/obdobi"]`, false)
	w.fills("#od", "letos")
	w.goesOn(true)
	if on := w.focused(); on != "input#od od" {
		t.Errorf("after a form with a fault the focus is on %q", on)
	}
	w.run(chromedp.KeyEvent(kb.Shift+kb.Tab), w.goTo("/stul/obdobi"))
	w.fills("#od", "2023")
	w.goesOn(true)
	w.tabTo(`input[name="potvrzeni"]`)
	w.run(chromedp.KeyEvent(" "))
	w.follows(`button[value="otevrit"]`, true)
	y.nextDay()

	w.run(w.goTo(y.letter("charita@example.cz")), w.says(y.say.say("sheet.sending")))
	w.picks("a1-stav", "partial")
	w.fills("#a1-hotovo", y.typed["partial"])
	w.picks("a3-stav", "fulfilled")
	w.fills("#a3-hotovo", y.typed["precise"])
	w.fills("#kdo", y.typed["writer"])
	w.follows(`.finish button[value="odeslat"]`, true)
	if on := w.focused(); on != "div#potize " {
		t.Errorf("what is missing was not named first: %q", on)
	}
	w.tabTo(`#potize a[href="#a1-chybi"]`)
	w.run(chromedp.KeyEvent(kb.Enter), w.until("the focus on what is missing", func() bool { return w.focused() == "textarea#a1-chybi a1-chybi" }))
	w.types(y.typed["missing"])
	w.follows(`.finish button[value="odeslat"]`, false)
	if got := y.decided(); got != "2 waiting, 0 approved, 0 returned" {
		t.Error(got)
	}
	y.keyedDecisions(t, w)
	y.keyedEvaluation(t, w)
	if _, err := y.office.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

// keyedDecisions approves both answers and asks the silent again.
func (y *year) keyedDecisions(t *testing.T, w window) {
	y.nextDay()
	y.enters(w)
	w.follows(`.tiles a[href="/stul/odpovedi"]`, false)
	w.tabTo(`a[href="#p1"]`)
	w.run(chromedp.KeyEvent(kb.Enter))
	w.press("", "1.1/1 article")
	w.press("a", "1.2/1 article")
	w.follows(`#p1 button[data-key="a"]`, true)
	if got := y.decided(); got != "0 waiting, 2 approved, 0 returned" {
		t.Error(got)
	}
	w.follows(`.ways a[href="/stul"]`, false)
	w.follows(`a.button[href^="/stul/znovu"]`, false)
	w.follows(`form[action="/stul/znovu"] button`, true)
	if n := y.written("diakonie"); n != 2 {
		t.Errorf("the silent got %d letters", n)
	}
	// A menu that was opened closes with Escape, and the focus stays on its button.
	w.tabTo(".account summary")
	w.run(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".account[open]")), chromedp.KeyEvent(kb.Tab+kb.Escape), chromedp.WaitNotPresent(chromedp.CSS(".account[open]")))
	if on := w.focused(); !strings.HasPrefix(on, "summary#") {
		t.Errorf("closing the menu leaves the focus on %q", on)
	}
}

// keyedEvaluation decides, evaluates, writes a resolution down and restates.
func (y *year) keyedEvaluation(t *testing.T, w window) {
	w.follows(`.ways a[href="/stul/vyhodnoceni"]`, false)
	w.follows(`main table a`, false)
	w.follows(`button[value="obnovit"]`, true)
	w.follows(`.tabs a[href="`+carryDesk+`"]`, false)
	w.chooses(`form.carrying:has(input[value="1.1/1"]) select`, "carry_over")
	w.follows(`form.carrying:has(input[value="1.1/1"]) button`, true)
	if e := y.entry("1.1/1"); e.NextStep != engine.CarryOver {
		t.Errorf("decided: %+v", e)
	}
	w.follows(`.tabs a[href="`+season+`"]`, false)
	w.fills("#uvod", y.typed["foreword"])
	w.follows(`button[value="slova"]`, true)
	w.tabTo(`input[name="potvrzeni"]`)
	w.run(chromedp.KeyEvent(" "))
	w.follows(`button[value="schvalit"]`, true)
	w.follows(`.tabs a[href="`+season+`/usneseni"]`, false)
	w.fills("#organ", y.typed["body"])
	w.fills("#den", "")
	w.run(chromedp.KeyEvent("01242024"))
	w.chooses("#sloveso", "charged")
	w.follows(`form[action="`+season+`/usneseni"] button`, true)
	w.chooses(`[name="krok-1.1/1"]`, "continue")
	w.follows(`button[value="polozky"]`, true)
	w.run(w.goTo(season))
	w.fills("#duvod", y.typed["why"])
	w.follows(`button[value="opravit"]`, true)
	all, err := y.office.Records.Evaluations(context.Background(), "ap2023", "2023")
	y.must(err)
	if len(all) != 2 || all[1].Reason != y.typed["why"] || all[1].Foreword != y.typed["foreword"] {
		t.Errorf("evaluations %+v", all)
	}
	if list, err := y.office.Records.Resolutions(context.Background(), "ap2023", "2023"); err != nil || len(list) != 1 || list[0].Day != "2024-01-24" {
		t.Errorf("resolutions %+v, %v", list, err)
	}
}

// reachable lists what the keyboard must reach on a page: one of each group of
// choices, and nothing that cannot be seen or pressed.
const reachable = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(e => {
	if (e.disabled || e.tabIndex < 0 || !e.checkVisibility({visibilityProperty: true})) return false;
	if (e.type !== "radio") return true;
	const group = [...document.getElementsByName(e.name)];
	return e === (group.find(r => r.checked) || group[0]);
})`

// tabbed marks what has the focus: "new" the first time, "same" while one presses
// on within it, as within the parts of a date, "end" where the page is over.
const tabbed = `(() => {
	const on = document.activeElement, was = on.dataset.reached;
	const said = on === document.body || was && on !== window.lastReached ? "end" : was ? "same" : "new";
	on.dataset.reached = "1"; window.lastReached = on;
	return said;
})()`

// afterFrames asks the same once the page was painted twice more.
const afterFrames = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(` + tabbed + `))))`

func (w window) tabbed(script string) string {
	w.t.Helper()
	on, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	w.must(err)
	return on
}

// reaches walks over the page that is open by Tab, to its end, and gives what was
// not reached.
func (w window) reaches() (missed []string) {
	w.t.Helper()
	begun := false
	for range 400 {
		w.run(chromedp.KeyEvent(kb.Tab))
		on := w.tabbed(tabbed)
		if begun && on == "end" && w.tabbed(afterFrames) != "new" {
			break // a slow machine may be asked while the focus is on its way
		}
		begun = begun || on != "end"
		if on == "new" {
			w.inSight()
		}
	}
	missed, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](reachable+`.filter(e => !e.dataset.reached).map(e => e.outerHTML.slice(0, 150))`))
	w.must(err)
	return missed
}

func TestTheKeyboardReachesEverything(t *testing.T) {
	for name, built := range map[string]func(*testing.T) *house{"in the middle": busy, "at the end": evaluated} {
		t.Run(name, func(t *testing.T) {
			h := built(t)
			w := openBrowser(t, h, 1280, 900, true)
			w.enter()
			pages := []string{"/stul", "/stul/odpovedi", yearPath, "/stul/plan/ap2023", "/stul/organizace/charita", "/stul/prichozi", "/stul/nastaveni", "/stul/nastaveni/uchovani", "/stul/organizace/osoba", h.path("charita")}
			if name == "at the end" {
				h.publishes(1)
				pages = []string{season + "/zverejneni", season + "/upravy", meetingsAt, meetingsAt + "/1", season + "/usneseni?jednani=1", layoutDesk, "/stul/kraj", "/stul/kraj/oblasti", "/stul/kraj/nastaveni", publicHome, publicHome + "/plan/ap2023", publicSeason,
					season, season + "/vety", season + "/prehled", season + "/usneseni/1", carryDesk + "?ukazat=vse", carryDesk + "/dalsi-plan"}
			}
			for _, path := range pages {
				w.run(w.goTo(path), chromedp.WaitVisible(chromedp.CSS("h1")))
				if missed := w.reaches(); len(missed) > 0 {
					t.Errorf("%s: the keyboard does not reach %s", path, strings.Join(missed, "\n  "))
				}
			}
		})
	}
}
