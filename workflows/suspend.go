package workflows

import (
	"context"

	"splneno/engine"
)

// Found makes a municipality that is not there yet, with the defaults of a new
// one; what change says may differ. It is a Conflict when there is one already,
// and Gone when its id belonged to one that was erased.
func (o *Office) Found(ctx context.Context, who engine.Actor, change func(*engine.Municipality)) (engine.Municipality, error) {
	m := engine.Municipality{Preset: engine.AfterYear, Policy: engine.DefaultPolicy()}
	change(&m)
	return m, o.keepTown(ctx, m, "municipality_created", who)
}

// Suspend stops everything of the municipality until Resume: the calendar, mail,
// signing in, pages. Mail that comes in is stored and waits. Whatever other hold
// it is on must be ended first: it keeps letters back.
func (o *Office) Suspend(ctx context.Context, note string, who engine.Actor) error {
	held, err := o.Records.Hold(ctx)
	if err != nil {
		return err
	}
	if held.Kind != "" {
		return engine.Errorf(engine.Conflict, "%s is on hold already (%s); end that first", o.Records.Tenant(), held.Kind)
	}
	hold := engine.Hold{Kind: engine.HoldSuspended, Since: o.local(), Note: note}
	return o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: "suspended", Subject: o.Records.Tenant(),
		Detail: map[string]string{"note": note}, Hold: &hold})
}

// Resume lets a suspended municipality go on: its calendar catches up, the mail
// that came in is read. People sign in anew.
func (o *Office) Resume(ctx context.Context, who engine.Actor) error {
	held, err := o.Records.Hold(ctx)
	if err != nil {
		return err
	}
	if held.Kind != engine.HoldSuspended {
		return engine.Errorf(engine.Conflict, "%s is not suspended", o.Records.Tenant())
	}
	return o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: "resumed", Subject: o.Records.Tenant(),
		Detail: map[string]string{"since": string(engine.DateOf(held.Since.In(o.Zone)))}, Hold: &engine.Hold{}})
}

// stands reports whether nothing may happen.
func (o *Office) stands(ctx context.Context) (bool, error) {
	held, err := o.Records.Hold(ctx)
	return held.Stands(), err
}
