package web

import (
	"slices"

	"splneno/engine"
)

// A pastYears is what became of activities in every period of their plan.
type pastYears struct {
	Periods []engine.Evaluation // by their end, the shown one last
	Rows    []historyRow
}

// A historyRow is one activity over the periods.
type historyRow struct {
	ID, Title string
	Results   []*engine.ActivityResult // by period; nil where it was not asked about
	Last      *engine.ActivityResult   // the newest that anybody spoke to: what holds for the whole
}

// readYears gathers the periods before this one: of the plan, and of those it
// was carried over from. What was imported evaluated counts as it stands.
func (p *steeringPage) readYears(v visit, heads []engine.Evaluation) error {
	past, err := v.office.Past(v.r.Context(), p.Season.Period, ancestors(p.Season.Plan, heads), heads)
	if err != nil {
		return err
	}
	for _, y := range past {
		p.Years = append(p.Years, tallied{y.Period, y.Totals})
	}
	p.Years = append(p.Years, tallied{p.Season.Period.ID, p.Totals})
	return nil
}

// ancestors gives a plan with those it was carried over from, however far back.
func ancestors(plan string, heads []engine.Evaluation) []string {
	out := []string{plan}
	for i := 0; i < len(out); i++ {
		for _, e := range heads {
			for _, older := range e.Continues {
				if e.Plan == out[i] && !slices.Contains(out, older) {
					out = append(out, older)
				}
			}
		}
	}
	return out
}

// periods gives the approved evaluations of the plan up to the one shown, the
// newest number of each period.
func (p *steeringPage) periods(heads []engine.Evaluation) []engine.Evaluation {
	if p.Evaluation == nil {
		return nil
	}
	var out []engine.Evaluation
	for _, e := range heads {
		switch n := len(out); {
		case e.Plan != p.Season.Plan || e.State != engine.EvaluationApproved || e.Period.End >= p.Season.Period.End:
		case n > 0 && out[n-1].Period.ID == e.Period.ID:
			out[n-1] = e
		default:
			out = append(out, e)
		}
	}
	return append(out, *p.Evaluation)
}

// readHistory sets the results of activities beside one another, by period.
func (p *steeringPage) readHistory(v visit, rows []engine.ActivityResult) error {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
		p.History.Rows = append(p.History.Rows, historyRow{ID: r.ID, Title: r.Title, Results: make([]*engine.ActivityResult, len(p.History.Periods))})
	}
	for n, e := range p.History.Periods {
		found, err := v.office.Records.ResultsOf(v.r.Context(), e.Plan, e.Period.ID, e.Number, ids)
		if err != nil {
			return err
		}
		for _, r := range found {
			row := &p.History.Rows[slices.Index(ids, r.ID)]
			row.Results[n] = &r
			if !r.NoAnswer {
				row.Last = &r
			}
		}
	}
	return nil
}
