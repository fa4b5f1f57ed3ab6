package web

import (
	"slices"

	"splneno/engine"
	"splneno/workflows"
)

// shiftsShown is how many activities a preview names; the rest is counted.
const shiftsShown = 40

// A shiftView is what a decision about organisations would do, before it is done.
type shiftView struct {
	All    int // activities whose askees change
	Owed   int // of them, those somebody is asked about now
	Rows   []shiftRow
	Gained []string // names of who gets a question
	Lost   []string // names of who is asked no more
}

// A shiftRow is one activity of a preview.
type shiftRow struct {
	workflows.Shift
	Title    string
	From, To []string // names
}

// Hidden gives how many activities are not named.
func (p shiftView) Hidden() int { return p.All - len(p.Rows) }

// viewShifts writes a preview in names and titles.
func viewShifts(v visit, shifts []workflows.Shift, all map[string]engine.Organisation) (shiftView, error) {
	p := shiftView{All: len(shifts)}
	named := func(ids []string) (out []string) {
		for _, id := range ids {
			out = append(out, all[id].Name)
		}
		return out
	}
	collect := func(list *[]string, names []string) {
		for _, n := range names {
			if !slices.Contains(*list, n) {
				*list = append(*list, n)
			}
		}
	}
	for i, sh := range shifts {
		row := shiftRow{Shift: sh, From: named(sh.Lost), To: named(sh.Gained)}
		collect(&p.Lost, row.From)
		if sh.Owed {
			p.Owed++
			collect(&p.Gained, row.To)
		}
		if i < shiftsShown {
			found, err := v.office.Records.Activities(v.r.Context(), sh.Plan, sh.Activity)
			if err != nil {
				return p, err
			}
			row.Title = found[0].Title
			p.Rows = append(p.Rows, row)
		}
	}
	for _, list := range [][]string{p.Gained, p.Lost} {
		sorted(v.tongue, list, func(s string) string { return s })
	}
	return p, nil
}
