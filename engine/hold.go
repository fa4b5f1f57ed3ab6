package engine

import "time"

// A HoldKind says why a municipality is on hold.
type HoldKind string

// The kinds of hold.
const (
	HoldRestored  HoldKind = "restored"  // brought back from a copy: what left since is not known here
	HoldCopied    HoldKind = "copied"    // the database is a copy of one that may still run elsewhere
	HoldSuspended HoldKind = "suspended" // stopped by the operator
	HoldMoved     HoldKind = "moved"     // goes on in another database
)

// A Hold keeps a municipality from doing what others would notice. The zero
// Hold is none. Only a person ends one.
type Hold struct {
	Kind  HoldKind
	Since time.Time
	AsOf  time.Time // of a copy: the time it was made at; what left later it does not know
	Note  string    // why, in the operator's words
}

// Stands reports whether nothing happens at all: neither the calendar nor mail
// nor signing in. Else, on hold, the calendar goes on and messages are held as
// they are made, so that what would leave can be looked at.
func (h Hold) Stands() bool { return h.Kind == HoldSuspended || h.Kind == HoldMoved }

// Holds reports whether messages are held as they are made.
func (h Hold) Holds() bool { return h.Kind == HoldRestored || h.Kind == HoldCopied }

// OnHold is the LastError of messages that are held because their municipality
// was on hold; they leave when the hold ends.
const OnHold = "on hold"

// A Left is a held message that did leave: from the original of a restored copy.
type Left struct {
	Key string    `json:"key"`
	At  time.Time `json:"at"`
}
