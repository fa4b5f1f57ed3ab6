package main

import (
	"context"
	"log/slog"
	"runtime/debug"
	"time"

	"splneno/cmd/splneno/web"
)

// When a process nobody asks anything is at rest: first what work has left on
// the heap goes back to the system, later what was kept at hand for the next
// page too, for then nobody is at the desk.
const (
	idleAfter   = time.Minute
	asleepAfter = 5 * time.Minute
)

// A rest gives memory back, once after whatever was done: a town's server is at
// rest for most of the year.
type rest struct {
	pulse  *pulse
	forget func(context.Context) error // lets go of what is read anew when it is asked for
	give   func()                      // gives what is free back to the system

	worked time.Time // what was done last when rest last looked
	given  bool      // back since then
	asleep bool      // and nothing is kept at hand
}

// look sees whether it is time. A page that is asked for meanwhile is answered
// as ever.
func (r *rest) look(ctx context.Context, log *slog.Logger) {
	if worked := r.pulse.lastWork(); worked != r.worked {
		r.worked, r.given, r.asleep = worked, false, false
	}
	idle := time.Since(r.worked)
	switch {
	case idle >= asleepAfter && !r.asleep:
		r.asleep = true
		if err := r.forget(ctx); err != nil {
			log.Warn("memory of the database is not given back", "error", err)
		}
	case idle >= idleAfter && !r.given:
	default:
		return
	}
	r.given = true
	r.give()
}

// rest gives what has the installation and its pages rest.
func (in *installation) rest(pages *web.Pages) *rest {
	return &rest{pulse: in.pulse, give: debug.FreeOSMemory, forget: func(ctx context.Context) error {
		pages.Rest()
		return in.db.Rest(ctx)
	}}
}
