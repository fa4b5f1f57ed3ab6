package web

import (
	"net/http"
	"slices"

	"splneno/engine"
)

// evaluationsOnPage is how many seasons the list shows at a time.
const evaluationsOnPage = 20

// An evaluationsPage lists the seasons with what became of their evaluation.
type evaluationsPage struct {
	Rows   []evaluationLine
	Pager  pager
	Region bool // the town reads the evaluations of others
}

// An evaluationLine is one season of the list.
type evaluationLine struct {
	seasonPlace
	Newest *engine.Evaluation // nil while there is none
}

func (s *site) showEvaluations(v visit) error {
	ctx := v.r.Context()
	seasons, err := v.office.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	plans, err := v.office.Records.Plans(ctx)
	if err != nil {
		return err
	}
	heads, err := v.office.Records.EvaluationHeads(ctx)
	if err != nil {
		return err
	}
	follows := v.may(engine.RightFollow, v.today())
	var rows []evaluationLine
	for _, season := range slices.Backward(seasons) {
		row := evaluationLine{seasonPlace: seasonPlace{Season: season, Follows: follows}}
		if i := slices.IndexFunc(plans, func(p engine.Plan) bool { return p.ID == season.Plan }); i >= 0 {
			row.Plan = plans[i]
		}
		for _, e := range visible(heads, follows, season.Period.ID) {
			if e.Plan == season.Plan {
				row.Newest = &e
			}
		}
		if follows || row.Newest != nil {
			rows = append(rows, row)
		}
	}
	p := evaluationsPage{Pager: newPager(v.r, evaluationsOnPage, len(rows))}
	p.Rows = paged(p.Pager, rows)
	if p.Region, err = v.readsOthers(); err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "evaluations", p)
}

// readsOthers reports whether evaluations of other towns are rolled up here: the
// region's settings were saved, or a town delivered.
func (v visit) readsOthers() (bool, error) {
	region, err := v.office.Records.Region(v.r.Context())
	if err != nil || region.Version > 0 {
		return err == nil, err
	}
	heads, err := v.office.Records.BundleHeads(v.r.Context())
	return len(heads) > 0, err
}
