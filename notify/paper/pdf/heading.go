package pdf

import (
	"strconv"

	"splneno/notify/paper"
)

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
