package web

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// unconverted are templates, and parts of templates, whose prose does not come
// from the catalogue yet. Nothing is added here.
var unconverted []string

var (
	templateParts = regexp.MustCompile(`\{\{define "([^"]+)"\}\}`)
	templateCalls = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	keyNames      = regexp.MustCompile(`<(kbd|code)\b[^>]*>[^<]*</(kbd|code)>`)
	markup        = regexp.MustCompile(`(?s)<[^>]*>`)
	spoken        = regexp.MustCompile(`(?s)\b(?:title|placeholder|aria-label|alt|label)="([^"]*)"`)
)

// proseOf gives what a piece of a template says by itself. The product's name
// the names of keys and commands are said alike in every language.
func proseOf(text string) (said []string) {
	text = keyNames.ReplaceAllString(templateCalls.ReplaceAllString(text, ""), "")
	for _, tag := range markup.FindAllString(text, -1) {
		for _, m := range spoken.FindAllStringSubmatch(tag, -1) {
			said = append(said, m[1])
		}
	}
	said = append(said, strings.Split(markup.ReplaceAllString(text, "\n"), "\n")...)
	out := said[:0]
	for _, s := range said {
		s = strings.TrimSpace(strings.NewReplacer("&lt;", "", "&gt;", "", "&nbsp;", "", "&amp;", "").Replace(s))
		if strings.ContainsFunc(s, unicode.IsLetter) && s != "Spln\u011bno" && s != "Spln\u011bno \u2013" {
			out = append(out, s)
		}
	}
	return out
}

// A template says nothing but what it takes from the catalogue.
func TestNoProseInTemplates(t *testing.T) {
	stale := map[string]bool{}
	for _, name := range unconverted {
		stale[name] = true
	}
	for file, body := range read(t, "templates/*.html") {
		base := filepath.Base(file)
		starts := templateParts.FindAllStringSubmatchIndex(body, -1)
		for i, at := range starts {
			end := len(body)
			if i+1 < len(starts) {
				end = starts[i+1][0]
			}
			part := base + " " + body[at[2]:at[3]]
			said := proseOf(body[at[1]:end])
			_, whole := stale[base]
			_, listed := stale[part]
			switch {
			case len(said) == 0:
			case whole || listed:
				stale[base], stale[part] = false, false
			default:
				t.Errorf("%s says by itself: %q", part, said)
			}
		}
	}
	for _, name := range unconverted {
		if stale[name] {
			t.Errorf("%s says nothing by itself any more: strike it off the list", name)
		}
	}
	for _, planted := range []string{`<p>Ano</p>`, `<p>{{.X}} z {{.Y}}</p>`, `<img alt="Graf">`, `<a aria-label="Menu {{.X}}">`, `<input placeholder="jméno">`, `<optgroup label="a">`} {
		if len(proseOf(planted)) != 1 {
			t.Errorf("not found in %s: %q", planted, proseOf(planted))
		}
	}
	if said := proseOf(`<p class="note good" lang="cs">{{say "a.b"}} – {{.N}} · <kbd>Tab</kbd> ✓ &lt;</p>`); len(said) > 0 {
		t.Errorf("%q is no prose", said)
	}
}
