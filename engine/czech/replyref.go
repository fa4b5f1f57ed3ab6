package czech

import (
	"slices"
	"strconv"
	"strings"
)

// A mention is how a reply begins to speak of items.
type mention struct {
	units   []replyUnit
	all     bool // "vše"
	rest    bool // "ostatní"
	except  bool // "kromě 3"
	correct bool // "oprava: 2 ne"
	bare    bool // a number and nothing else
	sure    bool
	named   bool // by words of the title
	open    bool // whether it is a mention at all is in doubt: no status is taken from it
	next    int  // first piece after it
}

// A place says where a mention would stand.
type place int

const (
	inside      place = iota // in the middle of a clause
	clauseStart              // after a mark
	lineStart
)

// mentionAt reads the mention that begins at piece i. last is the number spoken
// of before, whole says that the clause before i is a complete answer.
func (r *replyReader) mentionAt(i int, where place, last int, whole bool) (mention, bool) {
	start := i
	correct := false
	if where != inside && r.at(i).fold == "ze" && sayWords[r.at(i-2).fold] {
		i++
	}
	for where != inside && r.at(i+1).fold != "/" && (leadWords[r.at(i).fold] || correctWords[r.at(i).fold] || i > start && (r.at(i).fold == ":" || r.at(i).fold == "," || r.at(i).fold == "-")) && i < start+6 {
		correct = correct || correctWords[r.at(i).fold]
		i++
	}
	if correct && where == lineStart && i > start {
		where = clauseStart
	}
	m, ok := r.wholeMention(i, where)
	if !ok {
		m, ok = r.unitMention(i, where, last, whole)
	}
	if !ok && where != inside {
		m, ok = r.nameMention(i)
	}
	if units, next := r.unitList(i, false); !ok && correct && len(units) == 1 && units[0].index >= 0 && !r.counted(next) {
		m, ok = mention{units: units, next: next, sure: true, open: true}, true // "oprava: 2", and what nobody can read
	}
	m.correct = correct
	return m, ok
}

// afterSaying gives the piece after "uvádíme:".
func (r *replyReader) afterSaying(i int) int {
	if sayWords[r.at(i).fold] && r.at(i+1).fold == ":" {
		return i + 2
	}
	return i
}

// wholeMention reads "vše", "oba body", "ostatní" and "kromě 3 vše".
func (r *replyReader) wholeMention(i int, where place) (mention, bool) {
	m := mention{sure: true}
	if e, ok := r.exceptAt(i); ok && where != inside && allWords[r.at(e.next).fold] {
		m.units, i = e.units, e.next
	}
	word := r.at(i).fold
	jinak := word == "jinak" && allWords[r.at(i+1).fold]
	switch {
	case where == inside:
		return m, false
	case jinak:
		m.rest, i = true, i+1
	case allWords[word], bothWords[word]:
		m.all = true
		m.sure = !bothWords[word] || len(r.items) == 2
	case restWords[word]:
		m.rest = true
	default:
		return m, false
	}
	i++
	for n := 0; n < 4 && itemNouns[r.at(i).fold]; n++ {
		i++
	}
	if e, ok := r.exceptAt(i); ok && m.units == nil {
		m.units, i = e.units, e.next
	}
	if f := r.at(i).fold; (f == ":" || f == "-" || f == "=" || f == ",") && r.statusAt(i+1) {
		i++
	}
	m.next = i
	return m, r.statusAt(i)
}

// exceptAt reads "kromě bodu 2 a 4".
func (r *replyReader) exceptAt(i int) (mention, bool) {
	for _, phrase := range exceptWords {
		if !slices.Equal(r.words(i, len(phrase)), phrase) {
			continue
		}
		i += len(phrase)
		for n := 0; n < 3 && (refNouns[r.at(i).fold] || weakNouns[r.at(i).fold] || r.at(i).fold == "."); n++ {
			i++
		}
		units, next := r.unitList(i, false)
		return mention{units: units, except: true, sure: true, next: next}, len(units) > 0 && !r.counted(next)
	}
	return mention{}, false
}

