// Package chart draws the figures of an evaluation as accessible SVG: bars of
// shares, one under the other, and what was planned beside what came of it. A
// drawing is a pure function of its values: the same values give the same bytes.
//
// Every drawing has a title and a description, says each figure in text, and
// tells kinds apart by pattern and label beside colour. It uses presentation
// attributes only, so that a page may forbid inline style. Whoever shows it puts
// a table with the same figures beside it.
//
// It must not know what an evaluation is, nor any language: labels come written.
// Start reading at [Stack], then [Pairs].
package chart

import (
	"html"
	"strconv"
	"strings"
)

// The box a drawing fills, in units of its own. It is narrow, so that the text
// stays legible on a phone; the page decides how wide it is shown.
const (
	width    = 360
	textSize = 14
	lineGap  = 18
	barTall  = 28
	ink      = "#262626"
	paper    = "#fff"
)

// A Kind is one thing counted: how its pieces look and what they are called.
type Kind struct {
	Label  string
	Sign   string // one character that stands on pieces wide enough for it
	Colour string // "#1b6b36"; white text on it must be legible
	Hatch  Hatch
}

// A Hatch is the pattern of a kind.
type Hatch int

// The patterns.
const (
	Plain Hatch = iota
	Rising
	Falling
	Level
	Upright
	Dotted
	Crossed
	Hollow // no fill, a dashed frame: for what is not there
)

// A canvas collects a drawing.
type canvas struct {
	strings.Builder
	id string
	y  float64
}

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

func (c *canvas) put(parts ...string) {
	for _, p := range parts {
		c.WriteString(p)
	}
}

// line writes one line of text with its baseline at y.
func (c *canvas) line(x, y float64, s string) {
	c.put(`<text x="`, number(x), `" y="`, number(y), `">`, text(s), `</text>`)
}

func (c *canvas) rect(x, y, w, h float64, more string) {
	c.put(`<rect x="`, number(x), `" y="`, number(y), `" width="`, number(w), `" height="`, number(h), `" `, more, `/>`)
}

// paragraph writes a text in as many lines as it needs and moves below it.
func (c *canvas) paragraph(s string) {
	for _, l := range wrapped(s, width, maxLines) {
		c.y += lineGap
		c.line(0, c.y-4, l)
	}
}

// finish puts the drawing into its frame.
func (c *canvas) finish(title, desc string) string {
	height := number(c.y + 2)
	return `<svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + strconv.Itoa(width) + ` ` + height + `" width="` + strconv.Itoa(width) + `" height="` + height +
		`" aria-labelledby="` + text(c.id) + `-t ` + text(c.id) + `-d"><title id="` + text(c.id) + `-t">` + text(title) + `</title><desc id="` + text(c.id) + `-d">` + text(desc) + `</desc>` +
		`<g font-size="` + strconv.Itoa(textSize) + `" fill="` + ink + `">` + c.String() + `</g></svg>`
}
