package pdf

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"splneno/notify/paper"
)

// A text is how paragraphs of one kind are written.
type text struct {
	face   int
	size   float64
	lead   float64 // from one line to the next
	colour string
	after  float64 // space below the paragraph
}

// A wrapper breaks runs of text into lines. One is used again and again.
type wrapper struct {
	w    *writer
	room float64
	ties bool // a preposition of one letter stays with the next word

	lines []line
	line  line
	word  []run    // pieces of the word that is being read
	wide  float64  // their width
	gap   *look    // look of the space before the word, nil for none
	buf   []uint16 // glyphs of the word
}

// wrap gives the lines of spans of text. Words of one element follow one another
// with one space, whatever stood between them.
func (w *writer) wrap(spans []paper.Span, e *elem, t text, room float64) []line {
	wr := &w.wrapper
	*wr = wrapper{w: w, room: room, ties: strings.HasPrefix(w.paper.Lang, "cs"), lines: wr.lines[:0], word: wr.word[:0], buf: wr.buf[:0]}
	for _, s := range spans {
		wr.span(w.look(s, e, t), clean(s.Text))
	}
	wr.endWord()
	if len(wr.line.runs) > 0 {
		wr.lines = append(wr.lines, wr.line)
	}
	if n := len(wr.lines); n > 0 {
		wr.lines[n-1].last = true
	}
	return slices.Clone(wr.lines)
}

// look gives how a span is written. A link is an element of its own.
func (w *writer) look(s paper.Span, e *elem, t text) *look {
	l := &look{face: t.face, size: t.size, colour: t.colour, elem: e}
	switch {
	case s.Bold:
		l.face = bold
	case s.Italic && t.face == regular:
		l.face = italic
	}
	if s.Colour != "" {
		l.colour = s.Colour
	}
	if s.Link != "" && e != nil && w.leads(s.Link) {
		l.elem, l.link, l.named = &elem{kind: "Link", into: e}, s.Link, s.Text
		l.under = !w.tabled // many beside one another would be noise in print
	}
	return l
}

// span reads the words of a span. A word may go on in the next one.
func (wr *wrapper) span(l *look, s string) {
	f := wr.w.faces[l.face]
	from, lossy := 0, false
	var before, last rune
	start, units := len(wr.buf), 0
	flush := func(to int) {
		if to > from {
			p := run{look: l, glyphs: wr.buf[start:len(wr.buf):len(wr.buf)], width: float64(units) * l.size / 1000, lossy: lossy}
			if lossy {
				p.actual = s[from:to]
			}
			wr.word = append(wr.word, p)
			wr.wide += p.width
		}
		lossy, start, units = false, len(wr.buf), 0
	}
	for i, r := range s {
		if breaks(r) && !(wr.ties && len(wr.word) == 0 && alone(before, last)) {
			flush(i)
			wr.endWord()
			wr.gap, start = l, 0
			before, last, from = 0, 0, i+utf8.RuneLen(r)
			continue
		}
		before, last = last, r
		g, drawn, same := f.show(r)
		lossy = lossy || !same
		if drawn {
			wr.buf = append(wr.buf, g)
			units += int(f.advances[g])
			f.used[g] = true
		}
	}
	flush(len(s))
}

// breaks reports whether a line may end at a character.
func breaks(r rune) bool {
	return r == ' ' || r != '\u00a0' && r != '\u202f' && r != '\u2007' && unicode.IsSpace(r)
}

// alone reports whether a word so far is a Czech preposition of one letter, with
// perhaps a mark before it.
func alone(before, last rune) bool {
	return strings.ContainsRune("ksvzouaiKSVZOUAI", last) && !unicode.IsLetter(before) && !unicode.IsDigit(before) && before != '.'
}
