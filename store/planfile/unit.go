package planfile

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// assemble makes measures and units of the blocks: the printing with rows is
// the unit, the printing without is only compared with it.
func (s *planScanner) assemble() {
	detail := map[string]bool{}
	parent := map[string]bool{}
	for _, b := range s.blocks {
		detail[b.id()] = detail[b.id()] || b.detailed()
		parent[b.measure] = parent[b.measure] || b.letter != ""
	}
	titles := map[string]*block{}
	for _, b := range s.blocks {
		if first, ok := titles[b.id()]; ok {
			s.compare(*first, *b)
		} else {
			titles[b.id()] = b
		}
		if b.letter == "" {
			s.addMeasure(engine.Measure{Code: b.measure, Title: b.title, Area: b.area, CrossCutting: b.area == ""})
		}
		switch {
		case b.detailed():
			s.unit(*b)
		case !detail[b.id()] && !(b.letter == "" && parent[b.measure]):
			s.warn(b.line, b.title, "no table describes "+b.id())
			s.unit(*b)
			detail[b.id()] = true
		}
	}
	s.inOrder()
	s.unplaced()
}

// inOrder puts the units in the order their codes were first printed, so that
// one without a table stands where the overview has it.
func (s *planScanner) inOrder() {
	first := map[string]int{}
	for i, b := range s.blocks {
		if _, ok := first[b.id()]; !ok {
			first[b.id()] = i
		}
	}
	slices.SortStableFunc(s.draft.Activities, func(x, y engine.ActivityDraft) int { return first[x.ID] - first[y.ID] })
}

// compare warns when overview and detail give one code two titles.
func (s *planScanner) compare(first, second block) {
	if czech.Fold(first.title) != czech.Fold(second.title) {
		s.warn(second.line, second.title, "title of "+second.id()+" differs from line "+itoa(first.line)+": "+first.title)
	}
	if second.detailed() && first.detailed() {
		s.warn(second.line, second.title, second.id()+" is described a second time")
	}
}

func (s *planScanner) titleOfArea(code string) string {
	for _, a := range s.draft.Plan.Areas {
		if a.Code == code {
			return a.Title
		}
	}
	return ""
}

func (s *planScanner) retitled(l line, before, now string) {
	if before != "" && czech.Fold(before) != czech.Fold(now) {
		s.warn(l.no, now, "title of the area differs from the one printed before: "+before)
	}
}

// unplaced says once that rationales were read and have no field in a plan.
func (s *planScanner) unplaced() {
	n := 0
	for _, b := range s.blocks {
		if slices.ContainsFunc(b.rows, func(r *row) bool { return r.field == czech.Rationale }) {
			n++
		}
	}
	if n > 0 {
		s.warn(0, "", "rationales are not part of the draft, which keeps descriptions only; units with one: "+itoa(n))
	}
}

// unit makes one tracked unit of a block.
func (s *planScanner) unit(b block) {
	a := engine.ActivityDraft{Status: engine.Planned, Line: b.line}
	a.ID, a.Area, a.Measure, a.Title = b.id(), b.area, b.measure, b.title
	if b.letter != "" {
		a.Label = b.letter + ")"
	}
	sourced(&a, "title", b.line)
	a.Deadline = czech.ReadDeadline("", 0)
	seen := map[czech.Field]bool{}
	for _, r := range b.rows {
		if seen[r.field] {
			s.warn(r.line, string(r.field), b.id()+" has this row twice; the later one is kept")
		}
		seen[r.field] = true
		s.take(&a, *r)
	}
	if b.detailed() {
		s.absent(b, seen)
	}
	a.Parts = shareTerm(a.Parts, a.Deadline)
	s.draft.Activities = append(s.draft.Activities, a)
}

// take puts one row into the unit.
func (s *planScanner) take(a *engine.ActivityDraft, r row) {
	text := plain(strings.Join(r.parts, " "))
	switch r.field {
	case czech.TargetGroup:
		a.TargetGroup = text
		sourced(a, "target_group", r.line)
	case czech.Term:
		sourced(a, "deadline", r.line)
		a.Deadline = czech.ReadDeadline(text, s.draft.Plan.Year())
		if !a.Deadline.Certain {
			a.Unsure = append(a.Unsure, "deadline")
			s.warn(r.line, text, "the deadline is not understood")
		}
	case czech.Implementers:
		s.responsible(a, text, r.line)
		sourced(a, "responsible", r.line)
	case czech.RationaleAndDescription:
		a.Unsure = append(a.Unsure, "details")
		s.warn(r.line, text, "rationale and description are one row; all of it is kept as description")
		s.describe(a, r)
	case czech.Description:
		s.describe(a, r)
	}
}

// describe takes services and lettered steps out of a description; the rest is details.
func (s *planScanner) describe(a *engine.ActivityDraft, r row) {
	paras := paragraphs(strings.Join(r.parts, "\n"))
	services, paras := cutServices(paras)
	s.draft.Services = append(s.draft.Services, services...)
	a.Parts, a.Details = nil, nil
	for _, p := range paras {
		before, parts := cutSteps(p)
		if before != "" {
			a.Details = append(a.Details, before)
		}
		a.Parts = append(a.Parts, parts...)
	}
	if len(a.Details) > 0 {
		sourced(a, "details", r.line)
	}
	if len(a.Parts) > 0 {
		sourced(a, "parts", r.line)
	}
}

// absent warns of rows a unit does not have.
func (s *planScanner) absent(b block, seen map[czech.Field]bool) {
	seen[czech.Description] = seen[czech.Description] || seen[czech.RationaleAndDescription]
	for _, f := range []czech.Field{czech.Description, czech.TargetGroup, czech.Term, czech.Implementers} {
		if !seen[f] {
			s.warn(b.line, b.title, b.id()+" has no row for its "+string(f))
		}
	}
}
