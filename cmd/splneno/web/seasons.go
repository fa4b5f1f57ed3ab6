package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"splneno/engine"
)

// A seasonsPage lists the seasons, and prepares a new one.
type seasonsPage struct {
	Rows  []seasonRow
	Plans []engine.Plan
	Form  seasonForm

	CanDecide, CanManage bool
}

// A seasonRow is one season in the list.
type seasonRow struct {
	Season engine.Season
	Plan   string // title
}

// Href gives the way to its year.
func (r seasonRow) Href() string { return seasonPath("obdobi", r.Season.Plan, r.Season.Period.ID) }

// A seasonForm is what was typed to prepare a season.
type seasonForm struct {
	Plan, From, To string
	Faults         map[string]string
	Reason         string
}

func (s *site) showSeasons(v visit) error {
	return s.seasonsWith(v, http.StatusOK, seasonForm{})
}

func (s *site) seasonsWith(v visit, status int, f seasonForm) error {
	ctx, p := v.r.Context(), seasonsPage{Form: f, CanDecide: v.may(engine.RightDecide, v.today()), CanManage: v.may(engine.RightManage, v.today())}
	seasons, err := v.office.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	if p.Plans, err = v.office.Records.Plans(ctx); err != nil {
		return err
	}
	titles := map[string]string{}
	for _, plan := range p.Plans {
		titles[plan.ID] = plan.Title
	}
	p.Plans = slices.DeleteFunc(p.Plans, func(x engine.Plan) bool { return x.Kind == engine.EvaluationPlan })
	slices.SortStableFunc(p.Plans, func(a, b engine.Plan) int { return cmp.Compare(b.Start, a.Start) })
	if status == http.StatusOK {
		p.Form.From = likelyYear(p.Plans, seasons, v.today())
	}
	for _, x := range seasons {
		p.Rows = append(p.Rows, seasonRow{x, titles[x.Plan]})
	}
	slices.SortStableFunc(p.Rows, func(a, b seasonRow) int {
		return cmp.Or(cmp.Compare(stateOrder(a.Season), stateOrder(b.Season)), cmp.Compare(b.Season.Period.End, a.Season.Period.End))
	})
	return s.show(v.w, v.r, status, "seasons", p)
}

// likelyYear is the year somebody most likely wants to ask about: of the newest
// plan the last year, the present one or its first, whichever has no season yet.
func likelyYear(plans []engine.Plan, seasons []engine.Season, day engine.Date) string {
	if len(plans) == 0 {
		return strconv.Itoa(day.Year())
	}
	p := plans[0]
	for _, y := range []int{day.Year() - 1, day.Year(), p.Start.Year()} {
		inside := p.Start.Year() <= y && (p.End == "" || y <= p.End.Year())
		asked := slices.ContainsFunc(seasons, func(s engine.Season) bool {
			return s.Plan == p.ID && s.Period.Start.Year() <= y && y <= s.Period.End.Year()
		})
		if inside && !asked {
			return strconv.Itoa(y)
		}
	}
	return strconv.Itoa(day.Year())
}

// stateOrder puts first what is to be acted on.
func stateOrder(s engine.Season) int {
	return slices.Index([]engine.SeasonState{engine.SeasonPrepared, engine.SeasonOpen, engine.SeasonClosed, engine.SeasonCancelled}, s.State)
}

// postSeasons prepares a season.
func (s *site) postSeasons(v visit) error {
	get := v.r.PostForm.Get
	f := seasonForm{Plan: get("plan"), From: clean(get("od")), To: clean(get("do")), Faults: map[string]string{}}
	if f.Plan == "" {
		f.Faults["plan"] = "fault.plan"
	}
	from, ok := readYear(f.From)
	if !ok {
		f.Faults["od"] = "fault.year"
	}
	to, ok := readYear(cmp.Or(f.To, f.From))
	if !ok || to < from || to > from+10 {
		f.Faults["do"] = "fault.year_to"
	}
	if len(f.Faults) > 0 {
		f.Reason = "fault.form"
		return s.seasonsWith(v, http.StatusUnprocessableEntity, f)
	}
	period := engine.Year(from)
	if to > from {
		period = engine.Period{ID: f.From + "-" + f.To, Start: engine.NewDate(from, 1, 1), End: engine.NewDate(to, 12, 31)}
	}
	switch err := v.office.PrepareSeason(v.r.Context(), f.Plan, period, v.who); engine.CodeOf(err) {
	case "":
		return v.back(seasonPath("obdobi", f.Plan, period.ID), flash("obdobi-pripraveno"))
	case engine.Conflict:
		f.Reason = "season.there"
		return s.seasonsWith(v, http.StatusConflict, f)
	case engine.Invalid:
		f.Reason = "season.nothing"
		return s.seasonsWith(v, http.StatusUnprocessableEntity, f)
	default:
		return err
	}
}

// readYear reads a year anybody can mean.
func readYear(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 1990 && n <= 2100
}
