package planfile

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// A colourMeaning is what the legend says of a colour: a result, or that the
// row is part of the next plan.
type colourMeaning struct {
	words  string
	status engine.State
	next   *engine.Plan // nil for a result
}

// A colourLegend gives meanings by colour.
type colourLegend map[string]colourMeaning

// readLegend finds the lines that explain the colours. A colour that is given
// two meanings has none.
func (d wordDoc) readLegend(units []wordUnit) colourLegend {
	legend := colourLegend{}
	var torn []string
	for _, u := range units {
		for _, c := range d.coloured(u) {
			m, ok := meaningOf(c.text)
			if !ok || c.fill == "" {
				continue
			}
			if before, taken := legend[c.fill]; taken && before.words != m.words {
				torn = append(torn, c.fill)
			}
			legend[c.fill] = m
		}
	}
	for _, colour := range torn {
		delete(legend, colour)
	}
	return legend
}

// A colouredText is a paragraph or a cell in its colour.
type colouredText struct{ text, fill string }

// coloured gives the texts of a unit with their colours. The colour of a legend
// may stand in an empty cell beside its words.
func (d wordDoc) coloured(u wordUnit) []colouredText {
	if u.row == nil {
		return []colouredText{{u.text, u.fill}}
	}
	var out []colouredText
	beside := ""
	for _, c := range distinct(u.row.cells) {
		fill := d.fills[c.at]
		if strings.TrimSpace(c.text) == "" {
			beside = fill
			continue
		}
		if fill == "" {
			fill = beside
		}
		out = append(out, colouredText{czech.Squeeze(c.text), fill})
		beside = ""
	}
	return out
}

func meaningOf(text string) (colourMeaning, bool) {
	if p, ok := czech.ReadNextPlan(text); ok {
		return colourMeaning{words: text, next: &p}, true
	}
	if state, ok := czech.ReadResultColour(text); ok {
		return colourMeaning{words: text, status: state}, true
	}
	return colourMeaning{}, false
}

// isLegend says whether a unit explains colours.
func (d wordDoc) isLegend(u wordUnit) bool {
	return slices.ContainsFunc(d.coloured(u), func(c colouredText) bool { _, ok := meaningOf(c.text); return ok })
}

// A colourScanner reads a list of codes whose rows say their status by colour.
type colourScanner struct {
	wordScanner
	legend   colourLegend
	byCode   map[string]int // index of the activity
	projects bool           // the table being read lists projects
	describe bool           // the paragraph above is a measure or its description
	sign     signature
}

// readColouredRows understands a plan that is a list of codes: "1.1." opens a
// measure, "1.1.1." is an activity, and the colour of its row is its status. One
// printed twice was evaluated and is part of the next plan too.
func readColouredRows(d wordDoc, units []wordUnit, legend colourLegend, known []engine.Organisation) engine.PlanDraft {
	s := &colourScanner{wordScanner: wordScanner{builder: builder{known: known}, ids: map[string]bool{}}, legend: legend, byCode: map[string]int{}}
	body := 0
	for body < len(units) && !s.begins(d, units[body]) {
		body++
	}
	evaluation := s.titlePage(slices.DeleteFunc(slices.Clone(units[:body]), d.isLegend))
	s.draft.Plan.Kind = engine.EvaluationPlan // whatever its title, it prints results
	for _, u := range units[body:] {
		if !d.isLegend(u) {
			s.unit(u)
		}
	}
	s.endProse()
	s.next()
	if s.sign.put(&s.builder); evaluation {
		s.missing()
	}
	return s.finish()
}

// begins says whether the plan itself begins at a unit.
func (s *colourScanner) begins(d wordDoc, u wordUnit) bool {
	_, heading := czech.ReadHeading(u.text)
	_, _, _, item := czech.ReadListCode(u.text)
	return !d.isLegend(u) && (heading || item)
}

