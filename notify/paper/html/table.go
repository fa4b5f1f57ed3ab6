package html

import (
	"strconv"

	"splneno/notify/paper"
)

// wide is how many columns a table has that becomes blocks on a tablet already.
const wide = 5

// table writes a table. On a narrow screen each row is a block with the titles
// of the columns before the cells; the roles keep it a table for who hears it.
func (g *page) table(t paper.Table) {
	g.put(`<table role="table"`, id(t.ID))
	if len(t.Columns) > wide {
		g.put(` class="wide"`)
	}
	g.put(">")
	switch {
	case t.Caption == "":
	case t.Quiet:
		g.put(`<caption class="hidden">`, clean(t.Caption), "</caption>")
	default:
		g.put("<caption>", clean(t.Caption), "</caption>")
	}
	g.columns(t)
	g.put("<tbody role=\"rowgroup\">\n")
	for _, r := range t.Rows {
		g.row(t, r)
	}
	g.put("</tbody></table>\n")
}

func (g *page) columns(t paper.Table) {
	all := 0
	for _, c := range t.Columns {
		all += c.Width
	}
	if all > 0 {
		g.put("<colgroup>")
		for _, c := range t.Columns {
			g.put(`<col style="width:`, strconv.Itoa(c.Width*100/all), `%">`)
		}
		g.put("</colgroup>")
	}
	g.put(`<thead role="rowgroup"><tr role="row">`)
	for _, c := range t.Columns {
		g.put(`<th scope="col" role="columnheader"`, figures(c), ">", clean(c.Title), "</th>")
	}
	g.put("</tr></thead>\n")
}

func figures(c paper.Column) string {
	if c.Figures {
		return ` class="figure"`
	}
	return ""
}

func (g *page) row(t paper.Table, r paper.Row) {
	g.put(`<tr role="row"`, id(r.ID))
	if r.Total {
		g.put(` class="total"`)
	}
	g.put(">")
	for i, cell := range r.Cells {
		var c paper.Column
		if i < len(t.Columns) {
			c = t.Columns[i]
		}
		if i == 0 && t.RowHeads {
			g.put(`<th scope="row" role="rowheader">`)
			g.cell(cell)
			g.put("</th>")
			continue
		}
		g.put(`<td role="cell"`, figures(c), ` data-label="`, clean(c.Title), `">`)
		g.cell(cell)
		g.put("</td>")
	}
	g.put("</tr>\n")
}

// cell writes what a cell holds; one that holds nothing takes no place where
// rows are blocks.
func (g *page) cell(c paper.Cell) {
	if len(c) > 0 {
		g.put(`<div>`)
		g.blocks(c)
		g.put(`</div>`)
	}
}
