package planfile

import (
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// A columnReader reads the rows of one table.
type columnReader struct {
	*builder
	grid  grid
	cols  columns
	place place
	last  int // index of the activity the row before belongs to, -1 for none
	title string
	ids   map[string]bool
	tally map[string]int // unnumbered rows by measure
}

// readColumns appends what the rows below a heading say to the draft: areas,
// measures and activities with the source of every value. A row without a title
// belongs to the row above; a row that is one heading moves the place.
func (b *builder) readColumns(g grid, c columns, p place) place {
	r := columnReader{builder: b, grid: g, cols: c, place: p, last: -1, ids: map[string]bool{}, tally: map[string]int{}}
	for _, a := range b.draft.Activities {
		r.ids[a.ID] = true
		if strings.HasPrefix(a.ID, a.Measure+"/u") {
			r.tally[a.Measure]++
		}
	}
	for _, row := range g.rows {
		r.row(row)
	}
	return r.place
}

// cell gives what a row has in a column, an empty cell when there is none.
func (r *columnReader) cell(row gridRow, what czech.Column) gridCell {
	if i := r.cols.at(what); i >= 0 && i < len(row.cells) {
		c := row.cells[i]
		c.text = strings.TrimSpace(c.text)
		return c
	}
	return gridCell{}
}

func (r *columnReader) row(row gridRow) {
	alone, filled := onlyCell(row)
	switch {
	case filled == 0 || r.repeatsHeading(row):
		return
	case filled == 1 && r.heading(row, alone):
		return
	}
	title := r.cell(row, czech.ColumnTitle)
	code := r.cell(row, czech.ColumnCode)
	switch {
	case r.last >= 0 && title.at == r.title && title.text != "":
		r.more(row) // the title is merged over several rows
	case title.text == "" && code.text == "" && r.cell(row, czech.ColumnID).text == "":
		r.untitled(row)
	default:
		r.locate(row)
		r.activity(row, title, code)
	}
}

// onlyCell gives the first cell with text, and how many different ones there are.
func onlyCell(row gridRow) (first gridCell, filled int) {
	seen := ""
	for _, c := range row.cells {
		if strings.TrimSpace(c.text) == "" || c.at == seen && c.at != "" {
			continue
		}
		if seen = c.at; filled == 0 {
			first = c
		}
		filled++
	}
	return first, filled
}

// repeatsHeading says whether the heading is printed again, as on every page.
func (r *columnReader) repeatsHeading(row gridRow) bool {
	texts := make([]string, len(row.cells))
	for i, c := range row.cells {
		texts[i] = c.text
	}
	again, ok := proposeColumns(texts)
	return ok && again.at(czech.ColumnTitle) == r.cols.at(czech.ColumnTitle) && len(again.index) > len(r.cols.index)/2
}

// heading takes a row that holds one cell: the heading of an area or a measure,
// or words that are kept as a warning when they stand in no column of the plan.
func (r *columnReader) heading(row gridRow, alone gridCell) bool {
	h, ok := czech.ReadHeading(alone.text)
	switch {
	case ok && h.Kind == czech.AreaHeading:
		r.addArea(engine.Area{Code: h.Code, Title: h.Title})
		r.place = place{area: h.Code}
	case ok:
		r.measure(engine.Measure{Code: h.Code, Title: h.Title, Area: r.place.area, CrossCutting: h.Kind == czech.CrossCuttingHeading})
	case r.cell(row, czech.ColumnTitle).at == alone.at && !spread(row):
		return false
	case spread(row):
		r.warn(row.line, alone.text, "a row over all columns that is no heading of an area or a measure; not used")
	default:
		return false
	}
	r.last = -1
	return true
}

// spread says whether one merged cell covers several columns of the row.
func spread(row gridRow) bool {
	for i, c := range row.cells[1:] {
		if c.text != "" && c.at == row.cells[i].at {
			return true
		}
	}
	return false
}

func (r *columnReader) measure(m engine.Measure) {
	if m.CrossCutting {
		m.Area = ""
	}
	r.addMeasure(m)
	r.place = place{area: m.Area, measure: m.Code}
}

// untitled adds a row without a title to the one above.
func (r *columnReader) untitled(row gridRow) {
	text, _ := onlyCell(row)
	before := r.place
	r.locate(row)
	switch {
	case r.place != before:
		r.last = -1
	case r.last < 0:
		r.warn(row.line, text.text, "a row without a title and nothing above it; not used")
	default:
		r.warn(row.line, text.text, "a row without a title; kept with the row above")
		r.more(row)
	}
}

// locate moves the place to the area and the measure a row names. An empty cell
// means the one above.
func (r *columnReader) locate(row gridRow) {
	if c := r.cell(row, czech.ColumnArea); c.text != "" {
		code, title := named(c.text, func(code string) string { return r.areaTitle(code) })
		if code != r.place.area {
			r.place = place{area: code}
		}
		r.addArea(engine.Area{Code: code, Title: title})
	}
	if c := r.cell(row, czech.ColumnMeasure); c.text != "" {
		code, title := named(c.text, func(code string) string { m, _ := r.draft.Plan.MeasureByCode(code); return m.Title })
		if code != r.place.measure || title != "" {
			r.measure(engine.Measure{Code: code, Title: title, Area: r.areaOf(code), CrossCutting: isLetter(code)})
		}
	}
}

// named takes a name apart: a code alone keeps the title known before, a title
// alone is known by its slug, which another row or file gives again.
func named(text string, known func(code string) string) (code, title string) {
	code, title = czech.CutCode(text)
	if code == "" {
		code = czech.Slug(title)
	}
	if title == "" {
		title = known(code)
	}
	return code, title
}

func (r *columnReader) areaTitle(code string) string {
	for _, a := range r.draft.Plan.Areas {
		if a.Code == code {
			return a.Title
		}
	}
	return ""
}

// areaOf gives the area of a measure: the one in force, else the first number
// of its code.
func (r *columnReader) areaOf(measure string) string {
	area, _, dotted := strings.Cut(measure, ".")
	switch {
	case r.place.area != "" || !dotted:
		return r.place.area
	case r.areaTitle(area) == "":
		r.addArea(engine.Area{Code: area})
	}
	return area
}

func isLetter(code string) bool { return len(code) == 1 && code >= "A" && code <= "Z" }
