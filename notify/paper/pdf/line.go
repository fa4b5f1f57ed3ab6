package pdf

import (
	"math"
	"strconv"

	"splneno/notify/paper"
)

// A look is how a run of text is written, and the element it belongs to.
type look struct {
	face   int
	size   float64
	colour string
	elem   *elem  // nil for what is no part of the text
	link   string // "" for none
	named  string // what the link is called
	under  bool   // the link is to be seen in the text
}

// A run is glyphs of one look beside one another.
type run struct {
	*look
	glyphs []uint16
	width  float64
	lossy  bool   // the glyphs do not say all of it:
	actual string // this is what they stand for
}

// A line is runs on one baseline.
type line struct {
	runs  []run
	width float64
	last  bool // of its paragraph
}

// add puts a run at the end of the line, into the run before it where they are
// alike. The line has so much room.
func (l *line) add(r run, room float64) {
	l.width += r.width
	if n := len(l.runs) - 1; n >= 0 && l.runs[n].look == r.look && !l.runs[n].lossy && !r.lossy {
		l.runs[n].glyphs = append(l.runs[n].glyphs, r.glyphs...)
		l.runs[n].width += r.width
		return
	}
	if r.glyphs != nil {
		most := max(0, min(room, column)) / (r.size * .4) // letters are wider, with few exceptions
		r.glyphs = append(make([]uint16, 0, int(most)+1), r.glyphs...)
	}
	l.runs = append(l.runs, r)
}

// plainLine gives a text in one line that belongs to no element. One that reaches
// beyond the room ends with an ellipsis.
func (w *writer) plainLine(s string, face int, size float64, colour string, room float64) line {
	spans := []paper.Span{{Text: s, Colour: colour}}
	t := text{face: face, size: size}
	lines := w.wrap(spans, nil, t, room)
	switch len(lines) {
	case 0:
		return line{last: true}
	case 1:
		return lines[0]
	}
	dots := w.plainLine("\u2026", face, size, colour, math.MaxInt32)
	cut := w.wrap(spans, nil, t, room-dots.width)[0]
	cut.add(dots.runs[0], room)
	cut.last = true
	return cut
}

// draw writes a line with its baseline y down from the edge of the page.
func (w *writer) draw(l line, x, y float64) {
	if w.dry() {
		return
	}
	for i, r := range l.runs {
		switch {
		case r.elem != nil && r.lossy:
			w.begin(&elem{kind: "Span", into: r.elem, says: r.actual}, " /ActualText "+said(r.actual))
		case r.elem != nil:
			w.in(r.elem)
		}
		if !l.last && i == len(l.runs)-1 { // or the words of two lines are read as one
			r.glyphs = append(r.glyphs, w.space(r.look).glyphs...)
		}
		w.run(r, x, sheetHeight-y)
		if r.link != "" {
			w.linked(r, x, y)
		}
		x += r.width
	}
}

// run writes glyphs at a place counted from the lower edge of what is drawn on.
func (w *writer) run(r run, x, y float64) {
	if len(r.glyphs) == 0 {
		return
	}
	p := w.page
	p.paint(r.colour)
	p.WriteString("BT ")
	if p.face != r.face || p.size != r.size {
		p.face, p.size = r.face, r.size
		p.WriteString("/F" + strconv.Itoa(r.face) + " " + numbers(r.size) + " Tf ")
	}
	b := number(append(p.AvailableBuffer(), "1 0 0 1 "...), x)
	b = number(append(b, ' '), y)
	b = append(b, " Tm <"...)
	for _, g := range r.glyphs {
		b = append(b, hexes[g>>12], hexes[g>>8&15], hexes[g>>4&15], hexes[g&15])
	}
	p.Write(append(b, "> Tj ET\n"...))
}
