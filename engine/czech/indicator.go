package czech

import (
	"math"
	"slices"
	"strings"
)

// An IndicatorReading is a figure found in prose, as a proposal: nobody has
// confirmed it. Value is the middle of Low and High where a range is printed.
// Year is 0 when the text names none.
type IndicatorReading struct {
	Name             string // the words that are counted: "pečující osoby"
	Unit             string // what one of them is called: "osoba", "%", "" when none can be told
	Per              string // "den", "týden", "měsíc", "rok" where the figure is a rate
	Year             int
	Value, Low, High float64
	Approximate      bool
	Change           bool // a difference ("o 25 osob", "nárůst 2 klienti"), not a level
	Shared           bool // one figure is printed for several years
	Start, End       int  // bytes of the text
	Line             int  // of the text, from 1
	Raw              string
}

// ReadIndicators finds figures in prose: "2011: 235 klientů", "šest klientů
// ročně", "téměř 96% účasti". A number counts when a thing that plans count
// stands behind it, or when it is a bare range; a year is never a value. One
// figure for several years gives a reading for each.
func ReadIndicators(text string) []IndicatorReading {
	s := figureScanner{text: text, tokens: proseTokens(text)}
	for s.at < len(s.tokens) {
		s.step()
	}
	return s.found
}

// A Contradiction is a figure that does not agree with what was said before of
// the same year.
type Contradiction struct{ Now, Before IndicatorReading }

// Contradictions compares figures of the same year, unit and rate. A figure
// agrees when any of those before fits it; changes and figures without a year
// or unit are not compared.
func Contradictions(now, before []IndicatorReading) []Contradiction {
	var out []Contradiction
	for _, n := range now {
		same := slices.DeleteFunc(slices.Clone(before), func(b IndicatorReading) bool { return !n.comparable(b) })
		agrees := slices.ContainsFunc(same, n.agrees)
		if n.Year != 0 && n.Unit != "" && len(same) > 0 && !agrees {
			out = append(out, Contradiction{Now: n, Before: same[0]})
		}
	}
	return out
}

func (r IndicatorReading) comparable(o IndicatorReading) bool {
	return r.Year == o.Year && r.Unit == o.Unit && r.Per == o.Per && !r.Change && !o.Change
}

// agrees allows an approximate figure to be a tenth off.
func (r IndicatorReading) agrees(o IndicatorReading) bool {
	slack := 0.0
	if r.Approximate || o.Approximate {
		slack = math.Max(r.High, o.High) / 10
	}
	return r.Low <= o.High+slack && o.Low <= r.High+slack
}

// A figureScanner walks over the words of a text.
type figureScanner struct {
	text   string
	tokens []proseToken
	at     int
	years  []int // those the clause speaks of
	fresh  bool  // the years were named since the last figure
	found  []IndicatorReading
}

// step reads a year, a figure, or passes a word over.
func (s *figureScanner) step() {
	t := s.tokens[s.at]
	switch {
	case t.ends:
		s.years, s.fresh = nil, false
		s.at++
	case t.isYear():
		s.takeYear(t.year())
	case t.isNumber():
		s.takeFigure()
	default:
		s.at++
	}
}

// takeYear adds a year; after a figure a new year begins anew. "2009–2011" is
// every year of it.
func (s *figureScanner) takeYear(year int) {
	if !s.fresh {
		s.years = nil
	}
	s.fresh = true
	s.at++
	last := year
	if s.at+1 < len(s.tokens) && s.tokens[s.at].dash && s.tokens[s.at+1].isYear() {
		last = s.tokens[s.at+1].year()
		s.at += 2
	}
	for y := year; y <= last && len(s.years) < mostYears; y++ {
		s.years = append(s.years, y)
	}
}

// mostYears is more than any sentence about figures names.
const mostYears = 30

