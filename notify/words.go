package notify

import (
	"fmt"
	"strings"
	"text/template"
	"time"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// words are the functions templates may call.
var words = template.FuncMap{
	"plural":   czech.Plural,
	"date":     czech.FormatDate,
	"longdate": longDate,
	"onday":    czech.LongDate,
	"share":    czech.FormatShare,
	"year":     year,
	"count":    count,
	"due":      earliestDue,
	"days":     func(to, from engine.Date) int { return to.Sub(from) },
	"sum":      sum,
	"dash":     func(s string) string { return strings.ReplaceAll(s, "-", "–") },
	"wrap":     wrap,
	"status":   statusRead,
	"read":     countRead,
}

// longDate writes a day without its weekday, "31. ledna 2024", in one piece.
func longDate(d engine.Date) string {
	var y, m, day int
	if _, err := fmt.Sscanf(string(d), "%d-%d-%d", &y, &m, &day); err != nil {
		return ""
	}
	return fmt.Sprintf("%d.\u00a0%s\u00a0%d", day, czech.MonthGenitive(time.Month(m)), y)
}

// year gives the year of a period that is one calendar year, "" for any other.
func year(p engine.Period) string {
	if p.Start != "" && p == engine.Year(p.Start.Year()) {
		return p.Start.YearString()
	}
	return ""
}

// count gives the number of items of a letter with this reason, all for "".
func count(items []engine.LetterItem, reason engine.LetterKind) (n int) {
	for _, it := range items {
		if reason == "" || it.Reason == reason {
			n++
		}
	}
	return n
}

// statusRead gives the word of the status a reply was read as, "" when there is
// none for sure: only a sure one is taken over.
func statusRead(a *engine.ReplyAnswer) string {
	if a == nil || !a.Certain || !a.Status.Known() {
		return ""
	}
	return czech.StatusWord(a.Status, a.Qualifier)
}

// countRead gives the number of items whose status was read.
func countRead(items []engine.LetterItem) (n int) {
	for _, it := range items {
		if statusRead(it.Read) != "" {
			n++
		}
	}
	return n
}

// earliestDue gives the first day on which an item of a deadline reminder is due.
func earliestDue(items []engine.LetterItem) (first engine.Date) {
	for _, it := range items {
		if it.Reason == engine.LetterDeadline && it.Due != "" && (first == "" || it.Due < first) {
			first = it.Due
		}
	}
	return first
}

// sum adds up what a letter to the coordinator counts.
func sum(l engine.Letter) (n int) {
	for _, c := range l.Counts {
		n += c
	}
	for _, b := range l.Silent {
		n += b.Open
	}
	return n
}

var oneLetter = pattern.New(`(^|[ (\x{201e}\x{a0}])([ksvzouaiKSVZOUAI]) `)

// keepTogether puts a no-break space behind prepositions and conjunctions of one
// letter: in Czech they do not end a line.
func keepTogether(s string) string {
	return oneLetter.ReplaceAllString(s, "$1$2\u00a0")
}

// width is how wide lines of text get: what every mail program quotes without
// breaking it.
const width = 72

// wrap breaks a paragraph into lines, each behind indent, the first behind
// first. A word longer than a line, such as an address, stays whole.
func wrap(first, indent, text string) string {
	var b strings.Builder
	line, length := first, len([]rune(first))
	empty := true
	for word := range strings.SplitSeq(text, " ") {
		if n := len([]rune(word)); !empty && length+1+n > width {
			b.WriteString(line + "\n")
			line, length, empty = indent+word, len([]rune(indent))+n, false
			continue
		} else if !empty {
			line, length = line+" "+word, length+1+n
		} else {
			line, length, empty = line+word, length+n, false
		}
	}
	return b.String() + line
}
