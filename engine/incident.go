package engine

import "time"

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
