package planfile

import (
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// A minutesItem is one item of the programme with what was said about it.
type minutesItem struct {
	code    string // its number in the programme
	title   string
	heading int // line of its heading, 0 when the text has none
	lines   []line

	activities int // made of it
}

// A minutesScanner reads minutes of a meeting about planning: what the process
// is to bring becomes activities, the rest stands beside them.
type minutesScanner struct {
	builder
	head  []line // above the title
	all   flow   // from the title on
	first int    // index of the title
	items []*minutesItem
	day   engine.Date
}

// readMinutes understands the text of minutes. Nothing in minutes is a status.
func readMinutes(lines []line, known []engine.Organisation) engine.PlanDraft {
	s := &minutesScanner{builder: builder{known: known}}
	for !czech.IsMinutes(lines[s.first].text) {
		s.first++
	}
	s.head, s.all = lines[:s.first], newFlow(lines[s.first:])
	programme, body := s.programme(lines[s.first:])
	s.meeting(programme)
	s.cutItems(body)
	s.project()
	s.groups()
	s.plans()
	for _, item := range s.items {
		s.deliverables(item)
		s.tasks(item)
	}
	s.announced()
	s.leftOver()
	s.draft.Plan.ID = czech.Slug("zapis " + s.draft.Plan.Territory + " " + string(s.day))
	return s.finish()
}

// programme takes the items of the programme, and gives the lines below it. An
// item may be wrapped; the list ends where its first item is printed again.
func (s *minutesScanner) programme(lines []line) (items []string, body []line) {
	at := 0
	for at < len(lines) && !czech.IsProgramme(lines[at].text) {
		at++
	}
	if at == len(lines) {
		return nil, lines
	}
	for at++; at < len(lines); at++ {
		l := lines[at]
		item, bulleted := czech.CutBullet(l.text)
		switch {
		case l.blank():
		case bulleted:
			items = append(items, item)
		case len(items) == 0 || begins(l.text, items[0]):
			return items, lines[at:]
		default:
			items[len(items)-1] += " " + l.text
		}
	}
	return items, nil
}

// begins says whether a line is the beginning of a heading, or begins with all
// of it: headings are wrapped here and there, and go on in other words.
func begins(text, heading string) bool {
	const enough = 12 // letters that no other line shares by chance
	text, heading = czech.Fold(text), czech.Fold(heading)
	n := min(len(text), len(heading))
	return text[:n] == heading[:n] && (n >= enough || n == len(heading))
}

// cutItems parts the body at the headings of the programme, in their order.
func (s *minutesScanner) cutItems(body []line) {
	var open *minutesItem
	next := 0
	for i := 0; i < len(body); i++ {
		l := body[i]
		if at := s.headingAt(l, next); at >= 0 {
			open, next = s.items[at], at+1
			open.heading = l.no
			continue
		}
		if open != nil {
			open.lines = append(open.lines, l)
		} else if !l.blank() {
			s.warn(l.no, l.text, "text before the first item of the programme; not part of the draft")
		}
	}
}

// headingAt gives the item, from next on, whose heading the line is, -1 for none.
func (s *minutesScanner) headingAt(l line, next int) int {
	if _, bulleted := czech.CutBullet(l.text); bulleted || l.blank() {
		return -1
	}
	for at := next; at < len(s.items); at++ {
		if begins(l.text, s.items[at].title) {
			return at
		}
	}
	return -1
}

// meeting keeps the meeting as an occasion, and the programme as its items.
func (s *minutesScanner) meeting(programme []string) {
	for i, title := range programme {
		s.items = append(s.items, &minutesItem{code: itoa(i + 1), title: title})
	}
	head, ok := czech.ReadMinutes(s.all.text)
	if !ok {
		s.warn(s.all.nos[0], s.all.text, "the body and the day of the meeting are not understood")
		return
	}
	s.day = head.Day
	if s.day == "" {
		s.warn(s.all.nos[0], head.Raw, "the day of the meeting is not understood")
	}
	s.draft.Events = append(s.draft.Events, engine.Occasion{Kind: engine.OccasionHeld, Name: head.Body,
		Day: head.Day, Raw: head.Raw, Place: head.Place, Programme: programme})
}

// leftOver names the items of the programme of which little or nothing is kept.
func (s *minutesScanner) leftOver() {
	for _, item := range s.items {
		if item.heading == 0 {
			s.warn(0, item.title, "item "+item.code+" of the programme is not found in the text")
		}
		var prose []line
		for _, l := range item.lines {
			if _, bulleted := czech.CutBullet(l.text); !bulleted {
				prose = append(prose, l)
			}
		}
		s.passedOver(prose, "text of item "+item.code+", of which only plans, groups, days and tasks are read")
	}
}

// project reads what stands above the title, and who carries the project out.
func (s *minutesScanner) project() {
	p := &s.draft.Plan
	p.Kind = engine.MediumTermPlan
	p.Funding = czech.ReadFunding(newFlow(s.head).text)
	for _, l := range s.head {
		if !l.blank() && p.Title == "" {
			p.Title, p.Territory = l.text, czech.DistrictOf(l.text)
		}
	}
	if p.Title == "" && len(s.draft.Events) > 0 {
		p.Title = s.draft.Events[0].Name
	}
	term, start, end := czech.ReadRealisation(s.all.text)
	p.Start, p.End = start, end
	if who := czech.ReadImplementer(s.all.text); who != "" {
		s.draft.Projects = append(s.draft.Projects, engine.Project{Title: p.Title, Implementer: who, Term: term})
		s.warn(s.all.lineOf(who), who, "carries out the whole project; no activity has a responsible body of its own")
	}
	if term != "" {
		s.warn(s.all.lineOf(term), strings.TrimSpace(term), "the term of the project, taken for the period of the plan; its activities have no terms of their own")
	}
}
