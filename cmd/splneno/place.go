package main

import (
	"context"
	"fmt"
	"log/slog"
)

// aCopy says what is going on when the database turns out to be a copy.
const aCopy = "this database is a copy of another one: its file was copied, or its server cloned, dumped or set back. " +
	"Everything is on hold, so that nothing leaves twice. See what would leave, and let it go on: splneno hold --help"

// settle asks whether the database is a copy, before anything is done in it.
func (in *installation) settle(ctx context.Context, w *world) error {
	copied, err := in.db.Settle(ctx, in.now())
	if copied {
		fmt.Fprintln(w.err, "splneno:", aCopy)
	}
	return err
}

// stillSettled goes on asking: a server may be set back, and a file put in the
// place of another, while the program runs.
func (in *installation) stillSettled(ctx context.Context, log *slog.Logger) {
	copied, err := in.db.Settle(ctx, in.now())
	if copied {
		log.Error(aCopy + ". Restart the server: the database it was started on may no longer be the one it works in")
	}
	if err != nil && ctx.Err() == nil {
		log.Error("where the database is cannot be found out", "error", err)
	}
}
