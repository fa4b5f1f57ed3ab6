package engine

import (
	"errors"
	"time"
)

// An IncidentKind names something that kept a node from working. The words do
// not change: pages find their sentences by them.
type IncidentKind string

// The kinds of incident.
const (
	IncidentDatabase   IncidentKind = "database"    // it did not answer, or let nobody in
	IncidentDiskFull   IncidentKind = "disk_full"   // no room for the database
	IncidentReadOnly   IncidentKind = "read_only"   // the database could not be written to
	IncidentClockBack  IncidentKind = "clock_back"  // the clock was behind what had been done already
	IncidentClockAhead IncidentKind = "clock_ahead" // the clock jumped ahead of the time that had passed
	IncidentStopped    IncidentKind = "stopped"     // no node ran
)

// An Incident is something that kept a node of the installation from working
// for a while. It belongs to no municipality and holds no personal data.
type Incident struct {
	Node  string // name of the computer
	Kind  IncidentKind
	Began time.Time
	Ended time.Time // zero while it goes on
	Note  string    // in the words of what failed, without addresses and secrets
}

// An Outage is inside an Unavailable error when it is the store that is ill: the
// incident it tells of. Sign is a code of what failed, fit for everybody's eyes.
type Outage struct {
	Kind IncidentKind
	Sign string
	Err  error
}

// Error gives the words of what failed.
func (o *Outage) Error() string { return o.Err.Error() }

// Unwrap gives what failed.
func (o *Outage) Unwrap() error { return o.Err }

// OutageOf gives the outage of the store an error tells of, nil for any other
// error.
func OutageOf(err error) *Outage {
	var o *Outage
	if errors.As(err, &o) {
		return o
	}
	return nil
}
