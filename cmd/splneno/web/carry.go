package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"splneno/engine"
)

// carryOnPage is how many promises the carry-over desk shows at a time.
const carryOnPage = 25

// A carryPage is what is not finished of a season, each with what follows.
type carryPage struct {
	seasonPlace
	Items   []carryItem
	Pager   pager
	All     bool // decided ones too
	Total   int  // to be decided about
	Decided int
	Ends    bool   // the plan ends with the season
	Bulk    int    // items on the page that run on anyway
	Own     string // the page's own address
	Reason  string // why the last form was not taken, key of the catalogue
}

// Left gives how many are undecided.
func (p carryPage) Left() int { return p.Total - p.Decided }

// A carryItem is one promise with the form that decides about it.
type carryItem struct {
	engine.Placed
	N           int // on the page
	Lineage     engine.Lineage
	Resolutions []engine.Resolution // those that named it
	RunsOn      bool                // undecided, and the plan promises it beyond the season
	Form        carryForm
}

// Narrative gives the beginning of what was done, Missing of what is missing.
func (i carryItem) Narrative() string { return short(i.Entry.Narrative, carryText) }

// Missing gives the beginning of what is missing.
func (i carryItem) Missing() string { return short(i.Entry.Missing, carryText) }

// carryText is how much of a text the desk shows; the rest is on the page of
// the activity.
const carryText = 350

// Ways lists what can be decided.
func (carryItem) Ways() []string { return carryWays }

// carryWays are the decisions as one choice: the next step, and how it is
// carried over.
var carryWays = []string{"carry_over", "carry_over:rephrase", "carry_over:split", "carry_over:merge", "continue", "postpone", "drop", "close"}

// A carryForm is a decision as typed.
type carryForm struct {
	Way, Titles, Until, Why string
	Faults                  map[string]string
}

// wayOf gives the choice that stands for a decision.
func wayOf(e engine.Entry) string {
	if e.NextStep == engine.CarryOver && e.Onward.How != "" {
		return string(e.NextStep) + ":" + string(e.Onward.How)
	}
	return string(e.NextStep)
}

// course gives the decision that was typed, and what is wrong with it.
func (f *carryForm) course() engine.Course {
	next, how, _ := strings.Cut(f.Way, ":")
	c := engine.Course{Next: engine.NextStep(next), Onward: engine.Onward{How: engine.CarryHow(how)}}
	f.Faults = map[string]string{}
	for line := range strings.SplitSeq(f.Titles, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			c.Onward.Titles = append(c.Onward.Titles, line)
		}
	}
	switch n := len(c.Onward.Titles); {
	case !slices.Contains(carryWays, f.Way):
		f.Faults["krok"] = "fault.way"
	case c.Next == engine.Postpone:
		if _, err := engine.ParseDate(f.Until); err != nil {
			f.Faults["den"] = "fault.date"
		}
		c.Until = engine.Date(f.Until)
	case c.Next == engine.Drop:
		if c.Onward.Reason = f.Why; f.Why == "" {
			f.Faults["duvod"] = "fault.drop"
		}
	case (c.Onward.How == engine.CarryRephrase || c.Onward.How == engine.CarryMerge) && n != 1:
		f.Faults["nazvy"] = "fault.one_title"
	case c.Onward.How == engine.CarrySplit && n < 2:
		f.Faults["nazvy"] = "fault.titles"
	}
	if slices.ContainsFunc(c.Onward.Titles, func(t string) bool { return len([]rune(t)) > engine.MaxTitle }) {
		f.Faults["nazvy"] = "fault.long_title"
	}
	return c
}

func (s *site) showCarry(v visit) error {
	p, err := readCarry(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "carry", p)
}

func readCarry(v visit) (carryPage, error) {
	ctx := v.r.Context()
	place, err := v.place()
	if err != nil {
		return carryPage{}, err
	}
	p := carryPage{seasonPlace: place, Own: own(v.r, "ukazat", "strana"), All: v.r.URL.Query().Get("ukazat") == "vse", Ends: place.Plan.EndsIn(place.Season.Period)}
	states := place.Plan.Unsettled(place.Season.Period)
	counts, err := v.office.Records.EntryCounts(ctx, engine.EntryFilter{Plan: place.Season.Plan, Period: place.Season.Period.ID})
	if err != nil {
		return p, err
	}
	for _, c := range counts {
		if slices.Contains(states, c.State) {
			p.Total += c.N
			if c.Next != "" {
				p.Decided += c.N
			}
		}
	}
	f := engine.EntryFilter{Plan: place.Season.Plan, Period: place.Season.Period.ID, States: states, Undecided: !p.All, UndecidedFirst: p.All}
	n := p.Left()
	if p.All {
		n = p.Total
	}
	p.Pager = newPager(v.r, carryOnPage, n)
	placed, err := v.office.Records.EntryPage(ctx, f, p.Pager.Offset(), carryOnPage)
	if err != nil {
		return p, err
	}
	return p, p.fill(ctx, v, placed)
}

// fill adds to the entries of the page what is decided on.
func (p *carryPage) fill(ctx context.Context, v visit, placed []engine.Placed) error {
	activities := make([]engine.Activity, len(placed))
	for i, e := range placed {
		activities[i] = e.Activity
	}
	lineages, err := v.office.LineagesOf(ctx, activities)
	if err != nil {
		return err
	}
	resolutions, err := v.office.Records.Resolutions(ctx, p.Season.Plan, p.Season.Period.ID)
	if err != nil {
		return err
	}
	for n, e := range placed {
		item := carryItem{Placed: e, N: n, Lineage: lineages.Of(e.Activity.Ref()), Resolutions: naming(resolutions, e.Activity.ID),
			Form: carryForm{Way: wayOf(e.Entry), Titles: strings.Join(e.Entry.Onward.Titles, "\n"), Until: string(e.Entry.PostponedTo), Why: e.Entry.Onward.Reason}}
		item.RunsOn = e.Entry.NextStep == "" && (e.Activity.Deadline.Ongoing || e.Activity.Deadline.Due > p.Season.Period.End)
		if item.RunsOn {
			p.Bulk++
		}
		p.Items = append(p.Items, item)
	}
	return nil
}

// naming gives the resolutions that say something of an activity, each with
// that alone.
func naming(all []engine.Resolution, activity string) []engine.Resolution {
	var out []engine.Resolution
	for _, r := range all {
		for _, item := range r.Items {
			if item.Activity == activity {
				r.Items = []engine.ResolutionItem{item}
				out = append(out, r)
				break
			}
		}
	}
	return out
}
