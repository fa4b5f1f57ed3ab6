package pdf

import "strings"

// endWord puts the word that was read into the lines.
func (wr *wrapper) endWord() {
	if len(wr.word) == 0 {
		return
	}
	if len(wr.line.runs) > 0 {
		space := run{}
		if wr.gap != nil {
			space = wr.w.space(wr.gap)
		}
		if wr.line.width+space.width+wr.wide > wr.room {
			wr.endLine()
		} else if wr.gap != nil {
			wr.put(space)
		}
	}
	for _, p := range wr.word {
		for wr.line.width+p.width > wr.room && len(p.glyphs) > 0 {
			least := 0
			if len(wr.line.runs) == 0 {
				least = 1 // or it would never end
			}
			head, rest := wr.w.split(p, wr.room-wr.line.width, least)
			if len(head.glyphs) > 0 {
				wr.put(head)
			}
			p = rest
			if len(p.glyphs) > 0 {
				wr.endLine()
			}
		}
		if len(p.glyphs) > 0 || p.actual != "" {
			wr.put(p)
		}
	}
	wr.word, wr.wide, wr.gap, wr.buf = wr.word[:0], 0, nil, wr.buf[:0]
}

// put puts a run into the line. What is only measured needs no glyphs.
func (wr *wrapper) put(r run) {
	if wr.w.dry() {
		r.glyphs = nil
	}
	wr.line.add(r, wr.room)
}

func (wr *wrapper) endLine() {
	wr.lines = append(wr.lines, wr.line)
	wr.line = line{}
}

// space gives a space in a look.
func (w *writer) space(l *look) run {
	f := w.faces[l.face]
	g := f.blank[0]
	f.used[g] = true
	return run{look: l, glyphs: f.blank, width: float64(f.advances[g]) * l.size / 1000}
}

// split gives what of a run fits the room, at least so many letters, and the
// rest. It parts a long word after a mark, as in an address, where there is one
// in its second half. What a run stands for stays with its beginning.
func (w *writer) split(r run, room float64, least int) (head, rest run) {
	f := w.faces[r.face]
	fits, mark, units := 0, 0, 0
	for i, g := range r.glyphs {
		units += int(f.advances[g])
		if float64(units)*r.size/1000 > room && i >= least {
			break
		}
		if fits = i + 1; strings.ContainsRune("/-.,;:@_?&=", f.letters[g]) {
			mark = fits
		}
	}
	if mark > fits/2 && fits < len(r.glyphs) {
		fits = mark
	}
	head, rest = r, r
	head.glyphs, rest.glyphs, rest.actual = r.glyphs[:fits:fits], r.glyphs[fits:], ""
	head.width = float64(f.width(head.glyphs)) * r.size / 1000
	rest.width = r.width - head.width
	return head, rest
}
