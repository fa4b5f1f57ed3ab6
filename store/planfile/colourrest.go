package planfile

import (
	"splneno/engine"
	"splneno/engine/czech"
)

// A projectList reads a table of projects that was flattened: the lines of a
// title, then one line with the implementer and the term.
type projectList struct {
	open  bool
	title []line
	rows  []projectRow
}

type projectRow struct {
	engine.Project
	line int
}

func (p *projectList) take(l line) {
	who, term, ok := czech.CutTerm(l.text)
	if !ok {
		p.title = append(p.title, l)
		return
	}
	row := projectRow{engine.Project{Title: joinText(p.title), Implementer: who, Term: term}, l.no}
	if len(p.title) > 0 {
		row.line = p.title[0].no
	}
	p.rows, p.title = append(p.rows, row), nil
}

// end puts the projects into the draft.
func (p *projectList) end(b *builder) {
	for _, r := range p.rows {
		if r.Title+r.Implementer == "" {
			b.warn(r.line, r.Term, "a term without a project; not part of the draft")
			continue
		}
		b.draft.Projects = append(b.draft.Projects, r.Project)
		if r.Title == "" || r.Implementer == "" {
			b.warn(r.line, r.Title+" "+r.Implementer, "the project and who carries it out cannot be told apart")
		}
	}
	if len(p.title) > 0 {
		b.warn(p.title[0].no, joinText(p.title), "a project without a term; not part of the draft")
	}
}

// A signature is the end of a document: where and when it was signed, and by
// what function. Names of persons are not kept.
type signature struct {
	place    string
	on       engine.Date
	function string
	approver bool // the line above named who approved
	line     int  // of the day
	named    []line
}

func (s *signature) take(l line) bool {
	if place, on, ok := czech.ReadPlaceAndDay(l.text); ok {
		s.place, s.on, s.line = place, on, l.no
		return true
	}
	_, approves, ok := czech.ReadSigner(l.text)
	switch {
	case ok:
		s.approver = approves
		s.named = append(s.named, l)
	case s.approver:
		s.function, s.approver = l.text, false
	default:
		return false
	}
	return true
}

// put makes the approval of the plan of it.
func (s *signature) put(b *builder) {
	p := &b.draft.Plan
	p.ApprovedBy, p.ApprovedOn, p.ApprovedAt = s.function, s.on, s.place
	if s.on != "" && s.on <= p.End {
		b.warn(s.line, s.place+" "+string(s.on), "signed before the period it evaluates had ended; taken as printed")
	}
	for _, l := range s.named {
		b.warn(l.no, l.text, "names a person; only the function printed below is kept")
	}
}
