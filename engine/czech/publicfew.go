package czech

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Below writes what a figure that is left out is below: "méně než 5".
func Below(n int) string { return "méně než " + strconv.Itoa(n) }

// few reports whether a figure counts persons, and of these from 1 to 4.
func few(name, unit string, value float64) bool {
	if value <= 0 || value >= smallest {
		return false
	}
	if u := strings.Trim(Fold(unit), ". "); u != "" && !countingNames[u] {
		return u == "os" || namesPersons(u)
	}
	return namesPersons(Fold(name))
}

func namesPersons(folded string) bool {
	for _, w := range strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if _, ok := personForms[w]; ok {
			return true
		}
	}
	return false
}

// withoutFew puts "méně než 5" in the place of counts of persons from 1 to 4, in
// digits and in words: "2 klientům", "tři noví uživatelé", "klientů: 3".
func withoutFew(text string) string {
	if folded := Fold(text); !mayCountFew(folded) {
		return text
	}
	s := fewScanner{text: text, tokens: proseTokens(text), bare: !strings.ContainsAny(text, "áéíóúůýčďěňřšťž")}
	for i := range s.tokens {
		s.step(i)
	}
	s.b.WriteString(text[s.done:])
	return s.b.String()
}

// mayCountFew passes over what holds no small number.
func mayCountFew(folded string) bool {
	if strings.ContainsAny(folded, "1234") {
		return true
	}
	for _, w := range []string{"jed", "dva", "dve", "dvo", "dvema", "tri", "tre", "ctyr", "oba", "obe"} {
		if strings.Contains(folded, w) {
			return true
		}
	}
	return false
}

// smallNumbers are the forms of the numbers from 1 to 4 that other readings do
// not need.
var smallNumbers = wordSet("ctyr jedne jednou jednim jednem jedni jedny dvema tremi trem ctyrmi ctyrem dvoje troje ctvery oba obe obou obema")

// A fewScanner rewrites a text from the left.
type fewScanner struct {
	text   string
	tokens []proseToken
	b      strings.Builder
	done   int  // bytes written
	bare   bool // the text has no diacritics
}

func (s *fewScanner) at(i int) proseToken {
	if i < 0 || i >= len(s.tokens) {
		return proseToken{ends: true}
	}
	return s.tokens[i]
}

func (s *fewScanner) small(i int) bool {
	t := s.at(i)
	return t.isNumber() && t.value > 0 && t.value < smallest && !s.partOfMore(i) || smallNumbers[t.folded]
}

// partOfMore reports whether digits are a part of a code, an ordinal, a date, or
// of a number written with a space.
func (s *fewScanner) partOfMore(i int) bool {
	t := s.at(i)
	if !t.digits {
		return false
	}
	before, after := s.at(i-1), s.at(i+1)
	glued := func(a, b proseToken) bool { return a.end == b.start && strings.Contains("./:-", s.text[a.start:a.end]) }
	switch {
	case i > 0 && before.end == t.start && (before.digits || before.word()), i > 0 && before.end == t.start && strings.ContainsAny(s.text[before.start:before.end], "./") && s.at(i-2).isNumber():
		return true
	case i+1 < len(s.tokens) && t.end == after.start && (after.folded == "." && s.at(i+2).digits || after.folded == "/"):
		return true
	case i+1 < len(s.tokens) && after.thousands(t):
		return true
	}
	return i > 0 && t.thousands(before) || i > 0 && glued(before, t) && before.folded == "/"
}

// step looks at the number at i, if it is a small one of persons.
func (s *fewScanner) step(i int) {
	if s.at(i).start < s.done || !s.small(i) || s.perPerson(i) || s.least(i) || s.titles(i) {
		return
	}
	noun, ok := s.counted(i)
	if ok {
		s.write(s.from(i), s.through(i), noun)
		return
	}
	if s.behindPersons(i) || s.ofWhich(i) {
		s.put(s.at(i).start, s.at(i).end, Below(smallest))
		return
	}
	s.spread(i)
}

// perPerson reports whether a number says how much there is for each: "byt pro
// jednu osobu", "náklady na 1 klienta".
func (s *fewScanner) perPerson(i int) bool {
	if s.at(i-1).folded == "na" && (s.at(i).value == 1 || strings.HasPrefix(s.at(i).folded, "jedn")) {
		return true
	}
	return !s.at(i).digits && strings.HasPrefix(s.at(i).folded, "jedn") && strings.HasPrefix(s.at(i+1).folded, "osob") && forEach[s.at(i-1).folded]
}

