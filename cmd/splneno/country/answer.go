package country

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"splneno/engine"
)

// A Habit says how a body behaves in a year.
type Habit struct {
	Silent bool // never answers
	Wait   int  // working days from the day of asking to its answer
	ByMail bool // replies instead of opening the page
	Away   bool // sends an out-of-office reply first
}

// Habit gives how the body behaves in a year.
func (t Town) Habit(body string, year int) Habit {
	r := dice(t.seed, t.ID, body, strconv.Itoa(year))
	h := Habit{Wait: 2 + r.IntN(13)}
	switch n := r.IntN(100); {
	case n < 7:
		h.Silent = true
	case n < 22:
		h.Wait = 17 + r.IntN(4) // after the second reminder
	case n < 37:
		h.ByMail = true
	case n < 40:
		h.Away = true
	}
	return h
}

// Says gives what a body says of an activity in a year, and the question the
// coordinator sends it back with, "" for none. again is the answer to that.
func (t Town) Says(body, activity string, year int, again bool) (a engine.Answer, question string) {
	r := dice(t.seed, t.ID, body, activity, strconv.Itoa(year))
	a = answer(r)
	if r.IntN(25) == 0 {
		question = one(r, words().Questions)
	}
	if again {
		a.Done = strings.TrimSpace(a.Done + " " + numbered(one(r, words().Done[engine.Fulfilled]), r))
	}
	return a, question
}

// answer invents what is said of an activity.
func answer(r *rand.Rand) engine.Answer {
	a := engine.Answer{}
	switch n := r.IntN(100); {
	case n < 55:
		a.Status = engine.Fulfilled
	case n < 78:
		a.Status = engine.InProgress
	case n < 94:
		a.Status = engine.Partial
	default:
		a.Status = engine.Unfulfilled
	}
	a.Done = numbered(one(r, words().Done[a.Status]), r)
	if missing := words().Missing[a.Status]; len(missing) > 0 {
		a.Missing = one(r, missing)
	}
	return a
}

// numbered puts figures into a sentence.
func numbered(s string, r *rand.Rand) string {
	s = replaceVerb(s, 1, strconv.Itoa(2+r.IntN(18)))
	return replaceVerb(s, 2, strconv.Itoa(20+r.IntN(160)))
}

// replaceVerb writes a value where a text says %[n]d.
func replaceVerb(s string, n int, value string) string {
	return strings.ReplaceAll(s, fmt.Sprintf("%%[%d]d", n), value)
}
