package planfile

import (
	"strings"
	"unicode/utf8"
)

// around cuts the words about the first place of part out of a long text.
func around(text, part string) string {
	const margin = 60
	at := strings.Index(text, part)
	if at < 0 {
		return text
	}
	from, to := max(0, at-margin), min(len(text), at+len(part)+margin)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return strings.TrimSpace(text[from:to])
}
