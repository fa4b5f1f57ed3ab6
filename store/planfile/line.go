package planfile

import (
	"html"
	"strings"
	"unicode"

	"splneno/engine/pattern"
)

// A line of a text, with its number and what stands in its cells. The first
// tab parts the label from the value; without one there is no label.
type line struct {
	no     int    // from 1
	raw    string // as printed
	label  string
	value  string // after the first tab, marks kept
	text   string // all of it, without marks
	tabbed bool
}

func splitLines(text string) []line {
	var lines []line
	for raw := range strings.SplitSeq(text, "\n") {
		l := line{no: len(lines) + 1, raw: raw, text: plain(raw)}
		l.label, l.value, l.tabbed = strings.Cut(raw, "\t")
		l.label = plain(l.label)
		if !l.tabbed {
			l.label, l.value = "", raw
		}
		lines = append(lines, l)
	}
	return lines
}

var (
	blockTag = pattern.New(`(?i)</?(?:p|ul|ol|li|br|div|tr|td|table)\b[^<>]*>`)
	anyTag   = pattern.New(`</?[a-zA-Z][^<>]*>`)
	rule     = pattern.New(`^[-=_|+\s]*$`)
)

// paragraphs takes the marks off and gives one string per block.
func paragraphs(marked string) []string {
	var out []string
	for p := range strings.SplitSeq(blockTag.ReplaceAllString(marked, "\n"), "\n") {
		if p = plain(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// plain takes marks and superfluous white space off.
func plain(marked string) string {
	s := anyTag.ReplaceAllString(blockTag.ReplaceAllString(marked, " "), "")
	return strings.Join(strings.FieldsFunc(html.UnescapeString(s), unicode.IsSpace), " ")
}

func (l line) blank() bool { return l.text == "" }

// isRule says whether the line only draws the border of a table.
func (l line) isRule() bool { return !l.blank() && rule.MatchString(l.raw) }
