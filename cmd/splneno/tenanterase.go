package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// tenantErase erases a municipality.
type tenantErase struct {
	ID  string `arg:"" name:"name" help:"Its short name."`
	Yes string `placeholder:"NAME" help:"The short name again, instead of being asked for it."`
}

// Help gives the example of --help.
func (tenantErase) Help() string {
	return `Take what the municipality is to keep first; nothing brings it back but a copy of
the database. Copies made before still hold it, until they are thrown away. Its
short name can never be given again.

Example: splneno tenant erase klatovy --yes klatovy`
}

// Run shows what would go, asks, and does it.
func (e tenantErase) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(in *installation, _ *workflows.Office) error {
		o, err := in.abroad(ctx, e.ID)
		if err != nil {
			return err
		}
		hold, err := o.Records.Hold(ctx)
		if err != nil {
			return err
		}
		if !hold.Stands() {
			return engine.Errorf(engine.Conflict, "%s is not suspended; suspend it first, so that nobody works in it: splneno tenant suspend %s --note WHY", e.ID, e.ID)
		}
		all := in.db.AcrossTenants()
		holdings, err := all.Holdings(ctx, e.ID)
		if err != nil {
			return err
		}
		for _, h := range holdings {
			fmt.Fprintf(w.out, "%8d  %s\n", h.Rows, h.Table)
		}
		if err := e.confirm(w); err != nil {
			return err
		}
		if err := all.EraseTown(ctx, e.ID, w.now()); err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%s is erased.\n", e.ID)
		return nil
	})
}

// confirm wants the short name typed again.
func (e tenantErase) confirm(w *world) error {
	typed := e.Yes
	if typed == "" {
		fmt.Fprintf(w.out, "All of it will be erased for good. Type %s to go on: ", e.ID)
		line, _ := bufio.NewReader(w.in).ReadString('\n')
		typed = strings.TrimSpace(line)
	}
	if typed != e.ID {
		return engine.Errorf(usage, "the short name was not typed again; nothing was erased")
	}
	return nil
}
