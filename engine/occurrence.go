package engine

import "time"

// An Occurrence is one due run of a calendar rule. Rule and Day are its natural
// key: whichever node computes it, there is one.
type Occurrence struct {
	Rule     string
	Day      Date      // local
	PlanAt   time.Time // when it was meant to run
	State    OccurrenceState
	Attempts int       // fencing token of the node that has it
	NextAt   time.Time // next attempt, or end of the lease
	RanAt    time.Time
	Note     string // why it was skipped or merged, what went wrong
}

// An OccurrenceState says what became of an occurrence.
type OccurrenceState string

// The states of an occurrence.
const (
	Due     OccurrenceState = "due"
	Done    OccurrenceState = "done"
	Merged  OccurrenceState = "merged"  // its work was done by a later one, late
	Skipped OccurrenceState = "skipped" // its rule does not make up for what was missed
)
