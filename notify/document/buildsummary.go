package document

import (
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/notify/chart"
	"splneno/notify/paper"
)

// summary says how it turned out on the whole.
func (b *builder) summary() []paper.Block {
	e := b.e
	out := []paper.Block{b.heading("souhrn", "heading summary", nil, 1)}
	out = append(out, b.totals()...)
	if len(e.Areas) > 0 {
		lines := b.byArea()
		out = append(out, b.tallies("tabulka-souhrn", b.say("caption totals", nil), b.say("column area", e), lines))
		if e.Totals.All > 0 {
			out = append(out, b.heading("podil", "heading shares", nil, 2), paper.Figure{Stack: b.stacked("graf-oblasti", b.say("chart areas", nil), lines)})
		}
	}
	out = append(out, b.years()...)
	if b.tables {
		out = append(out, b.indicators()...)
	}
	return out
}

// totals are the sentences of the summary.
func (b *builder) totals() []paper.Block {
	t := b.e.Totals
	out := b.free("summary/totals", b.say("totals", map[string]any{"All": t.All, "Counts": b.counts(t)}))
	if t.AnotherForm > 0 {
		out = append(out, b.free("summary/another_form", b.say("another form", t))...)
	}
	if b.e.Asked > 0 {
		out = append(out, b.free("summary/asked", b.say("asked", b.e))...)
	}
	return out
}

// An areaOf is an area with the names of its plan's levels.
type areaOf struct {
	Levels engine.Levels
	Area   engine.AreaResult
}

func (b *builder) areaName(a engine.AreaResult) string { return b.say("area", areaOf{b.e.Levels, a}) }

// areaShort names an area where the words around it say what it is.
func (b *builder) areaShort(a engine.AreaResult) string {
	return b.say("area short", areaOf{b.e.Levels, a})
}

func areaPlace(i int) string { return "oblast-" + strconv.Itoa(i) }

func (b *builder) byArea() []tally {
	var lines []tally
	for i, a := range b.e.Areas {
		link := ""
		if b.tables {
			link = "#" + areaPlace(i)
		}
		lines = append(lines, tally{Label: b.areaShort(a), Link: link, Totals: a.Totals})
	}
	return append(lines, tally{Label: b.say("total", nil), Totals: b.e.Totals, Sum: true})
}

// years compares the periods, where there are several.
func (b *builder) years() []paper.Block {
	if len(b.e.Years) < 2 {
		return nil
	}
	var lines []tally
	for _, y := range b.e.Years {
		lines = append(lines, tally{Label: y.Period, Totals: y.Totals})
	}
	last := len(b.e.Years) - 1
	out := []paper.Block{b.heading("roky", "heading years", nil, 2)}
	out = append(out, b.free("summary/years", b.say("years", map[string]any{"Before": b.e.Years[last-1], "Now": b.e.Years[last]}))...)
	return append(out, b.tallies("tabulka-roky", b.say("caption years", nil), b.say("column period", nil), lines),
		paper.Figure{Stack: b.stacked("graf-roky", b.say("chart years", nil), lines)})
}

// An indicator is a figure that was planned, with what came of it.
type indicator struct {
	Row    engine.ActivityResult
	Plan   engine.Indicator
	Actual *engine.Number // nil where nobody gave one
}

// planned gives the figures the plan promised, and those given in their place.
func (b *builder) planned() []indicator {
	var out []indicator
	for _, r := range b.rows {
		for _, plan := range r.Planned {
			if plan.Planned == 0 {
				continue
			}
			i := indicator{Row: r, Plan: plan}
			for k, n := range r.Numbers {
				if n.Name == plan.Name {
					i.Actual = &r.Numbers[k]
				}
			}
			out = append(out, i)
		}
	}
	return out
}

// figures is how many pairs a chart has at most.
const figures = 12

// indicators sets what was planned beside what came of it.
func (b *builder) indicators() []paper.Block {
	all := b.planned()
	if len(all) == 0 {
		return nil
	}
	heading := b.heading("ukazatele", "heading indicators", nil, 2)
	if !slices.ContainsFunc(all, func(i indicator) bool { return i.Actual != nil }) {
		return []paper.Block{heading, b.tell("indicators none", len(all))}
	}
	table := paper.Table{ID: "tabulka-ukazatele", Caption: b.say("caption indicators", nil), RowHeads: true, Columns: []paper.Column{
		{Title: b.say("column activity", b.e), Width: 40}, {Title: b.say("column indicator", nil), Width: 28},
		{Title: b.say("column planned", nil), Width: 16, Figures: true}, {Title: b.say("column actual", nil), Width: 16, Figures: true}}}
	c := &chart.Pairs{ID: "graf-ukazatele", Title: b.say("chart indicators", nil),
		Planned: chart.Kind{Label: b.say("planned", nil), Colour: "#4a4a4a", Hatch: chart.Rising},
		Actual:  chart.Kind{Label: b.say("actual", nil), Colour: "#1d4f86"}}
	for _, i := range all {
		pair := chart.Pair{Label: i.Row.ID + " " + i.Plan.Name, Planned: i.Plan.Planned, PlannedAs: measured(i.Plan.Planned, i.Plan.Unit), Given: b.say("not given", nil)}
		if i.Actual != nil {
			pair.Actual, pair.Given = i.Actual.Value, given(*i.Actual)
		}
		table.Rows = append(table.Rows, paper.Row{Cells: []paper.Cell{cell(b.toRow(i.Row)...), said(i.Plan.Name), said(pair.PlannedAs), said(pair.Given)}})
		if i.Actual != nil && i.Actual.Below == 0 && len(c.Items) < figures {
			c.Items = append(c.Items, pair)
			c.Desc += b.say("chart pair", pair) + ". "
		}
	}
	out := []paper.Block{heading, table}
	if len(c.Items) == 0 {
		return out
	}
	out = append(out, paper.Figure{Pairs: c})
	if len(all) > len(c.Items) && len(c.Items) == figures {
		out = append(out, styled(paper.Note, b.say("chart first", len(c.Items))))
	}
	return out
}

// given writes a figure; of one that counts few persons only that.
func given(n engine.Number) string {
	if n.Below == 0 {
		return measured(n.Value, n.Unit)
	}
	return strings.TrimSpace(czech.Below(n.Below) + " " + n.Unit)
}

// measured writes a figure with its unit.
func measured(v float64, unit string) string {
	if unit == "" {
		return number(v)
	}
	return number(v) + "\u00a0" + unit
}
