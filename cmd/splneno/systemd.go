package main

import (
	"context"
	"fmt"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"splneno/store"
)

// tell tells systemd how the service is. Without systemd nobody hears it.
func tell(state string) { _, _ = daemon.SdNotify(false, state) }

// statusEvery is how often the line of systemctl status is written anew.
const statusEvery = time.Minute

// keepTelling tells systemd that the rounds go on, in half the time it waits for
// that, and writes the status line. A process whose rounds are dead keeps
// silent, and is started again; one whose database is down is alive.
func (o *observer) keepTelling(ctx context.Context) {
	patience, err := daemon.SdWatchdogEnabled(false)
	if sent, _ := daemon.SdNotify(false, ""); err != nil || !sent {
		return // nobody listens
	}
	every := statusEvery
	if patience > 0 {
		every = min(every, patience/2)
	}
	var told time.Time
	repeat(ctx, every, func() {
		now := time.Now()
		if patience > 0 && (o.in.pulse.beats(now) || o.in.incidents.down()) {
			tell(daemon.SdNotifyWatchdog)
		}
		if now.Sub(told) >= statusEvery {
			told = now
			tell("STATUS=" + o.status(ctx))
		}
	})
}

// status is how the service is, in a line.
func (o *observer) status(ctx context.Context) string {
	figures, err := o.counted(ctx)
	if err != nil {
		return "The database does not answer."
	}
	return fmt.Sprintf("%d municipalities, %d mails wait to leave.", sum(figures, "municipality", ""), sum(figures, "message", "queued", "retry", "unsure"))
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
