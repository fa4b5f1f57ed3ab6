package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// packedWith gives a package with these parts; what is asked for many times is
// packed once.
func packedWith(t testing.TB, parts map[string]string, many int, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range parts {
		put(name, text)
	}
	for i := range many {
		put(fmt.Sprintf(name, i), text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Whatever a file holds, it is refused soon and in little memory, and nothing
// falls.
func TestHostileFilesAreRefusedSoon(t *testing.T) {
	m := maker(t)
	word := func(body string) map[string]string {
		return map[string]string{
			"[Content_Types].xml":          `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
			"_rels/.rels":                  `<Relationships><Relationship Id="r" Type="` + linksOf + `officeDocument" Target="word/document.xml"/></Relationships>`,
			"word/document.xml":            `<w:document ` + wordNS + `><w:body>` + body + `</w:body></w:document>`,
			"word/_rels/document.xml.rels": `<Relationships/>`,
		}
	}
	plain := word("<w:p/>")
	zeros := strings.Repeat(" ", 8<<20)
	dtd := word("<w:p/>")
	dtd["word/document.xml"] = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><w:document ` + wordNS + `><w:body><w:p><w:r><w:t>&b;&f;</w:t></w:r></w:p></w:body></w:document>`
	up := word("<w:p/>")
	up["word/../../../etc/cron.d/x"] = "x"
	for what, data := range map[string][]byte{
		"a bomb in the text":         packedWith(t, word(strings.Repeat("<w:p><w:r><w:t>a</w:t></w:r></w:p>", 1_000_000)), 0, "", ""),
		"many parts that are bombs":  packedWith(t, plain, 60, "customXml/item%d.xml", zeros),
		"a hundred thousand parts":   packedWith(t, plain, 100_000, "word/x%d.xml", ""),
		"elements in one another":    packedWith(t, word(strings.Repeat("<w:p>", 200_000)), 0, "", ""),
		"an attribute without end":   packedWith(t, word(`<w:p w:a="`+strings.Repeat("x", 40<<20)+`"/>`), 0, "", ""),
		"entities":                   packedWith(t, dtd, 0, "", ""),
		"a way up":                   packedWith(t, up, 0, "", ""),
		"a bomb in a workbook":       packedWith(t, map[string]string{"xl/workbook.xml": "<workbook/>"}, 30, "xl/worksheets/sheet%d.xml", zeros),
		"data in one another":        []byte(strings.Repeat(`{"a":[`, 2_000_000)),
		"one long text":              []byte(`{"municipality":"` + strings.Repeat("x", 63<<20) + `"`),
		"a page that carries a bomb": []byte(`<!doctype html><meta name="splneno-data" content="` + strings.Repeat("A", 30<<20)),
		"a CSV of one cell":          []byte(strings.Repeat(",", 20<<20)),
		"quotes":                     []byte(`a,"` + strings.Repeat(`""`, 10<<20)),
	} {
		for how, try := range map[string]func() error{
			"open":   func() error { _, err := m.Open("x", data); return err },
			"layout": func() error { _, _, err := CheckLayout(data); return err },
			"bundle": func() error { _, err := m.ReadBundle(data); return err },
			"edits": func() error {
				_, err := m.Edits(data, engine.Print{Evaluation: evaluation()})
				return err
			},
		} {
			runtime.GC()
			var was, is runtime.MemStats
			runtime.ReadMemStats(&was)
			begun := time.Now()
			err := try()
			took := time.Since(begun)
			runtime.ReadMemStats(&is)
			if all := (is.TotalAlloc - was.TotalAlloc) >> 20; took > 8*time.Second || all > 1200 {
				t.Errorf("%s, %s: %v, %d MB in all", what, how, took, all)
			}
			if err == nil && how != "layout" {
				t.Errorf("%s, %s: is taken", what, how)
			}
		}
	}
}
