package chart

// Tile is how wide and how high the tile of a pattern is.
const Tile = 8

// A Line is one line of a pattern, 1.5 wide.
type Line struct{ X1, Y1, X2, Y2 float64 }

// Lines gives the lines of the pattern in its tile, none for one without.
func (h Hatch) Lines() []Line {
	switch h {
	case Rising:
		return []Line{{0, 8, 8, 0}, {-2, 2, 2, -2}, {6, 10, 10, 6}}
	case Falling:
		return []Line{{0, 0, 8, 8}, {-2, 6, 2, 10}, {6, -2, 10, 2}}
	case Level:
		return []Line{{0, 4, 8, 4}}
	case Upright:
		return []Line{{4, 0, 4, 8}}
	case Dotted:
		return []Line{{3, 4, 5, 4}}
	case Crossed:
		return []Line{{0, 4, 8, 4}, {4, 0, 4, 8}}
	}
	return nil
}
