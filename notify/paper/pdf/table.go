package pdf

import "splneno/notify/paper"

const (
	rule = "#b8c0c8"

	headGround = "#e9eef4"
)

var caption = text{bold, 9.5, 13, "#33414f", 4}

// A grid is a table while it is drawn.
type grid struct {
	*writer
	paper.Table
	fit
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
	w.tabled = false
	w.y += 10
}

func (w *writer) grid(t paper.Table) *grid {
	w.tabled = true
	g := &grid{writer: w, Table: t}
	g.fit, g.widths = w.columns(t)
	g.again = g.headRow(nil)
	g.tall = tallest(g.again) + 2*g.pad
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
		cells[i] = g.paragraph(paper.Plain(c.Title), e, g.heads, g.widths[i]-2*g.pad)
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
		h += min(tallest(g.cells(t.Rows[0], &elem{}))+2*g.pad, whole)
	}
	if !t.Quiet {
		h += float64(len(w.wrap([]paper.Span{{Text: t.Caption}}, nil, caption, column)))*caption.lead + caption.after
	}
	return h
}
