package czech

import (
	"fmt"
	"strings"

	"splneno/engine/pattern"
)

// yearly is the recurrence of what is due once every year.
const yearly = "yearly"

// repeats says how often by one phrase, folded and tidied.
var repeats = []struct{ words, recurrence string }{
	{"kazdorocne", yearly}, {"rocne", yearly}, {"kazdy rok", yearly}, {"kazdym rokem", yearly}, {"kazdeho roku", yearly},
	{"kazdy kalendarni rok", yearly}, {"vzdy", yearly},
	{"pololetne", "half-yearly"}, {"kazde pololeti", "half-yearly"}, {"kazdeho pul roku", "half-yearly"}, {"kazdy pulrok", "half-yearly"},
	{"ctvrtletne", "quarterly"}, {"kvartalne", "quarterly"}, {"kazde ctvrtleti", "quarterly"},
	{"mesicne", "monthly"}, {"kazdy mesic", "monthly"}, {"kazdomesicne", "monthly"},
	{"tydne", "weekly"}, {"kazdy tyden", "weekly"}, {"denne", "daily"}, {"kazdy den", "daily"}, {"kazdodenne", "daily"},
}

// counted is "min. 3x ročně", "jednou za rok", "1–2x měsíčně".
var counted = pattern.New(`(?:(min|minimalne|alespon|nejmene)\.? )?\b` + times + `(?:-(\d{1,2}))? ?(?:x|krat)? ` +
	`(?:za |do |v )?(rocne|roce|roka|rok|pololetne|pololeti|ctvrtletne|ctvrtleti|mesicne|mesic|tydne|tyden|denne|den)\b`)

// everyFew is "1x za 2 roky", "každé dva roky", "co tři měsíce".
var everyFew = pattern.New(`(?:(?:1 ?x|jednou|jedenkrat) (?:za )?|kazd\w+ |co )(2|3|4|5|6|dva|dve|tri|ctyri|pet|sest) (roky|let|mesice|mesicu|tydny|tydnu)\b`)

const times = `(\d{1,2}|jednou|jedenkrat|dvakrat|trikrat|ctyrikrat|petkrat)`

var timesOf = map[string]string{"jednou": "1", "jedenkrat": "1", "dvakrat": "2", "trikrat": "3", "ctyrikrat": "4", "petkrat": "5",
	"dva": "2", "dve": "2", "tri": "3", "ctyri": "4", "pet": "5", "sest": "6"}

// periods name a unit of time by the beginning of its word: alone and counted in.
var periods = []struct{ stem, once, one, many string }{
	{"ro", yearly, "year", "years"}, {"let", "", "year", "years"}, {"polo", "half-yearly", "half-year", ""},
	{"ctvr", "quarterly", "quarter", ""}, {"mesic", "monthly", "month", "months"},
	{"tyd", "weekly", "week", "weeks"}, {"den", "daily", "day", ""},
}

// peelRecurrence takes how often off the beginning or the end of a term.
func (r *termReader) peelRecurrence(s string) string {
	for _, find := range []func(string) (at []int, recurrence string){countedAt, everyFewAt} {
		if at, recurrence := find(s); at != nil && (at[0] == 0 || at[1] == len(s)) {
			r.repeat(recurrence)
			return trimTerm(s[:at[0]] + s[at[1]:])
		}
	}
	for _, p := range repeats {
		rest, ok := cutWords(s, p.words)
		if !ok {
			rest, ok = cutWordsAfter(s, p.words)
		}
		if ok {
			r.repeat(p.recurrence)
			return rest
		}
	}
	return s
}

// repeat keeps how often; two different answers are one too many.
func (r *termReader) repeat(recurrence string) {
	r.doubt = r.doubt || r.recurrence != "" && r.recurrence != recurrence
	r.recurrence = recurrence
}

func countedAt(s string) ([]int, string) {
	at := counted.FindStringSubmatchIndex(s)
	if at == nil {
		return nil, ""
	}
	m := counted.FindStringSubmatch(s)
	n, word := m[2], m[4]
	if number(n) == 0 && timesOf[n] == "" {
		return nil, ""
	}
	if t, ok := timesOf[n]; ok {
		n = t
	}
	text := ""
	for _, p := range periods {
		if !strings.HasPrefix(word, p.stem) {
			continue
		}
		if text = p.once; n != "1" || m[3] != "" || m[1] != "" {
			text = fmt.Sprintf("%s per %s", n, p.one)
		}
		if m[3] != "" {
			text = fmt.Sprintf("%s-%s per %s", n, m[3], p.one)
		}
	}
	if m[1] != "" {
		text = "at least " + text
	}
	return at[:2], text
}

func everyFewAt(s string) ([]int, string) {
	at := everyFew.FindStringSubmatchIndex(s)
	if at == nil {
		return nil, ""
	}
	m := everyFew.FindStringSubmatch(s)
	n := m[1]
	if t, ok := timesOf[n]; ok {
		n = t
	}
	for _, p := range periods {
		if strings.HasPrefix(m[2], p.stem) {
			return at[:2], "every " + n + " " + p.many
		}
	}
	return nil, ""
}
