package pdf

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"splneno/notify/chart"
	"splneno/notify/paper"
)

// A script gives the words of the test papers by name; a name may have several.
type script map[string][]string

func words(t testing.TB) script {
	t.Helper()
	b, err := os.ReadFile("testdata/paper.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := script{}
	for line := range strings.Lines(string(b)) {
		name, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if !ok {
			t.Fatalf("no name in %q", line)
		}
		s[name] = append(s[name], text)
	}
	return s
}

func (s script) one(name string) string    { return s[name][0] }
func (s script) list(name string) []string { return strings.Split(s[name][0], "|") }

func (s script) styled(style paper.Style, name string) paper.Para {
	p := paper.Plain(s.one(name))
	p.Style = style
	return p
}

// full gives a paper with one of everything.
func full(t testing.TB) paper.Paper {
	s := words(t)
	linked := paper.Para{Spans: []paper.Span{{Text: "Viz "}, {Text: "tabulku", Link: "#tab"}, {Text: " a "}, {Text: "web", Link: "https://obec.example/plan?a=(1)"}, {Text: ", "}, {Text: "nikam", Link: "javascript:alert(1)"}, {Text: "."}}}
	mixed := paper.Para{ID: "uvod", Spans: []paper.Span{{Text: s.one("body") + " "}, {Text: "tu", Bold: true}, {Text: "celek je v "}, {Text: "kurziva", Italic: true}, {Text: " a ", Colour: "#8c1d24"}, {Text: "barva.", Colour: "#14592f"}}}
	p := paper.Paper{Lang: "cs-CZ", Title: s.one("title"), Author: s.one("author"), Subject: s.one("subtitle"), At: time.Date(2024, 2, 14, 9, 30, 0, 0, time.UTC),
		Running: s.one("running"), Foot: s.one("foot"), Words: paper.Words{Contents: s.one("contents"), Page: s.one("page"), Figure: s.one("figure")}, Data: []byte(`{"year":2023}`)}
	p.Blocks = []paper.Block{
		paper.Image{Data: coat(t), Type: "image/png", Alt: "Znak"},
		s.styled(paper.Title, "title"), s.styled(paper.Subtitle, "subtitle"), s.styled(paper.Mark, "mark"), s.styled(paper.Note, "note"),
		paper.Break{}, paper.Contents{}, paper.Break{},
		paper.Heading{ID: "o1", Text: s.one("area"), Level: 1}, mixed, linked,
		paper.Table{ID: "pocty", Caption: s.one("figurecap"), Columns: figureColumns(s.list("figurecols")), RowHeads: true, Rows: figureRows(s)},
		paper.Figure{Stack: stack(s)}, paper.Figure{Pairs: pairs(s)},
		paper.Heading{ID: "o11", Text: s.one("measure"), Level: 2},
		paper.List{Items: list(s["item"])},
		activities(s, 30),
		paper.Heading{Text: s.one("measure2"), Level: 2},
		paper.List{Numbered: true, Items: list(s["item"])},
		paper.Box{Colour: "#1a5f6b", Blocks: []paper.Block{paper.Plain(s.one("box")), paper.List{Items: list(s["item"])}}},
		paper.Signature{Label: s.one("sign"), Name: s.one("name")},
	}
	return p
}

func list(items []string) (ps []paper.Para) {
	for _, i := range items {
		ps = append(ps, paper.Plain(i))
	}
	return ps
}

func figureColumns(titles []string) (cs []paper.Column) {
	for i, t := range titles {
		cs = append(cs, paper.Column{Title: t, Width: max(4-3*i, 1), Figures: i > 0})
	}
	return cs
}

func figureRows(s script) (rows []paper.Row) {
	for i, label := range append(s.list("bars"), s.one("total")) {
		r := paper.Row{Total: i == 2, Cells: []paper.Cell{{paper.Plain(label)}}}
		for _, n := range []string{"12", "4", "1", "17"} {
			r.Cells = append(r.Cells, paper.Cell{paper.Plain(n)})
		}
		rows = append(rows, r)
	}
	return rows
}

func stack(s script) *chart.Stack {
	st := &chart.Stack{ID: "a", Title: s.one("charttitle"), Desc: s.one("chartdesc")}
	for i, label := range s.list("kinds") {
		st.Kinds = append(st.Kinds, chart.Kind{Label: label, Sign: string([]rune{0x2713, 0x25d0, 0x2717, 0x2205}[i]), Colour: []string{"#1b6b36", "#8a5200", "#8c1d24", "#262626"}[i], Hatch: []chart.Hatch{chart.Plain, chart.Rising, chart.Crossed, chart.Hollow}[i]})
	}
	for i, label := range s.list("bars") {
		st.Bars = append(st.Bars, chart.Bar{Label: label, Counts: []int{12 - 5*i, 4 - 2*i, 1 - i, 3 * i}})
	}
	return st
}

func pairs(s script) *chart.Pairs {
	p := &chart.Pairs{ID: "b", Title: s.one("pairtitle"), Desc: s.one("pairdesc"), Planned: chart.Kind{Label: s.list("planned")[0], Colour: "#4a4a4a", Hatch: chart.Rising}, Actual: chart.Kind{Label: s.list("planned")[1], Colour: "#1d5f8c"}}
	for _, label := range s.list("pairs") {
		p.Items = append(p.Items, chart.Pair{Label: label, Planned: 12, Actual: 9, PlannedAs: "12", Given: "9"})
	}
	return p
}

// activities gives a table of that many activities, each with an answer of a few
// lines.
func activities(s script, n int) paper.Table {
	t := paper.Table{ID: "tab", Caption: s.one("caption"), Quiet: true, RowHeads: true}
	for i, title := range s.list("columns") {
		t.Columns = append(t.Columns, paper.Column{Title: title, Width: []int{14, 9, 7, 21}[i]})
	}
	for range n {
		status := paper.Para{Spans: []paper.Span{{Text: s.one("status"), Bold: true, Colour: "#14592f"}}}
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{{paper.Plain(s.one("cell"))}, {paper.Plain(s.one("org"))}, {status},
			{paper.Plain(s.one("done")), paper.List{Items: list(s["item"])}, paper.Plain(s.one("body"))}}})
	}
	return t
}

