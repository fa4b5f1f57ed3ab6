package pdf

import (
	"cmp"

	"splneno/notify/paper"
)

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
		w.page.fill(cmp.Or(b.Colour, rule), left, w.y, edge, tall)
		w.lay(items[:n], left+edge+pad, w.y+pad, column-2*pad-edge)
		w.y += tall
		items = items[n:]
	}
	w.y += 12
}

const signatureTall = 64

// signature draws a line to sign on, with room to write above it.
func (w *writer) signature(s paper.Signature) {
	const from, wide = left + 200, column - 200
	e := w.add(w.root, "P", "")
	label := w.paragraph(paper.Plain(s.Label), e, body, from-left-10)
	name := w.paragraph(paper.Plain(s.Name), e, body, wide)
	if len(label) > 0 {
		label[len(label)-1].line.last = len(name) == 0
		label[len(label)-1].after = 0
	}
	w.y += signatureTall - 2*body.lead - body.after
	if len(label) == 0 {
		w.y += body.lead
	}
	w.pour(label, left, from-left-10)
	w.page.beside()
	w.page.fill(body.colour, from, w.y, wide, .6)
	w.pour(name, from, wide)
	w.y += body.after
}
