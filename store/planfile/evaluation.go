package planfile

import (
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// A section is the body of one measure's table: the lines after its header.
type section struct {
	line    int // of its heading
	area    string
	measure engine.Measure
	lines   []line
}

// readEvaluation understands the text of an evaluation whose table of four
// columns (activities, responsible, status, realised actions) was flattened:
// the cells of a row follow one another, a page break may interleave them.
func readEvaluation(lines []line, known []engine.Organisation) engine.PlanDraft {
	b := &builder{known: known}
	b.draft.Plan.Kind = engine.EvaluationPlan
	body := b.evaluationCover(lines)
	for _, s := range b.sections(lines[body:]) {
		b.table(s)
	}
	b.checkReferences(lines)
	return b.finish()
}

// evaluationCover reads what stands before the first heading and says where that is.
func (b *builder) evaluationCover(lines []line) int {
	var words []string
	at := 0
	for ; at < len(lines); at++ {
		if _, ok := czech.ReadHeading(lines[at].text); ok {
			break
		}
		words = append(words, lines[at].text)
	}
	p := &b.draft.Plan
	text := czech.Squeeze(strings.Join(words, " "))
	if c, ok := czech.ReadEvaluationTitle(text); ok {
		p.Title, p.Start, p.End, p.OpenEnd = c.Title, c.Start, c.End, c.OpenEnd
		b.draft.Period = engine.Period{ID: periodID(c), Start: c.Start, End: c.End}
	} else if text != "" {
		b.warn(1, text, "text before the first measure; not part of the draft")
	}
	if body, on, place, ok := czech.ReadApproval(text); ok {
		p.ApprovedBy, p.ApprovedOn, p.ApprovedAt = body, on, place
	}
	p.Territory = czech.RegionOf(text)
	b.missing()
	return at
}

// periodID is "2008-2013", or "2008" when the end is open.
func periodID(c czech.Cover) string {
	if c.Start == "" {
		return ""
	}
	if c.End == "" || c.End.Year() == c.Start.Year() {
		return c.Start.YearString()
	}
	return c.Start.YearString() + "-" + c.End.YearString()
}

// sections cuts the document at its headings and leaves the table headers out.
func (b *builder) sections(lines []line) []section {
	var out []section
	area := ""
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		h, ok := czech.ReadHeading(l.text)
		switch {
		case ok && h.Kind == czech.AreaHeading:
			area = h.Code
			b.addArea(engine.Area{Code: h.Code, Title: h.Title})
		case ok:
			h, i = b.wrapped(lines, i, h)
			m := engine.Measure{Code: h.Code, Title: h.Title, Area: area}
			if h.Kind == czech.CrossCuttingHeading {
				m.Area, m.CrossCutting = "", true
			}
			if h.Note != "" {
				b.warn(l.no, h.Note, "a remark behind the title of "+h.Code+"; not part of it")
			}
			b.addMeasure(m)
			out = append(out, section{line: l.no, area: m.Area, measure: m})
		case czech.TableBegins(l.text):
			i = skipHeader(lines, i)
		case len(out) > 0:
			out[len(out)-1].lines = append(out[len(out)-1].lines, l)
		case !l.blank():
			b.warn(l.no, l.text, "text before the first measure; not part of the draft")
		}
	}
	return out
}

// wrapped joins the lines a heading of a measure runs over.
func (b *builder) wrapped(lines []line, i int, h czech.Heading) (czech.Heading, int) {
	text := lines[i].text
	for i+1 < len(lines) && !lines[i+1].blank() && !czech.TableBegins(lines[i+1].text) {
		if _, ok := czech.ReadHeading(lines[i+1].text); ok {
			break
		}
		i++
		text += " " + lines[i].text
	}
	if joined, ok := czech.ReadHeading(text); ok {
		h = joined
	}
	return h, i
}

const longestHeader = 16 // lines a table header runs over at most

// skipHeader gives the index of the last line of the table header begun at i.
func skipHeader(lines []line, i int) int {
	for j := i; j < len(lines) && j < i+longestHeader; j++ {
		if czech.TableEnds(lines[j].text) {
			return j
		}
	}
	return i
}

var pageNumber = pattern.New(`^\d{1,3}$`)

// withoutPageNumbers drops lines that hold a number alone between blank lines.
func (b *builder) withoutPageNumbers(lines []line) []line {
	var out []line
	for i, l := range lines {
		alone := (i == 0 || lines[i-1].blank()) && (i+1 == len(lines) || lines[i+1].blank())
		if alone && pageNumber.MatchString(l.text) {
			b.warn(l.no, l.text, "taken for a page number; not used")
			continue
		}
		out = append(out, l)
	}
	return out
}
