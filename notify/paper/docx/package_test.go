package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"
)

// checkPackage holds a package against what every package must be: each part is
// well formed and of a known kind, relations lead to parts, ids are used once.
func checkPackage(t testing.TB, data []byte) {
	t.Helper()
	parts := unzipped(t, data)
	types := parts["[Content_Types].xml"]
	for name, text := range parts {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			wellFormed(t, name, text)
		}
		ext := strings.TrimPrefix(path.Ext(name), ".")
		if name != "[Content_Types].xml" && !strings.Contains(types, `"/`+name+`"`) && !strings.Contains(types, `Extension="`+ext+`"`) {
			t.Errorf("%s is of no kind", name)
		}
		if strings.HasSuffix(name, ".rels") {
			from := strings.TrimSuffix(strings.Replace(name, "_rels/", "", 1), ".rels")
			checkRelations(t, parts, from, text)
		}
	}
	for _, m := range regexp.MustCompile(`PartName="/([^"]*)"`).FindAllStringSubmatch(types, -1) {
		if _, ok := parts[m[1]]; !ok {
			t.Errorf("a kind is given for %s, which is not there", m[1])
		}
	}
	text := parts["word/document.xml"]
	once(t, text, `<wp:docPr id="(\d+)"`)
	once(t, text, `<w:bookmarkStart w:id="(\d+)"`)
	once(t, text, `<w:bookmarkStart [^>]*w:name="([^"]*)"`)
	once(t, parts["word/styles.xml"], `w:styleId="([^"]*)"`)
	once(t, parts["word/numbering.xml"], `<w:abstractNum w:abstractNumId="(\d+)"`)
	once(t, parts["word/numbering.xml"], `<w:num w:numId="(\d+)"`)
	refer(t, text, `w:anchor="([^"]*)"`, text, `w:name="([^"]*)"`)
	refer(t, text, `<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]*)"`, parts["word/styles.xml"], `w:styleId="([^"]*)"`)
	refer(t, parts["word/styles.xml"], `<w:(?:basedOn|next) w:val="([^"]*)"`, parts["word/styles.xml"], `w:styleId="([^"]*)"`)
	refer(t, text, `<w:numId w:val="([1-9][0-9]*)"`, parts["word/numbering.xml"], `w:numId="(\d+)"`)
	refer(t, text, `r:(?:id|embed)="([^"]*)"`, parts["word/_rels/document.xml.rels"], ` Id="([^"]*)"`)
}

func checkRelations(t testing.TB, parts map[string]string, from, text string) {
	t.Helper()
	once(t, text, ` Id="([^"]*)"`)
	links, err := parseRelations([]byte(text))
	if err != nil {
		t.Error(err)
	}
	for _, l := range links {
		if l.Outside != "" {
			if !strings.HasSuffix(l.Kind, "/hyperlink") {
				t.Errorf("%s takes %s from outside", from, l.Target)
			}
			continue
		}
		if _, ok := parts[resolved(from, l.Target)]; !ok {
			t.Errorf("%s refers to %s, which is not there", from, l.Target)
		}
	}
}

func wellFormed(t testing.TB, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if e, is := tok.(xml.StartElement); is {
			if !strings.Contains(e.Name.Space, ":") {
				t.Fatalf("%s: <%s> has no namespace, but %q", name, e.Name.Local, e.Name.Space)
			}
			for _, a := range e.Attr {
				if a.Name.Space != "" && a.Name.Space != "xmlns" && !strings.Contains(a.Name.Space, "/") {
					t.Fatalf("%s: %s of <%s> has no namespace", name, a.Name.Local, e.Name.Local)
				}
			}
		}
	}
}

// once says what a pattern finds more than once.
func once(t testing.TB, text, pattern string) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		if seen[m[1]] {
			t.Errorf("%s is used twice: %s", m[1], pattern)
		}
		seen[m[1]] = true
	}
}

// refer says what is referred to and is not there.
func refer(t testing.TB, text, pattern, in, by string) {
	t.Helper()
	there := map[string]bool{}
	for _, m := range regexp.MustCompile(by).FindAllStringSubmatch(in, -1) {
		there[m[1]] = true
	}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		if !there[m[1]] {
			t.Errorf("%s is not there: %s", m[1], pattern)
		}
	}
}
