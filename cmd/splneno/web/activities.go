package web

import (
	"net/http"
	"net/url"
	"slices"

	"splneno/engine"
)

// entriesSize is how many entries a page shows.
const entriesSize = 50

// An activitiesPage is a page of the entries of a season.
type activitiesPage struct {
	Own    bool // the list begins with the areas of the account's working group
	Plan   engine.Plan
	Season engine.Season
	Form   entriesForm
	Counts map[engine.State]int // with the filter's other wishes
	All    int
	Pager  pager
	Groups []entryGroup
}

// An entriesForm is what the page was asked to show.
type entriesForm struct {
	Area, State, Only, Search string
}

const (
	onlyUndecided  = "bez-rozhodnuti"
	onlyUnanswered = "bez-odpovedi"
)

// An entryGroup is the entries of one measure.
type entryGroup struct {
	Code, Title string
	Rows        []entryRow
}

// An entryRow is one entry in the list.
type entryRow struct {
	Activity engine.Activity
	Entry    engine.Entry
	Pending  int // answers that wait
}

// Path gives the way to the entry.
func (r entryRow) Path() string { return entryPath(r.Entry.EntryKey) }

// States lists the states the list can be narrowed to.
func (activitiesPage) States() []engine.State { return engine.States() }

// With gives the way to the first page with another state.
func (p activitiesPage) With(state engine.State) string {
	q := url.Values{}
	for key, v := range map[string]string{"oblast": p.Form.Area, "stav": string(state), "jen": p.Form.Only, "hledat": p.Form.Search} {
		if v != "" {
			q.Set(key, v)
		}
	}
	return seasonPath("aktivity", p.Plan.ID, p.Season.Period.ID) + "?" + q.Encode()
}

func (s *site) showActivities(v visit) error {
	ctx, q := v.r.Context(), v.r.URL.Query()
	plan, period := v.r.PathValue("plan"), v.r.PathValue("period")
	p := activitiesPage{Own: len(v.account.Follows()) > 0,
		Form: entriesForm{Area: q.Get("oblast"), State: q.Get("stav"), Only: q.Get("jen"), Search: clean(q.Get("hledat"))}}
	var err error
	if p.Season, err = v.office.Records.Season(ctx, plan, period); err != nil {
		return err
	}
	if p.Plan, err = v.office.Records.Plan(ctx, plan); err != nil {
		return err
	}
	f := p.filter(v.account)
	if err := p.count(v, f); err != nil {
		return err
	}
	p.Pager = newPager(v.r, entriesSize, p.Pager.All)
	var entries []engine.Entry
	if p.Pager.All > 0 {
		if entries, err = v.office.Records.EntryPage(ctx, f, p.Pager.Offset(), entriesSize); err != nil {
			return err
		}
	}
	if err := p.list(v, entries); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "activities", p)
}

// filter turns the form into what records are asked for. A leader begins with
// the areas of the working group.
func (p activitiesPage) filter(a engine.Account) engine.EntryFilter {
	f := engine.EntryFilter{Plan: p.Plan.ID, Period: p.Season.Period.ID, State: engine.State(p.Form.State), Search: p.Form.Search,
		Undecided: p.Form.Only == onlyUndecided, Unanswered: p.Form.Only == onlyUnanswered}
	switch {
	case p.Form.Area == allAreas:
	case p.Form.Area != "":
		f.Areas = []string{p.Form.Area}
	default:
		f.Areas = a.Follows()
	}
	return f
}

// count counts by state whatever state is asked for, so that the ways to the
// other states say what is there.
func (p *activitiesPage) count(v visit, f engine.EntryFilter) error {
	state := f.State
	f.State = ""
	counts, err := v.office.Records.EntryCounts(v.r.Context(), f)
	p.Counts, p.Pager.All = counts, counts[state]
	for _, n := range counts {
		p.All += n
	}
	if state == "" {
		p.Pager.All = p.All
	}
	return err
}

// list puts the entries of the page under their measures.
func (p *activitiesPage) list(v visit, entries []engine.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.Activity)
	}
	found, err := v.office.Records.Activities(v.r.Context(), p.Plan.ID, ids...)
	if err != nil {
		return err
	}
	answers, err := v.office.Records.Proposals(v.r.Context(), p.Plan.ID, p.Season.Period.ID, ids...)
	if err != nil {
		return err
	}
	for _, e := range entries {
		row := entryRow{Entry: e}
		if i := slices.IndexFunc(found, func(a engine.Activity) bool { return a.ID == e.Activity }); i >= 0 {
			row.Activity = found[i]
		}
		for _, a := range answers {
			if a.Activity == e.Activity && a.State == engine.Pending {
				row.Pending++
			}
		}
		m, _ := p.Plan.MeasureByCode(row.Activity.Measure)
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Code != m.Code {
			p.Groups = append(p.Groups, entryGroup{Code: m.Code, Title: m.Title})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Rows = append(g.Rows, row)
	}
	return nil
}
