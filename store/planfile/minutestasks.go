package planfile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"splneno/engine"
	"splneno/engine/czech"
)

// deliverables makes an activity of every bullet under a heading that lists
// what the process is to bring.
func (s *minutesScanner) deliverables(item *minutesItem) {
	if !czech.ListsDeliverables(item.title) {
		return
	}
	for _, b := range s.bullets(item) {
		a := s.activity(item, b.text, b.line)
		title, rest, ok := strings.Cut(b.text, " – ")
		if ok {
			a.Title, a.Details = title, strings.Split(strings.TrimRight(rest, " ."), ", ")
			sourced(&a, "details", b.line)
		}
		if n, what, ok := czech.CutCount(b.text); ok {
			a.Indicators = []engine.Indicator{{Name: what, Planned: float64(n)}}
			a.Unsure = append(a.Unsure, "indicators")
			sourced(&a, "indicators", b.line)
			s.warn(b.line, b.text, a.ID+" promises "+itoa(n)+"; proposed as an indicator")
		}
		if plans := czech.ReadMentionedPlans(b.text); len(plans) > 1 {
			a.Parts = convert(plans, func(p engine.Plan) engine.Part {
				return engine.Part{Label: p.Start.YearString(), Text: p.Title, Deadline: a.Deadline}
			})
			sourced(&a, "parts", b.line)
		}
		s.draft.Activities = append(s.draft.Activities, a)
	}
}

// activity begins an activity of the item, whose number in the programme is
// the code of its measure.
func (s *minutesScanner) activity(item *minutesItem, title string, no int) engine.ActivityDraft {
	s.addMeasure(engine.Measure{Code: item.code, Title: item.title})
	item.activities++
	a := engine.ActivityDraft{Status: engine.Planned, Line: no}
	a.ID, a.Measure, a.Title = rowID(item.code, 0, item.activities), item.code, title
	a.Deadline = czech.ReadDeadline("", 0)
	sourced(&a, "title", no)
	return a
}

// A bulletText is one item of a list, its wrapped lines joined.
type bulletText struct {
	text string
	line int
}

// bullets joins the wrapped lines of a list. A line is wrapped when the one
// before it is full, or when it goes on in lower case.
func (s *minutesScanner) bullets(item *minutesItem) []bulletText {
	width := 0
	for _, l := range item.lines {
		width = max(width, utf8.RuneCountInString(l.text))
	}
	var out []bulletText
	open := false
	last := ""
	for _, l := range item.lines {
		text, bulleted := czech.CutBullet(l.text)
		switch {
		case l.blank():
			continue
		case bulleted:
			out, open = append(out, bulletText{text, l.no}), true
		case open && (utf8.RuneCountInString(last) > width*3/4 || !czech.IsName(text)):
			out[len(out)-1].text += " " + text
		default:
			open = false
		}
		last = l.text
	}
	return out
}

// tasks makes an activity of every sentence that plans something for a month.
func (s *minutesScanner) tasks(item *minutesItem) {
	f := newFlow(item.lines)
	for _, t := range czech.ReadTasks(f.text) {
		a := s.activity(item, t.Text, f.lineAt(t.TextAt))
		if t.About != "" {
			a.Details = []string{t.About}
			sourced(&a, "details", f.lineAt(t.AboutAt))
		}
		a.Deadline = czech.ReadDeadline(t.Term, s.day.Year())
		a.Deadline.Certain = false
		a.Unsure = append(a.Unsure, "deadline")
		at := f.lineAt(t.TermAt)
		sourced(&a, "deadline", at)
		s.warn(at, t.Term, "a task without a day, and nobody is named for it; the month is a guess at its deadline")
		s.draft.Activities = append(s.draft.Activities, a)
		if t.Event != "" {
			s.draft.Events = append(s.draft.Events, engine.Occasion{Kind: engine.OccasionPlanned, Name: t.Event, Raw: t.Term})
		}
	}
}

// announced keeps the next event with a day.
func (s *minutesScanner) announced() {
	e, ok := czech.ReadAnnounced(s.all.text)
	if !ok {
		return
	}
	if e.Name == "" || e.Day == "" {
		s.warn(s.all.lineOf(e.Raw), e.Raw, "the name or the day of the next event is not understood")
	}
	s.draft.Events = slices.Insert(s.draft.Events, min(1, len(s.draft.Events)), e)
}

// groups keeps the groups of the planning, and compares their number.
func (s *minutesScanner) groups() {
	groups, want := czech.ReadGroups(s.all.text)
	working := 0
	for _, g := range groups {
		if g.Territory == "" {
			g.Territory = s.draft.Plan.Territory
		}
		if g.Kind == engine.WorkingGroup {
			working++
		}
		s.draft.Groups = append(s.draft.Groups, g)
	}
	if want != working {
		s.warn(0, "", "the minutes speak of "+itoa(want)+" working groups; "+itoa(working)+" are read")
	}
}

// plans keeps the plans the minutes name, and says which years none covers.
func (s *minutesScanner) plans() {
	own := s.draft.Plan.Territory
	for _, p := range czech.ReadMentionedPlans(s.all.text) {
		p.Territory = own
		p.ID = planID(p)
		s.draft.Plans = append(s.draft.Plans, p)
	}
	var last engine.Plan
	for _, p := range s.draft.Plans {
		if p.Kind != engine.MediumTermPlan {
			continue
		}
		if last.End != "" && p.Start.Year() > last.End.Year()+1 {
			s.warn(0, last.Title+" → "+p.Title, "no plan covers the years from "+itoa(last.End.Year()+1)+" to "+
				itoa(p.Start.Year()-1)+"; an action plan of such a year has no parent, which is allowed")
		}
		last = p
	}
}
