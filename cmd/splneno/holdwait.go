package main

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"splneno/engine"
)

// heldTowns gives the municipalities that are on any hold, sorted.
func (in *installation) heldTowns(ctx context.Context) ([]string, error) {
	holds, err := in.db.AcrossTenants().Holds(ctx)
	return slices.Sorted(maps.Keys(holds)), err
}

// holds knows from the last round whether any municipality was restored or copied
// and not let go yet: then mailbox and folder of incoming mail may belong to the
// original. The zero holds knows nothing yet.
type holds struct{ known atomic.Pointer[bool] }

// learn takes note of what a round has found.
func (h *holds) learn(a engine.Agenda) {
	copied := slices.ContainsFunc(a.Duties, func(d engine.Duty) bool { return engine.Hold{Kind: d.Hold}.Holds() })
	h.known.Store(&copied)
}

// holdEvery is how often a way in looks whether it may go on.
const holdEvery = 5 * time.Second

// unlessCopied runs a way by which mail is fetched, but only while no
// municipality of the installation may have an original that fetches it too, as
// far as the last round knows. It begins by itself when the last hold has ended,
// and ends with ctx.
func (in *installation) unlessCopied(ctx context.Context, every time.Duration, log *slog.Logger, way string, run func(context.Context)) {
	var work sync.WaitGroup
	end, running, waits := func() {}, false, false
	repeat(ctx, every, func() {
		switch copied := in.held.known.Load(); {
		case copied == nil:
		case *copied && !waits:
			end()
			work.Wait()
			running, waits = false, true
			log.Warn("no mail is fetched while a restored or copied municipality is on hold; it may belong to the original", "by", way)
		case !*copied && !running:
			var within context.Context
			within, end = context.WithCancel(ctx)
			running, waits = true, false
			work.Go(func() { run(within) })
		}
	})
	end()
	work.Wait()
}
