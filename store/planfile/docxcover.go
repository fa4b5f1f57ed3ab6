package planfile

import (
	"cmp"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// cover reads what stands before the first heading or table, and says how many
// units that is.
func (s *wordScanner) cover(units []wordUnit) int {
	n := 0
	for n < len(units) && units[n].row == nil {
		if _, ok := headingOf(units[n]); ok {
			break
		}
		n++
	}
	if s.titlePage(units[:n]) {
		s.missing()
	}
	return n
}

// titlePage reads the title, the period and the approval, and says whether they
// are those of an evaluation; of another plan it also says what is missing.
func (s *wordScanner) titlePage(units []wordUnit) (evaluation bool) {
	lines := make([]line, len(units))
	title := -1
	for i, u := range units {
		lines[i] = line{no: u.no, raw: u.text, text: u.text}
		if _, ok := czech.ReadEvaluationTitle(u.text); ok && title < 0 {
			title = i
		}
	}
	if title < 0 {
		plan := planScanner{builder: s.builder, lines: lines}
		plan.draft.Plan.Kind = engine.MediumTermPlan
		plan.cover()
		if plan.draft.Plan.Start != "" {
			plan.draft.Plan.Kind = engine.ActionPlan
		}
		s.builder = plan.builder
		return false
	}
	for _, l := range lines[:title] {
		s.warn(l.no, l.text, "text before the title; not part of the draft")
	}
	s.evaluationTitle(lines[title:])
	return true
}

// evaluationTitle reads the title of an evaluation, which may run over several
// paragraphs until its period, and who approved it.
func (s *wordScanner) evaluationTitle(lines []line) {
	c, _ := czech.ReadEvaluationTitle(lines[0].text)
	used := 1
	for n := 2; n <= len(lines) && c.Start == ""; n++ {
		if longer, ok := czech.ReadEvaluationTitle(joinText(lines[:n])); ok && longer.Start != "" {
			c, used = longer, n
		}
	}
	p := &s.draft.Plan
	p.Kind, p.Title, p.Start, p.End, p.OpenEnd = engine.EvaluationPlan, c.Title, c.Start, c.End, c.OpenEnd
	p.Territory = cmp.Or(czech.RegionOf(joinText(lines[:used])), czech.TownNamed(joinText(lines[:used])))
	s.draft.Period = engine.Period{ID: periodID(c), Start: c.Start, End: c.End}
	for _, l := range lines[used:] {
		if body, on, place, ok := czech.ReadApproval(l.text); ok {
			p.ApprovedBy, p.ApprovedOn, p.ApprovedAt = body, on, place
			continue
		}
		s.warn(l.no, l.text, "text before the first measure; not part of the draft")
	}
}

// headingOf reads the heading of an area or a measure: by its words, or, where
// it is printed as a heading, by its code alone.
func headingOf(u wordUnit) (czech.Heading, bool) {
	if h, ok := czech.ReadHeading(u.text); ok {
		return h, true
	}
	code, title := czech.CutCode(u.text)
	if !u.head || title == "" || code == "" || code >= "A" {
		return czech.Heading{}, false
	}
	switch strings.Count(code, ".") {
	case 0:
		return czech.Heading{Kind: czech.AreaHeading, Code: code, Title: title}, true
	case 1:
		return czech.Heading{Kind: czech.MeasureHeading, Code: code, Title: title}, true
	}
	return czech.Heading{}, false
}
