package main

import (
	"context"
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
	r := &workflows.Rounds{Installation: agenda{in.db.AcrossTenants(), in}, Office: in.office, Now: in.now, Elapsed: w.passed,
		Node:    engine.Node{ID: rand.Text(), Name: computer(), Version: version, Started: in.now()},
		Workers: 2, Slots: 3, Beat: 5 * time.Minute}
	if shared {
		r.Workers, r.Slots, r.Beat = 4, 5, time.Minute
	}
	r.Worked = in.pulse.took
	r.Failed = func(what, tenant string, err error) {
		in.incidents.saw(err)
		if tenant == "" {
			log.Error(what, "error", err)
			return
		}
		log.Error(what, "municipality", tenant, "error", err)
	}
	in.arrived = r.Arrived
	return r
}

// An agenda notes that the rounds go on, and sees to what goes with them: at rest
// the database is asked once with every round, and not in between.
type agenda struct {
	store.Everyone
	in *installation
}

// Agenda asks what waits.
func (a agenda) Agenda(ctx context.Context) (engine.Agenda, error) {
	a.in.pulse.move(false)
	a.in.attend(ctx)
	found, err := a.Everyone.Agenda(ctx)
	if err == nil {
		a.in.held.learn(found)
	}
	a.in.pulse.move(err == nil)
	return found, err
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
