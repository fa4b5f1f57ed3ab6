package pdf

import (
	"strconv"

	"splneno/notify/paper"
)

// covered reports whether a paper begins with a title page: a page that ends
// before the first part, with the title on it.
func covered(blocks []paper.Block) bool {
	titled := false
	for _, b := range blocks {
		switch b := b.(type) {
		case paper.Para:
			titled = titled || b.Style == paper.Title
		case paper.Break:
			return titled
		case paper.Heading, paper.Contents, paper.Table, paper.Figure:
			return false
		}
	}
	return false
}

// block lays out the block of that number, and writes its part of the structure.
func (w *writer) block(i int) (err error) {
	if _, ok := w.paper.Blocks[i].(paper.Break); ok {
		w.turn = true
		return nil
	}
	if w.turn {
		w.newPage()
		w.turn, w.cover = false, false
	}
	if w.room() < w.need(i) && w.y > top {
		w.newPage()
	}
	before := len(w.root.kids)
	switch b := w.paper.Blocks[i].(type) {
	case paper.Heading:
		w.heading(b)
	case paper.Para:
		w.title(b)
		w.pour(w.items([]paper.Block{b}, w.root, body, column), left, column)
	case paper.List:
		w.pour(w.items([]paper.Block{b}, w.root, body, column), left, column)
	case paper.Table:
		w.table(b)
	case paper.Figure:
		w.figure(b)
	case paper.Image:
		err = w.image(b)
	case paper.Box:
		w.box(b)
	case paper.Signature:
		w.signature(b)
	case paper.Contents:
		w.contents()
	}
	w.page.end()
	for _, k := range w.root.kids[before:] {
		w.closed(k.elem, w.root.obj)
	}
	return err
}

// need gives how much room the beginning of a block asks for: headings stay with
// what they head, a figure is not parted.
func (w *writer) need(i int) float64 {
	h, own := 0.0, 0.0
	for ; i < len(w.paper.Blocks) && h < bottom-top; i++ {
		b, ok := w.paper.Blocks[i].(paper.Heading)
		if !ok {
			h += w.start(w.paper.Blocks[i])
			break
		}
		t := headings[level(b)]
		h += t.before + float64(len(w.headLines(b, nil)))*t.lead + t.after
		own = max(own, min(h, whole))
	}
	if h > bottom-top { // no page has it
		return own + body.lead
	}
	return h
}

// start gives how much of a block must be on one page.
func (w *writer) start(b paper.Block) float64 {
	switch b := b.(type) {
	case paper.Para, paper.List:
		return 2 * body.lead
	case paper.Table:
		return w.tableNeed(b)
	case paper.Figure:
		return figureHeight(b) + 30
	case paper.Image:
		return imageTall
	case paper.Box, paper.Contents:
		return 4 * body.lead
	case paper.Signature:
		return signatureTall
	}
	return 0
}

// A headed text is that of a heading, with space above.
type headed struct {
	text
	before float64
}

var headings = []headed{
	1: {text{bold, 16, 21, "#1a3a5c", 8}, 20},
	2: {text{bold, 13, 17.5, "#1a3a5c", 6}, 16},
	3: {text{bold, 11, 15, "#1a3a5c", 5}, 12},
	4: {text{bold, 10, 14, "#33414f", 4}, 10},
}

func level(h paper.Heading) int { return min(max(h.Level, 1), len(headings)-1) }

func (w *writer) headLines(h paper.Heading, e *elem) []line {
	return w.wrap([]paper.Span{{Text: h.Text}}, e, headings[level(h)].text, column)
}

func (w *writer) heading(h paper.Heading) {
	at := w.headline(h)
	w.found.headings = append(w.found.headings, heading{clean(h.Text), level(h), at})
	if h.ID != "" {
		w.found.places[h.ID] = at
	}
}

// headline draws a heading and gives where it is.
func (w *writer) headline(h paper.Heading) place {
	t := headings[level(h)]
	if w.y > top {
		w.y += t.before
	}
	e := w.add(w.root, "H"+strconv.Itoa(level(h)), "")
	at := place{w.page.index, w.y}
	for _, l := range w.headLines(h, e) {
		w.pour([]item{{line: l, lead: t.lead, size: t.size}}, left, column)
	}
	w.y += t.after
	return at
}

// title moves down to where the title stands on a page of its own.
func (w *writer) title(p paper.Para) {
	if p.Style != paper.Title || !w.cover {
		return
	}
	w.y = max(w.y+30, 250)
	w.page.beside()
	w.page.fill("#1a3a5c", left, w.y-16, 56, 3)
}

// box sets paragraphs apart from the text: a ground and an edge to the left.
func (w *writer) box(b paper.Box) {
	const pad, edge = 10, 3
	e := w.add(w.root, "Div", "")
	items := w.items(b.Blocks, e, body, column-2*pad-edge)
	for len(items) > 0 {
		n := fitting(items, w.room()-2*pad)
		if n == 0 && w.y > top {
			w.newPage()
			continue
		}
		n = max(n, 1)
		tall := height(items[:n]) + 2*pad
		w.page.beside()
		w.page.fill("#f3f5f8", left, w.y, column, tall)
		w.page.fill(b.Colour, left, w.y, edge, tall)
		w.lay(items[:n], left+edge+pad, w.y+pad, column-2*pad-edge)
		w.y += tall
		items = items[n:]
	}
	w.y += 12
}

const signatureTall = 64

// signature draws a line to sign on.
func (w *writer) signature(s paper.Signature) {
	const from, to = left + 200, left + column
	e := w.add(w.root, "P", "")
	label := w.wrap([]paper.Span{{Text: s.Label}}, e, body, from-left-10)
	name := w.wrap([]paper.Span{{Text: s.Name}}, e, body, to-from)
	if len(label) > 0 {
		label[len(label)-1].last = len(name) == 0
	}
	w.y += 36
	for i, l := range label {
		w.draw(l, left, w.y-float64(len(label)-1-i)*body.lead)
	}
	w.page.beside()
	w.page.fill("#1f1f1f", from, w.y+2, to-from, .6)
	for _, l := range name {
		w.y += body.lead
		w.draw(l, from, w.y)
	}
	w.y += body.lead
}
