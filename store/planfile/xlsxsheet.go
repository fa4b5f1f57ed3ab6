package planfile

import (
	"encoding/xml"
	"strconv"
	"strings"

	"splneno/engine/pattern"
)

// A bookSheet is a sheet as it was read, and what is to be said about it.
type bookSheet struct {
	grid          grid
	part          string
	hidden        bool
	hiddenRows    []int    // numbers from 1
	hiddenColumns []string // letters
	stale         []string // cells whose formula has no stored value
	formulas      int
	cells         int
	ends          []span // of columns that are hidden
}

type span struct{ from, to int }

// sheet reads the cells of one sheet.
func (b *bookReader) sheet(s *bookSheet) error {
	var merged []rectangle
	err := b.each(s.part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "col":
			s.column(e)
		case "row":
			return b.row(s, d, e)
		case "mergeCell":
			if r, ok := parseRectangle(attr(e, "ref")); ok {
				merged = append(merged, r)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.finishSheet(s, merged)
	return nil
}

func (s *bookSheet) column(e xml.StartElement) {
	from, err := strconv.Atoi(attr(e, "min"))
	to, err2 := strconv.Atoi(attr(e, "max"))
	if isTrue(attr(e, "hidden")) && err == nil && err2 == nil {
		s.ends = append(s.ends, span{from - 1, to - 1})
	}
}

// row reads a row with its cells. Numbers of rows and cells may be left out.
func (b *bookReader) row(s *bookSheet, d *xml.Decoder, e xml.StartElement) error {
	row := gridRow{line: 1}
	if n := len(s.grid.rows); n > 0 {
		row.line = s.grid.rows[n-1].line + 1
	}
	if n, err := strconv.Atoi(attr(e, "r")); err == nil && n >= row.line {
		row.line = n
	}
	if row.line > maxSheetRows {
		return b.refuse("has more than %d rows on sheet %q; divide it, or delete the rows below the table", maxSheetRows, s.grid.name)
	}
	var colour mix
	for {
		token, err := inside(d)
		if err != nil {
			return err
		}
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == "row" {
			break
		}
		c, ok := token.(xml.StartElement)
		if !ok || c.Name.Local != "c" {
			continue
		}
		if err := b.cell(s, &row, &colour, d, c); err != nil {
			return err
		}
	}
	if row.fill = colour.get(); len(row.cells) > 0 {
		s.grid.rows = append(s.grid.rows, row)
		if isTrue(attr(e, "hidden")) {
			s.hiddenRows = append(s.hiddenRows, row.line)
		}
	}
	return nil
}

// cell reads one cell into its place in the row.
func (b *bookReader) cell(s *bookSheet, row *gridRow, colour *mix, d *xml.Decoder, e xml.StartElement) error {
	at := len(row.cells)
	if i, ok := columnIndex(strings.TrimRight(attr(e, "r"), "0123456789")); ok && i >= at {
		at = i
	}
	raw, err := b.rawCell(d)
	if err != nil {
		return err
	}
	style, _ := strconv.Atoi(attr(e, "s"))
	text, fill := b.valueOf(attr(e, "t"), raw, style), b.styles.fill(style)
	if raw.formula {
		s.formulas++
		if text == "" {
			s.stale = append(s.stale, columnLetters(at)+itoa(row.line))
		}
	}
	if text == "" && fill == "" {
		return nil
	}
	if at >= maxUsedColumns {
		return b.refuse("has something in column %s of sheet %q; tables of up to %d columns are read", columnLetters(at), s.grid.name, maxUsedColumns)
	}
	if s.cells += at + 1 - len(row.cells); s.cells > maxSheetCells {
		return b.refuse("has more than %d cells on sheet %q; divide it", maxSheetCells, s.grid.name)
	}
	for len(row.cells) <= at {
		row.cells = append(row.cells, gridCell{at: cellName(s.grid.name, row.line, len(row.cells))})
	}
	row.cells[at].text = text
	colour.add(fill)
	return nil
}

// A rawCell is what stands in the elements of a cell.
type rawCell struct {
	value, inline string
	formula       bool
}

func (b *bookReader) rawCell(d *xml.Decoder) (c rawCell, err error) {
	for {
		token, err := inside(d)
		if err != nil {
			return c, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "f":
				c.formula = true
			case "is":
				c.inline, err = b.richText(d, "is")
			case "v":
				c.value, err = b.plainText(d, "v")
			}
			if err != nil {
				return c, err
			}
		case xml.EndElement:
			if t.Name.Local == "c" {
				return c, nil
			}
		}
	}
}

// plainText reads up to the end of an element that holds text alone.
func (b *bookReader) plainText(d *xml.Decoder, end string) (string, error) {
	var text strings.Builder
	for {
		token, err := inside(d)
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.CharData:
			if text.Write(t); text.Len() > maxCellText {
				return "", b.refuse("has a cell of more than %d characters; shorten it", maxCellText)
			}
		case xml.EndElement:
			if t.Name.Local == end {
				return text.String(), nil
			}
		}
	}
}

// A rectangle of merged cells, columns and rows from 0 and 1.
type rectangle struct{ left, top, right, bottom int }

var reference = pattern.New(`^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$`)

func parseRectangle(ref string) (rectangle, bool) {
	m := reference.FindStringSubmatch(ref)
	if m == nil {
		return rectangle{}, false
	}
	left, ok := columnIndex(m[1])
	right, ok2 := columnIndex(m[3])
	top, err := strconv.Atoi(m[2])
	bottom, err2 := strconv.Atoi(m[4])
	return rectangle{left, top, right, bottom}, ok && ok2 && err == nil && err2 == nil
}
