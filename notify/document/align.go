package document

import (
	"slices"
	"strings"

	"splneno/notify/paper/docx"
)

// A pair is a text of a and the text of b that stands in its place; -1 for none.
type pair struct {
	a, b int
	same bool
}

// mostCompared is how many pairs of texts are compared where nothing else tells
// which belong together. More are taken in their order.
const mostCompared = 100_000

// align says which texts of b stand in the place of which of a, in order: those
// that are the same, then what lies between them by how alike it is. Time and
// memory are bounded whatever the texts are.
func align(a, b []string) []pair {
	var out []pair
	alignSpan(a, b, 0, 0, &out)
	return out
}

func alignSpan(a, b []string, i, j int, out *[]pair) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		*out = append(*out, pair{i, j, true})
		a, b, i, j = a[1:], b[1:], i+1, j+1
	}
	tail := 0
	for len(a) > tail && len(b) > tail && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	head, rest := a[:len(a)-tail], b[:len(b)-tail]
	anchors := unique(head, rest)
	if len(anchors) == 0 {
		*out = append(*out, between(head, rest, i, j)...)
	}
	x, y := 0, 0
	for n, at := range anchors {
		alignSpan(head[x:at.a], rest[y:at.b], i+x, j+y, out)
		*out = append(*out, pair{i + at.a, j + at.b, true})
		if x, y = at.a+1, at.b+1; n == len(anchors)-1 {
			alignSpan(head[x:], rest[y:], i+x, j+y, out)
		}
	}
	for n := range tail {
		*out = append(*out, pair{i + len(head) + n, j + len(rest) + n, true})
	}
}

// unique gives the texts that stand once on both sides and in the same order:
// the longest run of them.
func unique(a, b []string) []pair {
	const twice = -2
	in := map[string]int{}
	for j, s := range b {
		if _, seen := in[s]; seen {
			j = twice
		}
		in[s] = j
	}
	count := map[string]int{}
	for _, s := range a {
		count[s]++
	}
	var both []pair
	for i, s := range a {
		if j, ok := in[s]; ok && j >= 0 && count[s] == 1 {
			both = append(both, pair{a: i, b: j, same: true})
		}
	}
	return rising(both)
}

// rising gives the longest run of pairs whose b rises.
func rising(list []pair) []pair {
	var tops []int                   // index of the smallest end of a run of each length
	before := make([]int, len(list)) // index of the pair before in its run
	for i, p := range list {
		n, _ := slices.BinarySearchFunc(tops, p.b, func(t, b int) int { return list[t].b - b })
		before[i] = -1
		if n > 0 {
			before[i] = tops[n-1]
		}
		if n == len(tops) {
			tops = append(tops, i)
		} else {
			tops[n] = i
		}
	}
	var out []pair
	if len(tops) > 0 {
		for i := tops[len(tops)-1]; i >= 0; i = before[i] {
			out = append(out, list[i])
		}
	}
	slices.Reverse(out)
	return out
}

// between pairs texts of which none is unique: each with the one it is most like,
// in order. Two that are not alike at all belong together rather than alone.
func between(a, b []string, i, j int) []pair {
	if len(a)*len(b) > mostCompared || len(a) == 0 || len(b) == 0 {
		return inTurn(len(a), len(b), i, j, a, b)
	}
	wa, wb := words3(a), words3(b)
	best := make([][]float64, len(a)+1)
	for x := range best {
		best[x] = make([]float64, len(b)+1)
	}
	for x := len(a) - 1; x >= 0; x-- {
		for y := len(b) - 1; y >= 0; y-- {
			best[x][y] = max(best[x+1][y], best[x][y+1], best[x+1][y+1]+alike(a[x], b[y], wa[x], wb[y]))
		}
	}
	var out []pair
	x, y := 0, 0
	for x < len(a) && y < len(b) {
		switch best[x][y] {
		case best[x+1][y+1] + alike(a[x], b[y], wa[x], wb[y]):
			out = append(out, pair{i + x, j + y, a[x] == b[y]})
			x, y = x+1, y+1
		case best[x+1][y]:
			out = append(out, pair{a: i + x, b: -1})
			x++
		default:
			out = append(out, pair{a: -1, b: j + y})
			y++
		}
	}
	return append(out, inTurn(len(a)-x, len(b)-y, i+x, j+y, a[x:], b[y:])...)
}

// inTurn pairs texts in their order.
func inTurn(na, nb, i, j int, a, b []string) []pair {
	var out []pair
	for n := range max(na, nb) {
		switch {
		case n >= nb:
			out = append(out, pair{a: i + n, b: -1})
		case n >= na:
			out = append(out, pair{a: -1, b: j + n})
		default:
			out = append(out, pair{i + n, j + n, a[n] == b[n]})
		}
	}
	return out
}

// alike says how much two texts have in common: 3 for all. That one stands in the
// place of the other counts for something even when they have nothing.
func alike(a, b string, wa, wb map[string]bool) float64 {
	const atAll = 0.5
	if a == b {
		return 3
	}
	common := 0
	for w := range wa {
		if wb[w] {
			common++
		}
	}
	return atAll + 2*float64(common)/float64(len(wa)+len(wb)+1)
}

// words3 gives the words of each text that are long enough to tell something.
func words3(list []string) []map[string]bool {
	out := make([]map[string]bool, len(list))
	for i, s := range list {
		out[i] = map[string]bool{}
		for w := range strings.FieldsSeq(s) {
			if len(w) >= 3 {
				out[i][w] = true
			}
		}
	}
	return out
}

// squeezed gives paragraphs that say something, with one blank between words:
// what a word processor does to blanks is no change.
func squeezed(list []docx.Paragraph) []docx.Paragraph {
	var out []docx.Paragraph
	for _, p := range list {
		if text := strings.Join(strings.Fields(p.Text), " "); text != "" {
			out = append(out, docx.Paragraph{Key: p.Key, Text: text})
		}
	}
	return out
}

func texts(list []docx.Paragraph) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.Text
	}
	return out
}

// at gives the text of a paragraph, "" for none.
func at(list []docx.Paragraph, i int) string {
	if i < 0 {
		return ""
	}
	return list[i].Text
}