// takeFigure reads a number or a range with what it counts.
func (s *figureScanner) takeFigure() {
	first := s.at
	r := IndicatorReading{Line: s.tokens[first].line, Start: s.tokens[first].start}
	r.Low, s.at = s.number(s.at)
	r.High = r.Low
	if s.at+1 < len(s.tokens) && s.rangeMark(s.at) && s.tokens[s.at+1].isNumber() && !s.tokens[s.at+1].isYear() {
		r.High, s.at = s.number(s.at + 1)
	}
	ranged := r.High > r.Low
	if r.High < r.Low || !s.counted(&r) && !s.bare(first, ranged) {
		return
	}
	r.End = s.tokens[s.at-1].end
	r.Value = (r.Low + r.High) / 2
	s.lookBack(&r, first)
	r.Raw = s.text[r.Start:r.End]
	s.keep(r)
}

// rangeMark is a dash or "až" between two numbers.
func (s *figureScanner) rangeMark(i int) bool { return s.tokens[i].dash || s.tokens[i].folded == "az" }

// number reads digits, with a space before three more, or a number word.
func (s *figureScanner) number(i int) (float64, int) {
	t := s.tokens[i]
	value, digits := t.value, t.digits
	for i++; digits && i < len(s.tokens) && s.tokens[i].thousands(s.tokens[i-1]); i++ {
		value = value*1000 + s.tokens[i].value
	}
	return value, i
}

// counted finds the thing behind the number, at most two words on.
func (s *figureScanner) counted(r *IndicatorReading) bool {
	const within = 3
	if i := s.at; i+2 < len(s.tokens) && s.tokens[i].folded == "," && s.tokens[i+1].dash && unitOf(s.tokens[i+2].folded) == "Kč" {
		s.at += 2 // "2 774 600,- Kč"
	}
	for i := s.at; i < len(s.tokens) && i < s.at+within && s.tokens[i].word(); i++ {
		unit := unitOf(s.tokens[i].folded)
		if unit == "" {
			continue
		}
		if i > s.at && !s.describes(s.at, i) {
			return false
		}
		from := s.at
		s.at = i + 1
		if unit == "%" && s.at < len(s.tokens) && s.tokens[s.at].word() {
			from = s.at
			s.at++
		}
		r.Unit, r.Name = unit, Squeeze(s.text[s.tokens[from].start:s.tokens[s.at-1].end])
		if s.at < len(s.tokens) && rates[s.tokens[s.at].folded] != "" {
			r.Per = rates[s.tokens[s.at].folded]
			s.at++
		}
		return true
	}
	return false
}

// describes reports whether the words may stand between a number and its thing.
func (s *figureScanner) describes(from, to int) bool {
	return !slices.ContainsFunc(s.tokens[from:to], func(t proseToken) bool { return !describing(t.folded) })
}

// bare accepts a range nothing stands behind: "50–60".
func (s *figureScanner) bare(first int, ranged bool) bool {
	after := s.at >= len(s.tokens) || s.tokens[s.at].ends || s.tokens[s.at].folded == "," || s.tokens[s.at].folded == ";"
	before := first == 0 || s.tokens[first-1].word() && s.tokens[first-1].folded != "c" || s.tokens[first-1].ends || s.tokens[first-1].folded == ":"
	return ranged && after && before
}

// lookBack reads the words before a figure: how exact it is, how often, a change.
func (s *figureScanner) lookBack(r *IndicatorReading, first int) {
	const far = 3
	for i := first - 1; i >= 0 && i >= first-far && !s.tokens[i].ends; i-- {
		word := s.tokens[i].folded
		if approximations[word] {
			r.Approximate = true
			r.Start = s.tokens[i].start
		}
		if r.Per == "" {
			r.Per = rates[word]
		}
		r.Change = r.Change || word == "o" && i == first-1 || slices.ContainsFunc(changeStems, func(stem string) bool { return strings.HasPrefix(word, stem) })
		if s.tokens[i].isNumber() {
			return
		}
	}
}

// keep adds the reading once for every year it speaks of.
func (s *figureScanner) keep(r IndicatorReading) {
	s.fresh = false
	r.Shared = len(s.years) > 1
	if len(s.years) == 0 {
		s.found = append(s.found, r)
	}
	for _, y := range s.years {
		r.Year = y
		s.found = append(s.found, r)
	}
}
