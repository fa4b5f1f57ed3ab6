package chart

import (
	"html"
	"strconv"
	"strings"
)

// text escapes a text for a place in the drawing. Control characters have none.
func text(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

// number writes a length as short as it can be, to a tenth.
func number(v float64) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// An svg collects a drawing as it is written.
type svg struct{ strings.Builder }

func (w *svg) put(parts ...string) {
	for _, p := range parts {
		w.WriteString(p)
	}
}

// svg writes the drawing with its frame, its name and the patterns it needs.
func (d Drawing) svg(id string) string {
	w, wide, tall := &svg{}, number(d.Width), number(d.Height)
	id = text(id)
	w.put(`<svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `, wide, ` `, tall, `" width="`, wide, `" height="`, tall,
		`" aria-labelledby="`, id, `-t `, id, `-d"><title id="`, id, `-t">`, text(d.Title), `</title><desc id="`, id, `-d">`, text(d.Desc), `</desc>`,
		`<g font-size="`, strconv.Itoa(TextSize), `" fill="`, ink, `">`)
	w.patterns(id, d)
	for _, g := range d.Groups {
		if g.Middle {
			w.put(`<g text-anchor="middle">`)
		}
		for _, s := range g.Shapes {
			w.shape(id, s)
		}
		if g.Middle {
			w.put(`</g>`)
		}
	}
	w.put(`</g></svg>`)
	return w.String()
}

func (w *svg) shape(id string, s Shape) {
	if s.H == 0 {
		w.put(`<text `)
		if s.Fill != ink {
			w.put(`fill="`, text(s.Fill), `" `)
		}
		w.put(`x="`, number(s.X), `" y="`, number(s.Y), `">`, text(s.Text), `</text>`)
		return
	}
	w.put(`<rect x="`, number(s.X), `" y="`, number(s.Y), `" width="`, number(s.W), `" height="`, number(s.H), `" fill="`, s.paint(id), `"`)
	if s.Stroke != "" {
		w.put(` stroke="`, s.Stroke, `"`)
	}
	if s.Dashed {
		w.put(` stroke-dasharray="4 3"`)
	}
	w.put(`/>`)
}

// paint gives what a rectangle is filled with.
func (s Shape) paint(id string) string {
	switch {
	case s.Fill == "":
		return "none"
	case len(s.Hatch.Lines()) > 0:
		return "url(#" + pattern(id, s.kind) + ")"
	}
	return text(s.Fill)
}

func pattern(id string, kind int) string { return id + "-p" + strconv.Itoa(kind) }

// patterns defines the patterns of the kinds that are drawn.
func (w *svg) patterns(id string, d Drawing) {
	w.put("<defs>")
	for k, kind := range d.kinds {
		lines := kind.Hatch.Lines()
		if !d.used[k] || len(lines) == 0 {
			continue
		}
		tile := strconv.Itoa(Tile)
		w.put(`<pattern id="`, pattern(id, k), `" width="`, tile, `" height="`, tile, `" patternUnits="userSpaceOnUse"><rect width="`, tile, `" height="`, tile, `" fill="`, text(kind.Colour), `"/><path d="`)
		for _, l := range lines {
			w.put(l.path())
		}
		w.put(`" stroke="`, paper, `" stroke-width="1.5"/></pattern>`)
	}
	w.put("</defs>")
}

// path writes a line as short as it can be.
func (l Line) path() string {
	from := "M" + number(l.X1) + " " + number(l.Y1)
	switch {
	case l.Y1 == l.Y2:
		return from + "H" + number(l.X2)
	case l.X1 == l.X2:
		return from + "V" + number(l.Y2)
	}
	return from + "L" + number(l.X2) + " " + number(l.Y2)
}
