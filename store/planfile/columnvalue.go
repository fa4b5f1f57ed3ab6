package planfile

import (
	"cmp"
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// values puts what a row says into the activity begun in it.
func (r *columnReader) values(row gridRow) {
	a := &r.draft.Activities[r.last]
	for _, what := range czech.Columns() {
		if c := r.cell(row, what); c.text != "" {
			r.value(a, what, c, row.line)
		}
	}
}

// more adds what a further row says to the activity above it. A cell merged
// with the one above says nothing new.
func (r *columnReader) more(row gridRow) {
	a := &r.draft.Activities[r.last]
	for _, what := range czech.Columns() {
		c := r.cell(row, what)
		if c.text == "" || c.at == a.Sources[fieldOf(what)] {
			continue
		}
		switch what {
		case czech.ColumnResponsible:
			c.text = joinNonEmpty(";\n", a.ResponsibleRaw, c.text)
		case czech.ColumnDeadline:
			c.text = joinNonEmpty("\n", a.Deadline.Raw, c.text)
		case czech.ColumnTargetGroup:
			c.text = joinNonEmpty("\n", a.TargetGroup, c.text)
		case czech.ColumnStatus:
			r.unsure(a, "status", row.line, c.text, a.ID+" has a second status; the first is kept")
			continue
		case czech.ColumnNarrative, czech.ColumnDetails, czech.ColumnIndicator, czech.ColumnNote:
		default:
			continue // the place and the code are read by others
		}
		r.value(a, what, c, row.line)
	}
}

// value reads one cell into the activity.
func (r *columnReader) value(a *engine.ActivityDraft, what czech.Column, c gridCell, line int) {
	if field := fieldOf(what); field != "" {
		at := cmp.Or(a.Sources[field], c.at)
		defer func() { a.Sources[field] = at }() // where it began, by its cell
	}
	switch what {
	case czech.ColumnDetails:
		a.Details = append(a.Details, splitDetails(c.text)...)
	case czech.ColumnIndicator, czech.ColumnNote:
		a.Details = append(a.Details, splitDetails(c.text)...)
		if what == czech.ColumnIndicator {
			r.unsure(a, "indicators", line, c.text, "an indicator of "+a.ID+"; kept as a detail until somebody says what it counts")
		}
	case czech.ColumnTargetGroup:
		a.TargetGroup = c.text
	case czech.ColumnResponsible:
		a.Unsure = slices.DeleteFunc(a.Unsure, func(f string) bool { return f == "responsible" })
		r.responsible(a, partyLines(c.text), line)
		a.ResponsibleRaw = c.text
	case czech.ColumnDeadline:
		r.deadlineCell(a, c.text, line)
	case czech.ColumnStatus:
		r.statusCell(a, c, line)
	case czech.ColumnNarrative:
		a.Narrative = joinNonEmpty("\n", a.Narrative, c.text)
	}
}

func (r *columnReader) deadlineCell(a *engine.ActivityDraft, text string, line int) {
	a.Deadline = czech.ReadDeadline(text, r.draft.Plan.Year())
	a.Parts = shareTerm(a.Parts, a.Deadline)
	if !a.Deadline.Certain {
		r.unsure(a, "deadline", line, text, "the deadline is not understood")
	}
}

// statusCell reads a status. A long text is what became of the activity; only
// the words of a status are ever read as one.
func (r *columnReader) statusCell(a *engine.ActivityDraft, c gridCell, line int) {
	const longest = 60 // letters
	state, qualifier, certain := czech.ReadStatus(c.text)
	if !certain && len(c.text) > longest && r.cols.at(czech.ColumnNarrative) < 0 {
		a.Narrative, a.Sources["narrative"] = joinNonEmpty("\n", a.Narrative, c.text), c.at
		r.unsure(a, "status", line, c.text, "the column of the status holds a text; kept as what was done")
		return
	}
	a.StatusRaw, a.Status, a.Qualifier = c.text, state, qualifier
	if !certain {
		r.unsure(a, "status", line, c.text, "the status is not understood")
	}
	if qualifier != "" && state != engine.Fulfilled {
		a.Qualifier = ""
	}
}

// fieldOf names the field a column fills, as ActivityDraft.Unsure does.
func fieldOf(what czech.Column) string {
	switch what {
	case czech.ColumnDetails, czech.ColumnIndicator, czech.ColumnNote:
		return "details"
	case czech.ColumnTargetGroup, czech.ColumnResponsible, czech.ColumnDeadline, czech.ColumnStatus, czech.ColumnNarrative:
		return string(what)
	}
	return ""
}

// partyLines makes lines of a cell apart from one another: whoever wrote two
// bodies under each other meant two, unless the line above is not at its end.
func partyLines(text string) string {
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
	var out strings.Builder
	for i, l := range lines {
		l = strings.TrimSpace(l)
		out.WriteString(l)
		if i+1 == len(lines) {
			break
		}
		open := strings.Count(l, "(") > strings.Count(l, ")") || strings.HasSuffix(l, ",") || strings.HasSuffix(l, "-") || strings.HasSuffix(l, " a")
		if open || strings.HasSuffix(l, ";") || !czech.IsName(lines[i+1]) {
			out.WriteString(" ")
		} else {
			out.WriteString("; ")
		}
	}
	return out.String()
}

func splitDetails(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
}

func joinNonEmpty(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), between)
}
