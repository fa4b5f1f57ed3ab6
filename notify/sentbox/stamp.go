package sentbox

import (
	"strings"
	"time"
)

// stamp reads the time a line of a log begins with, zero where there is none.
// "Nov 22 10:15:04" names no year: it is the one that brings it nearest to near.
func stamp(line string, near time.Time) time.Time {
	if first, _, ok := strings.Cut(line, " "); ok {
		if at, err := time.Parse(time.RFC3339Nano, first); err == nil {
			return at
		}
	}
	if len(line) < len(time.Stamp) {
		return time.Time{}
	}
	at, err := time.ParseInLocation(time.Stamp, line[:len(time.Stamp)], near.Location())
	if err != nil || near.IsZero() {
		return time.Time{}
	}
	best := time.Time{}
	for year := near.Year() - 1; year <= near.Year()+1; year++ {
		one := time.Date(year, at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, near.Location())
		if best.IsZero() || one.Sub(near).Abs() < best.Sub(near).Abs() {
			best = one
		}
	}
	return best
}
