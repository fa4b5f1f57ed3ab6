package docx

import (
	"bytes"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/notify/paper"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGoldenText(t *testing.T) {
	p := sample(t)
	p.Blocks = append(p.Blocks[1:15:15], tableOf(wording(t), 1))
	got := strings.ReplaceAll(unzipped(t, written(t, p))["word/document.xml"], "<w:p>", "\n<w:p>")
	const file = "testdata/document.xml"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s differs; look at it, then run with -update\n%s", file, d)
	}
}

func TestWrite(t *testing.T) {
	p := sample(t)
	data := written(t, p)
	checkPackage(t, data)
	if !bytes.Equal(data, written(t, p)) {
		t.Error("the same paper gives other bytes")
	}
	parts := unzipped(t, data)
	text := parts["word/document.xml"]
	w := wording(t)
	for _, want := range []string{`descr="` + w["alt"] + `"`, `descr="` + w["desc"] + `"`, `<w:tblHeader/>`, `TOC \o`, `PAGEREF _Toc1`, `<w:pageBreakBefore/>`, `<w:titlePg/>`, `<w:tblCaption`, `SEQ Graf`} {
		if !strings.Contains(text, want) {
			t.Errorf("the text holds no %s", want)
		}
	}
	if n := strings.Count(text, "<w:pageBreakBefore/>"); n != 3 {
		t.Errorf("%d pages are begun", n)
	}
	for part, want := range map[string]string{"word/styles.xml": `<w:lang w:val="cs-CZ"`, "word/footer1.xml": "NUMPAGES", "word/header1.xml": w["running"], "docProps/core.xml": "2024-03-05T09:00:00Z", "word/charts/chart1.xml": `"percentStacked"`, "word/charts/chart2.xml": `"clustered"`} {
		if !strings.Contains(parts[part], want) {
			t.Errorf("%s holds no %s", part, want)
		}
	}
	if strings.Contains(text+parts["word/_rels/document.xml.rels"], "javascript") {
		t.Error("a link leads to a program")
	}
	for _, bad := range []string{`"WIDTH"`, `"LANG"`} {
		if strings.Contains(parts["word/styles.xml"], bad) {
			t.Errorf("%s was left", bad)
		}
	}
}

func TestSmallPapers(t *testing.T) {
	list := paper.List{Items: []paper.Para{{}}}
	for name, p := range map[string]paper.Paper{
		"empty":       {},
		"a paragraph": {Blocks: []paper.Block{paper.Plain("a")}},
		"contents":    {Blocks: []paper.Block{paper.Contents{}, paper.Break{}}},
		"cells":       {Blocks: []paper.Block{paper.Table{Columns: make([]paper.Column, 3), Rows: []paper.Row{{ID: "r"}, {Cells: []paper.Cell{{}, {paper.List{}}, {list}}}}}, paper.Break{}, paper.Table{Columns: make([]paper.Column, 1)}, paper.Table{}}},
		"nothing in":  {Blocks: []paper.Block{paper.Box{}, paper.List{}, paper.Figure{}, paper.Signature{}, paper.Heading{}}},
	} {
		data := written(t, p)
		checkPackage(t, data)
		if _, err := Read(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatCannotBeWritten(t *testing.T) {
	if err := Write(io.Discard, paper.Paper{Blocks: []paper.Block{paper.Image{Data: []byte("GIF89a"), Type: "image/png"}}}); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("a broken picture: %v", err)
	}
	if err := Write(io.Discard, paper.Paper{Blocks: []paper.Block{paper.Table{Columns: make([]paper.Column, 1), Rows: []paper.Row{{Cells: make([]paper.Cell, 2)}}}}}); err == nil {
		t.Error("a cell would be lost")
	}
}

// Whatever a text holds, the document is sound and says it, no more and no less.
func TestHostileTexts(t *testing.T) {
	raw, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	texts := append(strings.Split(strings.TrimSpace(string(raw)), "\n"), "a\x00b\x1f\x7fc\xff\xfe\ufffe\uffffd", "1\r\n2\n3\t4\v5\u20286", strings.Repeat("x", 100000), " \u00a0 ")
	p := shell(wording(t))
	p.Title, p.Author, p.Lang, p.Running, p.Foot = texts[0], texts[1], `"><x`, texts[0], texts[5]
	for _, s := range texts {
		one := paper.Para{Key: "k", Spans: []paper.Span{{Text: s, Link: s, Colour: s}}}
		p.Blocks = append(p.Blocks, one, paper.Heading{ID: s, Text: s, Level: 1}, paper.List{Items: []paper.Para{one}}, paper.Box{Colour: s, Blocks: []paper.Block{one}}, paper.Signature{Label: s, Name: s},
			paper.Table{Caption: s, Columns: []paper.Column{{Title: s}}, Rows: []paper.Row{{ID: s, Cells: []paper.Cell{{one}}}}}, paper.Figure{Stack: stackOf(map[string]string{"stack": s, "desc": s, "kinds": "a|b|c|d|e|f|g|h", "signs": "|||||||" + `"`, "area": s})})
	}
	p.Blocks = append(p.Blocks, paper.Contents{})
	data := written(t, p)
	checkPackage(t, data)
	c, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(texts1(c.Written), texts1(c.Now)); d != "" {
		t.Error(d)
	}
	if s := c.Now[len(c.Now)-1].Text; strings.Contains(strings.Join(texts1(c.Now), ""), "\x00") || s == "" {
		t.Errorf("%q", s)
	}
}

// texts1 gives what paragraphs say, without their keys.
func texts1(list []Paragraph) (out []string) {
	for _, p := range list {
		out = append(out, p.Text)
	}
	return out
}

// A cell of five pages is cut between them, and the rows after it are there.
func TestCellOfFivePages(t *testing.T) {
	w := wording(t)
	tall := tableOf(w, 2)
	for range 60 {
		tall.Rows[0].Cells[3] = append(tall.Rows[0].Cells[3], paper.Plain(w["done"]))
	}
	tall.Rows[1].Cells[3] = paper.Cell{paper.Plain("KONEC")}
	p := shell(w)
	p.Blocks = []paper.Block{tall}
	pdf := office(t, written(t, p), "pdf")
	kept(t, "tall.pdf", pdf)
	if n := bytes.Count(pdf, []byte("/Type/Page\n")) + bytes.Count(pdf, []byte("/Type/Page/")); n < 4 {
		t.Errorf("%d pages", n)
	}
}

func BenchmarkWrite4000(b *testing.B) {
	w := wording(b)
	p := shell(w)
	p.Data = bytes.Repeat([]byte(w["done"]), 20000)
	p.Blocks = append(sample(b).Blocks, tableOf(w, 4000))
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead4000(b *testing.B) {
	w := wording(b)
	p := shell(w)
	p.Blocks = append(sample(b).Blocks, tableOf(w, 4000))
	data := written(b, p)
	b.ReportMetric(float64(len(data)), "bytes")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFill4000(b *testing.B) {
	f, layout := townFilling(b), town(b)
	f.Parts["tabulky"] = []paper.Block{tableOf(wording(b), 4000)}
	p := shell(wording(b))
	b.ReportAllocs()
	for b.Loop() {
		if err := Fill(io.Discard, layout, p, f); err != nil {
			b.Fatal(err)
		}
	}
}
