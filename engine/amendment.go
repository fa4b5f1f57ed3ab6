package engine

import "time"

// An Amendment is one dated change of a plan after it was made: what stood
// before is kept whole, so that the plan can be shown as it was on any day.
type Amendment struct {
	Plan    string
	Number  int    // from 1, per plan
	Day     Date   // from which the new text holds
	Body    string // who decided it, "" when it only mends
	Reason  string
	By      string // who wrote it in
	At      time.Time
	PlanAs  *Plan      // the plan before, nil when only activities changed
	Before  []Activity // activities before
	Added   []string   // ids of new ones
	Version int
}
