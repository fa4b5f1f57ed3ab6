package docx

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/paper"
)

// town is the layout of a town: made by us, then made over as a Czech Word would:
// styles under Czech ids, placeholders cut into runs by the spell checker.
func town(t testing.TB, change ...string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/layout.txt")
	if err != nil {
		t.Fatal(err)
	}
	w := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		key, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		w[key] = text
	}
	p := paper.Paper{Lang: "cs-CZ", Title: "layout", Running: "{obec}", Foot: "{financovani}", Words: paper.Words{Page: "%d/%d"}, Blocks: []paper.Block{
		paper.Para{Style: paper.Title, Spans: paper.Plain(w["title"]).Spans}, paper.Plain(w["by"]), paper.Plain("{obsah}"),
		paper.Heading{Text: "Souhrn", Level: 1}, paper.Plain("{souhrn}"),
		paper.Table{Columns: []paper.Column{{Title: "{Obec}"}}, Rows: []paper.Row{{Cells: []paper.Cell{{paper.Plain("{datum}")}}}}},
		paper.Plain("{grafy}"), paper.Plain("{tabulky}"), paper.Plain(w["typo"]), paper.Plain("{podpisy}")}}
	made := rewritten(t, written(t, p), append([]string{"word/styles.xml", `"Heading1"`, `"Nadpis1"`, "word/document.xml", `"Heading1"`, `"Nadpis1"`,
		"word/document.xml", `<w:t xml:space="preserve">{souhrn}</w:t>`, `<w:t>{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>sou</w:t></w:r><w:r><w:t xml:space="preserve">hrn} </w:t>`,
		"word/document.xml", `{Obec}, `, `{</w:t></w:r><w:r w:rsidR="00AA11BB"><w:rPr><w:b/></w:rPr><w:t>Ob</w:t></w:r><w:r><w:t xml:space="preserve">ec}, `}, change...)...)
	return made
}

