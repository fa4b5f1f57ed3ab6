package chart

import "strconv"

// hatches are the lines of the patterns in a tile of 8 by 8.
var hatches = map[Hatch]string{
	Rising:  "M0 8L8 0M-2 2L2 -2M6 10L10 6",
	Falling: "M0 0L8 8M-2 6L2 10M6 -2L10 2",
	Level:   "M0 4H8",
	Upright: "M4 0V8",
	Dotted:  "M3 4H5",
	Crossed: "M0 4H8M4 0V8",
}

// patterns defines the patterns of the kinds that are drawn.
func (c *canvas) patterns(kinds []Kind, used map[int]bool) {
	c.put("<defs>")
	for k, kind := range kinds {
		lines := hatches[kind.Hatch]
		if !used[k] || lines == "" {
			continue
		}
		c.put(`<pattern id="`, c.pattern(k), `" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="`, text(kind.Colour),
			`"/><path d="`, lines, `" stroke="`, paper, `" stroke-width="1.5"/></pattern>`)
	}
	c.put("</defs>")
}

func (c *canvas) pattern(k int) string { return text(c.id) + "-p" + strconv.Itoa(k) }

// fill gives what a piece of the kind is painted with.
func (c *canvas) fill(k int, kind Kind) string {
	if hatches[kind.Hatch] == "" {
		return text(kind.Colour)
	}
	return "url(#" + c.pattern(k) + ")"
}
