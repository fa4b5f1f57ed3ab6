package pdf

import (
	"strconv"

	"splneno/notify/paper"
)

// contents lays out the headings of the levels 1 and 2 with their pages. In the
// first pass nobody knows the pages; the contents take as much room then.
func (w *writer) contents() {
	if w.paper.Words.Contents != "" {
		w.headline(paper.Heading{Text: w.paper.Words.Contents, Level: 1})
	}
	list := &elem{kind: "TOC", into: w.root}
	n := 0
	for _, b := range w.paper.Blocks {
		h, ok := b.(paper.Heading)
		if !ok {
			continue
		}
		at := heading{}
		if n < len(w.plan.headings) {
			at = w.plan.headings[n]
		}
		n++
		if level(h) <= 2 {
			w.entry(list, h, at.place)
		}
	}
	w.y += 8
}

// entry lays out one heading of the contents: its text, dots, the page.
func (w *writer) entry(list *elem, h paper.Heading, at place) {
	t, indent := text{regular, 10, 14, body.colour, 2}, 0.0
	if level(h) == 2 {
		indent = 14
	}
	link := w.add(w.add(w.add(list, "TOCI", ""), "Reference", ""), "Link", "")
	items := w.paragraph(paper.Plain(h.Text), link, t, column-indent-44)
	if len(items) == 0 {
		return
	}
	for i := range items {
		items[i].indent, items[i].keep = indent, i < len(items)-1
	}
	items[len(items)-1].line.last = false // the number of the page follows
	if w.room() < height(items) {
		w.newPage()
	}
	from := w.y
	w.y = w.lay(items, left, w.y, column)
	baseline := w.y - t.after - t.lead + (t.lead+t.size)/2 - t.size*.14
	number := w.plainLine(strconv.Itoa(at.page+1), t.face, t.size, t.colour, column)
	w.in(link)
	w.draw(number, left+column-number.width, baseline)
	w.annotate(link, "/Dest "+w.destination(at), clean(h.Text)+", "+strconv.Itoa(at.page+1), left, w.y-t.after, column, w.y-t.after-from)
	w.dots(left+indent+items[len(items)-1].line.width+6, left+column-number.width-6, baseline)
}

// dots leads the eye from a heading to its page.
func (w *writer) dots(from, to, baseline float64) {
	if from >= to {
		return
	}
	y := numbers(sheetHeight - baseline)
	w.page.beside()
	w.page.WriteString("0.6 0.6 0.6 RG 0.7 w [0.7 3] 0 d " + numbers(from) + " " + y + " m " + numbers(to) + " " + y + " l S [] 0 d\n")
}
