package main

import (
	"context"
	"fmt"

	"splneno/engine"
	"splneno/workflows"
)

// tenantSuspend stops a municipality, or lets it go on.
type tenantSuspend struct {
	ID   string `arg:"" name:"name" help:"Its short name."`
	Note string `help:"Why; stands in its journal."`
	End  bool   `help:"Let it go on."`
}

// Help gives the example of --help.
func (tenantSuspend) Help() string {
	return `Nothing is sent, the calendar rests, nobody signs in, links and pages say that the
service is suspended. Mail that comes in is stored and read when it goes on; then
people sign in anew and the calendar catches up.

Example: splneno tenant suspend klatovy --note 'Contract ended on 30 June 2026.'`
}

// Run does it.
func (s tenantSuspend) Run(ctx context.Context, c *command, w *world) error {
	if s.End == (s.Note != "") {
		return engine.Errorf(usage, "say why with --note, or let it go on with --end")
	}
	return c.with(ctx, w.now, func(in *installation, _ *workflows.Office) error {
		o, err := in.abroad(ctx, s.ID)
		if err != nil {
			return err
		}
		if s.End {
			if err := o.Resume(ctx, installer); err != nil {
				return err
			}
			fmt.Fprintf(w.out, "%s goes on.\n", s.ID)
			return nil
		}
		if err := o.Suspend(ctx, s.Note, installer); err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%s is suspended. Let it go on with: splneno tenant suspend %s --end\n", s.ID, s.ID)
		return nil
	})
}

// abroad gives the office of a municipality other than the one the program was
// called for. It must exist.
func (in *installation) abroad(ctx context.Context, tenant string) (*workflows.Office, error) {
	records, err := in.db.AcrossTenants().Town(ctx, tenant)
	if err != nil {
		return nil, err
	}
	o := in.office(tenant)
	o.Records = records
	return o, nil
}
