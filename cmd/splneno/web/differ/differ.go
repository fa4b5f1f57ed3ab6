// Package differ says word by word where two texts differ, for a reader who
// must see what an organisation changed. It knows nothing of answers and pages;
// it is bounded in time whatever the texts are. Start at [Words].
package differ

import (
	"strings"
	"unicode"
)

// A Run is consecutive words that stand in both texts, or in one of them only.
type Run struct {
	Text string // with the blanks behind its words
	Only bool   // the other text does not have it
}

// maxEdits bounds the search: texts that differ in more words are not compared
// word by word, which no reader would follow anyway.
const maxEdits = 300

// Words compares two texts. The runs of each, put together, are the text. ok is
// false when they have little in common: then each is one run, and marking the
// differences would say less than reading both. Blanks do not count.
func Words(before, after string) (old, fresh []Run, ok bool) {
	a, b := split(before), split(after)
	n, m := numbered(a, b)
	keptA, keptB, found := match(n, m)
	common := 0
	for _, k := range keptA {
		if k {
			common++
		}
	}
	if !found || 3*common < min(len(a), len(b)) {
		return whole(before), whole(after), false
	}
	return runs(before, a, keptA), runs(after, b, keptB), true
}

func whole(s string) []Run {
	if s == "" {
		return nil
	}
	return []Run{{Text: s}}
}

// split cuts a text into words, each with the blanks behind it; blanks before
// the first word belong to it.
func split(s string) []string {
	var out []string
	start, word, blank := 0, false, false
	for i, r := range s {
		space := unicode.IsSpace(r)
		if !space && word && blank {
			out = append(out, s[start:i])
			start = i
		}
		word, blank = word || !space, space
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// numbered gives words as numbers that are the same for the same word.
func numbered(a, b []string) (n, m []int) {
	known := map[string]int{}
	number := func(words []string) []int {
		out := make([]int, len(words))
		for i, w := range words {
			w = strings.TrimSpace(w)
			id, seen := known[w]
			if !seen {
				id = len(known)
				known[w] = id
			}
			out[i] = id
		}
		return out
	}
	return number(a), number(b)
}

// match finds which words of a and of b stand in both in the same order, as
// many as can be (Myers 1986); ok is false when too many do not.
func match(a, b []int) (keptA, keptB []bool, ok bool) {
	keptA, keptB = make([]bool, len(a)), make([]bool, len(b))
	keep := func(x, y int) { keptA[x], keptB[y] = true, true }
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		keep(head, head)
		head++
	}
	endA, endB := len(a), len(b)
	for endA > head && endB > head && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
		keep(endA, endB)
	}
	trace, ok := search(a[head:endA], b[head:endB])
	if !ok {
		return keptA, keptB, false
	}
	back(trace, endA-head, endB-head, func(x, y int) { keep(head+x, head+y) })
	return keptA, keptB, true
}

// search walks ever further with ever more edits. trace holds, by edits and
// diagonal, how far in a the walk came; diagonal k lies at k+edits.
func search(a, b []int) (trace [][]int, ok bool) {
	for edits := 0; edits <= min(maxEdits, len(a)+len(b)); edits++ {
		reach := make([]int, 2*edits+1)
		for k := -edits; k <= edits; k += 2 {
			x := step(trace, edits, k)
			for x < len(a) && x-k < len(b) && x-k >= 0 && a[x] == b[x-k] {
				x++
			}
			reach[k+edits] = x
			if x >= len(a) && x-k >= len(b) {
				return append(trace, reach), true
			}
		}
		trace = append(trace, reach)
	}
	return nil, false
}

// step gives where a walk on diagonal k begins with its last edit: a word of b
// put in (from the diagonal above) or a word of a left out (from below).
func step(trace [][]int, edits, k int) int {
	if edits == 0 {
		return 0
	}
	last := trace[edits-1]
	if down(last, edits, k) {
		return last[k+1+edits-1]
	}
	return last[k-1+edits-1] + 1
}

func down(last []int, edits, k int) bool {
	return k == -edits || k != edits && last[k-1+edits-1] < last[k+1+edits-1]
}

// back follows the walk to its beginning and tells every word kept.
func back(trace [][]int, x, y int, keep func(x, y int)) {
	for edits := len(trace) - 1; edits >= 0; edits-- {
		k := x - y
		start := step(trace, edits, k)
		for x > start && y > 0 {
			x, y = x-1, y-1
			keep(x, y)
		}
		if edits == 0 {
			return
		}
		if down(trace[edits-1], edits, k) {
			y--
		} else {
			x--
		}
	}
}

// runs joins neighbouring words of one kind; words are the text cut up.
func runs(text string, words []string, kept []bool) []Run {
	var out []Run
	start, end := 0, 0
	for i, w := range words {
		if i > 0 && kept[i] != kept[i-1] {
			out = append(out, Run{Text: text[start:end], Only: !kept[i-1]})
			start = end
		}
		end += len(w)
	}
	if end > start {
		out = append(out, Run{Text: text[start:end], Only: !kept[len(kept)-1]})
	}
	return out
}
