package pdf

import (
	"math"
	"strings"

	"splneno/notify/paper"
)

const (
	cellPad = 4.0
	rule    = "#b8c0c8"

	headGround = "#e9eef4"
)

var (
	heads   = text{bold, 8.5, 11, "#1a2a3a", 0}
	caption = text{bold, 9.5, 13, "#33414f", 4}
)

// A grid is a table while it is drawn.
type grid struct {
	*writer
	paper.Table
	widths []float64
	again  [][]item // the row of headings as pages after the first show it
	tall   float64  // its height
}

// table draws a table. The heads of its columns stand on every page it reaches.
func (w *writer) table(t paper.Table) {
	if len(t.Columns) == 0 {
		return
	}
	attr := ""
	if t.Quiet && t.Caption != "" {
		attr = "<</O /Table /Summary " + said(t.Caption) + ">>"
	}
	e := w.add(w.root, "Table", attr)
	w.mark(t.ID)
	if !t.Quiet && t.Caption != "" {
		w.pour(w.paragraph(paper.Plain(t.Caption), w.add(e, "Caption", ""), caption, column), left, column)
	}
	g := w.grid(t)
	first := w.add(w.add(e, "THead", ""), "TR", "")
	for cells := g.strip(g.headRow(first), headGround); cells != nil; cells = g.strip(cells, headGround) {
		g.newPage()
	}
	if len(t.Rows) > 0 {
		rows := w.add(e, "TBody", "")
		for _, r := range t.Rows {
			g.row(r, rows)
		}
	}
	w.y += 12
}

func (w *writer) grid(t paper.Table) *grid {
	g := &grid{writer: w, Table: t, widths: w.columns(t.Columns)}
	g.again = g.headRow(nil)
	g.tall = tallest(g.again) + 2*cellPad
	return g
}

// headRow gives the items of the row of headings; they belong to nothing where
// there is no element for them.
func (g *grid) headRow(tr *elem) [][]item {
	cells := make([][]item, len(g.Columns))
	for i, c := range g.Columns {
		var e *elem
		if tr != nil {
			e = g.add(tr, "TH", "<</O /Table /Scope /Column>>")
		}
		cells[i] = g.paragraph(paper.Plain(c.Title), e, heads, g.widths[i]-2*cellPad)
		g.align(i, cells[i])
	}
	return cells
}

// align turns the items of a column of figures to the right.
func (g *grid) align(column int, items []item) {
	for i := range items {
		items[i].right = g.Columns[column].Figures
	}
}

// columns shares the width out, so that no word of a heading is broken where
// others have room to give.
func (w *writer) columns(cs []paper.Column) []float64 {
	shares, widths, least := 0, make([]float64, len(cs)), make([]float64, len(cs))
	for _, c := range cs {
		shares += max(c.Width, 1)
	}
	lack, spare := 0.0, 0.0
	for i, c := range cs {
		widths[i] = column * float64(max(c.Width, 1)) / float64(shares)
		least[i] = min(w.longest(c.Title, heads)+2*cellPad+.5, column/float64(len(cs)))
		lack += max(least[i]-widths[i], 0)
		spare += max(widths[i]-least[i], 0)
	}
	for i := range cs {
		if widths[i] < least[i] {
			widths[i] = least[i]
		} else if spare > 0 {
			widths[i] -= (widths[i] - least[i]) * min(lack/spare, 1)
		}
	}
	return widths
}

// longest gives how wide the longest word of a text is.
func (w *writer) longest(s string, t text) float64 {
	most := 0.0
	for word := range strings.FieldsSeq(s) {
		most = max(most, w.plainLine(word, t.face, t.size, "", math.MaxInt32).width)
	}
	return most
}

func tallest(cells [][]item) float64 {
	h := 0.0
	for _, c := range cells {
		h = max(h, height(c))
	}
	return h
}

// tableNeed gives how much room the caption, the headings and the beginning of
// the first row of a table ask for.
func (w *writer) tableNeed(t paper.Table) float64 {
	if len(t.Columns) == 0 {
		return 0
	}
	aside := *w // what is only measured takes no numbers of objects
	aside.file = &file{}
	g := aside.grid(t)
	h := g.tall
	if len(t.Rows) > 0 {
		h += min(tallest(g.cells(t.Rows[0], &elem{}))+2*cellPad, whole)
	}
	if !t.Quiet {
		h += float64(len(w.wrap([]paper.Span{{Text: t.Caption}}, nil, caption, column)))*caption.lead + caption.after
	}
	return h
}
