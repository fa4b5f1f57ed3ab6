package pdf

import (
	"bytes"
	"fmt"
	"strconv"
)

// A sheet of A4 and its margins, in points.
const (
	sheetWidth  = 595.28
	sheetHeight = 841.89
	left        = 62.0
	top         = 68.0
	bottom      = sheetHeight - 62
	column      = sheetWidth - 2*left
)

// A page is what is drawn on one until it is finished.
type page struct {
	bytes.Buffer
	index  int
	obj    int
	open   *elem // the element what is drawn now belongs to
	drawn  bool  // a piece is open, of an element or of none
	pieces []int // by piece, the object of its element
	links  []int // annotations
	face   int
	size   float64
	colour string
}

func (w *writer) newPage() {
	p := &page{}
	if w.page != nil {
		w.endPage()
		*p = page{Buffer: w.page.Buffer, index: w.page.index + 1, pieces: w.page.pieces[:0], links: w.page.links[:0]}
		p.Reset()
	}
	if p.index < len(w.pages) {
		p.obj = w.pages[p.index]
	}
	w.page, w.y = p, top
	p.fresh()
}

// fresh forgets how text is set: the page is as it was at its beginning.
func (p *page) fresh() { p.face, p.size, p.colour = -1, 0, "" }

// room gives how much of the page is left.
func (w *writer) room() float64 { return bottom - w.y }

// endPage writes the page.
func (w *writer) endPage() {
	if w.dry() {
		return
	}
	w.running()
	p := w.page
	p.end()
	content, pieces := w.next(), w.next()
	w.stream(content, "", p.Bytes())
	w.put(pieces, refs(p.pieces))
	w.parents = append(w.parents, pieces)
	notes := ""
	if len(p.links) > 0 {
		notes = " /Annots " + refs(p.links)
	}
	w.put(p.obj, fmt.Sprintf("<</Type /Page /Parent %s /MediaBox [0 0 %v %v] /Resources %s /Contents %s /StructParents %d /Tabs /S%s>>",
		ref(w.tree), sheetWidth, sheetHeight, ref(w.resources), ref(content), p.index, notes))
}

// in makes what is drawn next a piece of an element.
func (w *writer) in(e *elem) {
	if w.page.drawn && w.page.open == e {
		return
	}
	w.begin(e, "")
}

// begin begins a piece of an element; it stands for a text where there is one.
func (w *writer) begin(e *elem, actual string) {
	p := w.page
	p.end()
	w.join(e)
	p.open, p.drawn = e, true
	b := append(append(append(p.AvailableBuffer(), '/'), e.kind...), " <</MCID "...)
	p.Write(append(append(strconv.AppendInt(b, int64(len(p.pieces)), 10), actual...), ">> BDC\n"...))
	e.kids = append(e.kids, kid{page: p.obj, piece: len(p.pieces)})
	p.pieces = append(p.pieces, e.obj)
}

// beside makes what is drawn next no part of the text.
func (p *page) beside() {
	if p.drawn && p.open == nil {
		return
	}
	p.end()
	p.drawn = true
	p.WriteString("/Artifact BMC\n")
}

// end ends the piece that is open.
func (p *page) end() {
	if p.drawn {
		p.WriteString("EMC\n")
	}
	p.open, p.drawn = nil, false
}

// paint sets the colour of what is filled next.
func (p *page) paint(c string) {
	if p.colour != c {
		p.colour = c
		p.WriteString(colour(c) + " rg\n")
	}
}

// fill paints a rectangle whose upper edge is y down from that of the page.
func (p *page) fill(c string, x, y, w, h float64) {
	p.paint(c)
	p.Write(append(appendNumbers(p.AvailableBuffer(), x, sheetHeight-y-h, w, h), " re f\n"...))
}

// running draws what stands at the head and the foot of every page but the first.
func (w *writer) running() {
	if w.page.index == 0 {
		return
	}
	const size, grey = 8, "#444444"
	if w.paper.Running != "" {
		w.page.pagination("Header")
		w.draw(w.plainLine(w.paper.Running, regular, size, grey, column), left, 44)
		w.page.fill(rule, left, 50, column, .5)
	}
	w.page.pagination("Footer")
	if w.paper.Words.Page != "" {
		number := w.plainLine(fmt.Sprintf(w.paper.Words.Page, w.page.index+1, w.plan.pages), regular, size, grey, column)
		w.draw(number, left+column-number.width, sheetHeight-34)
	}
	w.draw(w.plainLine(w.paper.Foot, regular, size, grey, column-110), left, sheetHeight-34)
}

// pagination begins what belongs to the pages, not to the text.
func (p *page) pagination(kind string) {
	p.end()
	p.drawn = true
	p.WriteString("/Artifact <</Type /Pagination /Subtype /" + kind + ">> BDC\n")
}
