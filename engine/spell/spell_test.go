package spell_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"splneno/engine/spell"
)

func TestEdits(t *testing.T) {
	tests := []struct {
		name, word, known string
		want              int
	}{
		{"the same", "tenant", "tenant", 0},
		{"both empty", "", "", 0},
		{"nothing written", "", "url", 3},
		{"inserted", "tenannt", "tenant", 1},
		{"left out", "tennt", "tenant", 1},
		{"changed", "temant", "tenant", 1},
		{"swapped", "tneant", "tenant", 1},
		{"two pairs swapped", "etannt", "tenatn", 3},
		{"a swapped pair is not edited again", "ca", "abc", 3},
		{"a letter is no byte", "\u010d\u00e1st", "c\u00e1st", 1},
		{"swapped beyond ASCII", "\u00e1\u010dst", "\u010d\u00e1st", 1},
		{"no text", "\xff\xfe", "ab", 2},
		{"all else", "abc", "xyz", 3},
		{"behind the sixtieth letter", strings.Repeat("a", 60) + "b", strings.Repeat("a", 60) + "cccc", 0},
	}
	for _, tt := range tests {
		if _, got := spell.Nearest(tt.word, slices.Values([]string{tt.known})); got != tt.want {
			t.Errorf("%s: %q to %q took %d edits, want %d", tt.name, tt.word, tt.known, got, tt.want)
		}
	}
}

func TestNearest(t *testing.T) {
	tests := []struct {
		name, word string
		known      []string
		want       string
	}{
		{"nothing known", "url", nil, ""},
		{"one known, however far", "qqqq", []string{"url"}, "url"},
		{"nearest of three", "sstp", []string{"imap", "smtp", "url"}, "smtp"},
		{"as near: first in the alphabet", "bar", []string{"car", "bat", "far"}, "bat"},
		{"swapped before two changes", "lru", []string{"lab", "rlu"}, "rlu"},
		{"the empty word is one", "a", []string{"bcd", ""}, ""},
	}
	for _, tt := range tests {
		for range 2 { // whatever order they come in
			slices.Reverse(tt.known)
			if got, _ := spell.Nearest(tt.word, slices.Values(tt.known)); got != tt.want {
				t.Errorf("%s: %q of %q is nearest %q, want %q", tt.name, tt.word, tt.known, got, tt.want)
			}
		}
	}
}

// Edits can be undone, a number of slips is never counted as more, and only a
// word itself takes none.
func TestEditsOfRandomSlips(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 2026))
	letter := func() rune { return []rune("ab\u010d\u017e-")[r.IntN(5)] }
	edits := func(a, b []rune) int {
		_, n := spell.Nearest(string(a), slices.Values([]string{string(b)}))
		return n
	}
	for range 5000 {
		var word []rune
		for range r.IntN(12) {
			word = append(word, letter())
		}
		slips := r.IntN(4)
		other := slices.Clone(word)
		for range slips {
			at := r.IntN(len(other) + 1)
			switch kind := r.IntN(3); {
			case kind == 0 || at == len(other):
				other = slices.Insert(other, at, letter())
			case kind == 1:
				other = slices.Delete(other, at, at+1)
			default:
				other[at] = letter()
			}
		}
		there, back := edits(word, other), edits(other, word)
		longer := max(len(word), len(other))
		if there != back || there > slips || there > longer || (there == 0) != slices.Equal(word, other) {
			t.Fatalf("%q to %q after %d slips: %d edits, back %d", string(word), string(other), slips, there, back)
		}
		if n := len(word); n > 1 {
			swapped, at := slices.Clone(word), r.IntN(n-1)
			swapped[at], swapped[at+1] = swapped[at+1], swapped[at]
			if got := edits(word, swapped); got > 1 {
				t.Fatalf("%q to %q is one swap and took %d edits", string(word), string(swapped), got)
			}
		}
	}
}
