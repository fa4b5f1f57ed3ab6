package planfile

import (
	"strings"
	"unicode/utf8"
)

// narrate joins the wrapped lines of a narrative: a new line where a bullet
// begins, and where a sentence ends well before the column does.
func narrate(lines []line) string {
	width := 0
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(l.text))
	}
	var b strings.Builder
	breakHere := false
	for _, l := range lines {
		if l.blank() {
			continue
		}
		switch {
		case b.Len() == 0:
		case breakHere || strings.HasPrefix(l.text, "•"):
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
		b.WriteString(l.text)
		breakHere = strings.HasSuffix(l.text, ".") && utf8.RuneCountInString(l.text) < width*3/4
	}
	return b.String()
}
