package chart

import "strconv"

// A Stack is bars of shares, each as wide as the drawing: one per area, or one
// per year. ID must be unique on the page.
type Stack struct {
	ID, Title, Desc string
	Kinds           []Kind
	Bars            []Bar
}

// A Bar is one whole and its parts.
type Bar struct {
	Label  string
	Counts []int // by kind
}

// Draw gives the drawing as SVG for a page.
func (s Stack) Draw() string { return s.Drawing(width).svg(s.ID) }

// Drawing gives the drawing in a box of that width. The pieces of a bar fill it
// from edge to edge; a bar that counts nothing is an empty frame. Below the bars
// stand the kinds that are drawn.
func (s Stack) Drawing(width float64) Drawing {
	d := draw(s.Title, s.Desc, width, s.Kinds, s.used())
	for _, b := range s.Bars {
		d.paragraph(0, b.Label)
		d.at += 2
		d.bar(b.Counts)
		d.at += 10
	}
	return d.legend()
}

func (s Stack) used() map[int]bool {
	used := map[int]bool{}
	for _, b := range s.Bars {
		for k, n := range b.Counts {
			if n > 0 && k < len(s.Kinds) {
				used[k] = true
			}
		}
	}
	return used
}

// bar draws one bar. Every edge is counted from the beginning, so that no
// rounding adds up to a gap or an overflow.
func (d *Drawing) bar(counts []int) {
	all := 0
	for k := range d.kinds {
		if k < len(counts) {
			all += max(counts[k], 0)
		}
	}
	d.Groups = append(d.Groups, Group{Middle: true})
	before := 0
	for k := range d.kinds {
		if k >= len(counts) || counts[k] <= 0 {
			continue
		}
		from := float64(before) / float64(all) * d.Width
		before += counts[k]
		d.piece(k, from, float64(before)/float64(all)*d.Width-from, counts[k])
	}
	d.Groups = append(d.Groups, Group{})
	if all == 0 {
		d.put(Shape{X: .5, Y: d.at + .5, W: d.Width - 1, H: barTall - 1, Stroke: ink})
	}
	d.at += barTall
}

// piece draws one share, with its sign and figure where they fit: on a plain
// ground, so that no pattern crosses them.
func (d *Drawing) piece(k int, x, w float64, n int) {
	kind := d.kinds[k]
	d.put(block(k, kind, x, d.at, w, barTall, paper))
	label := kind.Sign + " " + strconv.Itoa(n)
	m := measured(label)
	said := Shape{X: x + w/2, Y: d.at + barTall/2 + 5, Text: label, Fill: paper}
	switch {
	case m+6 > w:
	case kind.Hatch == Plain:
		d.put(said)
	case kind.Hatch == Hollow:
		d.put(line(said.X, said.Y, label))
	default:
		d.put(Shape{X: x + w/2 - m/2, Y: d.at + 4, W: m, H: barTall - 8, Fill: kind.Colour}, said)
	}
}
