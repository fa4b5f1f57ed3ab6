package main

import (
	"context"
	"fmt"
	"slices"

	"splneno/engine"
	"splneno/workflows"
)

// holdRelease lets messages leave.
type holdRelease struct {
	towns `embed:""`
	All   bool     `help:"End the hold and send everything it keeps."`
	Key   []string `name:"message" placeholder:"KEY" help:"Send this message; the hold goes on. Repeat for each."`
	Note  string   `help:"Why, for the journal."`
}

// Help gives the example of --help.
func (holdRelease) Help() string {
	return "Example: splneno hold release --all --note \"the old server is switched off\""
}

// Run does it.
func (r holdRelease) Run(ctx context.Context, c *command, w *world) error {
	if r.All == (len(r.Key) > 0) || r.AllTowns && !r.All {
		return engine.Errorf(usage, "say either --all, which ends the hold, or --message for each message to send")
	}
	return r.each(ctx, c, w, func(o *workflows.Office, who engine.Actor) error {
		if r.All {
			return r.end(ctx, o, who, w)
		}
		if err := areHeld(ctx, o, r.Key); err != nil {
			return err
		}
		for _, key := range r.Key {
			if err := o.Release(ctx, key, who); err != nil {
				return err
			}
			fmt.Fprintln(w.out, key, "will be sent.")
		}
		return nil
	})
}

// areHeld checks that every message named waits, so that a name typed wrong is
// told from one that was decided about meanwhile.
func areHeld(ctx context.Context, o *workflows.Office, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	r, err := o.HoldReport(ctx)
	if err != nil || !r.Hold.Holds() {
		return err
	}
	for _, key := range keys {
		if !slices.ContainsFunc(r.Messages, func(m engine.HeldMessage) bool { return m.Key == key }) {
			return engine.Errorf(engine.NotFound, "no message %s is held; splneno hold lists what is", key)
		}
	}
	return nil
}

// end ends the hold of a municipality.
func (r holdRelease) end(ctx context.Context, o *workflows.Office, who engine.Actor, w *world) error {
	report, err := o.HoldReport(ctx)
	if err != nil {
		return err
	}
	if err := o.ReleaseHold(ctx, r.Note, len(report.Messages), who); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "%s goes on; %s will be sent.\n", o.Records.Tenant(), engine.CountOf(len(report.Messages), "message", "messages"))
	return err
}

// holdLeft records what left.
type holdLeft struct {
	towns   `embed:""`
	Certain bool     `help:"Everything whose own Message-ID the check found among the sent mail."`
	Written bool     `help:"Letters to bodies the original wrote to on another day, as the check found."`
	Key     []string `name:"message" placeholder:"KEY" help:"This message; repeat for each."`
}

// Help gives the example of --help.
func (holdLeft) Help() string { return "Example: splneno hold left --certain" }

// Run does it.
func (l holdLeft) Run(ctx context.Context, c *command, w *world) error {
	if !l.Certain && !l.Written && len(l.Key) == 0 || l.AllTowns && len(l.Key) > 0 {
		return engine.Errorf(usage, "say --certain, --written or --message for each message")
	}
	return l.each(ctx, c, w, func(o *workflows.Office, who engine.Actor) error {
		if err := areHeld(ctx, o, l.Key); err != nil {
			return err
		}
		n := 0
		for _, kind := range []struct {
			asked bool
			trace engine.Trace
		}{{l.Certain, engine.TraceLeft}, {l.Written, engine.TraceWritten}} {
			if !kind.asked {
				continue
			}
			marked, err := o.MarkFound(ctx, kind.trace, who)
			if err != nil {
				return err
			}
			n += marked
		}
		var left []engine.Left
		for _, key := range l.Key {
			left = append(left, engine.Left{Key: key})
		}
		if err := o.MarkLeft(ctx, left, who); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w.out, "%s: %s did leave and will not be sent again.\n", o.Records.Tenant(), engine.CountOf(n+len(left), "message", "messages"))
		return err
	})
}

// holdStop decides that messages never leave.
type holdStop struct {
	Key []string `name:"message" required:"" placeholder:"KEY" help:"This message; repeat for each."`
}

// Run does it.
func (s holdStop) Run(ctx context.Context, c *command, w *world) error {
	return towns{}.each(ctx, c, w, func(o *workflows.Office, who engine.Actor) error {
		if err := areHeld(ctx, o, s.Key); err != nil {
			return err
		}
		for _, key := range s.Key {
			if err := o.Stop(ctx, key, who); err != nil {
				return err
			}
			fmt.Fprintln(w.out, key, "will never be sent.")
		}
		return nil
	})
}

// holdStart puts a municipality on hold.
type holdStart struct {
	Note string `required:"" help:"Why, in words others will read."`
}

// Run does it.
func (s holdStart) Run(ctx context.Context, c *command, w *world) error {
	return towns{}.each(ctx, c, w, func(o *workflows.Office, who engine.Actor) error {
		if err := o.StartHold(ctx, s.Note, who); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w.out, "%s is on hold: letters are made, and none leaves.\n", o.Records.Tenant())
		return err
	})
}
