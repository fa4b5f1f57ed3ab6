package country

import (
	"fmt"
	"strconv"

	"splneno/engine"
)

// Known is what the coordinator finds out herself about an activity whose bodies
// are silent, and from where; nothing about every second one.
func (t Town) Known(activity string, year int) (a engine.Answer, source string, ok bool) {
	r := dice(t.seed, t.ID, "known", activity, strconv.Itoa(year))
	if r.IntN(2) == 0 {
		return a, "", false
	}
	a = answer(r)
	if a.Done == "" {
		a.Done = words().Reported
	}
	return a, words().Source, true
}

// Again says why a result is taken back when another body answers later.
func (t Town) Again() string { return words().Again }

// Finally decides what follows a result in the last year of a plan.
func (t Town) Finally(e engine.Entry) engine.NextStep {
	if dice(t.seed, t.ID, "finally", e.Plan, e.Activity).IntN(10) == 0 {
		return engine.Drop
	}
	return engine.CarryOver
}

// Frame gives the words before and after an evaluation.
func (t Town) Frame(year int) (foreword, conclusion string) {
	return fmt.Sprintf(words().Foreword, year), words().Conclusion
}

// Resolution is what the town's council resolved about the evaluation of a year.
func (t Town) Resolution(year int, day engine.Date) engine.Resolution {
	w, r := words(), dice(t.seed, t.ID, "resolution", strconv.Itoa(year))
	return engine.Resolution{Number: fmt.Sprintf("%d/%d", 2+r.IntN(9), year+1), Body: fmt.Sprintf(w.Council, t.short), Day: day,
		Verb: engine.VerbApproved, Text: fmt.Sprintf(w.Resolution, year)}
}
