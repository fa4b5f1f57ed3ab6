package pdf

import (
	"strings"

	"splneno/notify/paper"
)

// A fit is how the texts of a table are set.
type fit struct {
	heads, body text
	pad         float64 // around what is in a cell
}

// A table of many columns is set closer than another.
var fits = []fit{
	{text{bold, 8.5, 11, "#1a2a3a", 0}, text{regular, 9, 11.8, "#1f1f1f", 2}, 4},
	{text{bold, 7.5, 9.6, "#1a2a3a", 0}, text{regular, 8.5, 11, "#1f1f1f", 2}, 2.5},
}

// columns shares the width of the page out: by the shares the columns ask for, but
// so that no word of a heading is broken where others have room to give.
func (w *writer) columns(t paper.Table) (f fit, widths []float64) {
	var least []float64
	sum := 0.0
	for _, f = range fits {
		if least, sum = w.least(t, f); sum <= column {
			break
		}
	}
	for i := range least {
		least[i] *= min(column/sum, 1)
	}
	return f, shared(t.Columns, least)
}

// shared gives every column its share of the width, or what it needs at least.
func shared(cs []paper.Column, least []float64) []float64 {
	shares, widths := 0, make([]float64, len(cs))
	for _, c := range cs {
		shares += max(c.Width, 1)
	}
	lack, spare := 0.0, 0.0
	for i, c := range cs {
		widths[i] = column * float64(max(c.Width, 1)) / float64(shares)
		lack += max(least[i]-widths[i], 0)
		spare += max(widths[i]-least[i], 0)
	}
	for i := range cs {
		switch {
		case widths[i] < least[i]:
			widths[i] = least[i]
		case spare > 0:
			widths[i] -= (widths[i] - least[i]) * min(lack/spare, 1)
		}
	}
	return widths
}

// least gives how wide each column must be, and all of them: for the words of its
// heading, and of the headings of rows and of figures. A long table is judged by
// its beginning, and no word asks for more than a third of the width.
func (w *writer) least(t paper.Table, f fit) (least []float64, sum float64) {
	least = make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		most := w.longest(c.Title, f.heads)
		for _, r := range t.Rows[:min(len(t.Rows), 50)] {
			if i < len(r.Cells) && (c.Figures || i == 0 && t.RowHeads) {
				most = max(most, w.longestIn(r, i, f))
			}
		}
		least[i] = min(most+2*f.pad+.5, column/3)
		sum += least[i]
	}
	return least, sum
}

func (w *writer) longestIn(r paper.Row, i int, f fit) float64 {
	t, most := f.body, 0.0
	if r.Total {
		t.face = bold
	}
	for _, b := range r.Cells[i] {
		if p, ok := b.(paper.Para); ok {
			most = max(most, w.longest(p.Text(), t))
		}
	}
	return most
}

// longest gives how wide the longest word of a text is.
func (w *writer) longest(s string, t text) float64 {
	f, most := w.faces[t.face], 0
	for word := range strings.FieldsSeq(clean(s)) {
		units := 0
		for _, r := range word {
			if g, drawn, _ := f.show(r); drawn {
				units += int(f.advances[g])
			}
		}
		most = max(most, units)
	}
	return float64(most) * t.size / 1000
}
