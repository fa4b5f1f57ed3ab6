package paper

// Widths gives every column its share of a width, or what it needs at least where
// that is more and others have room to give.
func Widths(columns []Column, least []float64, width float64) []float64 {
	shares, out := 0, make([]float64, len(columns))
	for _, c := range columns {
		shares += max(c.Width, 1)
	}
	lack, spare := 0.0, 0.0
	for i, c := range columns {
		out[i] = width * float64(max(c.Width, 1)) / float64(shares)
		lack += max(least[i]-out[i], 0)
		spare += max(out[i]-least[i], 0)
	}
	for i := range columns {
		switch {
		case out[i] < least[i]:
			out[i] = least[i]
		case spare > 0:
			out[i] -= (out[i] - least[i]) * min(lack/spare, 1)
		}
	}
	return out
}
