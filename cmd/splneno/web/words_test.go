package web

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"splneno/engine"
	"splneno/engine/czech"
)

func read(t *testing.T, pattern string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal("no files like", pattern, err)
	}
	out := map[string]string{}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(body)
	}
	return out
}

// families are the keys put together from a prefix and a word of engine.
var families = []string{
	"title.", "error.", "flash.", "fault.", "message.", "letter.", "proposal.", "totals.", "inbound.", "inbound-one.", "inbound-about.", "held.",
	"suspicious.", "via.", "report.", "attachment.", "trust.", "status.", "step.", "channel.", "nav.", "settings.", "worded.", "worded-about.",
	"placeholder.", "reading.", "role.", "role-about.", "accounts-state.", "password.", "waiting.", "tile.", "stands.", "rule.", "health.", "cure.",
	"refused.", "told.", "risk.", "event.", "season-state.", "month.", "month-short.", "mailing.", "kind.", "why.", "occasion.", "way.", "verb.",
	"carry.how-", "steering.chart_", "calendar-rule.", "bodies.filter_", "flag.", "bodies.kind_", "bodies.weekday_", "papers.", "paper.",
	"paper-about.", "layout-fault.", "means.", "region.gap_", "region.how_", "file.", "meeting-change.", "meeting-send.", "hold-trace.",
	"incident.", "incident-now.",
	"keep.", "keep-why.", "retention.basis_",
}

func TestEveryKeyHasItsSentence(t *testing.T) {
	all, used := loadCatalogue(), map[string]bool{}
	calls := regexp.MustCompile(`(?:say|count|rich) "([^"]+)"|\.(?:say|count|rich)\("([^"]+)"|"((?:[a-z_]+)\.[a-z_-]+)"|flash(?:Count)?\("([^"]+)"|word :?= "([^"]+)"`)
	for _, pattern := range []string{"*.go", "templates/*.html"} {
		for name, body := range read(t, pattern) {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, m := range calls.FindAllStringSubmatch(body, -1) {
				key := m[1] + m[2] + m[3]
				if m[4]+m[5] != "" {
					key = "flash." + m[4] + m[5]
				}
				if used[key] = true; m[1]+m[2]+m[4]+m[5] != "" && !strings.HasSuffix(key, ".") && all[key] == nil {
					t.Errorf("%s: %q has no sentence", name, key)
				}
			}
		}
	}
	for key := range all {
		family := false
		for _, f := range families {
			family = family || strings.HasPrefix(key, f)
		}
		if !used[key] && !family {
			t.Errorf("the sentence %q is never said", key)
		}
	}
}

// A sentence has the forms its language counts by, and says the same values in
// every language.
func TestEverySentenceInEveryLanguage(t *testing.T) {
	values := regexp.MustCompile(`\{\{\.[A-Za-z]+\}\}`)
	for key, in := range loadCatalogue() {
		for _, tag := range tags {
			w, ok := in[tag]
			counted := in["cs"].Other != ""
			switch {
			case !ok:
				t.Errorf("%q is not said in %s", key, tag)
			case counted != (w.Other != "") || counted && (w.One == "" || tag == "cs" && w.Few == ""):
				t.Errorf("%q has not all forms in %s", key, tag)
			case !slices.Equal(slices.Sorted(slices.Values(values.FindAllString(w.Plain, -1))), slices.Sorted(slices.Values(values.FindAllString(in["cs"].Plain, -1)))):
				t.Errorf("%q speaks of other values in %s", key, tag)
			}
		}
	}
}

// forms gives a sentence in all its plural forms.
func (w wording) forms() map[string]string {
	if w.Plain != "" {
		return map[string]string{"": w.Plain}
	}
	return map[string]string{"one": w.One, "other": w.Other}
}

var (
	sentenceEnd = regexp.MustCompile(`[.?!:;,\x{2026}]?(?:</\w+>)*$`)
	czechMarked = regexp.MustCompile(`<(\w+) lang="cs">.*?</\w+>`)
)

// czechExamples are sentences that name a Czech word as an example of what to
// type; a hint is plain text and cannot mark it.
var czechExamples = []string{"settings.name_hint", "settings.printed_hint", "accounts.stands_for_hint", "plan.search_hint", "plan.term_hint"}

// A sentence begins and ends alike in every language, so that it stands in its
// place on the page, and an English one holds nothing Czech.
func TestSentencesFitTheirPlace(t *testing.T) {
	for key, in := range loadCatalogue() {
		en := in["en"].forms()
		for form, cs := range in["cs"].forms() {
			said := en[form]
			if said == "" {
				continue // TestEverySentenceInEveryLanguage says so
			}
			if a, b := sentenceEnd.FindString(cs), sentenceEnd.FindString(said); (a + " ")[0] != (b + " ")[0] && !strings.HasSuffix(cs, "}}.") { // a Czech ordinal has a dot
				t.Errorf("%q ends with %q in Czech and %q in English", key, a, b)
			}
			a, b := []rune(cs)[0], []rune(said)[0]
			if unicode.IsLetter(a) && unicode.IsLetter(b) && unicode.IsUpper(a) != unicode.IsUpper(b) && !strings.HasPrefix(key, "month") && !strings.HasPrefix(key, "bodies.weekday_") {
				t.Errorf("%q begins with %c in Czech and %c in English", key, a, b)
			}
			own := strings.NewReplacer("Spln\u011bno", "", "\u010ce\u0161tina", "").Replace(czechMarked.ReplaceAllString(said, ""))
			if !slices.Contains(czechExamples, key) && strings.ContainsFunc(own, func(r rune) bool { return r == '\u201e' || r > 0x7f && unicode.IsLetter(r) }) {
				t.Errorf("%q holds Czech in English: %s", key, said)
			}
			if strings.Contains(cs+said, "  ") {
				t.Errorf("%q holds two spaces", key)
			}
		}
	}
}

