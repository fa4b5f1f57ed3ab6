package planfile

import (
	"splneno/engine"
	"splneno/engine/czech"
)

// A wordScanner goes through the paragraphs and tables of a document once.
type wordScanner struct {
	builder
	place   place
	section section  // of the measure in force
	columns columns  // of the table read last
	width   int      // columns it had, 0 before the first
	tally   rowTally // of the measure in force
	ids     map[string]bool
	prose   []wordUnit // a run of paragraphs nothing was made of
}

// A rowTally numbers the rows of one measure.
type rowTally struct{ last, unnumbered int }

// readWordTables understands a document whose activities are rows of tables
// with a heading row; headings above the tables say area and measure.
func readWordTables(d wordDoc, units []wordUnit, known []engine.Organisation) engine.PlanDraft {
	s := &wordScanner{builder: builder{known: known}, ids: map[string]bool{}}
	body := s.cover(units)
	for _, b := range d.blocks {
		if b.table != nil {
			s.endProse()
			s.table(*b.table)
			units = units[len(b.table.rows):]
			body -= len(b.table.rows)
			continue
		}
		if body <= 0 {
			s.paragraph(units[0])
		}
		units = units[1:]
		body--
	}
	s.endProse()
	return s.finish()
}

// paragraph takes a heading; anything else is kept as a warning.
func (s *wordScanner) paragraph(u wordUnit) {
	h, ok := headingOf(u)
	if !ok {
		s.prose = append(s.prose, u)
		return
	}
	s.endProse()
	s.heading(u, h)
}

func (s *wordScanner) heading(u wordUnit, h czech.Heading) {
	if h.Note != "" {
		s.warn(u.no, h.Note, "a remark behind the title of "+h.Code+"; not part of it")
	}
	if h.Kind == czech.AreaHeading {
		s.addArea(engine.Area{Code: h.Code, Title: h.Title})
		s.place, s.section = place{area: h.Code}, section{}
		return
	}
	m := engine.Measure{Code: h.Code, Title: h.Title, Area: s.place.area}
	if h.Kind == czech.CrossCuttingHeading {
		m.Area, m.CrossCutting = "", true
	}
	s.addMeasure(m)
	s.place = place{area: m.Area, measure: m.Code}
	s.section, s.tally = section{line: u.no, area: m.Area, measure: m}, rowTally{}
}

// endProse reports a run of paragraphs that nothing was made of, once.
func (s *wordScanner) endProse() {
	if len(s.prose) > 0 {
		s.warn(s.prose[0].no, s.prose[0].text, "text outside the tables, to line "+itoa(s.prose[len(s.prose)-1].no)+"; not part of the draft")
	}
	s.prose = nil
}

// table reads one table. One without a heading goes on with the table before it
// when it is as wide, which is what a page break leaves.
func (s *wordScanner) table(g grid) {
	c, at, ok := headingRow(g)
	width := len(g.rows[0].cells)
	switch {
	case ok:
		for _, row := range g.rows[:at] {
			s.rowAbove(row)
		}
		s.columns, s.width = c, len(g.rows[at].cells)
		s.unread(g.rows[at])
		g.rows = g.rows[at+1:]
	case s.width > 0 && width == s.width:
		s.warn(g.rows[0].line, rowText(g.rows[0]), "a table without a heading row; taken to go on with the table before it")
	default:
		s.foreign(g)
		return
	}
	if s.isEvaluation() {
		s.evaluationRows(g)
		return
	}
	before := s.place
	s.place = s.readColumns(g, s.columns, s.place)
	for _, read := range s.draft.Activities {
		s.ids[read.ID] = true
	}
	if m, ok := s.draft.Plan.MeasureByCode(s.place.measure); ok && s.place != before {
		s.section, s.tally = section{area: m.Area, measure: m, line: s.section.line}, rowTally{}
	}
}

// unread warns of columns whose heading is not understood.
func (s *wordScanner) unread(heading gridRow) {
	read := map[int]bool{}
	for _, i := range s.columns.index {
		read[i] = true
	}
	for i, text := range rowTexts(heading) {
		if text != "" && !read[i] {
			s.warn(heading.line, czech.Squeeze(text), "a column whose heading is not understood; it is not read")
		}
	}
}

// foreign takes a table without a heading row: one that only frames headings of
// areas and measures, else none of it.
func (s *wordScanner) foreign(g grid) {
	var rest []gridRow
	for _, row := range g.rows {
		u := wordUnit{no: row.line, text: rowText(row), row: &row}
		if h, ok := headingOf(u); ok {
			s.heading(u, h)
		} else if u.text != "" {
			rest = append(rest, row)
		}
	}
	if len(rest) > 0 {
		s.warn(rest[0].line, rowText(rest[0]), "a table whose columns are not understood; rows of it that are not read: "+itoa(len(rest)))
	}
}

// own gives an activity whose id is taken already one without a number.
func (s *wordScanner) own(a *engine.ActivityDraft) {
	if was := a.ID; s.ids[was] {
		for s.ids[a.ID] {
			s.tally.unnumbered++
			a.ID = rowID(a.Measure, 0, s.tally.unnumbered)
		}
		a.Unsure = append(a.Unsure, "id")
		s.warn(a.Line, a.Title, "a second activity "+was+"; kept as "+a.ID)
	}
	s.ids[a.ID] = true
}

// rowAbove takes a row above the heading of a table.
func (s *wordScanner) rowAbove(row gridRow) {
	u := wordUnit{no: row.line, text: rowText(row), row: &row}
	if h, ok := headingOf(u); ok {
		s.heading(u, h)
	} else if u.text != "" {
		s.warn(u.no, u.text, "a row above the heading of the table; not used")
	}
}

// isEvaluation says whether the table is one of an evaluation whose first
// column holds number, title and details together, under a measure known.
func (s *wordScanner) isEvaluation() bool {
	for _, c := range []czech.Column{czech.ColumnCode, czech.ColumnDetails, czech.ColumnMeasure, czech.ColumnID,
		czech.ColumnArea, czech.ColumnIndicator, czech.ColumnNote} {
		if s.columns.at(c) >= 0 {
			return false
		}
	}
	return s.columns.at(czech.ColumnStatus) >= 0 && s.columns.at(czech.ColumnResponsible) >= 0 && s.section.measure.Code != ""
}

// repeats says whether a row prints the heading of the table again.
func (s *wordScanner) repeats(row gridRow) bool {
	c, ok := proposeColumns(rowTexts(row))
	return ok && c.at(czech.ColumnTitle) == s.columns.at(czech.ColumnTitle) && len(c.index) == len(s.columns.index)
}
