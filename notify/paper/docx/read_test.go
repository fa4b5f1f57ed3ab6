package docx

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

func readFile(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

var bodyForm = regexp.MustCompile(`(?s)<w:body>.*</w:body>`)

// inWord is our sample with a text as Word leaves it behind: cut runs, tracked
// changes, fields, Czech names of styles.
func inWord(t testing.TB) []byte {
	t.Helper()
	data := written(t, sample(t))
	old := bodyForm.FindString(unzipped(t, data)["word/document.xml"])
	return rewritten(t, data, "word/document.xml", old, "<w:body>"+readFile(t, "word.xml")+"</w:body>", "word/styles.xml", `w:styleId="TOC1"`, `w:styleId="Obsah1"`, "word/styles.xml", `w:styleId="TOCHeading"`, `w:styleId="Nadpisobsahu"`)
}

func TestReadWhatWordLeaves(t *testing.T) {
	c, err := Read(inWord(t))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(strings.TrimSpace(readFile(t, "word.txt")), "\n"), textsOf(c.Now)); d != "" {
		t.Error(d)
	}
	p := sample(t)
	if string(c.Data) != string(p.Data) || !bytes.Equal(c.Seal, p.Sign(c.Message)) || len(c.Written) < 100 {
		t.Errorf("what the document carries is %q, %q", c.Data, c.Message)
	}
}

// The seal covers the data and the text as it was written.
func TestTheSealFitsNothingElse(t *testing.T) {
	p := sample(t)
	c, err := Read(written(t, p))
	if err != nil || !bytes.Equal(c.Seal, p.Sign(c.Message)) {
		t.Fatalf("%v", err)
	}
	other := sample(t)
	other.Data = []byte("other")
	if o, err := Read(written(t, other)); err != nil || bytes.Equal(o.Message, c.Message) {
		t.Errorf("other data have the same message, or %v", err)
	}
	other = sample(t)
	other.Blocks = other.Blocks[:10]
	if o, err := Read(written(t, other)); err != nil || bytes.Equal(o.Message, c.Message) {
		t.Errorf("another text has the same message, or %v", err)
	}
	other.Sign = nil
	if o, err := Read(written(t, other)); err != nil || o.Seal != nil {
		t.Errorf("a document without a seal has %q, %v", o.Seal, err)
	}
}

func TestReadRefusesWhatIsNotOurs(t *testing.T) {
	data := written(t, sample(t))
	item := unzipped(t, data)["customXml/item1.xml"]
	bomb := strings.Repeat("<w:p>", maxDepth+10) + strings.Repeat("</w:p>", maxDepth+10)
	for name, bad := range map[string][]byte{
		"nothing":    nil,
		"text":       []byte("hello"),
		"cut":        data[:len(data)/2],
		"stripped":   rewritten(t, data, "customXml/item1.xml", nsOurs, "urn:other"),
		"damaged":    rewritten(t, data, "customXml/item1.xml", item, `<document xmlns="`+nsOurs+`"><data>%%%</data><text>%%%</text></document>`),
		"no list":    rewritten(t, data, "customXml/item1.xml", item, `<document xmlns="`+nsOurs+`">`+packed("text", []byte("{"))+`</document>`),
		"no main":    rewritten(t, data, "_rels/.rels", "word/document.xml", "word/gone.xml"),
		"no rels":    rewritten(t, data, "_rels/.rels", "", "<a"),
		"deep":       rewritten(t, data, "word/document.xml", "<w:body>", "<w:body>"+bomb),
		"unfinished": rewritten(t, data, "word/document.xml", "</w:body>", ""),
		"large":      rewritten(t, data, "word/document.xml", "<w:body>", "<w:body>"+strings.Repeat(" ", maxPart)),
		"outside":    rewritten(t, data, "../x.xml", "", "x"),
	} {
		if _, err := Read(bad); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(readFile(f, "word.xml"), readFile(f, "word.txt"))
	f.Add("<w:p><w:r><w:fldChar w:fldCharType=\"end\"/><w:t>{souhrn}</w:t></w:r></w:p>", "<w:del>")
	f.Fuzz(func(_ *testing.T, body, item string) {
		for _, raw := range []string{body, `<w:document xmlns:w="` + nsMain + `"><w:body>` + body + `</w:body></w:document>`} {
			_, _, _ = paragraphsOf([]byte(raw), nil)
			_, _ = elements("item", []byte(raw))
			s, err := scanPart("document", []byte(raw))
			if err != nil {
				continue
			}
			known := names{"souhrn": use{known: "souhrn"}}
			var with []splice
			for _, p := range s.paras {
				with = append(with, p.replace(known.uses(p), map[string]string{"souhrn": item})...)
			}
			_ = spliced(s.raw, with)
		}
		_, _ = unpacked(item)
		_, _ = Read([]byte(body))
	})
}
