package pdf

import (
	"cmp"
	"math"
	"strconv"

	"splneno/notify/chart"
	"splneno/notify/paper"
)

// chartScale is how large a unit of a chart is: its text comes out as that of a
// table.
const chartScale = .65

func drawing(f paper.Figure) chart.Drawing {
	if f.Stack != nil {
		return f.Stack.Drawing(column / chartScale)
	}
	if f.Pairs != nil {
		return f.Pairs.Drawing(column / chartScale)
	}
	return chart.Drawing{}
}

func figureHeight(f paper.Figure) float64 {
	return min(drawing(f).Height*chartScale, bottom-top-50)
}

// figure draws a chart with its number and title below it. A chart higher than a
// page is made smaller.
func (w *writer) figure(f paper.Figure) {
	d := drawing(f)
	if len(d.Groups) == 0 {
		return
	}
	w.figures++
	group := w.add(w.root, "Div", "")
	e := w.pictured(group, cmp.Or(d.Desc, d.Title), left, w.y, column, figureHeight(f))
	w.in(e)
	scale := figureHeight(f) / max(d.Height, 1)
	w.page.WriteString("q " + strconv.FormatFloat(scale, 'f', 4, 64) + " 0 0 " + strconv.FormatFloat(scale, 'f', 4, 64) + " " + numbers(left, sheetHeight-w.y) + " cm\n")
	w.page.fresh()
	for _, g := range d.Groups {
		for _, s := range g.Shapes {
			if s.H == 0 {
				w.label(s, g.Middle)
			} else {
				w.shape(s, scale)
			}
		}
	}
	w.page.WriteString("Q\n")
	w.page.fresh()
	w.y += figureHeight(f) + 4
	title := w.paper.Words.Figure + " " + strconv.Itoa(w.figures) + ": " + d.Title
	below := caption
	below.after = 12
	w.pour(w.paragraph(paper.Plain(title), w.add(group, "Caption", ""), below, column), left, column)
}

// pictured gives an element for a picture at a place.
func (w *writer) pictured(parent *elem, alt string, x, y, width, height float64) *elem {
	e := w.add(parent, "Figure", "<</O /Layout /Placement /Block /BBox ["+numbers(x, sheetHeight-y-height, x+width, sheetHeight-y)+"]>>")
	e.alt = cmp.Or(alt, w.paper.Title, "\u2013") // a figure must say something
	return e
}

func (w *writer) label(s chart.Shape, middle bool) {
	l := w.plainLine(s.Text, regular, chart.TextSize, s.Fill, math.MaxInt32)
	x := s.X
	if middle {
		x -= l.width / 2
	}
	for _, r := range l.runs {
		w.run(r, x, -s.Y)
		x += r.width
	}
}

// shape draws a rectangle of a chart.
func (w *writer) shape(s chart.Shape, scale float64) {
	p := w.page
	operator := " re S\n"
	if s.Fill != "" {
		operator = " re f\n"
		if s.Stroke != "" {
			operator = " re B\n"
		}
	}
	if len(s.Hatch.Lines()) > 0 && s.Fill != "" {
		p.WriteString("/Pattern cs /P" + strconv.Itoa(w.pattern(s, scale)) + " scn\n")
		p.colour = ""
	} else if s.Fill != "" {
		p.paint(s.Fill)
	}
	if s.Stroke != "" {
		p.WriteString(colour(s.Stroke) + " RG 1 w ")
	}
	if s.Dashed {
		p.WriteString("[4 3] 0 d ")
	}
	p.WriteString(numbers(s.X, -s.Y-s.H, s.W, s.H) + operator)
	if s.Dashed {
		p.WriteString("[] 0 d\n")
	}
}

// A pattern is what a kind of a chart is filled with.
type pattern struct {
	fill  string
	hatch chart.Hatch
	scale float64
}

// pattern gives the number of the pattern of a shape.
func (w *writer) pattern(s chart.Shape, scale float64) int {
	want := pattern{s.Fill, s.Hatch, scale}
	for i, p := range w.patterns {
		if p == want {
			return i
		}
	}
	w.patterns = append(w.patterns, want)
	return len(w.patterns) - 1
}

// tile writes a pattern and gives its number. Its lines lean as on a page, where
// down is more.
func (w *writer) tile(p pattern) int {
	obj := w.next()
	body := colour(p.fill) + " rg " + numbers(0, 0, chart.Tile, chart.Tile) + " re f 1 1 1 RG 1.5 w\n"
	for _, l := range p.hatch.Lines() {
		body += numbers(l.X1, l.Y1) + " m " + numbers(l.X2, l.Y2) + " l S\n"
	}
	size := strconv.FormatFloat(p.scale, 'f', 4, 64)
	w.stream(obj, "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 8 8] /XStep 8 /YStep 8 /Resources <<>> /Matrix ["+size+" 0 0 -"+size+" 0 0]", []byte(body))
	return obj
}
