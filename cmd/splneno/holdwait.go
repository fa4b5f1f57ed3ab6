package main

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"
)

// heldTowns gives the municipalities that are on any hold, sorted.
func (in *installation) heldTowns(ctx context.Context) ([]string, error) {
	holds, err := in.db.AcrossTenants().Holds(ctx)
	return slices.Sorted(maps.Keys(holds)), err
}

// copied reports whether any municipality was restored or copied and not let go
// yet: then mailbox and folder of incoming mail may belong to the original.
func (in *installation) copied(ctx context.Context) (bool, error) {
	holds, err := in.db.AcrossTenants().Holds(ctx)
	for _, h := range holds {
		if h.Holds() {
			return true, nil
		}
	}
	return false, err
}

// holdEvery is how often a way in that waits asks whether it may begin.
const holdEvery = 30 * time.Second

// unlessCopied runs a way by which mail is fetched, but only while no
// municipality of the installation may have an original that fetches it too. It
// begins by itself when the last hold has ended, and ends with ctx.
func (in *installation) unlessCopied(ctx context.Context, every time.Duration, log *slog.Logger, way string, run func(context.Context)) {
	var work sync.WaitGroup
	end, running, waits := func() {}, false, false
	repeat(ctx, every, func() {
		copied, err := in.copied(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			log.Error("holds cannot be read", "error", err)
		case err != nil:
		case copied && !waits:
			end()
			work.Wait()
			running, waits = false, true
			log.Warn("no mail is fetched while a restored or copied municipality is on hold; it may belong to the original", "by", way)
		case !copied && !running:
			var within context.Context
			within, end = context.WithCancel(ctx)
			running, waits = true, false
			work.Go(func() { run(within) })
		}
	})
	end()
	work.Wait()
}
