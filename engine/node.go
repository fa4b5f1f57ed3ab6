package engine

import "time"

// A Node is one running server of the installation.
type Node struct {
	ID      string // new with every start
	Name    string // of the computer
	Version string
	Started time.Time
	Seen    time.Time     // when it last said that it is there, by its own clock
	Off     time.Duration // by how much its clock was ahead of the database's then
	Ahead   time.Time     // what its clock shows while that is not believed, zero when it is
}

// NodeAge is how long a node that was not seen is remembered.
const NodeAge = 7 * 24 * time.Hour
