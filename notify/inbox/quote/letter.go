package quote

import (
	"strings"

	"splneno/engine/pattern"
)

// isMark reports whether l carries the token, as the last line of our letter does.
func isMark(l line) bool { return strings.Contains(l.folded, "znacka odpovedi") }

// letter tells how deep our letter is quoted, and how many items it has.
func (p *parting) letter() (depth, items int, ok bool) {
	for i, l := range p.lines {
		if p.places[i] == theirs && (isMark(l) || isMarker(p.lines, i)) {
			depth, ok = l.depth, true
			break
		}
	}
	for i, l := range p.lines {
		if ok && p.places[i] == theirs && l.depth == depth && titleNumber(l) != "" {
			items++
		}
	}
	return depth, items, ok
}

var (
	ourWords = pattern.New(`^(?:opatreni|termin podle planu|zapsat odpoved|proc se ptame|co se s odpovedi stane|opravit nebo doplnit odpoved):`)
	greeting = pattern.New(`^dobry den[,!.]?$`)
)

// takeBareLetter takes our letter out where every sign above it was deleted, but
// its last line was not. It begins with the last greeting above the first words
// that can only be ours. An answer that a link of our letter has filled in
// carries the token too, but none of these words.
func (p *parting) takeBareLetter() {
	greeted, first, end := -1, -1, -1
	for i, l := range p.lines {
		switch {
		case p.places[i] != mine || l.blank():
		case first < 0 && greeting.MatchString(l.folded):
			greeted = i
		case first < 0 && ourWords.MatchString(l.folded):
			first = i
		case first >= 0 && isMark(l):
			end = i
		}
	}
	if end < 0 {
		return
	}
	if greeted >= 0 {
		first = greeted
	}
	for i := first; i <= end; i++ {
		p.places[i] = theirs
	}
}
