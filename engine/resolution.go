package engine

import "time"

// A Resolution is what a body decided about a season's evaluation. It is typed
// in from the minutes by the coordinator; its items come back as decisions.
type Resolution struct {
	Plan, Period string
	ID           int    // from 1, per season
	Number       string // as printed, "12/2027"
	Body         string
	Day          Date
	Verb         ApprovalVerb
	Text         string
	Items        []ResolutionItem
	By           string
	At           time.Time
	Version      int
}

// A ResolutionItem is what a resolution says of one activity.
type ResolutionItem struct {
	Activity string // id
	Next     NextStep
	Until    Date // of a postponed one
	Note     string
}
