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
	return f, paper.Widths(t.Columns, least, column)
}

// least gives how wide each column must be, and all of them: for the words of its
// heading, and of the headings of rows and of figures; elsewhere for words as
// people write them, but not for an address. A long table is judged by its
// beginning, and no word asks for more than a third of the width.
func (w *writer) least(t paper.Table, f fit) (least []float64, sum float64) {
	least = make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		most := w.longest(c.Title, f.heads)
		for _, r := range t.Rows[:min(len(t.Rows), 50)] {
			if i >= len(r.Cells) {
				continue
			}
			word := w.longestIn(r, i, f)
			if c.Figures || i == 0 && t.RowHeads || word < column/6 {
				most = max(most, word)
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
	for word := range strings.FieldsFuncSeq(clean(s), func(r rune) bool { return r == ' ' || r == '\n' }) {
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
