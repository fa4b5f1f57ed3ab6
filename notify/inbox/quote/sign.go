package quote

import (
	"html"
	"slices"
	"strings"

	"splneno/engine/czech"
	"splneno/engine/pattern"
)

// A sign says that a quote begins. All patterns are written as [czech.Fold]
// leaves them.
type sign int

const (
	noSign     sign = iota
	hint            // it may be part of an answer: only a quote that follows makes it a sign
	sure            // a program wrote it
	markerLine      // the line above which we ask to write
)

// signAt tells whether a sign begins in line i, and the first line behind it.
func signAt(lines []line, i int) (sign, int) {
	l := lines[i]
	switch {
	case l.blank():
		return noSign, i + 1
	case isMarker(lines, i):
		return markerLine, i + 1
	case isRule(l):
		return signBelow(lines, i)
	case isSeparator(l):
		return sure, headerEnd(lines, i+1)
	}
	if end := quotedHeader(lines, i); end > i {
		return sure, end
	}
	return attribution(lines, i)
}

// signBelow takes a drawn line for the beginning of the sign below it.
func signBelow(lines []line, i int) (sign, int) {
	next := nextSaid(lines, i+1)
	switch {
	case next == len(lines) || isRule(lines[next]):
	case lines[next].depth > 0 && headerKeys[headerKey(lines[next])] == fromKey:
		return sure, i + 1
	case lines[next].depth == 0:
		if kind, end := signAt(lines, next); kind >= sure {
			return kind, end
		}
	}
	return noSign, i + 1
}

var ruled = pattern.New(`^[-_=~]{2,}$`)

func isRule(l line) bool {
	return l.folded != "" && strings.IndexByte("-_=~", l.folded[0]) >= 0 && ruled.MatchString(strings.ReplaceAll(l.folded, " ", ""))
}

var remnants = pattern.New(`<[^<>]*>`)

// isMarker reports whether our line begins in line i; a narrow program may have
// broken it into three, and HTML may be left in it.
func isMarker(lines []line, i int) bool {
	if i >= len(lines) || !strings.Contains(lines[i].folded, "odpov") {
		return false
	}
	var letters strings.Builder
	first := 0
	for n, l := range lines[i:min(i+3, len(lines))] {
		if n == 1 {
			first = letters.Len()
		}
		for _, r := range czech.Fold(html.UnescapeString(remnants.ReplaceAllString(l.said, ""))) {
			if 'a' <= r && r <= 'z' {
				letters.WriteRune(r)
			}
		}
		if at := marker.FindStringIndex(letters.String()); at != nil {
			return n == 0 || at[0] < first
		}
	}
	return false
}

var marker = pattern.New(`odpovidejte(?:prosim)?nadtutocaru`)

// separators are what programs write between dashes above a quoted mail.
var separators = []string{"puvodni e-mail", "puvodni email", "puvodni zprava", "originalni zprava", "preposlana zprava", "preposlany e-mail",
	"preposlany email", "predana zprava", "povodna sprava", "povodny e-mail", "povodny email", "preposlana sprava", "forwarded message",
	"original message", "original-nachricht", "originalnachricht", "ursprungliche nachricht", "weitergeleitete nachricht", "originalna sprava",
	"zacatek preposlane zpravy", "zaciatok preposlanej spravy", "begin forwarded message", "anfang der weitergeleiteten nachricht"}

func isSeparator(l line) bool {
	if len(l.folded) > 200 {
		return false
	}
	name := strings.Trim(l.folded, "-_=*: ")
	return name != l.folded && slices.Contains(separators, name)
}

// The fields of the header of a quoted mail, by what they say.
const (
	fromKey = iota + 1
	dateKey
	toKey
	subjectKey
	otherKey
)

var headerKeys = map[string]int{
	"od": fromKey, "from": fromKey, "von": fromKey, "odesilatel": fromKey, "odosielatel": fromKey,
	"odeslano": dateKey, "datum": dateKey, "sent": dateKey, "date": dateKey, "gesendet": dateKey, "odoslane": dateKey, "odoslano": dateKey, "poslano": dateKey,
	"komu": toKey, "to": toKey, "an": toKey, "pro": toKey, "pre": toKey,
	"predmet": subjectKey, "subject": subjectKey, "betreff": subjectKey, "vec": subjectKey,
	"kopie": otherKey, "kopia": otherKey, "cc": otherKey, "skryta kopie": otherKey, "bcc": otherKey, "dulezitost": otherKey, "priorita": otherKey,
	"odpovedet komu": otherKey, "reply-to": otherKey, "importance": otherKey, "prilohy": otherKey, "attachments": otherKey, "kopie an": otherKey,
}

// headerKey gives the name of the field a line begins with.
func headerKey(l line) string {
	name, _, ok := strings.Cut(l.folded, ":")
	if !ok || len(name) > 20 {
		return ""
	}
	return strings.Trim(name, "*_| ")
}

const longestHeader = 16 // lines

// quotedHeader gives the line behind the header of a quoted mail that begins in
// line i, i itself when none does: a sender and two more fields, of them the
// date or the subject. "Od: 1. 1. do 31. 12." alone is no header.
func quotedHeader(lines []line, i int) int {
	if headerKeys[headerKey(lines[i])] != fromKey {
		return i
	}
	seen, end := headerFields(lines, i)
	if len(seen) == 1 {
		seen = flatFields(lines[i].folded)
	}
	if len(seen) < 3 || !seen[dateKey] && !seen[subjectKey] {
		return i
	}
	return end
}

// headerFields collects the fields from line i on. A value may go on for two
// lines; a second sender, a separator or a drawn line begins another header.
func headerFields(lines []line, i int) (seen map[int]bool, end int) {
	seen, end = map[int]bool{}, i
	for j := i; j < min(i+longestHeader, len(lines)) && j-end <= 3 && lines[j].depth == lines[i].depth; j++ {
		key := headerKeys[headerKey(lines[j])]
		if j > i && (key == fromKey || isSeparator(lines[j]) || isRule(lines[j])) {
			break
		}
		if key > 0 {
			seen[key], end = true, j+1
		}
	}
	return seen, end
}

// flatFields finds the fields of a header that was squeezed into one line.
func flatFields(folded string) map[int]bool {
	seen := map[int]bool{fromKey: true}
	for _, word := range strings.Fields(folded[:min(len(folded), 1000)]) {
		if name, ok := strings.CutSuffix(strings.Trim(word, "*"), ":"); ok && headerKeys[name] > 0 {
			seen[headerKeys[name]] = true
		}
	}
	return seen
}

// headerEnd gives the line behind the header that follows a separator; there
// some programs write "Komu" without a colon.
func headerEnd(lines []line, i int) int {
	next := nextSaid(lines, i)
	if next == len(lines) || lines[next].depth > 0 {
		return i
	}
	if _, end := headerFields(lines, next); end > next {
		return end
	}
	for ; next < len(lines) && lines[next].depth == 0; next++ {
		word, _, _ := strings.Cut(lines[next].folded, " ")
		if headerKeys[word] == 0 {
			break
		}
		i = next + 1
	}
	return i
}