var forEach = wordSet("pro za")

// least reports whether a number is said to be the least: how many there are
// is not told by it.
func (s *fewScanner) least(i int) bool {
	before := s.at(i - 1).folded
	return before == "nez" && s.at(i-2).folded == "vice" || before == "." && s.at(i-2).folded == "min" || leastWords[before]
}

var leastWords = wordSet("alespon aspon nejmene minimalne pres nad min")

// titles reports whether digits are the number of a part of a plan and the word
// behind them begins its title: "Priorita 2 Rodiny s dětmi".
func (s *fewScanner) titles(i int) bool {
	next := s.at(i + 1)
	first, size := utf8.DecodeRuneInString(s.text[next.start:])
	second, _ := utf8.DecodeRuneInString(s.text[min(len(s.text), next.start+size):])
	return s.at(i).digits && next.word() && unicode.IsUpper(first) && unicode.IsLower(second) && (i == 0 || partWords[s.at(i-1).folded])
}

var partWords = wordSet("oblast oblasti priorita priority prioritni cil cile opatreni kapitola kapitoly skupina skupiny ps tabulka priloha aktivita aktivity cast bod")

// from gives the first token of what a small count is written with: "méně než 3".
func (s *fewScanner) from(i int) int {
	if s.at(i-1).folded == "nez" && s.at(i-2).folded == "mene" && s.at(i-2).start >= s.done {
		return i - 2
	}
	return i
}

// through gives the last one: in "1 z 3 klientů" both counts are small.
func (s *fewScanner) through(i int) int {
	if w := s.at(i + 1).folded; (w == "z" || w == "ze") && s.small(i+2) {
		return i + 2
	}
	return i
}

// ofWhich reports whether a number is a part of a count of persons: "45 klientů,
// z toho nových 2".
func (s *fewScanner) ofWhich(i int) bool {
	if t := s.at(i + 1); t.word() && !afterFigure[t.folded] && !s.adjective(t) {
		return false
	}
	at := i - 1
	for ; at > i-4 && (s.text[s.at(at).start:s.at(at).end] == ":" || s.at(at).word() && s.adjective(s.at(at))); at-- {
	}
	if s.at(at).folded != "toho" && s.at(at).folded != "nich" || s.at(at-1).folded != "z" {
		return false
	}
	for at -= 2; at > i-12 && at >= 0; at-- {
		t := s.at(at)
		if _, person := personForms[t.folded]; person {
			return true
		}
		if t.word() && !linkWords[t.folded] && !yearWords[t.folded] && !countWords[t.folded] {
			return false
		}
	}
	return false
}

var countWords = wordSet("mene nez nejvyse")

// counted finds the word for persons a number stands before, past at most two
// words that describe them and a "z celkem 40".
func (s *fewScanner) counted(i int) (noun int, ok bool) {
	at := i + 1
	if w := s.at(at).folded; w == "z" || w == "ze" {
		at++
		for range 2 {
			if t := s.at(at); t.isNumber() || smallNumbers[t.folded] || t.folded == "celkem" || t.folded == "celkovych" || t.folded == "techto" || t.folded == "nasich" {
				at++
			}
		}
	}
	for range 3 {
		t := s.at(at)
		if t.ends || !t.word() {
			return 0, false
		}
		if person, ok := personForms[t.folded]; ok && !s.describes(at) {
			return at, at == i+1 || s.agree(i+1, at, person)
		}
		if !s.adjective(t) || t.start == s.at(at-1).end {
			return 0, false
		}
		at++
	}
	return 0, false
}

// describes reports whether a word for persons only describes those that follow:
// "2 nezaměstnané ženy".
func (s *fewScanner) describes(at int) bool {
	_, person := personForms[s.at(at+1).folded]
	return person && s.adjective(s.at(at))
}

// agree reports whether the words before persons in the plural go with them. In
// "2 stovky osob" and "s jednou skupinou rodičů" something else is counted.
func (s *fewScanner) agree(from, noun int, person personForm) bool {
	said := s.at(noun).folded
	is := slices.IndexFunc(person.plural[:], func(form string) bool { return Fold(form) == said })
	if is < 0 || is == int(inGenitive) && slices.Contains(person.alike, said) {
		return true
	}
	for at := from; at < noun; at++ {
		if w := s.at(at).folded; s.adjective(s.at(at)) && !slices.ContainsFunc(agreeing[is], func(end string) bool { return strings.HasSuffix(w, end) }) {
			return slices.Contains(person.alike, said)
		}
	}
	return true
}

