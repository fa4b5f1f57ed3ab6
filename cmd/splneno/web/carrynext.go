package web

import (
	"net/http"
	"net/url"
	"strings"

	"splneno/engine"
)

// A nextPlanPage is the form that prepares the plan that follows.
type nextPlanPage struct {
	seasonPlace
	Going     []going
	Undecided int
	Title     string
	From, To  string
	Faults    map[string]string
	Reason    string // why the last form was not taken, key of the catalogue
}

// A going is how many promises of the season go one way.
type going struct {
	Next engine.NextStep
	N    int
}

func (s *site) showNextPlan(v visit) error {
	p, err := readNextPlan(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "nextplan", p)
}

func readNextPlan(v visit) (nextPlanPage, error) {
	place, err := v.place()
	if err != nil {
		return nextPlanPage{}, err
	}
	p := nextPlanPage{seasonPlace: place, Faults: map[string]string{}}
	counts, err := v.office.Records.EntryCounts(v.r.Context(), engine.EntryFilter{Plan: p.Season.Plan, Period: p.Season.Period.ID})
	if err != nil {
		return p, err
	}
	by := map[engine.NextStep]int{}
	for _, c := range counts {
		by[c.Next] += c.N
		for _, state := range p.Plan.Unsettled(p.Season.Period) {
			if c.State == state && c.Next == "" {
				p.Undecided += c.N
			}
		}
	}
	for _, next := range engine.NextSteps() {
		if by[next] > 0 {
			p.Going = append(p.Going, going{next, by[next]})
		}
	}
	p.propose()
	return p, nil
}

// propose gives the new plan the same length, from the day after the old one.
func (p *nextPlanPage) propose() {
	start, end := p.Plan.Start, p.Plan.End
	if end == "" {
		start, end = p.Season.Period.Start, p.Season.Period.End
	}
	from := end.AddDays(1)
	p.From = string(from)
	if start != "" {
		years := end.AddDays(1).Year() - start.Year()
		p.To = string(engine.NewDate(from.Year()+max(years, 1), 1, 1).AddDays(-1))
	}
	p.Title = p.Plan.Title
	if old, next := p.Plan.End.Year(), from.Year(); old != 0 && strings.Contains(p.Title, string(p.Plan.End)[:4]) && p.Plan.Year() == old {
		p.Title = strings.ReplaceAll(p.Title, string(p.Plan.End)[:4], engine.NewDate(next, 1, 1).YearString())
	}
}

// postNextPlan prepares the plan, or adds to it what was decided since.
func (s *site) postNextPlan(v visit) error {
	get := v.r.PostForm.Get
	p, err := readNextPlan(v)
	if err != nil {
		return err
	}
	p.Title, p.From, p.To = clean(get("nazev")), get("od"), get("do")
	if p.Title == "" || len([]rune(p.Title)) > engine.MaxTitle {
		p.Faults["nazev"] = "fault.plan_title"
	}
	for name, day := range map[string]string{"od": p.From, "do": p.To} {
		if _, err := engine.ParseDate(day); err != nil {
			p.Faults[name] = "fault.date"
		}
	}
	if len(p.Faults) == 0 && (p.To < p.From || p.Plan.Start != "" && engine.Date(p.From) <= p.Plan.Start) {
		p.Faults["od"] = "fault.plan_days"
	}
	if len(p.Faults) > 0 {
		p.Reason = "decision.fields"
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "nextplan", p)
	}
	period := engine.Period{ID: p.Title, Start: engine.Date(p.From), End: engine.Date(p.To)}
	id, n, err := v.office.PrepareNext(v.r.Context(), p.Season.Plan, p.Title, period, v.who)
	switch engine.CodeOf(err) {
	case engine.Conflict:
		p.Faults["nazev"], p.Reason = "fault.plan_there", "decision.fields"
		return s.show(v.w, v.r, http.StatusConflict, "nextplan", p)
	case engine.Invalid:
		p.Reason = "carry.nothing"
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "nextplan", p)
	}
	if err != nil {
		return err
	}
	return v.back("/stul/plan/"+url.PathEscape(id), flashCount("plan-pripraven", n))
}
