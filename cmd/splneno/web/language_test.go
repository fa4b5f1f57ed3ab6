package web

import (
	"encoding/xml"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"splneno/engine"
)

// A heard page is what a page says: in its own language, and in passages that
// are marked as Czech or are names of strangers.
type heard struct{ own, marked []string }

// hear takes a page apart. Attributes that are read out count as text.
func hear(t *testing.T, body string) (h heard) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(body))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var marks []bool
	say := func(text string) {
		if len(marks) > 0 && marks[len(marks)-1] {
			h.marked = append(h.marked, text)
		} else {
			h.own = append(h.own, text)
		}
	}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return h
		}
		if err != nil {
			t.Fatal(err, body)
		}
		switch token := token.(type) {
		case xml.StartElement:
			mark := token.Name.Local == "bdi" || len(marks) > 0 && marks[len(marks)-1]
			for _, a := range token.Attr {
				if a.Name.Local == "lang" {
					mark = a.Value == "cs" && token.Name.Local != "html"
				}
			}
			marks = append(marks, mark)
			for _, a := range token.Attr {
				if slices.Contains([]string{"title", "placeholder", "aria-label", "alt", "label", "data-label", "data-saved", "data-failed"}, a.Name.Local) {
					say(a.Value)
				}
			}
		case xml.EndElement:
			marks = marks[:len(marks)-1]
		case xml.CharData:
			say(string(token))
		}
	}
}

// shownPages gives pages of every kind as they are read in the language the
// browser has chosen, by name.
func (h *house) shownPages() map[string]string {
	h.t.Helper()
	h.signIn()
	charita := h.path("charita")
	pages := map[string]string{"sheet": h.get(charita).body}
	faulty := answers()
	faulty.Set("kdo", "")
	faulty.Set("a1-hotovo", "")
	faulty.Set("a1-chybi", "")
	faulty.Set("a1-cislo-0", "mnoho")
	pages["faults"] = h.post(charita, faulty).body
	pages["nothing"] = h.post(charita, url.Values{"action": {"odeslat"}, "kdo": {"Jan"}}).body
	h.post(charita, answers()).want(h.t, 303)
	for _, name := range []string{"stray", "reply", "prose", "bounce", "absence", "suspicious", "forged", "hostile", "copy"} {
		pages["mail "+name] = h.get("/stul/prichozi/" + h.receives(name)).body
	}
	pages["unassigned"] = h.post("/stul/prichozi/"+h.receives("prose"), url.Values{"action": {"zaradit"}, "komu": {""}}).body
	for _, state := range engine.InboundStates() {
		pages["inbox "+string(state)] = h.get("/stul/prichozi?stav=" + string(state)).body
	}
	for name, path := range map[string]string{"start": "/", "answered": charita, "receipt": charita + "/prehled", "other": h.path("zla"), "statement": "/pristupnost",
		"outbox": "/stul/posta", "failed": "/stul/posta?stav=failed", "message": "/stul/posta/zprava?klic=organisation/charita/2024-01-23",
		"mailbox": "/posta", "nowhere": "/nikam", "saved": charita + "?zprava=ulozeno"} {
		pages[name] = h.get(path).body
	}
	if r := h.send("POST", "/stul/posta", map[string][]string{"Sec-Fetch-Site": {"cross-site"}}); r.status == 403 {
		pages["foreign"] = r.body
	}
	return pages
}

func czechNames(t *testing.T) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

// czechLeft gives what a page says in Czech without marking it: what holds a
// Czech letter and is neither a name nor said elsewhere on the page as a Czech
// passage.
func czechLeft(h heard, names []string) (left []string) {
	for _, text := range h.own {
		for _, known := range slices.Concat(h.marked, names) {
			if known = strings.TrimSpace(known); known != "" {
				text = strings.ReplaceAll(text, known, "")
			}
		}
		if strings.ContainsFunc(text, func(r rune) bool { return r > 0x7f && unicode.IsLetter(r) }) {
			left = append(left, strings.TrimSpace(text))
		}
	}
	return left
}

func TestEnglishPagesAreEnglish(t *testing.T) {
	h := newHouse(t)
	h.post("/?jazyk=en", nil).want(t, 303)
	names := czechNames(t)
	pages := h.shownPages()
	if len(pages) < 30 {
		t.Fatalf("only %d pages", len(pages))
	}
	for name, body := range pages {
		if !strings.Contains(body, `<html lang="en">`) {
			t.Errorf("%s: the page does not say it is English", name)
		}
		if left := czechLeft(hear(t, body), names); len(left) > 0 {
			t.Errorf("%s says in Czech: %q", name, left)
		}
	}
	planted := heard{own: []string{"The answer of Jan Zku\u0161ebn\u00ed", "P\u0159\u00edloha"}}
	if left := czechLeft(planted, names); len(left) != 1 {
		t.Errorf("of one planted word %q was found", left)
	}
}

func TestCzechPagesAreCzech(t *testing.T) {
	h := newHouse(t)
	english := map[string]string{}
	for key, in := range loadCatalogue() {
		if en := in["en"].Plain; strings.Count(en, " ") > 1 && en != in["cs"].Plain && !strings.Contains(en, "{{") {
			english[key] = en
		}
	}
	if len(english) < 50 {
		t.Fatalf("only %d English sentences", len(english))
	}
	for name, body := range h.shownPages() {
		if !strings.Contains(body, `<html lang="cs">`) {
			t.Errorf("%s: the page does not say it is Czech", name)
		}
		said := strings.Join(hear(t, body).own, "\n")
		for key, sentence := range english {
			if strings.Contains(said, sentence) {
				t.Errorf("%s says %q (%s)", name, sentence, key)
			}
		}
	}
}

// The language is chosen on every page, kept, and leaves what was typed alone.
func TestChoosingALanguage(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	r := h.post("/stul/prichozi?stav=automatic&zprava=ulozeno&jazyk=en", nil)
	if to := r.head.Get("Location"); r.status != 303 || to != "/stul/prichozi?stav=automatic" {
		t.Fatalf("%d to %s", r.status, to)
	}
	h.get("/stul/prichozi?stav=automatic").want(t, 200, "Incoming mail", `action="?jazyk=cs&amp;stav=automatic"`)
	h.get(h.path("charita")).want(t, 200, "How did your activities turn out in 2023?", `action="?jazyk=cs"`)
	if r := h.post(h.path("charita"), url.Values{"action": {"odeslat"}}); strings.Contains(r.body, "jazyk=cs") {
		t.Error("a page that holds what was typed offers another language")
	}
	h.post("/?jazyk=cs", nil).want(t, 303)
	h.get("/stul/prichozi").tells(t, 200, "Prichozi posta")
	h.post("/?jazyk=de", nil).want(t, 422)
	h.post("//evil.example/%2e%2e?jazyk=en", nil) // whatever the path, the way leads home
	if to := h.post("//evil.example/x?jazyk=en", nil).head.Get("Location"); strings.HasPrefix(to, "//") {
		t.Errorf("the way leads to %s", to)
	}
}
