package main

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

// TestWhoComesSecondLooksAtNoTownAlone has two nodes go round at the same instants
// for a day. Whoever finds that the other one was first sees what that one left in
// one statement for all towns, and asks none of them alone.
func TestWhoComesSecondLooksAtNoTownAlone(t *testing.T) {
	onEach(t, func(t *testing.T, dsn string) {
		const towns = 12
		c := newCountry(t, dsn, invented(towns)...)
		other := c.installation.rounds(&world{passed: c.rounds.Elapsed}, true, slog.New(slog.DiscardHandler))
		other.Failed = c.rounds.Failed
		ctx, stop := context.WithCancel(t.Context())
		var done sync.WaitGroup
		for _, r := range []*workflows.Rounds{c.rounds, other} {
			done.Go(func() { r.Run(ctx, 10*time.Minute) })
		}
		time.Sleep(24 * time.Hour) // the first look is at each
		synctest.Wait()
		c.asked = nil
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		stop()
		done.Wait()
		if alone := c.counted("SELECT rule, reached_at FROM rule_cursor"); alone > 0 || len(c.failed) > 0 {
			t.Errorf("looked %d times at a town alone in a day; failures: %v", alone, c.failed)
		}
		for _, town := range invented(towns) {
			ledger, err := c.db.Tenant(town).Occurrences(t.Context(), 0)
			if err != nil || len(ledger) != 10 { // five rules a day, two mornings
				t.Errorf("%s: %d runs, want 10: %v", town, len(ledger), err)
			}
			for _, o := range ledger {
				if o.State != engine.Done || o.Attempts != 1 {
					t.Errorf("%s: %s of %s is %s after %d attempts", town, o.Rule, o.Day, o.State, o.Attempts)
				}
			}
		}
	})
}
