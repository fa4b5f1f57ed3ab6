package main

import (
	"context"
	"fmt"

	"splneno/workflows"
)

// clockCommand is about the clock of the computer.
type clockCommand struct {
	Confirm clockConfirmCommand `cmd:"" help:"Say that it is right, when the server does not believe it."`
}

// clockConfirmCommand says that the clock is right.
type clockConfirmCommand struct{}

// Help says when it is needed.
func (clockConfirmCommand) Help() string {
	return "Example: splneno clock confirm\n" +
		"The server stops calendar and mail when the clock shows less than what was done already, or has jumped ahead by more\n" +
		"than an hour. It goes on by itself when the clock is put right. When the clock is right, and what was recorded before is\n" +
		"wrong, say so with this; every server goes on with its next round."
}

// Run stores it.
func (clockConfirmCommand) Run(ctx context.Context, c *command, w *world) error {
	return c.with(ctx, w.now, func(in *installation, _ *workflows.Office) error {
		all := in.db.AcrossTenants()
		agenda, err := all.Agenda(ctx)
		if err != nil {
			return err
		}
		now := in.now()
		if err := all.ConfirmClock(ctx, now, agenda.Newest); err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.out, "%s is taken for the right time.\n", in.shown(now))
		return err
	})
}
