package pdf

import "splneno/notify/paper"

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

// title moves down to where the title stands on a page of its own.
func (w *writer) title(p paper.Para) {
	if p.Style != paper.Title || !w.cover {
		return
	}
	w.y = max(w.y+30, 250)
	w.page.beside()
	w.page.fill("#1a3a5c", left, w.y-16, 56, 3)
}
