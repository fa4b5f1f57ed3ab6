package planfile

import (
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// evaluationRows reads the rows of an evaluation's table, whose cells are whole
// here: nothing has to be joined or guessed as in its flattened text.
func (s *wordScanner) evaluationRows(g grid) {
	title := ""
	for _, row := range g.rows {
		cells := distinct(row.cells)
		u := wordUnit{no: row.line, text: rowText(row), row: &row}
		switch {
		case u.text == "" || s.repeats(row):
		case len(cells) == 1:
			s.rowAbove(row)
			title = ""
		case title != "" && s.cell(row, czech.ColumnTitle).at == title:
			s.further(row)
		default:
			title = s.cell(row, czech.ColumnTitle).at
			s.evaluationRow(row)
		}
	}
}

func (s *wordScanner) cell(row gridRow, what czech.Column) gridCell {
	if i := s.columns.at(what); i >= 0 && i < len(row.cells) {
		return row.cells[i]
	}
	return gridCell{}
}

// evaluationRow makes one activity of a row.
func (s *wordScanner) evaluationRow(row gridRow) {
	title, status := s.cell(row, czech.ColumnTitle), s.cell(row, czech.ColumnStatus)
	a := engine.ActivityDraft{Status: engine.StateUnknown, Line: row.line}
	a.Area, a.Measure = s.section.area, s.section.measure.Code
	st := start{}
	if m := numbered.FindStringSubmatch(title.text); m != nil {
		st.number, _ = strconv.Atoi(m[1]) // two digits at most
	} else {
		s.tally.unnumbered++
	}
	a.ID = rowID(a.Measure, st.number, s.tally.unnumbered)
	s.checkNumber(line{no: row.line, text: czech.Squeeze(title.text)}, a.Measure, st.number, &s.tally.last)
	s.describeRow(&a, s.section, tagsLast(cellLines(title.text, row.line)), st)
	s.responsible(&a, partedLines(s.cell(row, czech.ColumnResponsible).text), row.line)
	s.status(&a, status, row.line)
	a.Narrative = s.cell(row, czech.ColumnNarrative).text
	if a.Narrative == "" && s.columns.at(czech.ColumnNarrative) >= 0 {
		a.Unsure = append(a.Unsure, "narrative")
		s.warn(row.line, a.Title, "no narrative is printed; the row before may speak for both")
	}
	a.Deadline = czech.ReadDeadline(s.cell(row, czech.ColumnDeadline).text, s.draft.Plan.Year())
	if !a.Deadline.Certain {
		a.Unsure = append(a.Unsure, "deadline")
		s.warn(row.line, a.Deadline.Raw, "the deadline is not understood")
	}
	a.TargetGroup = s.cell(row, czech.ColumnTargetGroup).text
	s.sources(&a, row)
	s.own(&a)
	s.draft.Activities = append(s.draft.Activities, a)
}

// status reads the status cell; only the words of a status are ever taken.
func (s *wordScanner) status(a *engine.ActivityDraft, c gridCell, line int) {
	a.StatusRaw = czech.Squeeze(c.text)
	state, qualifier, certain := czech.ReadStatus(c.text)
	if !certain {
		a.Unsure = append(a.Unsure, "status")
		s.warn(line, c.text, "the status is not understood")
		return
	}
	a.Status, a.Qualifier = state, qualifier
}

// sources names the cell of every value.
func (s *wordScanner) sources(a *engine.ActivityDraft, row gridRow) {
	a.Sources = map[string]string{}
	for field, what := range map[string]czech.Column{
		"title": czech.ColumnTitle, "responsible": czech.ColumnResponsible, "status": czech.ColumnStatus,
		"narrative": czech.ColumnNarrative, "deadline": czech.ColumnDeadline, "target_group": czech.ColumnTargetGroup,
	} {
		if c := s.cell(row, what); c.text != "" {
			a.Sources[field] = c.at
		}
	}
	if len(a.Details) > 0 {
		a.Sources["details"] = a.Sources["title"]
	}
}

// further adds a row whose activity is the one above, merged over both.
func (s *wordScanner) further(row gridRow) {
	a := &s.draft.Activities[len(s.draft.Activities)-1]
	if c := s.cell(row, czech.ColumnStatus); c.text != "" && c.at != a.Sources["status"] {
		a.Unsure = append(a.Unsure, "status")
		s.warn(row.line, c.text, a.ID+" has a second status; the first is kept")
	}
	if c := s.cell(row, czech.ColumnResponsible); c.text != "" && c.at != a.Sources["responsible"] {
		s.responsible(a, joinNonEmpty("; ", a.ResponsibleRaw, partedLines(c.text)), row.line)
		a.Sources["responsible"] = s.cell(row, czech.ColumnTitle).at
	}
	if c := s.cell(row, czech.ColumnNarrative); c.text != "" && c.at != a.Sources["narrative"] {
		a.Narrative = joinNonEmpty("\n", a.Narrative, c.text)
	}
}

// cellLines makes lines of a cell.
func cellLines(text string, no int) []line {
	var out []line
	for l := range strings.SplitSeq(text, "\n") {
		out = append(out, line{no: no, raw: l, text: czech.Squeeze(l)})
	}
	return out
}

// tagsLast moves what names a cross-cutting measure behind the bullets, since
// whatever follows a tag counts as the title of the measure it names.
func tagsLast(lines []line) []line {
	var first, tags []line
	tagging := false
	for _, l := range lines {
		_, isTag := czech.ReadTag(l.text)
		tagging = isTag || tagging && !bullet.MatchString(l.text)
		if tagging {
			tags = append(tags, l)
		} else {
			first = append(first, l)
		}
	}
	return append(first, tags...)
}
