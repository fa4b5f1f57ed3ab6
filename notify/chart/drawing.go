package chart

// A Drawing is a chart as shapes in a box, counted from its upper left corner to
// the right and down.
type Drawing struct {
	Title, Desc   string
	Width, Height float64
	Groups        []Group

	kinds []Kind
	used  map[int]bool
	at    float64 // how far down it is drawn
}

// A Group is shapes one above the other, the first at the bottom.
type Group struct {
	Middle bool // X is the middle of its texts, not their beginning
	Shapes []Shape
}

// A Shape is a rectangle, or a line of text where it has no height. The X and Y
// of a text are on its baseline.
type Shape struct {
	Text       string
	X, Y, W, H float64
	Fill       string // colour, "" for none
	Hatch      Hatch  // lines in the colour of paper over the fill
	Stroke     string // colour of the edge, one unit wide; "" for none
	Dashed     bool   // the edge: 4 units drawn, 3 left out

	kind int
}

// draw begins a drawing of the kinds.
func draw(title, desc string, width float64, kinds []Kind, used map[int]bool) *Drawing {
	return &Drawing{Title: title, Desc: desc, Width: width, kinds: kinds, used: used, Groups: []Group{{}}}
}

// put adds shapes on top of those that are there.
func (d *Drawing) put(shapes ...Shape) {
	g := &d.Groups[len(d.Groups)-1]
	g.Shapes = append(g.Shapes, shapes...)
}

// line gives one line of text with its baseline at y.
func line(x, y float64, s string) Shape { return Shape{X: x, Y: y, Text: s, Fill: ink} }

// block gives a rectangle that shows a kind, with an edge.
func block(k int, kind Kind, x, y, w, h float64, edge string) Shape {
	if kind.Hatch == Hollow {
		return Shape{X: x, Y: y, W: w, H: h, Fill: paper, Stroke: ink, Dashed: true}
	}
	return Shape{X: x, Y: y, W: w, H: h, Fill: kind.Colour, Hatch: kind.Hatch, Stroke: edge, kind: k}
}

// paragraph writes a text in as many lines as it needs and moves below it.
func (d *Drawing) paragraph(x float64, s string) {
	for _, l := range wrapped(s, d.Width-x, maxLines) {
		d.at += lineGap
		d.put(line(x, d.at-4, l))
	}
}

// legend names the kinds that are drawn, and ends the drawing.
func (d *Drawing) legend() Drawing {
	for k, kind := range d.kinds {
		if d.used[k] {
			d.put(block(k, kind, 1, d.at+3, 18, 14, ink))
			d.paragraph(26, kind.Sign+" "+kind.Label)
		}
	}
	d.Height = d.at + 2
	return *d
}
