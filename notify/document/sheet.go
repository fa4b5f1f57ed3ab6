package document

import (
	"fmt"
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
)

// A sheet is a table as people read it: workbook and Czech CSV are made of the
// same. A cell is nil, a string, an int, a float64, an [engine.Date] or a
// permille; a code is a string that must not be read as a number or a day.
type sheet struct {
	key     string   // of its name among the words
	columns []string // keys of the headings
	rows    [][]any
}

type (
	permille int
	code     string
)

// activities gives one row for every unit.
func (m *Maker) activities(e engine.Evaluation) sheet {
	s := sheet{key: "activities", columns: []string{"area", "measure", "id", "title", "responsible", "deadline", "due", "result", "narrative", "missing",
		"numbers", "next_step", "postponed_to", "onward", "from", "since", "approved_by", "approved_on", "line", "silent"}}
	for _, a := range e.Areas {
		for _, measure := range a.Measures {
			for _, r := range measure.Activities {
				s.rows = append(s.rows, []any{m.words.area(a), joined(" ", measure.Code, measure.Title), code(r.ID), joined("\n", append([]string{r.Title}, r.Details...)...),
					r.Responsible, r.Deadline, r.Due, m.words.result(e, r.Result()), r.Narrative, r.Missing, czechNumbers(r.Numbers), czech.NextStepWord(r.NextStep), r.PostponedTo,
					joined("\n", append([]string{r.Onward.Reason}, r.Onward.Titles...)...), strings.Join(r.From, "\n"), whole(r.Lineage.Since), r.ApprovedBy,
					m.dayOf(r.ApprovedAt), whole(int(r.Proof.Line)), strings.Join(r.Silent, "\n")})
			}
		}
	}
	return s
}

// figures gives what was planned beside what came of it.
func (m *Maker) figures(e engine.Evaluation) sheet {
	s := sheet{key: "figures", columns: []string{"id", "title", "figure", "unit", "planned", "actual", "share"}}
	for _, r := range e.Rows() {
		type name struct{ name, unit string }
		seen := map[name]bool{}
		for _, n := range r.Numbers {
			row := []any{code(r.ID), r.Title, n.Name, n.Unit, nil, n.Value, nil}
			for _, p := range r.Planned {
				if (name{p.Name, p.Unit}) == (name{n.Name, n.Unit}) && p.Planned != 0 {
					row[4], row[6] = p.Planned, permille(n.Value*1000/p.Planned+0.5)
				}
			}
			seen[name{n.Name, n.Unit}] = true
			s.rows = append(s.rows, row)
		}
		for _, p := range r.Planned {
			if !seen[name{p.Name, p.Unit}] && p.Planned != 0 {
				s.rows = append(s.rows, []any{code(r.ID), r.Title, p.Name, p.Unit, p.Planned, nil, nil})
			}
		}
	}
	return s
}

// unheard gives the bodies that owe an answer, then units nobody answered about
// that no body is named for.
func (m *Maker) unheard(e engine.Evaluation) sheet {
	s := sheet{key: "unheard", columns: []string{"organisation", "written", "activities"}}
	told := map[string]bool{}
	for _, u := range e.Unheard {
		s.rows = append(s.rows, []any{u.Organisation, czechDays(u.Written), strings.Join(u.Activities, "; ")})
		for _, id := range u.Activities {
			told[id] = true
		}
	}
	for _, r := range e.Rows() {
		if r.NoAnswer && !told[r.ID] {
			s.rows = append(s.rows, []any{r.Responsible, czechDays(r.AskedOn), r.ID})
		}
	}
	return s
}

func (m *Maker) services(e engine.Evaluation) sheet {
	s := sheet{key: "services", columns: []string{"provider", "service", "capacity", "beds", "scope"}}
	for _, x := range e.Services {
		s.rows = append(s.rows, []any{x.Provider, x.Name, x.Capacity, whole(x.Beds), x.Scope})
	}
	return s
}

// sheets gives the tables of an evaluation that have rows.
func (m *Maker) sheets(e engine.Evaluation) []sheet {
	var out []sheet
	for _, s := range []sheet{m.activities(e), m.figures(e), m.unheard(e), m.services(e)} {
		if len(s.rows) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// dayOf gives the day a moment falls on here, "" for none.
func (m *Maker) dayOf(t time.Time) engine.Date {
	if t.IsZero() {
		return ""
	}
	return engine.DateOf(t.In(m.zone))
}

// whole gives a number, nil for none.
func whole(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// czechNumbers writes numbers as Czech has them.
func czechNumbers(list []engine.Number) string {
	var out []string
	for _, n := range list {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s: %s %s", n.Name, decimal(n.Value), n.Unit)))
	}
	return strings.Join(out, "; ")
}

func czechDays(list []engine.Date) string {
	var out []string
	for _, d := range list {
		out = append(out, czech.FormatDate(d))
	}
	return strings.Join(out, ", ")
}

// joined joins those parts that say something.
func joined(between string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, between)
}
