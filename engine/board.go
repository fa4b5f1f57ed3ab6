package engine

import "time"

// A SeasonCount says how far a season is, without its entries.
type SeasonCount struct {
	Entries   int
	Answered  int // somebody answered
	Approved  int // official
	Undecided int // partial or unfulfilled, and nothing decided about what follows
	ByState   map[State]int
}

// A BodyCount is an organisation's place in a season, counted. Its Request is
// without the list of activities and the hashes.
type BodyCount struct {
	Request  Request
	Total    int // items it is asked about
	Own      int // items it answered itself
	Returned int // of those, sent back with a question
	Owed     int // items it still owes
}

// A Standpoint says in a word how an organisation stands in a season.
type Standpoint string

// The standpoints, the most pressing first.
const (
	StandsSilent   Standpoint = "silent"    // was written to and has said nothing
	StandsReturned Standpoint = "returned"  // was asked to complete an answer
	StandsPartly   Standpoint = "partly"    // answered, and still owes some
	StandsUnasked  Standpoint = "not_asked" // owes, and was not written to yet
	StandsAnswered Standpoint = "answered"
	StandsSettled  Standpoint = "settled" // owes nothing, and did not have to answer: others did
)

// Standpoints lists them, the most pressing first.
func Standpoints() []Standpoint {
	return []Standpoint{StandsSilent, StandsReturned, StandsPartly, StandsUnasked, StandsAnswered, StandsSettled}
}

// Stands says how the organisation stands.
func (b BodyCount) Stands() Standpoint {
	switch {
	case b.Returned > 0:
		return StandsReturned
	case b.Owed > 0 && b.Own > 0:
		return StandsPartly
	case b.Owed > 0 && len(b.Request.Written) > 0:
		return StandsSilent
	case b.Owed > 0:
		return StandsUnasked
	case b.Own > 0:
		return StandsAnswered
	}
	return StandsSettled
}

// Since gives the day from which the organisation is silent: the first letter
// after the asking began, else the first there was.
func (b BodyCount) Since() Date {
	for _, d := range b.Request.Written {
		if d >= b.Request.AskedOn {
			return d
		}
	}
	return b.LastLetter()
}

// LastLetter gives the day it was last written to, "" for never.
func (b BodyCount) LastLetter() Date {
	if n := len(b.Request.Written); n > 0 {
		return b.Request.Written[n-1]
	}
	return ""
}

// A MailCount says how mail of one state stands.
type MailCount struct {
	State  MessageState
	N      int
	Oldest time.Time // when the oldest of them was written
}