// rewritten gives a package with texts of parts changed: part, old, new and so on.
func rewritten(t testing.TB, data []byte, changes ...string) []byte {
	t.Helper()
	parts := unzipped(t, data)
	for i := 0; i+2 < len(changes); i += 3 {
		if !strings.Contains(parts[changes[i]], changes[i+1]) && changes[i+1] != "" {
			t.Fatalf("%s holds no %s: %s", changes[i], changes[i+1], parts[changes[i]])
		}
		parts[changes[i]] = strings.ReplaceAll(parts[changes[i]], changes[i+1], changes[i+2])
		if changes[i+1] == "" {
			parts[changes[i]] = changes[i+2]
		}
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unzipped(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := out[f.Name]; twice {
			t.Errorf("the part %s is there twice", f.Name)
		}
		out[f.Name] = string(raw)
	}
	return out
}

func townFilling(t testing.TB) Filling {
	w := wording(t)
	all := sample(t).Blocks
	f := Filling{
		Fields: map[string]string{},
		Parts:  map[string][]paper.Block{"obsah": {paper.Contents{}}, "souhrn": append([]paper.Block{all[0]}, all[7:15]...), "grafy": all[15:17], "tabulky": all[17:21], "podpisy": all[22:]},
	}
	for i, name := range strings.Split(w["fields"], "|") {
		f.Fields[name] = []string{w["author"], "2023", w["approved"], "5. 3. 2024", w["foot"]}[i]
	}
	return f
}

func TestFill(t *testing.T) {
	p := shell(wording(t))
	var b bytes.Buffer
	if err := Fill(&b, town(t), p, townFilling(t)); err != nil {
		t.Fatal(err)
	}
	kept(t, "town.docx", b.Bytes())
	checkPackage(t, b.Bytes())
	c, err := Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	keys := 0
	for i, now := range c.Now {
		all += now.Text + "\n"
		if c.Written[i].Text != now.Text {
			t.Errorf("%q was written as %q", now.Text, c.Written[i].Text)
		}
		if c.Written[i].Key != "" {
			keys++
		}
	}
	w := wording(t)
	for _, want := range []string{w["author"] + ", odbor", "za 2023", w["boxed"], "{souhrnn}", w["h2"], w["name"]} {
		if !strings.Contains(all, want) {
			t.Errorf("the filled layout does not say %q", want)
		}
	}
	if strings.Count(all, "{") != 1 || keys < 3 {
		t.Errorf("%d keys in %s", keys, all)
	}
	parts := unzipped(t, b.Bytes())
	if !strings.Contains(parts["word/header1.xml"], w["author"]) || !strings.Contains(parts["word/footer1.xml"], w["foot"]) {
		t.Error("the header or the footer is not filled")
	}
	if n := strings.Count(parts["word/document.xml"], `<w:pStyle w:val="Nadpis1"/>`); n != 3 {
		t.Errorf("%d headings have the style of the layout", n)
	}
	if string(c.Data) != string(p.Data) {
		t.Error("the filled layout carries something else")
	}
	kept(t, "town.pdf", office(t, b.Bytes(), "pdf"))
}

// A layout saved by LibreOffice is filled as well, and one that was filled once.
func TestFillWhatOthersSaved(t *testing.T) {
	saved := office(t, town(t), "docx")
	var b, again bytes.Buffer
	if err := Fill(&b, saved, shell(wording(t)), townFilling(t)); err != nil {
		t.Fatal(err)
	}
	checkPackage(t, b.Bytes())
	kept(t, "saved-town.pdf", office(t, b.Bytes(), "pdf"))
	twice := rewritten(t, b.Bytes(), "word/document.xml", "{souhrnn}", "{souhrn}")
	p := shell(wording(t))
	p.Data = []byte("new")
	if err := Fill(&again, twice, p, townFilling(t)); err != nil {
		t.Fatal(err)
	}
	checkPackage(t, again.Bytes())
	if c, err := Read(again.Bytes()); err != nil || string(c.Data) != "new" {
		t.Errorf("%q, %v", c.Data, err)
	}
}

func TestLayoutsThatAreRefused(t *testing.T) {
	external := `<Relationship Id="rId99" Type="` + relOffice + `image" Target="https://example.org/a.png" TargetMode="External"/></Relationships>`
	for name, c := range map[string]struct {
		layout []byte
		says   string
	}{
		"macro":    {town(t, "word/vbaProject.bin", "", "x"), "macros"},
		"outside":  {town(t, "word/_rels/document.xml.rels", "</Relationships>", external), "outside"},
		"inside":   {town(t, "word/document.xml", "{grafy}", "viz {grafy}"), "{grafy}"},
		"nothing":  {written(t, paper.Paper{Blocks: []paper.Block{paper.Plain("a")}}), "no placeholder"},
		"strict":   {town(t, "word/document.xml", nsMain, "http://purl.oclc.org/ooxml/wordprocessingml/main"), "dialect"},
		"old":      {[]byte("\xd0\xcf\x11\xe0 and so on"), "password"},
		"no zip":   {[]byte("PK"), "no Word document"},
		"empty":    {nil, "no Word document"},
		"cut":      {town(t, "word/document.xml", "</w:body>", ""), "damaged"},
		"unstyled": {town(t, "word/styles.xml", "", ""), "no styles"},
	} {
		var b bytes.Buffer
		err := Fill(&b, c.layout, shell(wording(t)), townFilling(t))
		if engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The template a layout was begun from is a path on somebody's computer.
func TestTheTemplateOfALayoutIsForgotten(t *testing.T) {
	layout := town(t, "word/settings.xml", "<w:defaultTabStop", `<w:attachedTemplate r:id="rId1" xmlns:r="`+nsLinks+`"/><w:defaultTabStop`,
		"word/_rels/settings.xml.rels", "", relationsPart(`<Relationship Id="rId1" Type="`+relOffice+`attachedTemplate" Target="file:///C:/Users/x.dotx" TargetMode="External"/>`),
		"[Content_Types].xml", "document.main+xml", "template.main+xml")
	var b bytes.Buffer
	if err := Fill(&b, layout, shell(wording(t)), townFilling(t)); err != nil {
		t.Fatal(err)
	}
	for name, text := range unzipped(t, b.Bytes()) {
		if strings.Contains(text, "attachedTemplate") || strings.Contains(text, "C:/Users") || strings.Contains(text, "template.main") {
			t.Errorf("%s tells of the template", name)
		}
	}
}
