package czech

import (
	"strings"
	"unicode"

	"splneno/engine"
)

// NoAnswer is said beside a status nobody answered for; it is never a status.
const NoAnswer = "bez odpovědi"

// A statusWord is a status as documents print it. The first row of a state and
// qualifier is how we write it ourselves.
type statusWord struct {
	text      string
	state     engine.State
	qualifier string
}

// statusWords holds every phrase that is read for sure. A phrase that is not
// here whole is unknown: nothing is ever found inside another word, so that
// "nesplněno" cannot read as "splněno".
var statusWords = []statusWord{
	{"splněno", engine.Fulfilled, ""},
	{"splněno (jinou formou)", engine.Fulfilled, engine.AnotherForm},
	{"částečně splněno", engine.Partial, ""},
	{"částečně", engine.Partial, ""},
	{"splněno částečně", engine.Partial, ""},
	{"nesplněno", engine.Unfulfilled, ""},
	{"probíhá", engine.InProgress, ""},
	{"dosud nezahájeno", engine.Planned, ""},
	{"nezahájeno", engine.Planned, ""},
	{"naplněno", engine.Fulfilled, ""},
	{"rozpracováno", engine.InProgress, ""},
	{"nenaplněno", engine.Unfulfilled, ""},
}

// ReadStatus reads a status cell. Line breaks, spaces and hyphens inside words
// do not matter; anything but a known phrase is unknown and not certain.
func ReadStatus(text string) (state engine.State, qualifier string, certain bool) {
	if len(text) > longestStatus {
		return engine.StateUnknown, "", false
	}
	if w, ok := statusByKey[statusKey(text)]; ok {
		return w.state, w.qualifier, true
	}
	return engine.StateUnknown, "", false
}

const longestStatus = 200 // bytes; a longer text is a narrative

// statusByKey holds the words by what tells them apart.
var statusByKey = func() map[string]statusWord {
	by := map[string]statusWord{}
	for _, w := range statusWords {
		by[statusKey(w.text)] = w
	}
	return by
}()

// StatusWord writes a state as the official documents do: "splněno (jinou formou)".
func StatusWord(state engine.State, qualifier string) string {
	for _, w := range statusWords {
		if w.state == state && w.qualifier == qualifier {
			return w.text
		}
	}
	if qualifier != "" {
		return StatusWord(state, "")
	}
	return "neuvedeno"
}

// CountWord writes the name of a count, as [engine.Totals.Shares] spells it.
func CountWord(name string) string {
	switch name {
	case "no_answer":
		return NoAnswer
	case engine.AnotherForm:
		return StatusWord(engine.Fulfilled, engine.AnotherForm)
	}
	return StatusWord(engine.State(name), "")
}

// CutStatus splits a line of a flattened table at its first status word, into
// what stands before it, the word and what follows. Whether the words before
// are a responsible party is for the caller to judge.
func CutStatus(line string) (before, status, rest string, ok bool) {
	words := strings.Fields(line)
	for i := range words {
		for _, n := range []int{2, 1} {
			if i+n > len(words) || !resultWord(strings.Join(words[i:i+n], " ")) {
				continue
			}
			return strings.Join(words[:i], " "), strings.Join(words[i:i+n], " "), strings.Join(words[i+n:], " "), true
		}
	}
	return "", "", "", false
}

// resultWord says whether s is a yearly result written out, without marks.
func resultWord(s string) bool {
	state, qualifier, ok := ReadStatus(s)
	return ok && state.Final() && qualifier == "" && !strings.ContainsAny(s, "-(),.;")
}

// statusKey keeps what tells statuses apart: the letters and the marks that are
// neither space, hyphen nor bracket, nor a full stop at the end.
func statusKey(s string) string {
	s = strings.TrimRight(Fold(s), " .;,")
	s = strings.TrimLeftFunc(s, unicode.IsSymbol) // documents set a sign before the word, so that colour is not all
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-()", r) {
			return -1
		}
		return r
	}, s)
}
