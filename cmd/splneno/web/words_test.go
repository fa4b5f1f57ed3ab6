package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
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
var families = []string{"title.", "error.", "flash.", "fault.", "message.", "letter.", "proposal.", "totals.", "file.",
	"inbound.", "inbound-one.", "inbound-about.", "held.", "suspicious.", "via.", "report.", "attachment.", "trust."}

func TestEveryKeyHasItsSentence(t *testing.T) {
	w, used := loadWords(), map[string]bool{}
	calls := regexp.MustCompile(`(?:say|count) "([^"]+)"|"((?:fault|problem|signin|decision|activities|evaluation|inbox|error)\.[a-z_-]+)"|flash(?:Count)?\("([^"]+)"|word :?= "([^"]+)"`)
	for _, pattern := range []string{"*.go", "templates/*.html"} {
		for name, body := range read(t, pattern) {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, m := range calls.FindAllStringSubmatch(body, -1) {
				key := m[1] + m[2]
				if m[3]+m[4] != "" {
					key = "flash." + m[3] + m[4]
				}
				used[key] = true
				if w[key] == "" {
					t.Errorf("%s: %q has no sentence", name, key)
				}
			}
		}
	}
	for key, text := range w {
		family := false
		for _, f := range families {
			family = family || strings.HasPrefix(key, f)
		}
		if !used[key] && !family {
			t.Errorf("the sentence %q is never said", key)
		}
		if n := strings.Count(text, "|"); n != 0 && n != 2 {
			t.Errorf("%q has %d forms", key, n+1)
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
	body := read(t, "routes.go")["routes.go"]
	for _, m := range regexp.MustCompile(`(?:page|desk)\("([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if !listed[m[1]] {
			t.Errorf("route %s is not tested", m[1])
		}
	}
}

func TestWholePagesAreHeld(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	pages := []string{"/", h.path("charita"), "/stul", "/stul/aktivity/ap2023/2023", "/stul/vyhodnoceni/ap2023/2023", "/stul/posta", "/posta", "/nikam", "/stul/prichozi", "/stul/prichozi?stav=list"}
	headings := regexp.MustCompile(`<h([1-6])`)
	ids := regexp.MustCompile(` id="([^"]*)"`)
	targets := regexp.MustCompile(` (?:for|aria-describedby)="([^"]*)"`)
	fields := regexp.MustCompile(`<(?:input|select|textarea)[^>]*>`)
	h.post(h.path("charita"), answers()).want(t, 303)
	for _, name := range []string{"stray", "reply", "prose", "bounce", "absence"} {
		pages = append(pages, "/stul/prichozi/"+h.receives(name))
	}
	for _, p := range pages {
		body := h.get(p).body
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
		for _, m := range regexp.MustCompile(`<label for="([^"]*)"`).FindAllStringSubmatch(body, -1) {
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
