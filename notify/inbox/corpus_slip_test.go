package inbox_test

import (
	"strconv"
	"testing"
	"unicode"

	"splneno/engine"
	"splneno/engine/czech"
)

// slipsFalse is how many of a thousand slips may turn a status that is certain
// into another one. It is not nothing: "1.1a" without its letter is another
// activity, and no reader can know.
const slipsFalse = 2

// TestCorpusWithSlips drops a letter, swaps two, or strikes the space bar inside
// a word: what is misspelt may become uncertain, and must not become another
// status.
func TestCorpusWithSlips(t *testing.T) {
	b := newBench(t)
	tried, turned := 0, 0
	for n, r := range b.replies {
		if r.Mode != "top" || len(r.Typed) > 400 {
			continue
		}
		items := b.letters[r.Letter].replyItems()
		said := certainly(r.Typed, items)
		for i, slipped := range slips(r.Typed) {
			if (i+n)%25 != 0 { // some of them, for the time
				continue
			}
			tried++
			for item, status := range certainly(slipped, items) {
				if status != said[item] && status != r.Expect[item].status {
					turned++
					t.Logf("%s: %d became %s: %q", r.ID, item, status, slipped)
				}
			}
		}
	}
	t.Logf("%d slips, %d turned a status", tried, turned)
	if turned*1000 > tried*slipsFalse {
		t.Errorf("%d of %d slips turned a status, more than %d of a thousand", turned, tried, slipsFalse)
	}
}

// certainly gives what is read without doubt, by item.
func certainly(text string, items []engine.ReplyItem) map[int]engine.State {
	out := map[int]engine.State{}
	for _, a := range czech.ReadReply(text, items, nil).Answers {
		if n, err := strconv.Atoi(a.Item); err == nil && a.Certain && a.Status != engine.StateUnknown {
			out[n] = a.Status
		}
	}
	return out
}

// slips gives every text that one wrong stroke makes of a text.
func slips(text string) (out []string) {
	runes := []rune(text)
	for i := range len(runes) - 1 {
		if !unicode.IsLetter(runes[i]) {
			continue
		}
		before, after := string(runes[:i]), string(runes[i+1:])
		out = append(out, before+after)
		if unicode.IsLetter(runes[i+1]) {
			out = append(out, before+string([]rune{runes[i+1], runes[i]})+string(runes[i+2:]))
		}
		if i > 0 && unicode.IsLetter(runes[i-1]) {
			out = append(out, before+" "+string(runes[i:]))
		}
	}
	return out
}
