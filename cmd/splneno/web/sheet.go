package web

import (
	"context"
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/workflows"
)

// A sheet is the answer page of one organisation.
type sheet struct {
	Token        string
	Organisation string
	Town         engine.Municipality
	Plan         engine.Plan
	Period       engine.Period
	AnswerBy     engine.Date
	By           string
	Groups       []sheetGroup
	Owed, Total  int
	Problem      string  // key of the catalogue: why nothing was sent
	ProblemID    string  // of the log line
	Faults       []fault // every fault, in the order of the page
	ByFault      string

	// Of a sheet that is divided: the part shown, its first and last item, and
	// every part.
	Part, First, Last int
	Parts             []sheetPart
}

// A sheetGroup is consecutive items of one measure; numbers run on as in the mail.
type sheetGroup struct {
	Code, Title string
	Items       []sheetItem
}

// A sheetItem is one activity on the page.
type sheetItem struct {
	Number   int
	Activity engine.Activity
	Due      engine.Date
	Entry    engine.Entry
	Before   *before          // what was approved the last time
	Given    *engine.Proposal // this organisation's newest answer
	Returned bool
	Others   bool // another organisation has answered
	Form     bool // the fields are shown
	Drafted  bool // what they hold comes from the saved draft
	Typed    typed
	Choices  []choice
	Faults   map[string]string
}

// A fault is one field to mend, with the way to it.
type fault struct {
	Number  int // of the item, 0 for the name
	Anchor  string
	Message string // key of the catalogue
}

// Field gives the name of one of the item's form fields.
func (i sheetItem) Field(name string) string { return fieldPrefix(i.Number) + name }

// NumberField gives the name of the field of the k-th indicator.
func (i sheetItem) NumberField(k int) string { return i.Field("cislo-" + strconv.Itoa(k)) }

func fieldPrefix(number int) string { return "a" + strconv.Itoa(number) + "-" }

// newSheet builds the page from what is stored.
func newSheet(token string, c engine.Case, d engine.Draft, last map[string]before) sheet {
	s := sheet{Token: token, Organisation: c.Organisation.Name, Town: c.Municipality, Plan: c.Plan, Period: c.Season.Period,
		AnswerBy: c.Request.AnswerBy, By: d.By, Total: len(c.Activities)}
	for i, a := range c.Activities {
		item := newSheetItem(i+1, c, a, c.Entries[i])
		if b, ok := last[a.ID]; ok {
			item.Before = &b
		}
		if saved, ok := d.Answers[a.ID]; ok {
			item.Form, item.Drafted, item.Typed = true, true, typedOf(saved, a.Indicators)
		}
		if item.owed() {
			s.Owed++
		}
		s.add(item, c.Plan)
	}
	return s
}

func newSheetItem(number int, c engine.Case, a engine.Activity, e engine.Entry) sheetItem {
	item := sheetItem{Number: number, Activity: a, Entry: e, Due: a.Deadline.DueIn(c.Season.Period), Choices: choices,
		Typed: typed{Numbers: make([]string, len(a.Indicators))}}
	if p := slices.IndexFunc(c.Proposals, func(p engine.Proposal) bool { return p.Activity == a.ID }); p >= 0 {
		item.Given, item.Returned = &c.Proposals[p], c.Proposals[p].State == engine.Returned
	}
	item.Others = item.Given == nil && !e.AnsweredAt.IsZero()
	item.Form = item.Given == nil
	return item
}

// owed reports whether somebody still waits for an answer about the item.
func (i sheetItem) owed() bool {
	return i.Returned || (i.Given == nil && i.Entry.AnsweredAt.IsZero() && !i.Entry.State.Final())
}

// add puts an item into the group of its measure.
func (s *sheet) add(item sheetItem, p engine.Plan) {
	m, _ := p.MeasureByCode(item.Activity.Measure)
	if n := len(s.Groups); n == 0 || s.Groups[n-1].Code != m.Code {
		s.Groups = append(s.Groups, sheetGroup{Code: m.Code, Title: m.Title})
	}
	g := &s.Groups[len(s.Groups)-1]
	g.Items = append(g.Items, item)
}

// A before is the result of an earlier season, or of an imported evaluation.
type before struct {
	Period string
	Word   string // as an imported document printed it; then State is empty
	State  engine.State
	Qualifier,
	Narrative string
}

// lastResults gives what was approved about the activities in the newest season
// before this one.
func lastResults(ctx context.Context, o *workflows.Office, plan string, period engine.Period, activities []engine.Activity) (map[string]before, error) {
	out := map[string]before{}
	var ids []string
	for _, a := range activities {
		ids = append(ids, a.ID)
		if a.StatusRaw != "" {
			out[a.ID] = before{Word: a.StatusRaw}
		}
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return nil, err
	}
	var last *engine.Season
	for i, s := range seasons {
		if s.Plan == plan && s.Period.End < period.Start && (last == nil || s.Period.End > last.Period.End) {
			last = &seasons[i]
		}
	}
	if last == nil {
		return out, nil
	}
	entries, err := o.Records.Entries(ctx, plan, last.Period.ID, ids...)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !e.ApprovedAt.IsZero() {
			out[e.Activity] = before{Period: last.Period.ID, State: e.State, Qualifier: e.Qualifier, Narrative: e.Narrative}
		}
	}
	return out, nil
}