// The pages and the letters call a thing by the same word.
func TestPagesSpeakAsLettersDo(t *testing.T) {
	cs := loadTongues()["cs"]
	for _, s := range append(engine.States(), engine.StateUnknown) {
		if got, want := cs.status(s, ""), czech.StatusWord(s, ""); got != want {
			t.Errorf("%s: %q, letters say %q", s, got, want)
		}
	}
	if got, want := cs.status(engine.Fulfilled, engine.AnotherForm), czech.StatusWord(engine.Fulfilled, engine.AnotherForm); got != want {
		t.Errorf("%q, letters say %q", got, want)
	}
	for _, s := range append(engine.NextSteps(), "") {
		if got, want := cs.step(s), czech.NextStepWord(s); got != want {
			t.Errorf("%s: %q, letters say %q", s, got, want)
		}
	}
	for _, c := range []engine.Channel{engine.ByLink, engine.ByAuthenticated, engine.ByToken, engine.ByNone, engine.ByCoordinator} {
		if got, want := cs.channel(c), czech.ChannelWord(c); got != want {
			t.Errorf("%s: %q, letters say %q", c, got, want)
		}
	}
}

func TestNoCzechInCode(t *testing.T) {
	for name, body := range read(t, "*.go") {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for n, line := range strings.Split(body, "\n") {
			if strings.ContainsFunc(line, func(r rune) bool { return r > 0x7f && unicode.IsLetter(r) }) {
				t.Errorf("%s:%d holds prose: %s", name, n+1, line)
			}
		}
	}
}

func TestEveryRouteIsListed(t *testing.T) {
	h := newHouse(t)
	listed := map[string]bool{"/": true}
	for _, r := range routes(h) {
		listed[r.method+" "+r.pattern] = true
	}
	for _, r := range (&site{Server: &Server{Mailbox: h.box}}).table() {
		if !listed[r.pattern] {
			t.Errorf("route %s is not tested", r.pattern)
		}
	}
}

func TestWholePagesAreHeld(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	pages := []string{"/nikam", "/stul/posta?stav=sent", "/stul/prichozi?stav=list"}
	for _, r := range routes(h) {
		if r.method == "GET" {
			pages = append(pages, r.path)
		}
	}
	headings := regexp.MustCompile(`<h([1-6])`)
	ids := regexp.MustCompile(` id="([^"]*)"`)
	targets := regexp.MustCompile(` (?:for|aria-describedby)="([^"]*)"`)
	fields := regexp.MustCompile(`<(?:input|select|textarea)[^>]*>`)
	h.post(h.path("charita"), answers()).want(t, 303)
	for _, name := range []string{"stray", "reply", "prose", "bounce", "absence"} {
		pages = append(pages, "/stul/prichozi/"+h.receives(name))
	}
	for _, p := range pages {
		r := h.get(p)
		if r.status >= 300 && r.status < 400 || !strings.HasPrefix(r.head.Get("Content-Type"), "text/html") || strings.Contains(p, "/soubor/") {
			continue // no page of ours
		}
		body := r.body
		if !strings.Contains(body, `<html lang="cs">`) || !strings.Contains(body, `class="skip"`) {
			t.Errorf("%s: no language or no skip link", p)
		}
		level := "0"
		for _, m := range headings.FindAllStringSubmatch(body, -1) {
			if m[1][0] > level[0]+1 {
				t.Errorf("%s: heading %s after %s", p, m[1], level)
			}
			level = m[1]
		}
		known := map[string]bool{}
		for _, m := range ids.FindAllStringSubmatch(body, -1) {
			if known[m[1]] {
				t.Errorf("%s: id %q twice", p, m[1])
			}
			known[m[1]] = true
		}
		for _, m := range targets.FindAllStringSubmatch(body, -1) {
			for _, id := range strings.Fields(m[1]) {
				if !known[id] {
					t.Errorf("%s: nothing is called %q", p, id)
				}
			}
		}
		labels := map[string]bool{}
		for _, m := range regexp.MustCompile(`<label[^>]* for="([^"]*)"`).FindAllStringSubmatch(body, -1) {
			labels[m[1]] = true
		}
		for _, f := range fields.FindAllString(body, -1) {
			id := ids.FindStringSubmatch(f)
			if !strings.Contains(f, `type="hidden"`) && !strings.Contains(f, `type="radio"`) && !strings.Contains(f, `type="checkbox"`) && (id == nil || !labels[id[1]]) {
				t.Errorf("%s: %s has no label", p, f)
			}
		}
	}
}
