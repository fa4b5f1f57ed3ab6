package notify

import (
	"fmt"
	"strings"
	"text/template"
	"time"
	"unicode/utf8"

	"splneno/engine"
	"splneno/engine/czech"
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

// keepTogether puts a no-break space behind prepositions and conjunctions of one
// letter: in Czech they do not end a line. Such a word begins the text or stands
// behind one of opening. A regular expression would take a sixth of the time a
// letter takes.
func keepTogether(s string) string {
	const oneLetter, opening = "ksvzouaiKSVZOUAI", " (\u201e\u00a0"
	var b strings.Builder
	done := 0 // what is written, and no part of the next match
	for i := 0; i+1 < len(s); i++ {
		if s[i+1] != ' ' || strings.IndexByte(oneLetter, s[i]) < 0 {
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(s[done:i]); i > 0 && !strings.ContainsRune(opening, before) {
			continue
		}
		b.WriteString(s[done : i+1])
		b.WriteString("\u00a0")
		done, i = i+2, i+1
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// width is how wide lines of text get: what every mail program quotes without
// breaking it.
const width = 72

// wrap breaks a paragraph into lines, each behind indent, the first behind
// first. A word longer than a line, such as an address, stays whole.
func wrap(first, indent, text string) string {
	var b strings.Builder
	b.Grow(len(first) + len(text) + len(text)/width*(len(indent)+1))
	b.WriteString(first)
	length := utf8.RuneCountInString(first)
	empty := true
	for word := range strings.SplitSeq(text, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case empty:
		case length+1+n > width:
			b.WriteByte('\n')
			b.WriteString(indent)
			length = utf8.RuneCountInString(indent)
		default:
			b.WriteByte(' ')
			length++
		}
		b.WriteString(word)
		length, empty = length+n, false
	}
	return b.String()
}
