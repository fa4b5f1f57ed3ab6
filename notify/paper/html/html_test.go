package html

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/notify/chart"
	"splneno/notify/paper"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample has every block and says text wherever a text can stand.
func sample(text string) paper.Paper {
	kind := chart.Kind{Label: text, Sign: "+", Colour: "#14592f"}
	para := func(s paper.Style, key string) paper.Para {
		return paper.Para{Key: key, Style: s, Spans: []paper.Span{{Text: text}}}
	}
	both := paper.Cell{para(paper.Body, "k/1"), paper.List{Items: []paper.Para{para(paper.Body, ""), para(paper.Body, "")}}}
	return paper.Paper{Lang: "cs-CZ", Title: text, Author: text, Subject: text, At: time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC), Running: text, Foot: text,
		Words: paper.Words{Contents: text, Page: "%d / %d", Figure: text, Skip: text}, Data: []byte(`{"a":"<b>"}`),
		Blocks: []paper.Block{
			paper.Image{Data: []byte("\x89PNG"), Type: "image/png", Alt: text}, paper.Image{Data: []byte("<svg>"), Type: "image/svg+xml", Alt: text},
			para(paper.Subtitle, ""), para(paper.Title, ""), para(paper.Subtitle, ""),
			paper.Box{Colour: "#a3222a", Blocks: []paper.Block{para(paper.Mark, ""), para(paper.Body, "")}}, paper.Box{Colour: "red;x:y", Blocks: []paper.Block{para(paper.Note, "")}},
			paper.Break{}, paper.Contents{}, paper.Break{},
			paper.Heading{ID: "a", Text: text, Level: 1}, paper.Heading{ID: "a-1", Text: text, Level: 2}, paper.Heading{ID: "a-2", Text: text, Level: 2}, paper.Heading{ID: "a-2-1", Text: text, Level: 3},
			paper.Para{ID: "p", Spans: []paper.Span{{Text: text, Bold: true}, {Text: text, Italic: true, Colour: "#14592f"}, {Text: text, Colour: "url(x)"},
				{Text: text, Link: "#a"}, {Text: text, Link: "https://example.org/?a=1&b=2"}, {Text: text, Link: "javascript:alert(1)"}, {Text: text, Link: "data:text/html,x"}, {Text: text, Link: text}}},
			paper.List{Numbered: true, Items: []paper.Para{para(paper.Body, "")}},
			paper.Heading{ID: "b", Text: text, Level: 1},
			paper.Table{ID: "t", Caption: text, RowHeads: true, Columns: []paper.Column{{Title: text, Width: 2}, {Title: text, Width: 1, Figures: true}},
				Rows: []paper.Row{{ID: "r", Cells: []paper.Cell{both, both}}, {Cells: []paper.Cell{both, nil}}, {Total: true, Cells: []paper.Cell{both, both, both}}}},
			paper.Table{Caption: text, Quiet: true, Columns: make([]paper.Column, 7)}, paper.Table{},
			paper.Figure{Stack: &chart.Stack{ID: "s", Title: text, Desc: text, Kinds: []chart.Kind{kind}, Bars: []chart.Bar{{Label: text, Counts: []int{3}}}}},
			paper.Figure{Pairs: &chart.Pairs{ID: "q", Title: text, Desc: text, Planned: kind, Actual: kind, Items: []chart.Pair{{Label: text, Planned: 1, Actual: 2, PlannedAs: text, Given: text}}}},
			paper.Figure{}, paper.Signature{Label: text, Name: text},
		}}
}

func pageOf(t testing.TB, p paper.Paper) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGoldenPage(t *testing.T) {
	got := pageOf(t, sample("V\u0159e & <b>"))
	if *update {
		if err := os.WriteFile("testdata/sample.html", []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/sample.html")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("the page differs; look at it, then run with -update\n%s", d)
	}
}

// elements gives the elements of a page with their attribute names. Every one
// must be closed, and no text may run.
func elements(t testing.TB, page string) (out []string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("the page cannot be parsed: %v", err)
		}
		s, ok := tok.(xml.StartElement)
		if !ok || s.Name.Local == "text" { // a drawing breaks a long label into lines
			continue
		}
		line := s.Name.Local
		for _, a := range s.Attr {
			line += " " + a.Name.Local
			if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") && !strings.HasPrefix(a.Value, "https://") || strings.HasPrefix(a.Name.Local, "on") {
				t.Errorf("the page runs %s=%q", a.Name.Local, a.Value)
			}
		}
		out = append(out, line)
	}
}

