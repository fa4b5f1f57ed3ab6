package czech

import (
	"cmp"
	"strings"
	"time"

	"splneno/engine"
	"splneno/engine/pattern"
)

// longestTerm is the longest text, in bytes, that is read as a term; a longer
// one is a narrative.
const longestTerm = 400

// ReadDeadline reads a term as a plan prints it. year stands in where the words
// name a month or day without one; 0 is no such year. Raw is always kept. What
// cannot be read whole is unknown; what is read and could be disputed, or hangs
// on money or on an event, is not certain.
func ReadDeadline(text string, year int) engine.Deadline {
	if year < 1 || year > 9999 {
		year = 0
	}
	d, sure := engine.Deadline{}, false
	if len(text) <= longestTerm {
		d, sure = readParts(tidyTerm(text), year)
	}
	sure = sure && (d.Kind == engine.DeadlineNone || !cutOff.MatchString(Fold(text)))
	d.Kind = cmp.Or(d.Kind, engine.DeadlineUnknown)
	d.Raw, d.Certain = text, sure
	return d
}

// cutOff is a range of which one end was lost: "2023 –", "–2025".
var cutOff = pattern.New(`^ *-+\d|- *[.,;?]*$`)

// DayOff names why d is no working day: the public holiday or the day of the
// weekend; "" when it is one, or no day at all.
func DayOff(d engine.Date) string {
	if _, _, _, ok := split(d); !ok || engine.NewWorkdays(nil).Works(d) {
		return ""
	}
	return cmp.Or(engine.Holiday(d), Weekday(d.Weekday()))
}

// A termReader collects what is said beside the dates of one term.
type termReader struct {
	year       int // stands in for one that is not printed
	doubt      bool
	ongoing    bool
	asNeeded   bool // dle potřeby
	since      bool // "a dále": the start alone is known
	inclusive  bool // včetně
	weekday    string
	recurrence string
}

// readTerm reads one term without parts. A term it cannot read has no kind.
func readTerm(s string, year int) (d engine.Deadline, sure bool) {
	r := termReader{year: year}
	if nothingPrinted[strings.Trim(s, "- .")] {
		return engine.Deadline{Kind: engine.DeadlineNone}, true
	}
	s = r.peel(r.changed(r.condition(unbracket(s))))
	d, ok := engine.Deadline{}, true
	switch {
	case s != "":
		d, ok = r.expression(s)
	case r.recurrence != "":
		d.Kind = engine.DeadlineRecurring
	case r.ongoing:
		d.Kind = engine.DeadlineOngoing
	default:
		ok = false
	}
	if !ok && r.recurrence != "" {
		d, ok, r.doubt = engine.Deadline{Kind: engine.DeadlineRecurring}, true, true
	}
	if !ok && r.ongoing {
		d, ok, r.doubt = engine.Deadline{Kind: engine.DeadlineOngoing}, true, true
	}
	if !ok {
		return engine.Deadline{}, false
	}
	d.Recurrence = cmp.Or(d.Recurrence, r.recurrence)
	d.Ongoing = d.Ongoing || r.ongoing || d.Recurrence != ""
	return d, !r.doubt && (!r.asNeeded || d.Ongoing)
}

var (
	digitLetter = pattern.New(`(\d)(\pL)`)
	letterDigit = pattern.New(`(\pL)(\d)`)
	spacedMark  = pattern.New(` +([.,;:)])`)
	closeMark   = pattern.New(`([.,;:)])([\pL\d(])`)
	aroundDash  = pattern.New(` *([-/])[-/ ]*`)
	aroundArrow = pattern.New(` *(?:->|=>|-->|→) *`)
)

// tidyTerm folds a term and sets its spaces as the tables expect them: none
// around dashes and slashes, one after a full stop, one between digits and
// letters.
func tidyTerm(text string) string {
	s := strings.Map(func(r rune) rune {
		if r == '×' {
			return 'x'
		}
		if strings.ContainsRune("\u200b\u200c\u200d\u200e\u200f\u2060", r) {
			return -1 // left by word processors, seen by nobody
		}
		return r
	}, Fold(text))
	s = digitLetter.ReplaceAllString(letterDigit.ReplaceAllString(s, "$1 $2"), "$1 $2")
	s = aroundArrow.ReplaceAllString(s, " → ")
	s = spacedMark.ReplaceAllString(s, "$1")
	s = closeMark.ReplaceAllString(s, "$1 $2")
	s = aroundDash.ReplaceAllString(s, "$1")
	return Squeeze(strings.Trim(s, " .,;:-"))
}

// unbracket makes a remark in brackets a clause of its own.
func unbracket(s string) string {
	s = strings.NewReplacer("(", ", ", ")", ", ", "[", ", ", "]", ", ").Replace(s)
	return trimTerm(spacedMark.ReplaceAllString(Squeeze(s), "$1"))
}

func trimTerm(s string) string { return strings.Trim(s, " .,;:-") }

// day gives the day when the calendar has it.
func day(year int, month time.Month, d int) (engine.Date, bool) {
	if year < 1 || month < 1 || month > 12 || d < 1 || d > 31 {
		return "", false
	}
	date := engine.NewDate(year, month, d)
	_, m, _, ok := split(date)
	return date, ok && m == month
}
