package web

import (
	"slices"

	"splneno/engine"
)

// yearsOnBoard is how many periods stand one under the other.
const yearsOnBoard = 8

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
	seasons, err := v.office.Records.Seasons(v.r.Context())
	if err != nil {
		return err
	}
	related := ancestors(p.Season.Plan, heads)
	for _, s := range slices.Backward(seasons) {
		if !slices.Contains(related, s.Plan) || s.Period.End >= p.Season.Period.End || len(p.Years) >= yearsOnBoard-1 {
			continue
		}
		totals, known, err := p.totalsOf(v, s, heads)
		if err != nil {
			return err
		}
		if known {
			p.Years = append(p.Years, tallied{s.Period.ID, totals})
		}
	}
	slices.Reverse(p.Years)
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

// totalsOf gives the totals of a season that is over.
func (p *steeringPage) totalsOf(v visit, s engine.Season, heads []engine.Evaluation) (t engine.Totals, known bool, err error) {
	for _, e := range heads {
		if e.Plan == s.Plan && e.Period.ID == s.Period.ID && e.State == engine.EvaluationApproved {
			t, known = e.Totals, true
		}
	}
	if known || s.State != engine.SeasonClosed {
		return t, known, nil
	}
	counts, err := v.office.Records.EntryCounts(v.r.Context(), engine.EntryFilter{Plan: s.Plan, Period: s.Period.ID})
	t = engine.TotalsOf(counts)
	return t, t.All > 0, err
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
