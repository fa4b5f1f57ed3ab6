package main

import (
	"crypto/rand"
	"log/slog"
	"os"
	"time"

	"splneno/engine"
	"splneno/store"
	"splneno/workflows"
)

var _ workflows.Installation = store.Everyone{}

// rounds gives what does by itself what is due for all municipalities. Several
// nodes share a server; a file has one writer, and is spared the rest.
func (in *installation) rounds(w *world, shared bool, log *slog.Logger) *workflows.Rounds {
	r := &workflows.Rounds{Installation: in.db.AcrossTenants(), Office: in.office, Now: in.now, Elapsed: w.passed,
		Node:    engine.Node{ID: rand.Text(), Name: computer(), Version: version, Started: in.now()},
		Workers: 2, Slots: 3, Beat: 5 * time.Minute}
	if shared {
		r.Workers, r.Slots, r.Beat = 4, 5, time.Minute
	}
	r.Failed = func(what, tenant string, err error) {
		if tenant == "" {
			log.Error(what, "error", err)
			return
		}
		log.Error(what, "municipality", tenant, "error", err)
	}
	in.arrived = r.Arrived
	return r
}

// computer is the name of this one, by which its servers and incidents are told
// apart.
func computer() string {
	name, err := os.Hostname()
	if err != nil {
		return "localhost"
	}
	return name
}
