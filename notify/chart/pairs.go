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

// Draw gives the drawing as SVG for a page.
func (p Pairs) Draw() string { return p.Drawing(width).svg(p.ID) }

// Drawing gives the drawing in a box of that width.
func (p Pairs) Drawing(width float64) Drawing {
	used := map[int]bool{}
	for _, i := range p.Items {
		used[0] = used[0] || i.PlannedAs != ""
		used[1] = true
	}
	d := draw(p.Title, p.Desc, width, []Kind{p.Planned, p.Actual}, used)
	for _, i := range p.Items {
		d.paragraph(0, i.Label)
		most := max(i.Planned, i.Actual)
		if i.PlannedAs != "" {
			d.length(0, i.Planned, most, i.PlannedAs)
		}
		d.length(1, i.Actual, most, i.Given)
		d.at += 8
	}
	return d.legend()
}

// length draws one bar with its figure behind it; the figure's room is kept
// free whatever the length.
func (d *Drawing) length(k int, v, most float64, figure string) {
	const tall = 18
	room, w := d.Width*0.4, 0.0
	if v > 0 && v <= most && most <= math.MaxFloat64 {
		w = v / most * (d.Width - room)
		d.put(Shape{X: 0, Y: d.at + 2, W: w, H: tall, Fill: d.kinds[k].Colour, Hatch: d.kinds[k].Hatch, Stroke: ink, kind: k})
	}
	d.put(line(w+6, d.at+tall-2, wrapped(figure, room-8, 1)[0]))
	d.at += tall + 4
}
