package quote

import (
	"strings"

	"splneno/engine/pattern"
)

// How programs say who wrote what they quote: "Dne 21. 12. 2021 v 13:18 X
// napsal(a):", "po 28. 9. 2026 v 10:15 odesilatel X <a@b> napsal:". Folded.
var (
	attributionVerb    = pattern.New(`(?:^|[ ,>"])(?:nap(?:is|s)al(?:a|i|y|\(a\)|/a)?|pise|wrote|writes|schrieb|cituji|citovani|citujem|quoting|zitat)(?:[ :,]|$)`)
	attributionDay     = pattern.New(`\d{1,4} ?[./-] ?\d{1,2} ?[./-] ?\d|\d{1,2}\.? \pL{3,10}\.?,? \d{4}|\pL{3,9} \d{1,2}, \d{4}|(?:^|\D)\d{1,2}\. ?\d{1,2}\.`)
	attributionHour    = pattern.New(`\d{1,2}:\d{2}`)
	attributionMailbox = pattern.New(`[<(\[][^<>()\[\]]*@[^<>()\[\]]*[>)\]]`)
	dayFirst           = pattern.New(`^(?:dne|dna|on|am|le|w dniu) |^(?:po|ut|st|ct|pa|so|ne|pi|str|stv|stvr|pondeli|utery|streda|ctvrtek|patek|sobota|nedele|pondelok|utorok|stvrtok|piatok|nedela|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa)[.,]*,? \d|^\d{4}-\d{2}-\d{2}|^\d{1,2}\. ?\d{1,2}\. ?\d{2,4}`)
)

// The most lines and bytes an attribution takes, and the least bytes of a line
// a program breaks it after.
const (
	attributionLines = 4
	attributionSize  = 500
	attributionFirst = 15
)

// attribution tells whether line i begins with words about who wrote the quote,
// and the first line behind them. Only what begins with a day is ever folded: a
// line above it would be the end of an answer.
func attribution(lines []line, i int) (sign, int) {
	starts := startsDay(lines[i].folded)
	if !starts && !strings.HasSuffix(strings.TrimRight(lines[i].folded, "*_- "), ":") {
		return noSign, i + 1
	}
	joined := ""
	for j := i; j < min(i+attributionLines, len(lines)); j++ {
		l := lines[j]
		if l.depth != lines[i].depth || l.blank() || j > i && (!starts || startsItem(l.folded) || startsDay(l.folded)) {
			break
		}
		joined += " " + strings.Trim(l.folded, "*_- ")
		if len(joined) > attributionSize {
			break
		}
		if strings.HasSuffix(joined, ":") {
			return attributes(joined), j + 1
		}
		if !starts || len(l.folded) < attributionFirst {
			break
		}
	}
	return noSign, i + 1
}

func startsDay(folded string) bool {
	word, _, _ := strings.Cut(folded, " ")
	return len(word) <= 12 && dayFirst.MatchString(folded)
}

// attributes weighs the words. Without the hour or the mailbox they may be a
// sentence of an answer: "Dne 5. 6. 2023 reditelka napsala:".
func attributes(s string) sign {
	says, from, at := attributionVerb.MatchString(s), attributionMailbox.MatchString(s), attributionDay.MatchString(s)
	switch {
	case says && from, says && at && attributionHour.MatchString(s), from && at:
		return sure
	case says:
		return hint
	}
	return noSign
}
