package document

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"splneno/engine"
)

// reworked gives a package with parts rewritten; a part that is not there is
// put in.
func reworked(t testing.TB, data []byte, parts map[string]func(string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	put := func(name, text string) {
		w, err := out.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	done := map[string]bool{}
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if change := parts[f.Name]; change != nil {
			put(f.Name, change(string(text)))
			done[f.Name] = true
			continue
		}
		put(f.Name, string(text))
	}
	for name, change := range parts {
		if !done[name] {
			put(name, change(""))
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordMain = "word/document.xml"
	wordNS   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	linksOf  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// before puts something in front of the first place a text stands at.
func before(t testing.TB, place, put string) func(string) string {
	return func(text string) string {
		if !strings.Contains(text, place) {
			t.Fatalf("there is no %s", place)
		}
		return strings.Replace(text, place, put+place, 1)
	}
}

// Whatever somebody who opens the document would read otherwise is told.
func TestWordDocumentsThatSayMore(t *testing.T) {
	m := maker(t)
	files, err := wholeSet(m, engine.Print{Evaluation: frozen(t), Sign: sealer(1)})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(files, func(a engine.Attachment) bool { return a.Name == "evaluation-2023.docx" })
	made := files[i].Data
	const run, lie = `<w:r><w:t>`, `</w:t></w:r>`
	para := func(inner string) string { return "<w:p>" + inner + "</w:p>" }
	atEnd := func(put string) map[string]func(string) string {
		return map[string]func(string) string{wordMain: before(t, "<w:sectPr>", put)}
	}
	field := func(code, value string) string {
		return para(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + code + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run + value + lie + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
	}
	box := `<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing><w:txbxContent>` + para(run+"vse splneno"+lie) + `</w:txbxContent></w:drawing></mc:Choice></mc:AlternateContent></w:r>`
	part := func(kind, name, text string) map[string]func(string) string {
		return map[string]func(string) string{
			"word/_rels/document.xml.rels": before(t, "</Relationships>", `<Relationship Id="rIdX" Type="`+linksOf+kind+`" Target="`+name+`"/>`),
			"word/" + name:                 func(string) string { return text },
		}
	}
	hide := func(mark string) map[string]func(string) string {
		return map[string]func(string) string{wordMain: func(text string) string {
			at := strings.LastIndex(text, "<w:t")
			start := strings.LastIndex(text[:at], "<w:r>")
			return text[:start] + "<w:r><w:rPr>" + mark + "</w:rPr>" + text[start+5:]
		}}
	}
	for what, parts := range map[string]map[string]func(string) string{
		"a paragraph":             atEnd(para(run + "vse splneno" + lie)),
		"tracked":                 atEnd(para(`<w:ins w:id="9" w:author="x">` + run + "vse splneno" + lie + `</w:ins>`)),
		"a text box":              atEnd(para(box)),
		"an old text box":         atEnd(para(`<w:r><w:pict><w:txbxContent>` + para(run+"vse splneno"+lie) + `</w:txbxContent></w:pict></w:r>`)),
		"the value of a field":    atEnd(field(`QUOTE "x"`, "vse splneno")),
		"a line of the contents":  atEnd(field(`TOC \o`, "vse splneno 4")),
		"the style of a contents": atEnd(para(`<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>` + run + "vse splneno" + lie)),
		"a simple field":          atEnd(para(`<w:fldSimple w:instr="DOCPROPERTY x">` + run + "vse splneno" + lie + `</w:fldSimple>`)),
		"a control":               atEnd(`<w:sdt><w:sdtContent>` + para(run+"vse splneno"+lie) + `</w:sdtContent></w:sdt>`),
		"another document":        part("aFChunk", "chunk.html", "<p>vse splneno</p>"),
		"a head of the page":      {"word/header1.xml": before(t, "</w:hdr>", para(run+"vse splneno"+lie))},
		"a foot of the page":      {"word/footer1.xml": before(t, "</w:ftr>", para(run+"vse splneno"+lie))},
		"another head":            part("header", "header9.xml", `<w:hdr `+wordNS+`>`+para(run+"vse splneno"+lie)+`</w:hdr>`),
		"a note":                  part("footnotes", "footnotes.xml", `<w:footnotes `+wordNS+`><w:footnote>`+para(run+"vse splneno"+lie)+`</w:footnote></w:footnotes>`),
		"a hidden run":            hide("<w:vanish/>"),
		"a deleted run": {wordMain: func(text string) string {
			at := strings.LastIndex(text, "<w:t")
			start := strings.LastIndex(text[:at], "<w:r>")
			end := start + strings.Index(text[start:], "</w:r>") + 6
			return text[:start] + `<w:del w:id="9">` + text[start:end] + "</w:del>" + text[end:]
		}},
	} {
		f := opened(t, "e.docx", reworked(t, made, parts))
		if !slices.Contains(f.Faults, FaultChanged) || len(f.Changes) == 0 {
			t.Errorf("%s: %v %v", what, f.Faults, f.Changes)
		}
	}
	again, err := os.ReadFile(filepath.Join(office(t, "evaluation-2023.docx", made, "docx"), "evaluation-2023.docx"))
	if err != nil {
		t.Fatal(err)
	}
	if f, err := m.Open("e.docx", again); err != nil || len(f.Changes)+len(f.Faults) > 0 {
		t.Errorf("saved by LibreOffice: %v, %v, %.800v", err, f.Faults, f.Changes)
	}
}
