package planfile

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
)

// Bounds of tables: a merged cell stands in every place it covers, so a few
// bytes could claim millions of places.
const (
	maxColumns = 256
	maxPlaces  = 500_000 // places and paragraphs of the whole document
)

var errPlaces = errors.New("has more than 500000 cells and paragraphs, or a table wider than 256 columns; divide the document")

// A wordCell is one cell while its table is read.
type wordCell struct {
	gridCell
	span    int
	merged  bool // goes on with the cell above
	removed bool // its deletion is tracked
	fill    string
}

// table reads <w:tbl> as one block, and what its cells held besides text.
func (r *wordReader) table() ([]wordBlock, error) {
	r.tables++
	g := &grid{name: "table " + strconv.Itoa(r.tables)}
	var above []gridCell
	var visit func(name string, t xml.StartElement) error
	visit = func(name string, t xml.StartElement) error {
		switch name {
		case "tr":
			row, kept, err := r.tableRow(g, above)
			if kept {
				g.rows = append(g.rows, row)
				above = row.cells
			}
			return err
		case "tblPr", "tblGrid", "sdtPr", "del", "moveFrom", "Fallback":
			return r.skip()
		}
		return r.each(visit)
	}
	if err := r.each(visit); err != nil || len(g.rows) == 0 {
		return nil, err
	}
	return []wordBlock{{at: g.name, table: g}}, nil
}

// tableRow reads <w:tr>; kept is false for a row whose deletion is tracked.
func (r *wordReader) tableRow(g *grid, above []gridCell) (row gridRow, kept bool, err error) {
	kept = true
	at := g.name + ", row " + strconv.Itoa(len(g.rows)+1)
	var colours mix
	var visit func(name string, t xml.StartElement) error
	visit = func(name string, t xml.StartElement) error {
		switch name {
		case "trPr":
			return r.each(func(name string, t xml.StartElement) error {
				switch name {
				case "del":
					kept = false
				case "gridBefore":
					if err := r.place(&row, wordCell{gridCell: gridCell{at: at}, span: spanOf(t)}, nil); err != nil {
						return err
					}
				}
				return r.skip()
			})
		case "tc":
			c, err := r.cell(at + ", column " + strconv.Itoa(len(row.cells)+1))
			if err != nil || c.removed {
				return err
			}
			if colours.add(c.fill); c.fill != "" {
				r.fills[c.at] = c.fill
			}
			return r.place(&row, c, above)
		case "tblPrEx", "sdtPr", "del", "moveFrom", "Fallback":
			return r.skip()
		}
		return r.each(visit)
	}
	err = r.each(visit)
	row.fill = colours.get()
	return row, kept, err
}

// place puts a cell into every place it covers.
func (r *wordReader) place(row *gridRow, c wordCell, above []gridCell) error {
	for range c.span {
		if r.places++; r.places > maxPlaces || len(row.cells) >= maxColumns {
			return errPlaces
		}
		cell := c.gridCell
		if i := len(row.cells); c.merged && i < len(above) {
			cell = above[i]
		}
		row.cells = append(row.cells, cell)
	}
	return nil
}

func spanOf(t xml.StartElement) int {
	n, err := strconv.Atoi(attr(t, "val"))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxColumns+1)
}

// cell reads <w:tc>: its properties come first, then paragraphs and tables.
func (r *wordReader) cell(at string) (wordCell, error) {
	c := wordCell{gridCell: gridCell{at: at}, span: 1}
	paragraphs, tables, outer := r.paragraphs, r.tables, r.cellAt // count those of the body only
	r.cellAt = at
	blocks, err := r.blocks(&c)
	if err != nil {
		return c, err
	}
	r.paragraphs, r.tables, r.cellAt = paragraphs, tables, outer
	var ink mix
	var lines []string
	for _, b := range blocks {
		if b.table != nil {
			r.warn(at, "", "a table inside a cell; its rows are read as lines of the cell")
			lines = append(lines, flatten(*b.table)...)
			continue
		}
		ink.add(b.fill)
		lines = append(lines, b.text)
	}
	c.text = strings.Join(lines, "\n")
	if c.fill == "" {
		c.fill = ink.get()
	}
	return c, nil
}

// flatten makes one line of every row.
func flatten(g grid) []string {
	var out []string
	for _, row := range g.rows {
		var texts []string
		for _, c := range distinct(row.cells) {
			texts = append(texts, strings.ReplaceAll(c.text, "\n", " "))
		}
		out = append(out, strings.TrimSpace(strings.Join(texts, " ")))
	}
	return out
}

// distinct gives each cell of a row once, however many places it covers.
func distinct(cells []gridCell) []gridCell {
	var out []gridCell
	for i, c := range cells {
		if i == 0 || c.at != cells[i-1].at {
			out = append(out, c)
		}
	}
	return out
}

// cellProperties reads <w:tcPr>.
func (r *wordReader) cellProperties(c *wordCell) error {
	return r.each(func(name string, t xml.StartElement) error {
		switch name {
		case "gridSpan":
			c.span = spanOf(t)
		case "vMerge":
			c.merged = attr(t, "val") != "restart"
		case "shd":
			c.fill = r.styles.shade(t)
		case "cellDel":
			c.removed = true
		}
		return r.skip()
	})
}
