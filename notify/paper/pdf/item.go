package pdf

import (
	"strconv"

	"splneno/notify/paper"
)

// An item is what no page may part: a line, with the mark of a list before it.
// Items of a paragraph follow one another.
type item struct {
	line   line
	indent float64
	mark   *line   // before the line, nil for none
	lead   float64 // height of the line
	size   float64
	after  float64 // space below, left out at the end of a page
	keep   bool    // the next item must be on the same page
	right  bool    // the line ends at the right edge
	id     string  // of the place that is here, "" for none
}

// The texts of a paper.
var (
	body  = text{regular, 10, 14, "#1f1f1f", 6}
	small = text{regular, 8.5, 11.5, "#444444", 5}

	styles = map[paper.Style]text{
		paper.Title:    {bold, 24, 30, "#1a3a5c", 10},
		paper.Subtitle: {regular, 13, 18, "#33414f", 6},
		paper.Mark:     {bold, 11, 15, "#8c1d24", 8},
		paper.Note:     small,
	}
)

// paragraph gives the items of a paragraph in an element of its own.
func (w *writer) paragraph(p paper.Para, e *elem, t text, room float64) []item {
	lines := w.wrap(p.Spans, e, t, room)
	items := make([]item, len(lines))
	for i, l := range lines {
		items[i] = item{line: l, lead: t.lead, size: t.size}
		items[i].keep = len(lines) > 1 && (i == 0 || i == len(lines)-2) // no line stands alone
	}
	if len(items) > 0 {
		items[0].id = p.ID
		items[len(items)-1].after = t.after
	}
	return items
}

// items gives the items of paragraphs and lists, each in an element within e.
func (w *writer) items(blocks []paper.Block, e *elem, t text, room float64) (all []item) {
	for _, b := range blocks {
		switch b := b.(type) {
		case paper.Para:
			own := t
			if style, ok := styles[b.Style]; ok && t == body {
				own = style
			} else if ok && b.Style == paper.Mark {
				own.face, own.colour = style.face, style.colour
			}
			all = append(all, w.paragraph(b, w.add(e, "P", ""), own, room)...)
		case paper.List:
			all = append(all, w.list(b, e, t, room)...)
		}
	}
	return all
}

// list gives the items of a list.
func (w *writer) list(l paper.List, e *elem, t text, room float64) (all []item) {
	if len(l.Items) == 0 {
		return nil
	}
	numbering, indent := "Disc", t.size*1.1
	if l.Numbered {
		numbering, indent = "Decimal", t.size*(1+.56*float64(len(strconv.Itoa(len(l.Items)))))
	}
	list := w.add(e, "L", "<</O /List /ListNumbering /"+numbering+">>")
	for i, p := range l.Items {
		entry := w.add(list, "LI", "")
		label := "\u2022"
		if l.Numbered {
			label = strconv.Itoa(i+1) + "."
		}
		mark := w.wrap([]paper.Span{{Text: label}}, w.add(entry, "Lbl", ""), t, room)
		of := t
		of.after = t.after / 2
		items := w.paragraph(p, w.add(entry, "LBody", ""), of, room-indent)
		for k := range items {
			items[k].indent = indent
		}
		if len(items) > 0 {
			items[0].mark = &mark[0]
		}
		all = append(all, items...)
	}
	if len(all) > 0 {
		all[len(all)-1].after = t.after
	}
	return all
}

// height gives how high items are, without the space below the last.
func height(items []item) float64 {
	h := 0.0
	for i, it := range items {
		if h += it.lead; i < len(items)-1 {
			h += it.after
		}
	}
	return h
}

// fitting gives how many of the items fit the room. Items that must stay together
// count as one, if they fit a page at all.
func fitting(items []item, room float64) int {
	h, n := 0.0, 0
	for i, it := range items {
		if h+it.lead > room {
			break
		}
		if h += it.lead + it.after; !it.keep {
			n = i + 1
		}
	}
	return n
}

// lay draws items one below the other and gives how far down it came.
func (w *writer) lay(items []item, x, y, room float64) float64 {
	for _, it := range items {
		baseline := y + (it.lead+it.size)/2 - it.size*.14
		if it.id != "" {
			w.found.places[it.id] = place{w.page.index, y}
		}
		if it.mark != nil {
			w.draw(*it.mark, x, baseline)
		}
		at := x + it.indent
		if it.right {
			at = x + room - it.line.width
		}
		w.draw(it.line, at, baseline)
		y += it.lead + it.after
	}
	return y
}

// pour draws items down the pages.
func (w *writer) pour(items []item, x, room float64) {
	for len(items) > 0 {
		n := fitting(items, w.room())
		if n == 0 && w.y > top {
			w.newPage()
			continue
		}
		n = max(n, 1)
		w.y = w.lay(items[:n], x, w.y, room)
		items = items[n:]
	}
}
