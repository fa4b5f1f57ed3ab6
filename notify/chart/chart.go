// Package chart draws the figures of an evaluation: bars of shares, one under the
// other, and what was planned beside what came of it. A drawing is shapes in a
// box, written as accessible SVG for pages and by others in their own format. It
// is a pure function of its values: the same values give the same bytes.
//
// Every drawing has a title and a description, says each figure in text, and
// tells kinds apart by pattern and label beside colour. It uses presentation
// attributes only, so that a page may forbid inline style. Whoever shows it puts
// a table with the same figures beside it.
//
// It must not know what an evaluation is, nor any language: labels come written.
// Start reading at [Stack], then [Pairs] and [Drawing].
package chart

// TextSize is the size of every text in a drawing, in the units of its box.
const TextSize = 14

// The box of a drawing on a page. It is narrow, so that the text stays legible on
// a phone; the page decides how wide it is shown.
const (
	width   = 360
	lineGap = 18
	barTall = 28
	ink     = "#262626"
	paper   = "#fff"
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
