package planfile

import (
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A start is the line where a row of the table begins.
type start struct {
	at     int
	number int // 0 for a row without a number
}

var (
	numbered = pattern.New(`^(\d{1,2})\. ?\p{Lu}`)
	bullet   = pattern.New(`^: ?\S`)
)

// table reads the rows of one measure.
func (b *builder) table(s section) {
	lines := b.withoutPageNumbers(s.lines)
	starts, doubtful := rowStarts(lines)
	for _, i := range doubtful {
		b.warn(lines[i].no, lines[i].text, "looks like a row, but no status follows; kept with the text above")
	}
	first := len(lines)
	if len(starts) > 0 {
		first = starts[0].at
	}
	for _, l := range lines[:first] {
		if !l.blank() {
			b.warn(l.no, l.text, "text before the first row of measure "+s.measure.Code+"; not used")
		}
	}
	unnumbered, last := 0, 0
	for i, st := range starts {
		end := len(lines)
		if i+1 < len(starts) {
			end = starts[i+1].at
		}
		if st.number == 0 {
			unnumbered++
		}
		if st.at > 0 && st.number == 0 && !lines[st.at-1].blank() {
			b.warn(lines[st.at].no, lines[st.at].text, "taken for the beginning of a row, though no gap parts it from the text above")
		}
		b.checkNumber(lines[st.at], s.measure.Code, st.number, &last)
		a := b.row(s, lines[st.at:end], st)
		a.ID = rowID(s.measure.Code, st.number, unnumbered)
		b.draft.Activities = append(b.draft.Activities, a)
	}
}

func rowID(measure string, number, unnumbered int) string {
	if number > 0 {
		return measure + "/" + strconv.Itoa(number)
	}
	return measure + "/u" + strconv.Itoa(unnumbered)
}

// checkNumber warns of gaps: numbers are kept as printed, never renumbered.
func (b *builder) checkNumber(l line, measure string, number int, last *int) {
	if number == 0 {
		return
	}
	if number != *last+1 {
		b.warn(l.no, l.text, "numbering of measure "+measure+" jumps from "+strconv.Itoa(*last)+" to "+strconv.Itoa(number))
	}
	*last = number
}

// rowStarts finds where rows begin. A row has exactly one status, so a line
// that looks like a beginning is one only when a status was read since the last
// beginning and another follows before the next numbered row.
func rowStarts(lines []line) (starts []start, doubtful []int) {
	status := make([]bool, len(lines))
	follows := make([]bool, len(lines)+1) // a status comes at i or later, before the next numbered row
	for i := len(lines) - 1; i >= 0; i-- {
		status[i] = isStatusLine(lines, i)
		apart := numbered.MatchString(lines[i].text) && (i == 0 || lines[i-1].blank())
		follows[i] = status[i] || follows[i+1] && !apart
	}
	open := false // a row has begun and its status has not come yet
	for i := range lines {
		if open {
			open = !status[i]
			continue
		}
		switch st, ok := startAt(lines, i); {
		case ok && follows[i+1]:
			starts = append(starts, st)
			open = true
		case ok && (i == 0 || lines[i-1].blank()):
			doubtful = append(doubtful, i)
		}
	}
	return starts, doubtful
}

// startAt says whether a row begins at i: "1. Title", "Title:" above ":"
// bullets, or a ":" bullet that nothing stands above.
func startAt(lines []line, i int) (start, bool) {
	l := lines[i]
	if m := numbered.FindStringSubmatch(l.text); m != nil {
		n, err := strconv.Atoi(m[1])
		return start{i, n}, err == nil
	}
	if bullet.MatchString(l.text) {
		return start{at: i}, i == 0 || lines[i-1].blank()
	}
	if l.blank() || !(i == 0 || lines[i-1].blank() || strings.HasSuffix(lines[i-1].text, ".")) {
		return start{}, false
	}
	const longestTitle = 3 // lines
	for j := i; j+1 < len(lines) && j < i+longestTitle; j++ {
		if lines[j].blank() || strings.HasSuffix(lines[j].text, ".") {
			break
		}
		if strings.HasSuffix(lines[j].text, ":") && bullet.MatchString(lines[j+1].text) {
			return start{at: i}, true
		}
	}
	return start{}, false
}

func newRow(s section, l line) engine.ActivityDraft {
	a := engine.ActivityDraft{Status: engine.StateUnknown, Line: l.no}
	a.Area, a.Measure = s.area, s.measure.Code
	return a
}
