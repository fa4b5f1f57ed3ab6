package document

import (
	"splneno/engine"
	"splneno/notify/chart"
	"splneno/notify/paper"
)

// A rollBar is one bar of a chart of a roll-up.
type rollBar struct {
	label  string
	totals engine.Totals
}

// rollKinds are how results of ours are drawn; a word of the region for several
// is drawn as the first of them.
var rollKinds = map[string]chart.Kind{
	"fulfilled":    {Sign: "\u2713", Colour: "#1b6b36", Hatch: chart.Plain},
	"another_form": {Sign: "\u2248", Colour: "#1a5f6b", Hatch: chart.Rising},
	"partial":      {Sign: "\u25d0", Colour: "#8a5200", Hatch: chart.Falling},
	"unfulfilled":  {Sign: "\u2717", Colour: "#8c1d24", Hatch: chart.Crossed},
	"in_progress":  {Sign: "\u2192", Colour: "#1d5f8c", Hatch: chart.Level},
	"planned":      {Sign: "\u25cb", Colour: "#4a4a4a", Hatch: chart.Upright},
	"unknown":      {Sign: "?", Colour: "#5a3d85", Hatch: chart.Dotted},
	"no_answer":    {Sign: "\u2205", Colour: "#262626", Hatch: chart.Hollow},
}

// stack draws the shares of results, a bar for each.
func (r *rollUp) stack(id, title, desc string, bars []rollBar) paper.Figure {
	s := &chart.Stack{ID: id, Title: title, Desc: desc}
	for _, result := range r.Results {
		kind := rollKinds[result.Of[0]]
		kind.Label = r.word(result.Name)
		s.Kinds = append(s.Kinds, kind)
	}
	for _, b := range bars {
		bar := chart.Bar{Label: b.label}
		for _, w := range r.Words(b.totals) {
			bar.Counts = append(bar.Counts, w.Count)
		}
		s.Bars = append(s.Bars, bar)
	}
	return paper.Figure{Stack: s}
}
