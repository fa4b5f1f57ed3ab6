package document

import (
	"splneno/notify/chart"
	"splneno/notify/paper"
)

// stack draws the shares of results, a bar for each line. A word of the region
// for several results of ours is drawn as the first of them.
func (r *rollUp) stack(id, title, desc string, lines []tally) paper.Figure {
	s := &chart.Stack{ID: id, Title: title, Desc: desc}
	for _, result := range r.Results {
		s.Kinds = append(s.Kinds, drawn(result.Of[0], r.word(result.Name)))
	}
	for _, l := range lines {
		bar := chart.Bar{Label: l.Label}
		for _, w := range r.Words(l.Totals) {
			bar.Counts = append(bar.Counts, w.Count)
		}
		s.Bars = append(s.Bars, bar)
	}
	return paper.Figure{Stack: s}
}
