package web

import (
	"fmt"
	"hash/crc32"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// axeSource is the program that finds what keeps people out of a page. It is no
// module of ours: SPLNENO_AXE says where axe.min.js lies (.ci/run fetches it).
var axeSource = sync.OnceValues(func() (string, error) {
	body, err := os.ReadFile(os.Getenv("SPLNENO_AXE"))
	return string(body), err
})

// needAxe skips the test where axe is missing, unless everything must run.
func needAxe(t *testing.T) {
	t.Helper()
	switch _, err := axeSource(); {
	case err == nil:
	case os.Getenv("SPLNENO_TEST_FULL") == "1":
		t.Fatalf("SPLNENO_TEST_FULL=1 and SPLNENO_AXE names no axe.min.js: %v", err)
	default:
		t.Skip("NOT TESTED for accessibility: SPLNENO_AXE names no axe.min.js")
	}
}

// runAxe gives what axe finds in WCAG 2.1 A and AA: for each node the rule, the
// node and the first way to mend it.
const runAxe = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"]})
	.then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + v.help + "\n    " + n.html.slice(0, 300) + "\n    " + n.failureSummary.split("\n")[1].trim())))`

// smallTargets gives what a finger could miss: buttons, fields and the links of
// lists and menus less than 44 pixels high. Links within a sentence may be.
const smallTargets = `[...document.querySelectorAll("button, select, summary, textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), label.radio, label.tick, nav a, .button, .foot a, .crumb a")]
	.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
	.map(e => "only " + Math.round(e.getBoundingClientRect().height) + " px high: " + e.outerHTML.slice(0, 200))`

// axe opens a page and checks it: nothing against WCAG 2.1 AA, nothing too
// small to touch, no scrolling sideways, whatever is folded included.
func (w window) axe(t *testing.T, path string) {
	t.Helper()
	w.run(w.goTo(path), chromedp.WaitVisible(chromedp.CSS("h1")))
	w.audit(t, path)
}

// audit checks the page that is open, under a name.
func (w window) audit(t *testing.T, name string) {
	t.Helper()
	needAxe(t)
	source, _ := axeSource()
	w.run(w.fits(), w.picture(fileName(t.Name()+" "+name)))
	var found []string
	eval := func(script string) (list []string) {
		list, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](script, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return list
	}
	eval(`document.querySelectorAll("details").forEach(d => d.open = true); []`)
	w.run(w.fits())
	// The script comes by the debugger's way, which no policy of the page closes.
	eval(source + "; []")
	found = append(eval(runAxe), eval(smallTargets)...)
	if len(found) > 0 {
		t.Errorf("%s:\n  %s", name, strings.Join(found, "\n  "))
	}
}

var (
	longIDs = regexp.MustCompile(`[A-Za-z0-9_-]{32,}`)
	unnamed = regexp.MustCompile(`[^A-Za-z0-9]+`)
)

// fileName makes the name of a file of what was looked at. No token gets into
// it; pages that differ by one alone keep different names.
func fileName(name string) string {
	name = longIDs.ReplaceAllStringFunc(name, func(id string) string { return fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(id))) })
	return strings.Trim(unnamed.ReplaceAllString(name, "-"), "-")
}

// speaks changes the language of the browser by the button every page has.
func (w window) speaks(tag string) {
	w.t.Helper()
	w.run(w.goTo("/pristupnost"), chromedp.WaitVisible(chromedp.CSS("h1")))
	now, err := chromedp.Run(w.ctx, chromedp.Evaluate[string]("document.documentElement.lang"))
	w.must(err)
	if now != tag {
		w.run(chromedp.Click(chromedp.CSS(`.tools form button[lang="`+tag+`"]`)), chromedp.WaitVisible(chromedp.CSS(`html[lang="`+tag+`"] h1`)))
	}
}

// everyWay does the checks at both widths and in both languages.
func (w window) everyWay(t *testing.T, check func(t *testing.T)) {
	for _, width := range []int64{1280, 320} {
		w.run(chromedp.EmulateViewport(width, 900))
		for _, tag := range tags {
			t.Run(fmt.Sprintf("%d %s", width, tag), func(t *testing.T) {
				w.speaks(tag)
				check(t)
			})
		}
	}
}

func TestPagesKeepNobodyOut(t *testing.T) {
	needAxe(t)
	h := newHouse(t)
	h.signIn()
	charita := h.path("charita")
	pages := []string{h.burden(20), "/", "/pristupnost", "/posta", "/nikam", charita, h.path("zla"), h.path("zla") + "/prehled", "/stul/posta", "/stul/posta?stav=failed",
		"/stul/posta/zprava?klic=organisation/charita/2024-01-23", "/stul/prichozi", "/stul/prichozi?stav=list"}
	for _, name := range []string{"stray", "bounce", "absence", "suspicious"} {
		pages = append(pages, "/stul/prichozi/"+h.receives(name))
	}
	forged := "/stul/prichozi/" + h.receives("forged")
	w := openBrowser(t, h, 1280, 900, true)
	w.enter()
	w.everyWay(t, func(t *testing.T) {
		for _, path := range pages {
			w.axe(t, path)
		}
		// Pages that say what is wrong with what was typed.
		w.run(w.goTo(charita), chromedp.Click(chromedp.CSS(`input[name="a1-stav"][value="partial"]`)), chromedp.SendKeys(chromedp.CSS("#a1-cislo-0"), "mnoho"),
			chromedp.Click(chromedp.CSS(`button[value="odeslat"]`)), chromedp.WaitVisible(chromedp.CSS("#potize")))
		w.audit(t, "a sheet with faults")
		w.run(w.goTo(charita), chromedp.Click(chromedp.CSS(`button[value="vymazat-1"]`)), chromedp.WaitNotPresent(chromedp.CSS(`button[value="vymazat-1"]`)))
		w.run(w.goTo(forged), chromedp.Click(chromedp.CSS(`button[value="zaradit"]`)), chromedp.WaitVisible(chromedp.CSS("#potize")))
		w.audit(t, "a mail that was not assigned")
	})
	h.post(charita, answers()).want(t, 303)
	reply := "/stul/prichozi/" + h.receives("reply")
	w.everyWay(t, func(t *testing.T) {
		for _, path := range []string{charita, charita + "/prehled", charita + "?zprava=ulozeno", reply} {
			w.axe(t, path)
		}
	})
}

// The check itself finds what is wrong.
func TestAxeFindsFaults(t *testing.T) {
	needAxe(t)
	h := newHouse(t)
	w := openBrowser(t, h, 1280, 900, true)
	w.run(w.goTo("/pristupnost"), chromedp.WaitVisible(chromedp.CSS("h1")))
	source, _ := axeSource()
	for script, id := range map[string]string{
		`document.querySelector("main").innerHTML = "<input>"`:                     "label: ",
		`document.documentElement.removeAttribute("lang")`:                         "html-has-lang: ",
		`document.querySelector("main").innerHTML = "<p class='product'>pale</p>"`: "color-contrast: ",
	} {
		found, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](source+";"+script+";"+runAxe, chromedp.EvalAwaitPromise))
		h.must(err)
		if !strings.Contains(strings.Join(found, "\n"), id) {
			t.Errorf("%s was not found: %q", id, found)
		}
	}
	small, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](`document.querySelector("main").innerHTML = "<nav><a href='/'>x</a></nav>"; `+smallTargets))
	h.must(err)
	if len(small) != 1 {
		t.Errorf("small targets: %q", small)
	}
}

// The navigation is a line on a wide screen and folds behind a button on a
// phone; keys reach it in both.
func TestNavigationFolds(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	w := openBrowser(t, h, 320, 740, true)
	w.enter()
	seen := func(what string, button, link bool) {
		t.Helper()
		got, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]bool](`[".ways summary", ".ways a"].map(s => document.querySelector(s).checkVisibility())`))
		h.must(err)
		if !slices.Equal(got, []bool{button, link}) {
			t.Errorf("%s: button and link are seen: %v", what, got)
		}
	}
	summary, link := chromedp.CSS(".ways summary"), chromedp.CSS(`.ways a[href="/stul/prichozi"]`)
	w.run(w.goTo("/stul/prichozi"), chromedp.WaitVisible(summary))
	seen("a phone", true, false)
	w.run(chromedp.SendKeys(summary, kb.Enter), chromedp.WaitVisible(chromedp.CSS(".ways details[open]")), w.fits())
	seen("unfolded", true, true)
	w.run(chromedp.SendKeys(link, kb.Escape), chromedp.WaitNotPresent(chromedp.CSS(".ways details[open]")),
		chromedp.EmulateViewport(1280, 900), w.goTo("/stul/posta"), chromedp.WaitVisible(link))
	seen("a wide screen", false, true)
	w.run(chromedp.SendKeys(link, kb.Enter), chromedp.WaitVisible(chromedp.CSS(`.tabs a[href="/stul/prichozi"][aria-current]`)))
}