var hostile = []string{"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "' onmouseover='x", "</style><style>*{display:none}", "</title>", "<!--", "-->", "]]>",
	"&lt;b&gt;", "\u202eevil\u2066", strings.Repeat("x", 5000), "a\x00b\x1b\u0085", "\xff\xfe", "javascript:alert(1)", dataOpens + `eA==">`, sealOpens + "eA== -->"}

func TestHostileTextsStayInTheirPlace(t *testing.T) {
	want := elements(t, pageOf(t, sample("x")))
	for _, h := range hostile {
		p := sample(h)
		got := pageOf(t, p)
		if d := cmp.Diff(want, elements(t, got)); d != "" {
			t.Errorf("%.30q changes the elements of the page:\n%.500s", h, d)
		}
		if strings.ContainsAny(got, "\u202e\u2066\x00\x1b\u0085") || strings.Contains(got, "<script") {
			t.Errorf("%.30q gets through", h)
		}
		if c, err := Read([]byte(got)); err != nil || string(c.Data) != string(p.Data) || c.Seal != nil {
			t.Errorf("%.30q: the page carries %q, %q (%v)", h, c.Data, c.Seal, err)
		}
	}
}

// What a page carries comes back, and any change to it is told.
func TestCarried(t *testing.T) {
	p := sample("x")
	var signed []byte
	p.Sign = func(message []byte) []byte {
		signed = slices.Clone(message)
		return []byte("seal of " + string(message))
	}
	got := []byte(pageOf(t, p))
	c, err := Read(got)
	if err != nil || string(c.Data) != string(p.Data) || !bytes.Equal(c.Message, signed) || string(c.Seal) != "seal of "+string(signed) {
		t.Fatalf("%q %q %q: %v", c.Data, c.Message, c.Seal, err)
	}
	for _, at := range []int{0, len(got) / 3, bytes.Index(got, []byte("<main"))} {
		changed := slices.Clone(got)
		changed[at] ^= 1
		if c, err := Read(changed); err == nil && bytes.Equal(c.Message, signed) {
			t.Errorf("a change at %d is not noticed", at)
		}
	}
	for _, tail := range []string{"x", " ", "<p>", string(got)} {
		if c, err := Read(append(slices.Clone(got), tail...)); err == nil && bytes.Equal(c.Message, signed) {
			t.Errorf("%.10q behind the seal is not noticed", tail)
		}
	}
	plain := sample("x")
	plain.Data = nil
	for _, foreign := range [][]byte{nil, []byte("<!DOCTYPE html><p>x</p>"), []byte("%PDF-1.7"), []byte(pageOf(t, plain)), []byte(dataOpens + "!!" + dataCloses), []byte(dataOpens)} {
		if _, err := Read(foreign); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%.20q is read: %v", foreign, err)
		}
	}
	bomb := []byte(dataOpens + base64.StdEncoding.EncodeToString(paper.Deflate(make([]byte, maxData+1))) + dataCloses)
	if _, err := Read(bomb); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("a bomb is unpacked: %v", err)
	}
}

// Headings follow one another without a gap, whatever the paper.
func TestOneTitle(t *testing.T) {
	for _, p := range []paper.Paper{sample("x"), {Title: "T"}, {Title: "T", Blocks: []paper.Block{paper.Heading{ID: "a", Text: "A", Level: 1}}}} {
		if n := strings.Count(pageOf(t, p), "<h1"); n != 1 {
			t.Errorf("%d titles", n)
		}
	}
}

// A writer that fails is told of, and nothing is sealed.
func TestWriterFails(t *testing.T) {
	p := sample("x")
	p.Sign = func([]byte) []byte { t.Error("sealed"); return nil }
	if err := Write(broken{}, p); err == nil {
		t.Error("no error")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func FuzzRead(f *testing.F) {
	p := sample("x")
	p.Sign = func(m []byte) []byte { return m }
	f.Add([]byte(pageOf(f, p)))
	f.Add([]byte(dataOpens + "eA==" + dataCloses + sealOpens + sealCloses))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Read(data)
		if err != nil && engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%v", err)
		}
		if err == nil && !bytes.HasPrefix(c.Message, []byte("page sha256 ")) {
			t.Errorf("message %q", c.Message)
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	p := sample("Slu\u017eba b\u011b\u017e\u00ed od b\u0159ezna a z\u00e1jem trv\u00e1.")
	for i, block := range p.Blocks {
		if t, ok := block.(paper.Table); ok && t.ID == "t" {
			for len(t.Rows) < 4000 {
				t.Rows = append(t.Rows, t.Rows[0])
			}
			p.Blocks[i] = t
		}
	}
	for b.Loop() {
		sum := sha256.New()
		if err := Write(sum, p); err != nil {
			b.Fatal(err)
		}
	}
}
