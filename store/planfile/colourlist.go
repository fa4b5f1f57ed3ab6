package planfile

import (
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// A listBlock is a priority, a measure or one printing of an item, with the
// lines below it that go on with it.
type listBlock struct {
	kind  listKind
	line  int
	label string // "1.1.1."
	code  string // without its last dot, "" for an item that has no number yet
	title string
	below []string // the description of a measure
}

type listKind int

const (
	listArea listKind = iota
	listMeasure
	listItem
)

// A listScanner goes once through an evaluation that is a list of codes whose
// statuses were colours.
type listScanner struct {
	builder
	blocks   []*listBlock
	block    *listBlock // what the line above belongs to, nil outside
	gap      int        // blank lines since the last text
	head     []line     // before the first block
	legend   int        // line of the first colour that means a result
	projects projectList
	sign     signature
}

// readColourList understands the text of such an evaluation. An item printed
// twice was evaluated and stands in the next plan too; what its colour said is
// lost, so every status is unknown.
func readColourList(lines []line, known []engine.Organisation) engine.PlanDraft {
	s := &listScanner{builder: builder{known: known}}
	s.draft.Plan.Kind = engine.EvaluationPlan
	for _, l := range lines {
		if l.blank() {
			s.gap++
			continue
		}
		s.take(l)
		s.gap = 0
	}
	s.projects.end(&s.builder)
	s.cover()
	s.assemble()
	s.sign.put(&s.builder)
	s.missing()
	return s.finish()
}

// take finds out what a line is; the first that fits decides.
func (s *listScanner) take(l line) {
	switch {
	case s.colour(l), s.open(l), s.sign.take(l):
	case czech.IsProjectList(l.text):
		s.projects.open, s.block = true, nil
	case s.projects.open:
		s.projects.take(l)
	case s.block != nil:
		s.goOn(l)
	default:
		s.head = append(s.head, l)
	}
}

// colour takes a line of the legend.
func (s *listScanner) colour(l line) bool {
	if _, ok := czech.ReadResultColour(l.text); ok {
		if s.legend == 0 {
			s.legend = l.no
		}
		return true
	}
	p, ok := czech.ReadNextPlan(l.text)
	if ok {
		s.draft.Plans = append(s.draft.Plans, p)
	}
	return ok
}

// open takes a line that begins a priority, a measure or an item.
func (s *listScanner) open(l line) bool {
	b := &listBlock{line: l.no}
	if h, ok := czech.ReadHeading(l.text); ok && h.Kind == czech.AreaHeading {
		b.kind, b.code, b.title = listArea, h.Code, h.Title
	} else if b.label, b.code, b.title, ok = czech.ReadListCode(l.text); !ok {
		return false
	} else if b.kind = listItem; strings.Count(b.code, ".") == 1 {
		b.kind = listMeasure
	}
	s.block, s.projects.open = b, false
	s.blocks = append(s.blocks, b)
	return true
}

// goOn joins a line to what stands above it. A wrapped line has one blank line
// before it at most; only descriptions have more.
func (s *listScanner) goOn(l line) {
	switch {
	case s.block.kind == listMeasure:
		s.block.below = append(s.block.below, l.text)
	case s.gap <= 1:
		s.block.title += " " + l.text
	default:
		s.warn(l.no, l.text, "text after a gap below "+s.block.label+"; not part of the draft")
	}
}

// cover reads the title, the period and the town.
func (s *listScanner) cover() {
	for i, l := range s.head {
		var texts []string
		for _, rest := range s.head[i:] {
			texts = append(texts, rest.text)
		}
		c, ok := czech.ReadEvaluationTitle(strings.Join(texts, " "))
		if !ok {
			s.warn(l.no, l.text, "text before the title; not part of the draft")
			continue
		}
		p := &s.draft.Plan
		p.Title, p.Start, p.End, p.OpenEnd = c.Title, c.Start, c.End, c.OpenEnd
		p.Territory = czech.TownNamed(c.Title)
		s.draft.Period = engine.Period{ID: periodID(c), Start: c.Start, End: c.End}
		break
	}
	for i := range s.draft.Plans {
		s.draft.Plans[i].Territory = s.draft.Plan.Territory
		s.draft.Plans[i].ID = planID(s.draft.Plans[i])
	}
}
