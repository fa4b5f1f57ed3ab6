package docx

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"splneno/notify/paper"
)

const (
	headFill  = "E8EEF5"
	totalFill = "F1F3F5"
)

// table writes a table. Its columns have fixed widths, so that it looks the same
// however long it is, and a long row may be cut between pages: an answer can be
// longer than one.
func (s *story) table(t paper.Table) error {
	if len(t.Columns) == 0 {
		return nil
	}
	place := s.survey.places[t.ID]
	if t.Caption != "" && !t.Quiet {
		s.begin(look{style: "caption", next: true})
		s.bookmarks(place)
		write(s.out, `<w:r>`)
		words(s.out, t.Caption)
		write(s.out, `</w:r>`)
		s.end("", t.Caption)
	} else if s.turn {
		s.begin(look{next: true})
		s.end("", "")
	}
	widths := widthsOf(t, s.width)
	s.tableHead(t, widths, place)
	for i, r := range t.Rows {
		if len(r.Cells) > len(t.Columns) {
			return fmt.Errorf("row %d of the table %q has %d cells for %d columns", i+1, t.Caption, len(r.Cells), len(t.Columns))
		}
		s.row(t, r, widths)
	}
	write(s.out, `</w:tbl>`)
	s.gap()
	return nil
}

func (s *story) tableHead(t paper.Table, widths []int, place string) {
	first := "0"
	if t.RowHeads {
		first = "1"
	}
	write(s.out, `<w:tbl><w:tblPr><w:tblStyle w:val="`, s.styles["splneno table"], `"/><w:tblW w:w="`, strconv.Itoa(s.width), `" w:type="dxa"/><w:tblLayout w:type="fixed"/>`,
		`<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="`, first, `" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`)
	if t.Caption != "" {
		write(s.out, `<w:tblCaption w:val="`, escaped(t.Caption), `"/>`)
	}
	write(s.out, `</w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		write(s.out, `<w:gridCol w:w="`, strconv.Itoa(w), `"/>`)
	}
	write(s.out, `</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range t.Columns {
		s.cell(widths[i], headFill)
		s.begin(look{style: "Splneno Table Head", right: c.Figures})
		if i == 0 {
			s.bookmarks(place)
		}
		write(s.out, `<w:r>`)
		words(s.out, c.Title)
		write(s.out, `</w:r>`)
		s.end("", c.Title)
		write(s.out, `</w:tc>`)
	}
	write(s.out, `</w:tr>`)
}

func (s *story) row(t paper.Table, r paper.Row, widths []int) {
	write(s.out, `<w:tr>`)
	if short(r) {
		write(s.out, `<w:trPr><w:cantSplit/></w:trPr>`)
	}
	fill := ""
	if r.Total {
		fill = totalFill
	}
	for i, c := range t.Columns {
		s.cell(widths[i], fill)
		var cell paper.Cell
		if i < len(r.Cells) {
			cell = r.Cells[i]
		}
		place := ""
		if i == 0 {
			place = s.survey.places[r.ID]
		}
		s.inner(cell, look{style: "Splneno Table Text", right: c.Figures, bold: r.Total, cell: true}, place)
		write(s.out, `</w:tc>`)
	}
	write(s.out, `</w:tr>`)
}

// wholeRow is how many characters a row may have in all and still stay in one piece:
// in the narrowest of columns that is half a page.
const wholeRow = 700

func short(r paper.Row) bool {
	n := 0
	for _, c := range r.Cells {
		for p := range paper.Paras(c) {
			n += len(p.Text())
		}
	}
	return n <= wholeRow
}

// cell opens a cell.
func (s *story) cell(width int, fill string) {
	write(s.out, `<w:tc><w:tcPr><w:tcW w:w="`, strconv.Itoa(width), `" w:type="dxa"/>`)
	if fill != "" {
		write(s.out, `<w:shd w:val="clear" w:color="auto" w:fill="`, fill, `"/>`)
	}
	write(s.out, `</w:tcPr>`)
}

// inner writes what stands in a cell, which is never without a paragraph. The
// place of its row is before the first.
func (s *story) inner(cell paper.Cell, as look, place string) {
	s.bookmarks(place)
	before := s.paragraphs
	for _, b := range cell {
		switch b := b.(type) {
		case paper.Para:
			s.para(b, as)
		case paper.List:
			tight := as
			tight.tight, tight.right = true, false
			s.list(b, tight)
		}
	}
	if s.paragraphs == before {
		s.begin(as)
		s.end("", "")
	}
}

// letter is how wide a letter of a heading may be, and padding what is beside the
// text of a cell, in twentieths of a point. Nobody knows the font a document is
// read in.
const (
	letter  = 104
	padding = 190
)

// widthsOf deals the width out to the columns of a table, so that no word of a
// heading is parted where that can be helped. A long table is judged by its
// beginning.
func widthsOf(t paper.Table, width int) []int {
	least := make([]float64, len(t.Columns))
	fit := func(column int, text string) {
		for word := range strings.SplitSeq(text, " ") {
			least[column] = max(least[column], min(float64(utf8.RuneCountInString(word)*letter+padding), float64(width)/4))
		}
	}
	for i, c := range t.Columns {
		fit(i, c.Title)
	}
	for _, r := range t.Rows[:min(len(t.Rows), 50)] {
		if !t.RowHeads || len(r.Cells) == 0 {
			break
		}
		for _, b := range r.Cells[0] {
			if p, ok := b.(paper.Para); ok {
				fit(0, p.Text())
			}
		}
	}
	out, at, before := make([]int, len(t.Columns)), 0.0, 0
	for i, wide := range paper.Widths(t.Columns, least, float64(width)) {
		at += wide
		out[i] = min(int(at+.5), width) - before
		before += out[i]
	}
	return out
}