func written(t testing.TB, p paper.Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// variants gives the full paper and its borderline cases.
func variants(t testing.TB) map[string]paper.Paper {
	s := words(t)
	whole := full(t)
	long := activities(s, 2)
	long.Rows[1].Cells[3] = nil
	for range 60 {
		long.Rows[1].Cells[3] = append(long.Rows[1].Cells[3], paper.Plain(s.one("body")), paper.List{Items: list(s["item"])})
	}
	long.Rows[1].Total = true
	tall := activities(s, 1)
	tall.Columns[0].Title = strings.Repeat(s.one("body")+" ", 40)
	ragged := activities(s, 3)
	ragged.Rows[0].Cells, ragged.Rows[1].Cells = nil, append(ragged.Rows[1].Cells, ragged.Rows[1].Cells...)
	broken := stack(s)
	broken.Desc = ""
	return map[string]paper.Paper{
		"full":      whole,
		"nothing":   {},
		"paragraph": {Lang: "cs", Blocks: []paper.Block{paper.Plain(s.one("body"))}},
		"long":      {Lang: "cs", Blocks: []paper.Block{paper.Plain(strings.Repeat(s.one("body")+" ", 60)), paper.List{Items: list(slices.Repeat(s["item"], 40))}}},
		"long cell": {Lang: "cs", Words: whole.Words, Blocks: []paper.Block{long}},
		"tall head": {Lang: "cs", Blocks: []paper.Block{tall}},
		"ragged":    {Lang: "cs", Blocks: []paper.Block{ragged, paper.Table{}, paper.Table{Columns: ragged.Columns}}},
		"hollow": {Lang: "cs", Blocks: []paper.Block{paper.Contents{}, paper.List{}, paper.Box{}, paper.Heading{}, paper.Para{}, paper.Figure{}, paper.Signature{},
			paper.List{Items: []paper.Para{{}}}, paper.Table{Columns: make([]paper.Column, 30), Rows: make([]paper.Row, 3)}, paper.Figure{Stack: broken}, paper.Break{}, paper.Break{}}},
		"deep box": {Lang: "cs", Blocks: []paper.Block{paper.Box{Blocks: long.Rows[1].Cells[3]}}},
		"headings": {Lang: "cs", Words: whole.Words, Blocks: manyHeadings(s)},
	}
}

// manyHeadings gives contents of several pages.
func manyHeadings(s script) []paper.Block {
	blocks := []paper.Block{paper.Contents{}}
	for i := range 150 {
		blocks = append(blocks, paper.Heading{Text: s.one("measure"), Level: 1 + min(i%4, 2)}, paper.Plain(s.one("body")))
		if i%3 == 0 {
			blocks = append(blocks, paper.Heading{Text: s.one("measure2"), Level: 4}, activities(s, 1))
		}
	}
	return blocks
}

func TestRulesHold(t *testing.T) {
	for name, p := range variants(t) {
		t.Run(name, func(t *testing.T) { checkRules(t, written(t, p)) })
	}
}

func TestEveryKindOfElement(t *testing.T) {
	kinds := checkRules(t, written(t, full(t))).kinds
	for _, kind := range strings.Fields("Document H1 H2 P L LI Lbl LBody Table Caption THead TBody TR TH TD Figure Div TOC TOCI Reference Link") {
		if kinds[kind] == 0 {
			t.Errorf("no %s", kind)
		}
	}
	if kinds["Figure"] != 3 || kinds["TOCI"] != 3 || kinds["Link"] != 5 {
		t.Errorf("%v", kinds)
	}
}

// The contents stand before the text and name the pages the headings are on.
func TestContentsNameTheRightPages(t *testing.T) {
	p := paper.Paper{Lang: "cs", Words: paper.Words{Contents: "Obsah"}, Blocks: manyHeadings(words(t))}
	d := checkRules(t, written(t, p))
	marks := map[string]bool{}
	for at := d.dict(d.dict(d.dict(d.trailer["Root"])["Outlines"])["First"]); at != nil; at = d.dict(at["Next"]) {
		marks[fmt.Sprint(at["Dest"])] = true
		for kid := d.dict(at["First"]); kid != nil; kid = d.dict(kid["Next"]) {
			marks[fmt.Sprint(kid["Dest"])] = true
		}
	}
	entries, last := 0, 0
	for _, page := range d.pages {
		for _, a := range d.array(d.dict(page)["Annots"]) {
			note := d.dict(a)
			said := note["Contents"].(string)
			if shown := said[strings.LastIndex(said, " "):]; !strings.HasSuffix(d.says(d.links[int(a.(point))]), shown) {
				t.Errorf("%q shows another page", said)
			}
			number, _ := strconv.Atoi(said[strings.LastIndex(said, " ")+1:])
			if to := d.array(note["Dest"])[0].(point); number < last || number > len(d.pages) || d.pages[number-1] != to || !marks[fmt.Sprint(note["Dest"])] {
				t.Errorf("%q leads to object %d", said, to)
			}
			entries, last = entries+1, number
		}
	}
	if entries != 76 || last < 10 {
		t.Errorf("%d entries, the last on page %d", entries, last)
	}
}

// A heading, of a part or of a table, is never the last on its page.
func TestHeadingsStayWithWhatTheyHead(t *testing.T) {
	for name, p := range variants(t) {
		if name == "hollow" || name == "tall head" {
			continue
		}
		d := checkRules(t, written(t, p))
		for i := range d.pages[1:] {
			owners := d.array(d.numbers[i])
			last := d.dict(owners[len(owners)-1])
			if kind := last["S"].(pdfName); strings.HasPrefix(string(kind), "H") || kind == "TH" && d.dict(last["A"])["Scope"] == pdfName("Column") {
				t.Errorf("%s: page %d ends with a heading", name, i+1)
			}
		}
	}
}

func TestSamePaperSameBytes(t *testing.T) {
	if !bytes.Equal(written(t, full(t)), written(t, full(t))) {
		t.Error("the same paper gives other bytes")
	}
}
