package chart

import "math"

// Pairs is figures that were planned beside those that came of it. ID must be
// unique on the page.
type Pairs struct {
	ID, Title, Desc string
	Planned, Actual Kind
	Items           []Pair
}

// A Pair is one figure. Its bars are drawn to a scale of their own: figures of
// different things cannot be compared by length. Without Planned it has one bar.
type Pair struct {
	Label            string
	Planned, Actual  float64
	PlannedAs, Given string // the figures as they are written
}

// Draw gives the drawing.
func (p Pairs) Draw() string {
	c := &canvas{id: p.ID}
	kinds, used := []Kind{p.Planned, p.Actual}, map[int]bool{}
	for _, i := range p.Items {
		used[0] = used[0] || i.PlannedAs != ""
		used[1] = true
	}
	c.patterns(kinds, used)
	for _, i := range p.Items {
		c.paragraph(i.Label)
		most := max(i.Planned, i.Actual)
		if i.PlannedAs != "" {
			c.length(0, kinds[0], i.Planned, most, i.PlannedAs)
		}
		c.length(1, kinds[1], i.Actual, most, i.Given)
		c.y += 8
	}
	c.legend(kinds, used)
	return c.finish(p.Title, p.Desc)
}

// length draws one bar with its figure behind it; the figure's room is kept
// free whatever the length.
func (c *canvas) length(k int, kind Kind, v, most float64, figure string) {
	const tall, room = 18, width * 0.4
	w := 0.0
	if v > 0 && v <= most && most <= math.MaxFloat64 {
		w = v / most * (width - room)
	}
	if figure = wrapped(figure, room-8, 1)[0]; w > 0 {
		c.rect(0, c.y+2, w, tall, `fill="`+c.fill(k, kind)+`" stroke="`+ink+`"`)
	}
	c.line(w+6, c.y+tall-2, figure)
	c.y += tall + 4
}