// unit takes one paragraph or row.
func (s *colourScanner) unit(u wordUnit) {
	if h, ok := czech.ReadHeading(u.text); ok {
		s.endProse()
		s.heading(u, h)
		return
	}
	label, code, title, ok := czech.ReadListCode(u.text)
	switch {
	case ok && strings.Count(code, ".") == 1:
		s.endProse()
		s.heading(u, czech.Heading{Kind: czech.MeasureHeading, Code: code, Title: title})
		s.describe = true
		return
	case ok:
		s.endProse()
		s.item(u, label, code, title)
	case s.describe && u.text != "":
		s.description(u.text)
		return
	case s.sign.take(line{no: u.no, text: u.text}):
	case u.row != nil && czech.IsProjectList(u.text):
		s.projects = true
	case u.row != nil && s.projects && len(distinct(u.row.cells)) > 2:
		cells := distinct(u.row.cells)
		s.draft.Projects = append(s.draft.Projects, engine.Project{
			Title: czech.Squeeze(cells[0].text), Implementer: czech.Squeeze(cells[1].text), Term: czech.Squeeze(cells[2].text)})
	case u.text != "":
		s.prose = append(s.prose, u)
	}
	s.describe = false
}

// description adds to the description of the measure in force.
func (s *colourScanner) description(text string) {
	m := &s.section.measure
	m.Description = joinNonEmpty("\n", m.Description, text)
	s.addMeasure(*m)
}

// item takes one printing of an activity.
func (s *colourScanner) item(u wordUnit, label, code, title string) {
	if i, ok := s.byCode[code]; ok && code != "" {
		s.again(u, &s.draft.Activities[i], title)
		return
	}
	a := engine.ActivityDraft{Status: engine.StateUnknown, Line: u.no, Sources: map[string]string{"title": u.at}}
	a.Area, a.Measure = s.section.area, s.section.measure.Code
	a.ID, a.Label, a.Title = code, label, title
	a.Deadline = czech.ReadDeadline("", 0)
	if code == "" {
		s.tally.unnumbered++
		a.ID = rowID(a.Measure, 0, s.tally.unnumbered)
		a.Unsure = append(a.Unsure, "id")
		s.warn(u.no, u.text, "an activity without a number; kept as "+a.ID)
	} else if !strings.HasPrefix(code, a.Measure+".") {
		s.warn(u.no, u.text, "the code does not belong to the measure above it, "+a.Measure)
	}
	s.byCode[code] = len(s.draft.Activities)
	s.own(&a)
	s.colour(u, &a)
	s.draft.Activities = append(s.draft.Activities, a)
}

// again takes a further printing of an activity.
func (s *colourScanner) again(u wordUnit, a *engine.ActivityDraft, title string) {
	if czech.Fold(title) != czech.Fold(a.Title) {
		s.warn(u.no, title, "the title of "+a.ID+" differs from line "+itoa(a.Line)+": "+a.Title)
	}
	s.colour(u, a)
}

// colour takes what the colour of the row means, and nothing where the legend
// does not say.
func (s *colourScanner) colour(u wordUnit, a *engine.ActivityDraft) {
	m, ok := s.legend[u.fill]
	switch {
	case !ok:
		a.Unsure = append(a.Unsure, "status")
		s.warn(u.no, u.text, "the colour of the row is not in the legend; no status is read from it")
	case m.next != nil:
		a.CarriedOver = true
		a.Sources["carried_over"] = u.at
	case a.StatusRaw != "" && a.Status != m.status:
		a.Unsure = append(a.Unsure, "status")
		s.warn(u.no, u.text, a.ID+" is printed in a second colour with another result, "+m.words+"; the first is kept")
	default:
		a.Status, a.StatusRaw = m.status, m.words
		a.Sources["status"] = u.at
	}
}

// next keeps the plan the third colour names.
func (s *colourScanner) next() {
	for _, m := range s.legend {
		if m.next != nil {
			m.next.Territory = s.draft.Plan.Territory
			m.next.ID = planID(*m.next)
			s.draft.Plans = append(s.draft.Plans, *m.next)
		}
	}
	slices.SortFunc(s.draft.Plans, func(x, y engine.Plan) int { return strings.Compare(string(x.Start), string(y.Start)) })
}