// agreeing are the endings of adjectives by the case of the plural.
var agreeing = [4][]string{{"ych", "ich"}, {"ym", "im"}, {"ych", "ich"}, {"ymi", "imi"}}

// spread takes the first of two numbers: "2 až 4 klienti", "2 a 3 klienti".
func (s *fewScanner) spread(i int) {
	between := s.at(i + 1)
	high := i + 2
	if !between.dash && !rangeWords[between.folded] && between.folded != "a" && s.text[between.start:between.end] != "," || !s.at(high).isNumber() && !smallNumbers[s.at(high).folded] {
		return
	}
	noun, ok := s.counted(high)
	if !ok {
		return
	}
	switch {
	case !between.dash && !rangeWords[between.folded]:
		s.put(s.at(i).start, s.at(i).end, Below(smallest))
	case s.small(high):
		s.write(i, high, noun)
	default:
		s.put(s.at(i).start, s.at(high).start, "nejvýše ")
	}
}

var rangeWords = wordSet("az nebo ci")

// behindPersons reports whether a number stands behind what it counts, and
// before nothing else that it may count: "klientů: 3", "počet osob byl 2".
func (s *fewScanner) behindPersons(i int) bool {
	if t := s.at(i + 1); t.word() && !afterFigure[t.folded] {
		return false
	}
	if s.listed(i) {
		return true
	}
	at, linked := i-1, false
	for ; at >= 0 && i-at <= 6; at-- {
		t := s.at(at)
		if _, person := personForms[t.folded]; person {
			return linked || s.countsBefore(at)
		}
		switch mark := s.text[t.start:t.end]; {
		case strings.Contains(":=(", mark) || t.dash || linkWords[t.folded]:
			linked = true
		case t.isYear() || yearWords[t.folded]:
		default:
			return false
		}
	}
	return false
}

// listed reports whether a number closes an item of a list: "muži 1, ženy 3".
func (s *fewScanner) listed(i int) bool {
	after := s.at(i + 1)
	closes := after.ends || strings.Contains(",;)", s.text[after.start:after.end])
	first, _ := utf8.DecodeRuneInString(s.text[s.at(i-1).start:])
	_, person := personForms[s.at(i-1).folded]
	if !closes || !person || unicode.IsUpper(first) && i > 1 || !s.at(i).digits {
		return false
	}
	before := s.at(i - 2)
	return before.ends || strings.Contains(",;:(", s.text[before.start:before.end])
}

// countsBefore reports whether "počet" stands before the words for persons.
func (s *fewScanner) countsBefore(at int) bool {
	for back := 1; back <= 3; back++ {
		if strings.HasPrefix(s.at(at-back).folded, "poct") || s.at(at-back).folded == "pocet" {
			return true
		}
	}
	return false
}

var (
	linkWords   = wordSet("celkem bylo byl byli byly je jsou cini cinil pouze jen asi cca")
	yearWords   = wordSet("v ve roce rok roku za")
	afterFigure = wordSet("a i z ze v ve na za oproti proti loni letos rocne mesicne tydne denne")
)

// write puts the words for few in the place of the numbers, and the persons
// into the case that goes with them.
func (s *fewScanner) write(from, to, noun int) {
	person := s.at(noun)
	form := personForms[person.folded]
	is := form.is
	if is == inGenitive && withInstrumental[s.at(from-1).folded] && Fold(form.plural[inInstrumental]) == person.folded {
		is = inInstrumental
	}
	s.put(s.at(from).start, s.at(to).end, Below(smallest))
	for at := to + 1; at < noun; at++ {
		if t := s.at(at); t.word() && s.adjective(t) {
			s.put(t.start, t.end, inPlural(s.text[t.start:t.end], is))
		}
	}
	s.put(person.start, person.end, form.plural[is])
}

// put writes the text up to a place, and words in the place of what stands there.
func (s *fewScanner) put(from, to int, words string) {
	s.b.WriteString(s.text[s.done:from])
	s.b.WriteString(words)
	s.done = to
}
