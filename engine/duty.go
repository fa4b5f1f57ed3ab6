package engine

import "time"

// A Duty is what waits to be done by itself for one municipality, as far as it
// shows without looking closer.
type Duty struct {
	Tenant     string
	Head       int64     // number of the newest line of its journal
	Hold       HoldKind  // "" for none
	Message    time.Time // when the first message that waits may leave, zero for none
	Occurrence time.Time // when the first due run of its calendar may be tried
	Inbound    time.Time // when the first mail that was not read may be read
}

// An Agenda is what waits in the whole installation.
type Agenda struct {
	Duties []Duty    // of all municipalities, by id
	Newest time.Time // the latest time that any node or journal has shown
}

// Stands reports whether nothing is to be done for the municipality at all.
func (d Duty) Stands() bool { return Hold{Kind: d.Hold}.Stands() }
