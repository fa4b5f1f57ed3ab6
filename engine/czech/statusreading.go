package czech

import (
	"slices"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A Status is what words say about an activity: a state of the engine, or one
// of the decisions and facts that documents print in the same place.
type Status string

// The statuses beside the engine's states.
const (
	Ongoing     Status = "ongoing"      // done continuously
	Cancelled   Status = "cancelled"    // dropped
	CarriedOver Status = "carried_over" // moved into the next plan
	Postponed   Status = "postponed"    // put off to a later day
	Suspended   Status = "suspended"    // stopped for a time
)

const (
	planned     = Status(engine.Planned)
	inProgress  = Status(engine.InProgress)
	fulfilled   = Status(engine.Fulfilled)
	partial     = Status(engine.Partial)
	unfulfilled = Status(engine.Unfulfilled)
	unknown     = Status(engine.StateUnknown)
)

// Statuses lists every status words can be read as.
func Statuses() []Status {
	return []Status{planned, inProgress, fulfilled, partial, unfulfilled, unknown, Ongoing, Cancelled, CarriedOver, Postponed, Suspended}
}

// A StatusReading is how words about a status are understood. Raw is always
// kept. A reading two coordinators could dispute is not Certain.
type StatusReading struct {
	Raw       string
	Status    Status
	Qualifier string // [engine.AnotherForm] or ""
	Certain   bool
}

// State gives the state of an entry a sure reading means, unknown for all else.
func (r StatusReading) State() engine.State {
	s := engine.State(r.Status)
	if !r.Certain || !slices.Contains(engine.States(), s) {
		return engine.StateUnknown
	}
	return s
}

// ReadStatusPhrase reads a word or a sentence about a status, Czech or Slovak,
// with or without diacritics. own are the municipality's words for the statuses
// of [Statuses]; they stand above ours. [ReadStatus] is the narrower reader of
// table cells.
func ReadStatusPhrase(text string, own map[string]string) StatusReading {
	r := StatusReading{Raw: text, Status: unknown}
	if len(text) > longestStatus {
		return r
	}
	for word, status := range own {
		if statusKey(word) == statusKey(text) && statusKey(text) != "" && slices.Contains(Statuses(), Status(status)) {
			r.Status, r.Certain = Status(status), true
			return r
		}
	}
	if state, qualifier, ok := ReadStatus(text); ok {
		r.Status, r.Qualifier, r.Certain = Status(state), qualifier, true
		return r
	}
	r.Status, r.Qualifier, r.Certain = readClauses(clausesOf(Fold(text)))
	return r
}

var (
	brokenWord  = pattern.New(`(\pL)- (\pL)`)                              // "ne- splneno" at the end of a line
	wholeDate   = pattern.New(`\b\d{1,2}\. ?\d{1,2}\.(?: ?\d{4}\b)?`)      // a day says nothing about a status
	percentSign = pattern.New(`\b(\d{1,3})(?:,\d+)? ?(?:%|procent\w*)`)    // "z 80 %"
	clauseMarks = pattern.New(`[,;.:!/?„“"'…]+| -+ |^-+ |-+$| (?:a|ale) `) // "a" may join two statuses
)

// clausesOf cuts a folded sentence into clauses. A question is one more clause,
// of a word nobody knows.
func clausesOf(s string) []string {
	s = brokenWord.ReplaceAllString(s, "$1$2")
	s = wholeDate.ReplaceAllString(s, " ")
	s = percentSign.ReplaceAllString(s, " ${1}% ")
	s = strings.NewReplacer("(", " ", ")", " ", "[", " ", "]", " ").Replace(s)
	clauses := clauseMarks.Split(Squeeze(s), -1)
	if strings.Contains(s, "?") || strings.Contains(s, " ale ") {
		clauses = append(clauses, "?")
	}
	return clauses
}

// readClauses wants every clause that says a status to say the same one.
func readClauses(clauses []string) (status Status, qualifier string, certain bool) {
	status, certain = unknown, true
	for _, text := range clauses {
		c := readClause(strings.Fields(text))
		certain = certain && !c.doubt
		if c.qualifier != "" {
			qualifier = c.qualifier
		}
		switch {
		case c.status == "" || c.status == unknown:
		case status == unknown:
			status = c.status
		case status != c.status:
			return unknown, "", false
		}
	}
	if status != fulfilled && status != partial {
		qualifier = ""
	}
	return status, qualifier, certain && status != unknown
}
