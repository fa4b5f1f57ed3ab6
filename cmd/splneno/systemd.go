package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"splneno/engine"
	"splneno/store"
)

// tell tells systemd how the service is. Without systemd nobody hears it.
func tell(state string) { _, _ = daemon.SdNotify(false, state) }

// statusEvery is how often the line of systemctl status is written anew, at most.
const statusEvery = time.Minute

// keepTelling tells systemd that the rounds go on, in half the time it waits for
// that. A process whose rounds are dead keeps silent, and is started again; one
// whose database is down is alive.
func (o *observer) keepTelling(ctx context.Context) {
	patience, err := daemon.SdWatchdogEnabled(false)
	if err != nil || patience <= 0 {
		return // nobody listens
	}
	repeat(ctx, min(time.Minute, patience/2), func() {
		if o.in.pulse.beats(time.Now()) || o.in.incidents.down() {
			tell(daemon.SdNotifyWatchdog)
		}
	})
}

// goesAlong has every round look whether the database is a copy by now, how the
// service is, and whether it can rest.
func (o *observer) goesAlong(r *rest, log *slog.Logger) {
	o.in.attend = func(ctx context.Context) {
		o.in.stillSettled(ctx, log)
		o.tellStatus(ctx)
		r.look(ctx, log)
	}
}

// tellStatus writes the status line, where systemd shows it.
func (o *observer) tellStatus(ctx context.Context) {
	if os.Getenv("NOTIFY_SOCKET") == "" || !o.told.IsZero() && time.Since(o.told) < statusEvery {
		return
	}
	o.told = time.Now()
	tell("STATUS=" + o.status(ctx))
}

// status is how the service is, in a line.
func (o *observer) status(ctx context.Context) string {
	figures, err := o.counted(ctx)
	if err != nil {
		return "The database does not answer."
	}
	return engine.CountOf(sum(figures, "municipality", ""), "municipality", "municipalities") + ", " +
		engine.CountOf(sum(figures, "message", "queued", "retry", "unsure"), "mail waits", "mails wait") + " to leave."
}

// sum counts the figures of a kind in some states.
func sum(figures []store.Figure, kind string, states ...string) (n int) {
	for _, f := range figures {
		for _, state := range states {
			if f.Kind == kind && f.State == state {
				n += f.N
			}
		}
	}
	return n
}
