package planfile

import (
	"cmp"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

var (
	plainNumber = pattern.New(`^(\d{1,3})[.)]?$`)
	plainLetter = pattern.New(`^([a-z])[.)]?$`)
	fullCode    = pattern.New(`^(\d+(?:\.\d+)+)\.?$`)
	letterCode  = pattern.New(`^(\d+(?:\.\d+)+)\.? ?([a-z])\)?$`)
	ownCode     = pattern.New(`^([\d.]+|[A-Z])/u?\d+$`)
)

// activity begins a new activity in the row.
func (r *columnReader) activity(row gridRow, title, code gridCell) {
	a := engine.ActivityDraft{Status: defaultStatus(r.draft.Plan.Kind), Line: row.line, Sources: map[string]string{}}
	a.Deadline = czech.ReadDeadline("", 0)
	a.Title, a.Sources["title"] = oneLineTitle(title.text), cmp.Or(title.at, code.at)
	given := czech.Squeeze(code.text)
	if given == "" && r.cols.at(czech.ColumnCode) < 0 {
		if c, rest := czech.CutCode(title.text); c != "" && rest != "" {
			given, a.Title = c, rest
		}
	}
	r.identify(&a, given, r.cell(row, czech.ColumnID).text)
	if a.Title == "" {
		m, _ := r.draft.Plan.MeasureByCode(a.Measure)
		a.Title = cmp.Or(m.Title, a.ID)
		r.unsure(&a, "title", row.line, given, "a row without a title; it is called by its measure")
	}
	if r.ids[a.ID] {
		was := a.ID
		a.ID = r.unnumbered(a.Measure)
		r.unsure(&a, "id", row.line, a.Title, "a second row "+was+"; kept as "+a.ID)
	}
	r.ids[a.ID] = true
	if code.text != "" {
		a.Sources["id"] = code.at
	}
	r.draft.Activities = append(r.draft.Activities, a)
	r.last, r.title = len(r.draft.Activities)-1, title.at
	r.values(row)
}

func oneLineTitle(s string) string { return czech.Squeeze(s) }

// identify gives the activity its id, label, measure and area by its code.
func (r *columnReader) identify(a *engine.ActivityDraft, code, id string) {
	m := fullCode.FindStringSubmatch(code)
	l := letterCode.FindStringSubmatch(code)
	own := ownCode.FindStringSubmatch(cmp.Or(id, code))
	switch {
	case own != nil:
		r.under(a, cmp.Or(r.place.measure, own[1]))
		a.ID = cmp.Or(id, code)
	case l != nil:
		r.under(a, l[1])
		a.ID, a.Label = l[1]+l[2], l[2]+")"
	case m != nil:
		r.full(a, m[1])
	default:
		r.under(a, r.place.measure)
		r.label(a, code)
	}
	if id != "" {
		a.ID = id
	}
	if a.Label == "" && code != "" && code != a.ID && m == nil && own == nil {
		a.Label = code
	}
}

// full reads a code that names its measure: "1.1" is a measure tracked itself,
// "1.1.2" an activity of measure 1.1.
func (r *columnReader) full(a *engine.ActivityDraft, code string) {
	measure := r.place.measure
	switch {
	case strings.Count(code, ".") == 1 && !strings.HasPrefix(code, measure+"."):
		measure = code
	case measure == "" || !strings.HasPrefix(code, measure):
		measure = code[:strings.LastIndex(code, ".")]
	}
	r.under(a, measure)
	a.ID = code
	if m, ok := r.draft.Plan.MeasureByCode(measure); ok && measure == code && m.Title == "" {
		m.Title = a.Title
		r.addMeasure(m)
	}
}

// label reads a code within a measure: "2.", "b)", or nothing.
func (r *columnReader) label(a *engine.ActivityDraft, code string) {
	if m := plainNumber.FindStringSubmatch(code); m != nil {
		a.Label, a.ID = m[1]+".", a.Measure+"/"+m[1]
		return
	}
	if m := plainLetter.FindStringSubmatch(code); m != nil {
		a.Label, a.ID = m[1]+")", a.Measure+m[1]
		return
	}
	a.ID = r.unnumbered(a.Measure)
}

func (r *columnReader) unnumbered(measure string) string {
	r.tally[measure]++
	return measure + "/u" + strconv.Itoa(r.tally[measure])
}

// under puts the activity under a measure, made when the plan has it not yet.
// A table that names none at all gets one, and says so.
func (r *columnReader) under(a *engine.ActivityDraft, measure string) {
	if measure == "" {
		measure = cmp.Or(czech.Slug(r.place.area), czech.Slug(r.grid.name), "1")
		if _, ok := r.draft.Plan.MeasureByCode(measure); !ok {
			r.warn(a.Line, a.Title, "no measure is named here; kept under a measure "+measure)
			r.addMeasure(engine.Measure{Code: measure, Title: r.grid.name, Area: r.place.area})
		}
	}
	m, ok := r.draft.Plan.MeasureByCode(measure)
	if !ok {
		m = engine.Measure{Code: measure, Area: r.areaOf(measure), CrossCutting: isLetter(measure)}
		r.addMeasure(m)
	}
	a.Measure, a.Area = m.Code, m.Area
}

func (r *columnReader) unsure(a *engine.ActivityDraft, field string, line int, text, reason string) {
	a.Unsure = append(a.Unsure, field)
	r.warn(line, text, reason)
}
