package planfile

import (
	"sort"
	"strings"
)

// A flow is running text: its lines joined by single spaces, remembering where
// each began, so that what is found in it still has a line.
type flow struct {
	text   string
	starts []int // offset of each line in text
	nos    []int // and its number
}

func newFlow(lines []line) flow {
	var f flow
	var b strings.Builder
	for _, l := range lines {
		if l.blank() {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		f.starts, f.nos = append(f.starts, b.Len()), append(f.nos, l.no)
		b.WriteString(l.text)
	}
	f.text = b.String()
	return f
}

// lineOf gives the line on which the part begins, 0 when it is not in the text.
func (f flow) lineOf(part string) int {
	at := strings.Index(f.text, part)
	if at < 0 || len(f.starts) == 0 {
		return 0
	}
	return f.lineAt(at)
}

// lineAt gives the line of an offset in the text.
func (f flow) lineAt(offset int) int { return f.nos[sort.SearchInts(f.starts, offset+1)-1] }
