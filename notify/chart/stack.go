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

// Draw gives the drawing. The pieces of a bar fill it from edge to edge; a bar
// that counts nothing is an empty frame. Below the bars stand the kinds that
// are drawn.
func (s Stack) Draw() string {
	c := &canvas{id: s.ID}
	used := s.used()
	c.patterns(s.Kinds, used)
	for _, b := range s.Bars {
		c.paragraph(b.Label)
		c.y += 2
		c.bar(s.Kinds, b.Counts)
		c.y += 10
	}
	c.legend(s.Kinds, used)
	return c.finish(s.Title, s.Desc)
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
func (c *canvas) bar(kinds []Kind, counts []int) {
	all := 0
	for k := range kinds {
		if k < len(counts) {
			all += max(counts[k], 0)
		}
	}
	c.put(`<g text-anchor="middle">`)
	before := 0
	for k := range kinds {
		if k >= len(counts) || counts[k] <= 0 {
			continue
		}
		from := float64(before) / float64(all) * width
		before += counts[k]
		c.piece(k, kinds[k], from, float64(before)/float64(all)*width-from, counts[k])
	}
	c.put(`</g>`)
	if all == 0 {
		c.rect(.5, c.y+.5, width-1, barTall-1, `fill="none" stroke="`+ink+`"`)
	}
	c.y += barTall
}

// piece draws one share, with its sign and figure where they fit: on a plain
// ground, so that no pattern crosses them.
func (c *canvas) piece(k int, kind Kind, x, w float64, n int) {
	if kind.Hatch == Hollow {
		c.rect(x, c.y, w, barTall, `fill="`+paper+`" stroke="`+ink+`" stroke-dasharray="4 3"`)
	} else {
		c.rect(x, c.y, w, barTall, `fill="`+c.fill(k, kind)+`" stroke="`+paper+`"`)
	}
	label := kind.Sign + " " + strconv.Itoa(n)
	m := measured(label)
	switch {
	case m+6 > w:
	case kind.Hatch == Hollow:
		c.line(x+w/2, c.y+barTall/2+5, label)
	default:
		if kind.Hatch != Plain {
			c.rect(x+w/2-m/2, c.y+4, m, barTall-8, `fill="`+text(kind.Colour)+`"`)
		}
		c.put(`<text fill="`, paper, `" x="`, number(x+w/2), `" y="`, number(c.y+barTall/2+5), `">`, text(label), `</text>`)
	}
}

// legend names the kinds that are drawn.
func (c *canvas) legend(kinds []Kind, used map[int]bool) {
	for k, kind := range kinds {
		if !used[k] {
			continue
		}
		lines := wrapped(kind.Sign+" "+kind.Label, width-28, maxLines)
		more := `fill="` + c.fill(k, kind) + `" stroke="` + ink + `"`
		if kind.Hatch == Hollow {
			more = `fill="` + paper + `" stroke="` + ink + `" stroke-dasharray="4 3"`
		}
		c.rect(1, c.y+3, 18, 14, more)
		for _, l := range lines {
			c.y += lineGap
			c.line(26, c.y-4, l)
		}
	}
}
