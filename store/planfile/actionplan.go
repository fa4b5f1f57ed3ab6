package planfile

import (
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// A block is one printing of a measure or of a lettered sub-activity. A plan
// prints most twice: in the overview without rows, in the detail with them.
type block struct {
	area, measure, letter string
	title                 string
	line                  int
	rows                  []*row
}

// A row is one labelled row of a block's table, with what continues it.
type row struct {
	field czech.Field
	line  int
	parts []string // marked up text, one per printed line
}

func (b block) id() string     { return b.measure + b.letter }
func (b block) detailed() bool { return len(b.rows) > 0 }

// A planScanner goes through the lines of an action plan once.
type planScanner struct {
	builder
	lines   []line
	area    string
	titleAt int      // index of a line that may be the title of the measure below, 0 none
	block   *block   // where rows go, nil outside
	blocks  []*block // in the order printed
	prose   []line   // a run of lines nothing was made of
}

// readActionPlan understands the text of an action plan: headings with codes,
// lettered sub-activities, and tables of "label TAB value".
func readActionPlan(lines []line, known []engine.Organisation) engine.PlanDraft {
	s := &planScanner{builder: builder{known: known}, lines: lines}
	s.draft.Plan.Kind = engine.ActionPlan
	s.cover()
	for i, l := range lines {
		switch {
		case l.blank() || l.isRule():
		case s.heading(l), s.letter(i, l), s.row(l), s.continuation(l), s.titleAbove(i, l):
			s.endProse()
		default:
			s.prose = append(s.prose, l)
		}
	}
	s.endProse()
	s.assemble()
	s.checkReferences(lines)
	return s.finish()
}

// heading takes an area or a measure.
func (s *planScanner) heading(l line) bool {
	h, ok := czech.ReadHeading(l.text)
	if !ok {
		return false
	}
	switch h.Kind {
	case czech.AreaHeading:
		s.area, s.block = h.Code, nil
		s.retitled(l, s.titleOfArea(h.Code), h.Title)
		s.addArea(engine.Area{Code: h.Code, Title: h.Title})
	default:
		s.measure(l, h)
	}
	return true
}

// measure opens a measure. When the overview prints a sub-activity behind the
// code, the title of the measure stands on the line above.
func (s *planScanner) measure(l line, h czech.Heading) {
	area := s.area
	if h.Kind == czech.CrossCuttingHeading {
		area = ""
	}
	letter, title, lettered := cutLetter(h.Title)
	if !lettered {
		s.open(&block{area: area, measure: h.Code, title: h.Title, line: l.no})
		return
	}
	above := ""
	if s.titleAt > 0 {
		above = s.lines[s.titleAt].text
		s.warn(s.lines[s.titleAt].no, above, "title printed before its code "+h.Code)
	} else {
		s.warn(l.no, l.text, "measure "+h.Code+" has no title")
	}
	s.open(&block{area: area, measure: h.Code, title: above, line: l.no})
	s.open(&block{area: area, measure: h.Code, letter: letter, title: title, line: l.no})
}

func (s *planScanner) open(b *block) {
	s.block, s.titleAt = b, 0
	s.blocks = append(s.blocks, b)
}

// letter takes "a) title" when it opens a sub-activity, and is no step inside a
// description: then the next line would not be a row that a table begins with.
func (s *planScanner) letter(i int, l line) bool {
	letter, title, ok := cutLetter(l.text)
	if !ok || s.block == nil {
		return false
	}
	if s.inText() && !s.tableFollows(i) {
		return false
	}
	s.open(&block{area: s.block.area, measure: s.block.measure, letter: letter, title: title, line: l.no})
	return true
}

// inText says whether the row being read is running text.
func (s *planScanner) inText() bool {
	if !s.block.detailed() {
		return false
	}
	switch s.block.rows[len(s.block.rows)-1].field {
	case czech.Rationale, czech.Description, czech.RationaleAndDescription:
		return true
	}
	return false
}

func (s *planScanner) tableFollows(i int) bool {
	for _, l := range s.lines[i+1:] {
		if l.blank() || l.isRule() {
			continue
		}
		f, ok := czech.ReadField(l.label)
		return ok && (f == czech.Rationale || f == czech.RationaleAndDescription)
	}
	return false
}

// row takes "label TAB value".
func (s *planScanner) row(l line) bool {
	f, ok := czech.ReadField(l.label)
	if !ok || !l.tabbed {
		return false
	}
	if s.block == nil {
		s.warn(l.no, l.text, "a row outside any measure; not used")
		return true
	}
	s.block.rows = append(s.block.rows, &row{field: f, line: l.no, parts: []string{l.value}})
	return true
}

// continuation takes a line that goes on with the row above it.
func (s *planScanner) continuation(l line) bool {
	if s.block == nil || !s.block.detailed() {
		return false
	}
	last := s.block.rows[len(s.block.rows)-1]
	switch {
	case s.inText():
	case l.tabbed && l.label == "":
		s.warn(l.no, l.text, "taken as a continuation of the row above")
	default:
		s.block = nil
		return false
	}
	last.parts = append(last.parts, l.value)
	return true
}

// titleAbove takes a line of the overview that only holds a title.
func (s *planScanner) titleAbove(i int, l line) bool {
	if !l.tabbed || l.label != "" || s.area == "" {
		return false
	}
	for _, next := range s.lines[i+1:] {
		if next.blank() {
			continue
		}
		h, ok := czech.ReadHeading(next.text)
		if _, _, lettered := cutLetter(h.Title); ok && lettered {
			s.titleAt = i
			return true
		}
		return false
	}
	return false
}

// endProse reports a run of lines that nothing was made of, once.
func (s *planScanner) endProse() {
	if len(s.prose) > 0 {
		s.warn(s.prose[0].no, s.prose[0].text, "text outside the measures, to line "+
			itoa(s.prose[len(s.prose)-1].no)+"; not part of the draft")
	}
	s.prose = nil
}

var letterLabel = pattern.New(`^([a-z])\) (\S.*)$`)

// cutLetter takes "a) title" apart.
func cutLetter(text string) (letter, title string, ok bool) {
	m := letterLabel.FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	return m[1], strings.TrimSpace(m[2]), true
}
