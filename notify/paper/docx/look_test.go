package docx

import (
	"strings"
	"testing"

	"splneno/notify/paper"
)

// How a document looks follows from what it is: links of a table look like its
// text, a title without a page of its own stands at the top, and a table of many
// columns is set closer, so that no word of its headings is parted.
func TestLooks(t *testing.T) {
	link := paper.Para{Spans: []paper.Span{{Text: "x", Link: "https://plan.example.cz"}}}
	table := paper.Table{Columns: []paper.Column{{Title: "a"}}, Rows: []paper.Row{{Cells: []paper.Cell{{link}}}}}
	text := func(blocks ...paper.Block) string {
		data := written(t, paper.Paper{Blocks: blocks})
		checkPackage(t, data)
		return unzipped(t, data)["word/document.xml"]
	}
	const styled, top = `<w:rStyle w:val="Hyperlink"/>`, `<w:spacing w:before="120"/>`
	if s := text(table); !strings.Contains(s, "<w:hyperlink") || strings.Contains(s, styled) {
		t.Error("a link of a table is none, or looks like one")
	}
	if s := text(link); !strings.Contains(s, styled) {
		t.Error("a link of the text does not look like one")
	}
	title := paper.Para{Style: paper.Title, Spans: link.Spans}
	if !strings.Contains(text(title, link), top) || strings.Contains(text(title, paper.Break{}, link), top) {
		t.Error("a title stands in the wrong place")
	}
	for columns, closer := range map[int]bool{4: false, 12: true} {
		wide := paper.Table{}
		for range columns {
			wide.Columns = append(wide.Columns, paper.Column{Title: "fulfilled"})
		}
		if strings.Contains(text(wide), `<w:sz w:val="15"/>`) != closer {
			t.Errorf("%d columns: closer is %v", columns, !closer)
		}
	}
}

// No column is narrower than the words of its heading, however little it asks for.
func TestColumnsAreAsWideAsTheirWords(t *testing.T) {
	table := paper.Table{Columns: []paper.Column{{Title: "a", Width: 90}, {Title: "unfulfilled", Width: 1}, {Title: "b", Width: 9}},
		Rows: []paper.Row{{Cells: []paper.Cell{nil, nil, {paper.Plain("half-hearted " + strings.Repeat("x", 400))}}}}}
	widths, closer := widthsOf(table, 9638)
	if want := len("unfulfilled")*letter + padding; closer || widths[1] < want || widths[2] < len("half-hearted")*letter+padding || widths[0]+widths[1]+widths[2] != 9638 {
		t.Errorf("%v, closer %v; the second needs %d", widths, closer, want)
	}
}
