package pdf

import "splneno/notify/paper"

// whole is how high a row may be that is not parted.
const whole = 150

// row draws a row, over as many pages as it needs.
func (g *grid) row(r paper.Row, rows *elem) {
	tr := g.add(rows, "TR", "")
	cells := g.cells(r, tr)
	tall := tallest(cells) + 2*g.pad
	if g.room() < tall && (tall < whole || g.room() < 4*g.body.lead+2*g.pad) {
		g.goOn()
	}
	g.mark(r.ID)
	ground := ""
	if r.Total {
		ground = "#f1f3f5"
	}
	for cells = g.strip(cells, ground); cells != nil; cells = g.strip(cells, ground) {
		g.goOn()
	}
	g.page.end()
	g.closed(tr, rows.obj)
}

// cells gives what is in the cells of a row; every row has one for each column.
func (g *grid) cells(r paper.Row, tr *elem) [][]item {
	t := g.body
	if r.Total {
		t.face = bold
	}
	cells := make([][]item, len(g.Columns))
	for i := range g.Columns {
		kind, attr, own := "TD", "", t
		if i == 0 && g.RowHeads {
			kind, attr = "TH", "<</O /Table /Scope /Row>>"
		}
		e := g.add(tr, kind, attr)
		if i < len(r.Cells) {
			cells[i] = g.items(r.Cells[i], e, own, g.widths[i]-2*g.pad)
			g.align(i, cells[i])
		}
	}
	return cells
}

// goOn goes on with the table on the next page, below its headings; they are not
// repeated where they leave too little room.
func (g *grid) goOn() {
	g.newPage()
	if g.tall < whole {
		g.strip(g.again, headGround)
	}
}

// strip draws as much of a row as fits the page, and gives the rest, nil for
// none. At least one line of each cell is drawn.
func (g *grid) strip(cells [][]item, ground string) [][]item {
	rest, more := make([][]item, len(cells)), false
	part, room := make([][]item, len(cells)), g.room()-2*g.pad
	drawn := 0
	for i, c := range cells {
		n := fitting(c, room)
		drawn += n
		part[i], rest[i] = c[:n], c[n:]
		more = more || n < len(c)
	}
	if drawn == 0 && more {
		for i, c := range cells {
			n := min(1, len(c))
			part[i], rest[i] = c[:n], c[n:]
		}
	}
	tall := tallest(part) + 2*g.pad
	g.frame(tall, ground)
	x := left
	for i, c := range part {
		g.lay(c, x+g.pad, g.y+g.pad, g.widths[i]-2*g.pad)
		x += g.widths[i]
	}
	g.y += tall
	for i := range rest {
		if len(rest[i]) > 0 {
			return rest
		}
	}
	return nil
}

// frame draws the ground and the lines of a strip.
func (g *grid) frame(tall float64, ground string) {
	if g.dry() {
		return
	}
	const thin = .5
	p := g.page
	p.beside()
	if ground != "" {
		p.fill(ground, left, g.y, column, tall)
	}
	p.fill(rule, left, g.y, column, thin)
	p.fill(rule, left, g.y+tall, column, thin)
	x := left
	for _, wide := range append([]float64{0}, g.widths...) {
		x += wide
		p.fill(rule, x, g.y, thin, tall)
	}
}
