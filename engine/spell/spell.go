// Package spell finds the known word that a mistyped one most likely meant, for
// messages that say what might have been meant. It knows nothing of what the
// words stand for, and nothing of languages: who wants case or diacritics to
// count for nothing folds both sides first.
package spell

import "iter"

// longest is how many letters of a word are compared: longer than any name we
// know, and short enough that a hostile one costs nothing.
const longest = 60

// Nearest gives the known word that takes the fewest edits to get from word, and
// how many they are; of several as near the first in the alphabet, "" when none
// is known. An edit is one letter inserted, left out or changed, or two
// neighbours swapped, which is the commonest slip of all; a swapped pair is not
// edited again. What stands behind the 60th letter is not looked at: the count is
// for suggestions, not for telling words apart.
func Nearest(word string, known iter.Seq[string]) (nearest string, edits int) {
	first := true
	for k := range known {
		n := count(letters(word), letters(k))
		if first || n < edits || n == edits && k < nearest {
			nearest, edits, first = k, n, false
		}
	}
	return nearest, edits
}

func letters(s string) []rune {
	r := []rune(s)
	return r[:min(len(r), longest)]
}

// count fills the table of edits between the beginnings of a and b, of which the
// last two rows are enough.
func count(a, b []rune) int {
	var earlier []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range b {
			change := row[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], earlier[j-1]+1)
			}
		}
		earlier, row = row, next
	}
	return row[len(b)]
}
