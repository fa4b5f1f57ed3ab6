package czech

import (
	"slices"
	"strings"
)

// slipWords are words that turn a reading round when they are missed. A word
// that one wrong stroke makes of them is none of ours, and leaves open what
// stands beside it.
var slipWords = strings.Fields(`splneno splnena splneny nesplneno nesplnena nesplneny castecne probiha probihaji neprobiha nezahajeno hotovo
	nebylo nebyla nebyly nebyl nejsou krome okrem vyjma vyjimkou vynimkou ostatni zbytek splnene nesplnene ciastocne prebieha nebolo nebola`)

const shortestSlip = 4 // letters

// slipAt says that piece i is one of slipWords with one wrong stroke.
func (r *replyReader) slipAt(i int) bool {
	w := r.at(i)
	if w.kind != aWord || len(w.fold) < shortestSlip || slices.Contains(slipWords, w.fold) || neutralWords[w.fold] {
		return false
	}
	return slices.ContainsFunc(slipWords, func(word string) bool { return oneStroke(w.fold, word) }) && !r.statusWordAt(i)
}

// oneStroke says that a letter of word is left out, put in, or swapped with the
// next one in w.
func oneStroke(w, word string) bool {
	k := 0
	for k < min(len(w), len(word)) && w[k] == word[k] {
		k++
	}
	switch len(w) - len(word) {
	case -1:
		return w[k:] == word[k+1:]
	case 1:
		return w[k+1:] == word[k:]
	case 0:
		return k+1 < len(w) && w[k] == word[k+1] && w[k+1] == word[k] && w[k+2:] == word[k+2:]
	}
	return false
}