// unitMention reads numbers, codes and ordinals, with the noun before and the
// mark after them.
func (r *replyReader) unitMention(i int, where place, last int, whole bool) (mention, bool) {
	noun, weak := false, false
	start := i
	for n := 0; n < 4 && (refNouns[r.at(i).fold] || weakNouns[r.at(i).fold] || i > start && r.at(i).fold == "." || r.at(i).fold == "#"); n++ {
		noun = noun || refNouns[r.at(i).fold]
		weak = true
		i++
	}
	if m, ok := r.ordinalAt(i, where); ok {
		return m, true
	}
	units, next := r.unitList(i, false)
	if len(units) == 0 {
		return mention{}, false
	}
	m, ok := r.accept(units, next, where, noun, weak, last, whole)
	if !ok && len(units) > 1 {
		units, next = r.unitList(i, true)
		m, ok = r.accept(units, next, where, noun, weak, last, whole)
	}
	return m, ok
}

// accept judges whether a list of units is a mention, by what stands round it.
func (r *replyReader) accept(units []replyUnit, next int, where place, noun, weak bool, last int, whole bool) (mention, bool) {
	m := mention{units: units, sure: true}
	end, closer := r.closerAt(next)
	m.next, m.bare = end, !weak && closer == "" && len(units) == 1 && !units[0].code
	if closer == "." && itemNouns[r.at(end).fold] { // "1. bod splněn", "1. bod: ano"
		if after, mark := r.closerAt(end + 1); mark != "" || r.statusAt(end+1) {
			m.next, end = after, after
		}
	}
	status := r.statusAt(end)
	one := units[0]
	known := r.items == nil || !slices.ContainsFunc(units, func(u replyUnit) bool { return u.index < 0 })
	following := len(units) == 1 && one.item == strconv.Itoa(last+1)
	line := r.at(end).kind == aLine
	counted := r.counted(end) && closer == ""
	marked := closer != "" && closer != "."
	if len(units) == 1 && one.index >= 0 && r.at(end).kind == aWord && len(r.at(end).fold) == 1 && r.at(end+1).fold == ")" && r.hasPart(one.index, r.at(end).fold) {
		return m, where != inside // "4 a) splněno b) probíhá"
	}
	switch {
	case where == inside:
		return m, status && (whole && known || marked && known)
	case status && one.code && r.items == nil && !weak:
		return m, true
	case status:
		return m, known || len(units) == 1 || noun
	case noun && !counted && (known || closer != ""):
		return m, true
	case weak && !noun:
		return m, known && (closer == ":" || closer == "-")
	case len(units) > 1:
		return m, known && marked && where == lineStart
	case where == lineStart && (closer != "" || line || one.code && known && !counted):
		return m, known || closer != "-"
	case where == lineStart && r.upper(end) && known:
		return m, following
	case closer == ")" || closer == ":" || closer == "=":
		return m, known
	case closer == "." && r.upper(end), closer == "-":
		return m, known && following
	case r.at(end).fold == "?" && known && following:
		m.open = true
		return m, true
	}
	m.open = true
	return m, known && (following && last > 0 || where == lineStart && r.items != nil) && !counted && r.at(end).kind == aWord
}

// closerAt reads the mark after an item: "1)", "1.", "1:", "1 –", "1 =".
func (r *replyReader) closerAt(i int) (next int, closer string) {
	for n := 0; n < 3; n++ {
		f := r.at(i).fold
		switch {
		case f == ")" || f == "]" || f == ":" || f == "=" || f == "-" || f == "→":
		case f == "." && (r.tight(i) || r.at(i-1).kind == aNumber && r.statusAt(i+1)):
		case strings.Contains("/\"„“”'", f) && r.statusAt(i+1):
			i++
			continue
		case f == "," && r.statusAt(i+1):
		default:
			return i, closer
		}
		if closer == "" || closer == "." {
			closer = f
		}
		i++
	}
	return i, closer
}

// ordinalAt reads "první splněna" and "druhý bod: …".
func (r *replyReader) ordinalAt(i int, where place) (mention, bool) {
	n, ok := ordinals[r.at(i).fold]
	if !ok || where == inside {
		return mention{}, false
	}
	i++
	noun := itemNouns[r.at(i).fold]
	if noun {
		i++
	}
	u, ok := r.numberUnit(replyUnit{index: -1, item: strconv.Itoa(n), next: i}, strconv.Itoa(n), "")
	end, closer := r.closerAt(i)
	m := mention{units: []replyUnit{u}, sure: true, next: end}
	return m, ok && (r.statusAt(end) || noun && closer != "") && (r.items == nil || u.index >= 0)
}
