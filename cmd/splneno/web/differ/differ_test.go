package differ

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shown writes runs with the words only one text has in brackets.
func shown(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.Only {
			fmt.Fprintf(&b, "[%s]", r.Text)
		} else {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		before, after, old, new string
		ok                      bool
	}{
		{"", "", "", "", true},
		{"jezdíme v pěti obcích", "jezdíme v šesti obcích", "jezdíme v [pěti ]obcích", "jezdíme v [šesti ]obcích", true},
		{"jezdíme v pěti obcích", "jezdíme v pěti  obcích\n", "jezdíme v pěti obcích", "jezdíme v pěti  obcích\n", true},
		{"", "nové", "", "[nové]", true},
		{"staré", "", "[staré]", "", true},
		{" služba jezdí", "služba nejezdí", " služba [jezdí]", "služba [nejezdí]", true},
		{"loni bylo všechno jinak", "letos začínáme znovu s katalogem", "loni bylo všechno jinak", "letos začínáme znovu s katalogem", false},
		{"a b c a b b a", "c b a b a c", "[a b ]c [a ]b [b ]a", "c [b a ]b a [c]", true},
	} {
		old, new, ok := Words(c.before, c.after)
		if ok != c.ok {
			t.Errorf("%q and %q: ok %v", c.before, c.after, ok)
		}
		if ok && c.before == "a b c a b b a" { // several ways are as short: only their length is sure
			if n := strings.Count(shown(old), "[") + strings.Count(shown(new), "["); n > 5 {
				t.Errorf("%s | %s", shown(old), shown(new))
			}
			continue
		}
		if d := cmp.Diff([]string{c.old, c.new}, []string{shown(old), shown(new)}); d != "" {
			t.Errorf("%q and %q:\n%s", c.before, c.after, d)
		}
	}
}

// longest is the textbook way to the longest common run of words.
func longest(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		left := 0
		for j, y := range b {
			up := row[j+1]
			if x == y {
				row[j+1] = left + 1
			} else {
				row[j+1] = max(up, row[j])
			}
			left = up
		}
	}
	return row[len(b)]
}

// Whatever the texts are, the runs are the texts, what both have is the same in
// both, and nothing longer is common.
func TestWordsOfAnyTexts(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 2026))
	some := func() string {
		var b strings.Builder
		for range dice.IntN(30) {
			b.WriteString([]string{"kůň", "ž", "obec", "služba"}[dice.IntN(4)])
			b.WriteString([]string{" ", "\n", "  ", "\u00a0"}[dice.IntN(4)])
		}
		return b.String()
	}
	for range 3000 {
		before, after := some(), some()
		old, new, ok := Words(before, after)
		if said := strings.NewReplacer("[", "", "]", ""); said.Replace(shown(old)) != before || said.Replace(shown(new)) != after {
			t.Fatalf("%q and %q became %s and %s", before, after, shown(old), shown(new))
		}
		if !ok {
			continue
		}
		kept := [2][]string{}
		for i, runs := range [][]Run{old, new} {
			for _, r := range runs {
				if !r.Only {
					kept[i] = append(kept[i], strings.Fields(r.Text)...)
				}
			}
		}
		if d := cmp.Diff(kept[0], kept[1]); d != "" {
			t.Fatalf("%q and %q have in common:\n%s", before, after, d)
		}
		if want := longest(strings.Fields(before), strings.Fields(after)); len(kept[0]) != want {
			t.Fatalf("%q and %q have %d words in common, found %d", before, after, want, len(kept[0]))
		}
	}
}

// The longest answers there are take no time a page would notice.
func TestWordsAreBounded(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 2026))
	long := func(words int) string {
		var b strings.Builder
		for b.Len() < 10_000 {
			fmt.Fprintf(&b, "%c ", 'a'+rune(dice.IntN(words)))
		}
		return b.String()
	}
	for _, words := range []int{1, 2, 3, 26, 1000} {
		before, after := long(words), long(words)
		best := time.Hour
		for range 5 {
			start := time.Now()
			Words(before, after)
			best = min(best, time.Since(start))
		}
		t.Logf("%d different words: %v", words, best)
		if best > 5*time.Millisecond {
			t.Errorf("%d different words take %v", words, best)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("a b", "b a")
	f.Fuzz(func(t *testing.T, before, after string) {
		old, new, _ := Words(before, after)
		var a, b strings.Builder
		for _, r := range old {
			a.WriteString(r.Text)
		}
		for _, r := range new {
			b.WriteString(r.Text)
		}
		if a.String() != before || b.String() != after {
			t.Fatalf("%q and %q became %q and %q", before, after, a.String(), b.String())
		}
	})
}
