package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"splneno/cmd/splneno/web"
	"splneno/engine"
)

const (
	openAgain = 2 * time.Second // between two tries to open the database
	sayAgain  = time.Minute     // between two log lines about it
	toldFor   = 14 * 24 * time.Hour

	stoodStillAfter = 10 * time.Minute // twice what passes between two signs of life
)

// await opens the installation. A database that cannot be had now is waited for
// as long as it takes, for it may start later than we do; whatever later does
// not mend is an error. When ctx ends first there is neither.
func (s serveCommand) await(ctx context.Context, c *command, w *world, incidents *recorder, log *slog.Logger) (*installation, error) {
	var said time.Time
	for {
		in, err := s.open(ctx, c, w)
		if ctx.Err() != nil {
			return in, nil
		}
		if engine.CodeOf(err) != engine.Unavailable {
			return in, err
		}
		incidents.saw(err)
		if time.Since(said) >= sayAgain {
			log.Error("the database cannot be opened; it is tried again until it can", "error", err)
			said = time.Now()
		}
		tell("EXTEND_TIMEOUT_USEC=60000000\nSTATUS=Waiting for the database.")
		if !pause(ctx, openAgain) {
			return nil, nil
		}
	}
}

// open opens the installation, and knows a copy before anything is done in it.
func (serveCommand) open(ctx context.Context, c *command, w *world) (*installation, error) {
	in, err := c.open(ctx, w.now)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(in.settle(ctx, w), in.stoodStill(ctx)); err != nil {
		return nil, errors.Join(err, in.db.Close())
	}
	return in, nil
}

// watched has the pages tell what they see of outages, and show what there were.
func (in *installation) watched(pages *web.Server) {
	pages.Failed, pages.Answered = in.incidents.saw, in.pulse.page
	pages.Incidents = func(ctx context.Context) ([]engine.Incident, error) {
		stored, err := in.db.AcrossTenants().Incidents(ctx, in.now().Add(-toldFor))
		return in.incidents.told(stored), err
	}
}

// stoodStill records that nothing ran for a while before now, as when the only
// computer broke down. A server that is told to end takes itself off the list;
// one that died is still on it, and is taken off here, for its end is known now.
func (in *installation) stoodStill(ctx context.Context) error {
	all := in.db.AcrossTenants()
	nodes, err := all.Nodes(ctx) // those first that were seen last
	if err != nil || len(nodes) == 0 || !nodes[0].Ahead.IsZero() || in.now().Sub(nodes[0].Seen) < stoodStillAfter {
		return err
	}
	err = all.RecordIncident(ctx, engine.Incident{Node: computer(), Kind: engine.IncidentStopped, Began: nodes[0].Seen, Ended: in.now()})
	for _, n := range nodes {
		if err == nil && n.Ahead.IsZero() { // a clock that was not believed is still to be looked into
			err = all.ForgetNode(ctx, n.ID, time.Time{})
		}
	}
	return err
}
