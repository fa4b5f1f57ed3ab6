package web

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"splneno/engine"
)

// A seasonPlace is the season a page is about, and what the visitor may do there.
type seasonPlace struct {
	Plan    engine.Plan
	Season  engine.Season
	Follows bool // sees drafts and what is under way
	Decides bool
}

func (v visit) place() (seasonPlace, error) {
	ctx, plan, period := v.r.Context(), v.r.PathValue("plan"), v.r.PathValue("period")
	p := seasonPlace{Follows: v.may(engine.RightFollow, v.today()), Decides: v.may(engine.RightDecide, v.today())}
	var err error
	if p.Season, err = v.office.Records.Season(ctx, plan, period); err != nil {
		return p, err
	}
	p.Plan, err = v.office.Records.Plan(ctx, plan)
	return p, err
}

// Address gives the way to the evaluation of the season.
func (p seasonPlace) Address() string {
	return seasonPath("vyhodnoceni", p.Season.Plan, p.Season.Period.ID)
}

// Place is the same for templates.
func (p seasonPlace) Place() seasonPlace { return p }

// Carry gives the way to the carry-over desk of the season.
func (p seasonPlace) Carry() string { return seasonPath("prevod", p.Season.Plan, p.Season.Period.ID) }

// Activities gives the way to the list of entries.
func (p seasonPlace) Activities() string {
	return seasonPath("aktivity", p.Season.Plan, p.Season.Period.ID)
}

// heads gives the evaluations of the season this visitor may see, by number: of
// drafts only who follows the work knows.
func (v visit) heads(p seasonPlace) ([]engine.Evaluation, error) {
	all, err := v.office.Records.EvaluationHeads(v.r.Context(), p.Season.Plan)
	return visible(all, p.Follows, p.Season.Period.ID), err
}

func visible(all []engine.Evaluation, drafts bool, period string) []engine.Evaluation {
	var out []engine.Evaluation
	for _, e := range all {
		if (period == "" || e.Period.ID == period) && (drafts || e.State == engine.EvaluationApproved) {
			out = append(out, e)
		}
	}
	return out
}

// short gives the beginning of a text, cut between words.
func short(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	cut := string([]rune(s)[:most])
	if i := strings.LastIndexAny(cut, " \n"); i > most/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;.\n") + "\u2026"
}

// own gives the address of the page with those of its parameters that say what
// of it is shown: a form sent there comes back to the same place.
func own(r *http.Request, names ...string) string {
	q := url.Values{}
	for _, name := range names {
		if v := r.URL.Query().Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return (&url.URL{Path: r.URL.Path, RawQuery: q.Encode()}).String()
}
