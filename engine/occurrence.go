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

// A Stretch is what a rule of the calendar owed between two instants: From
// excluded, To included. From is zero for a rule that was never computed.
type Stretch struct {
	Rule     string
	From, To time.Time
	Due      []Occurrence
}

// A Rhythm says how often what the calendar follows from was changed: it is
// another one after every change.
type Rhythm struct {
	Town    int // version of the municipality
	Seasons int // of all its seasons together
}

// An Outlook is what of a municipality decides whether a day is quiet.
type Outlook struct {
	Tenant   string
	Rhythm   Rhythm
	Rules    int       // that were ever computed
	From, To time.Time // the earliest and latest cursor of them
	Letters  Date      // the first day on which a request is to be looked at, "" for none
	Papers   Date      // the first day on which papers of a meeting are to leave, "" for none
	Trouble  bool      // there are messages a person must look at
}
