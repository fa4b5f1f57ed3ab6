package workflows

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// node is an office on records, with its own hands on its clock.
type node struct {
	*Office
	at time.Time
}

func newNode(l *ledger, at time.Time) *node {
	n := &node{at: at}
	n.Office = &Office{Records: l, Links: plainLinks{}, Zone: prague, Now: func() time.Time { return n.at }}
	return n
}

func (n *node) tick(t *testing.T, at time.Time) {
	t.Helper()
	n.at = at
	if err := n.Tick(t.Context()); err != nil {
		t.Fatalf("tick at %s: %v", at, err)
	}
}

var start = time.Date(2022, 11, 3, 12, 0, 0, 0, prague)

// expected is what the ledger must hold when ticks came at the times given: the
// calendar written down a second time, walked day by day.
func expected(ticks []time.Time) map[string]engine.OccurrenceState {
	want := map[string]engine.OccurrenceState{}
	for i := 1; i < len(ticks); i++ {
		newest := map[string]string{} // by rule
		for d := engine.DateOf(ticks[i-1]); d <= engine.DateOf(ticks[i]); d = d.AddDays(1) {
			within := func(hour, minute int) bool {
				at := d.In(prague, hour, minute)
				return at.After(ticks[i-1]) && !at.After(ticks[i])
			}
			for rule, hour := range map[string]int{"purge": 4, "letters": 8, "pack": 9} {
				if !within(hour, 0) {
					continue
				}
				if newest[rule] != "" {
					want[newest[rule]] = engine.Merged
				}
				newest[rule] = rule + " " + string(d)
				want[newest[rule]] = engine.Done
			}
			if within(7, 30) {
				want["digest "+string(d)] = engine.Skipped
				if d == engine.DateOf(ticks[i]) {
					want["digest "+string(d)] = engine.Done
				}
			}
			if strings.HasSuffix(string(d), "-01-10") && within(7, 0) {
				want["ask "+string(d)] = engine.Done
			}
			if strings.HasSuffix(string(d), "-02-15") && within(6, 0) {
				want["draft "+string(d)] = engine.Done
			}
		}
	}
	return want
}

func (l *ledger) states() map[string]engine.OccurrenceState {
	out := map[string]engine.OccurrenceState{}
	for key, occ := range l.occs {
		out[key] = occ.State
	}
	return out
}

func (l *ledger) wantOnce(t *testing.T, ticks []time.Time) {
	t.Helper()
	if d := cmp.Diff(expected(ticks), l.states()); d != "" {
		t.Errorf("ledger (-want +got):\n%s", d)
	}
	for key, n := range l.runs {
		if n != 1 {
			t.Errorf("%s ran %d times", key, n)
		}
	}
}

// outage gives a random pause from a second to 400 days, short ones more often.
func outage(r *rand.Rand) time.Duration {
	d := time.Second << r.IntN(26)
	return min(d+time.Duration(r.Int64N(int64(d))), 400*24*time.Hour)
}

func TestTicksMakeUpForAnyDowntime(t *testing.T) {
	for seed := range uint64(40) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 24))
			l, ticks := newLedger(), []time.Time{start}
			n := newNode(l, start)
			n.tick(t, start)
			for range 60 {
				ticks = append(ticks, ticks[len(ticks)-1].Add(outage(r)))
				n.tick(t, ticks[len(ticks)-1])
			}
			l.wantOnce(t, ticks)
		})
	}
}

// The clock is set back and goes on: nothing is made twice, nothing is left out.
func TestClockSetBackAndForward(t *testing.T) {
	for seed := range uint64(40) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 26))
			l, ticks := newLedger(), []time.Time{start}
			n := newNode(l, start)
			n.tick(t, start)
			for range 40 {
				now := ticks[len(ticks)-1]
				for range r.IntN(3) {
					n.tick(t, now.Add(-outage(r)))
				}
				ticks = append(ticks, now.Add(outage(r)))
				n.tick(t, ticks[len(ticks)-1])
			}
			l.wantOnce(t, ticks)
		})
	}
}

func TestTwoOfficesRunEachOccurrenceOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 32))
	l, ticks := newLedger(), []time.Time{start}
	nodes := []*node{newNode(l, start), newNode(l, start)}
	nodes[0].tick(t, start)
	for i := range 300 {
		ticks = append(ticks, ticks[len(ticks)-1].Add(outage(r)%(72*time.Hour)))
		nodes[i%2].tick(t, ticks[len(ticks)-1])
	}
	l.wantOnce(t, ticks)
}

// Two offices at the very same moment: whoever is slower finds nothing to do.
func TestTwoOfficesAtOnce(t *testing.T) {
	l, ticks := newLedger(), []time.Time{start}
	nodes := []*node{newNode(l, start), newNode(l, start)}
	nodes[0].tick(t, start)
	for i := range 100 {
		now := start.Add(time.Duration(i+1) * 7 * time.Hour)
		ticks = append(ticks, now)
		var wg sync.WaitGroup
		errs := make([]error, len(nodes))
		for j, n := range nodes {
			n.at = now
			wg.Go(func() { errs[j] = n.Tick(context.Background()) })
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	l.wantOnce(t, ticks)
}

// A panic in one rule is a failure of that rule alone; it is tried again, with
// growing pauses, until it works.
func TestPanicInARuleKeepsTheOthersRunning(t *testing.T) {
	l := newLedger()
	now := time.Date(2024, 1, 10, 6, 30, 0, 0, prague)
	n := newNode(l, now)
	n.tick(t, now)
	l.seasons = func() ([]engine.Season, error) { panic("nil map") }
	n.at = now.Add(2 * time.Hour) // ask, digest and letters are due; ask reads the seasons
	err := n.Tick(t.Context())
	if err == nil || !strings.Contains(err.Error(), "ask of 2024-01-10: panic: nil map") {
		t.Errorf("the panic is not told: %v", err)
	}
	want := map[string]engine.OccurrenceState{"ask 2024-01-10": engine.Due, "digest 2024-01-10": engine.Done, "letters 2024-01-10": engine.Done}
	if d := cmp.Diff(want, l.states()); d != "" {
		t.Errorf("ledger (-want +got):\n%s", d)
	}
	for _, pause := range []time.Duration{5, 10, 20, 40} {
		if occ := l.occs["ask 2024-01-10"]; !occ.NextAt.Equal(n.at.Add(pause*time.Minute)) || !strings.Contains(occ.Note, "nil map") {
			t.Fatalf("after attempt %d: next at %s, note %q", occ.Attempts, occ.NextAt, occ.Note)
		}
		n.tick(t, n.at.Add(pause*time.Minute-time.Second)) // a moment too early: left alone
		n.at = n.at.Add(time.Second)
		if err := n.Tick(t.Context()); err == nil {
			t.Fatal("tried again without the panic that was planted")
		}
	}
	l.seasons = nil
	n.tick(t, n.at.Add(24*time.Hour))
	if occ := l.occs["ask 2024-01-10"]; occ.State != engine.Done || l.runs["ask 2024-01-10"] != 1 {
		t.Errorf("healed: %+v", occ)
	}
}

func TestBackoff(t *testing.T) {
	for n, want := range map[int]time.Duration{-1: 5 * time.Minute, 0: 5 * time.Minute, 1: 5 * time.Minute, 2: 10 * time.Minute, 7: 320 * time.Minute,
		8: 6 * time.Hour, 1 << 40: 6 * time.Hour} {
		if got := backoff(n); got != want {
			t.Errorf("attempt %d: %s, want %s", n, got, want)
		}
	}
}

// A season opened before the program first ran is asked about all the same.
func TestSeasonOpenedBeforeTheFirstTick(t *testing.T) {
	l := newLedger()
	l.plan = engine.Plan{ID: "kpss"}
	l.activities = []engine.Activity{{Plan: "kpss", ID: "1.1/1"}}
	n := newNode(l, time.Date(2024, 1, 9, 15, 0, 0, 0, prague))
	if err := n.OpenSeason(t.Context(), "kpss", engine.Year(2023), engine.Actor{Kind: engine.ActorCoordinator, Name: "Jana Dvořáčková"}); err != nil {
		t.Fatal(err)
	}
	n.tick(t, time.Date(2024, 1, 12, 9, 0, 0, 0, prague))
	if got := l.season[0].AskedOn; got != "2024-01-12" {
		t.Errorf("asked on %q", got)
	}
}

// Opened when the day of asking has passed, it is asked about at once.
func TestSeasonOpenedLate(t *testing.T) {
	for day, want := range map[int]engine.Date{9: "", 10: "2024-01-10", 25: "2024-01-25"} {
		l := newLedger()
		l.plan = engine.Plan{ID: "kpss"}
		l.activities = []engine.Activity{{Plan: "kpss", ID: "1.1/1"}}
		n := newNode(l, time.Date(2024, 1, day, 15, 0, 0, 0, prague))
		if err := n.OpenSeason(t.Context(), "kpss", engine.Year(2023), engine.Actor{Kind: engine.ActorCoordinator, Name: "Jana Dvořáčková"}); err != nil {
			t.Fatal(err)
		}
		if got := l.season[0].AskedOn; got != want {
			t.Errorf("opened on 2024-01-%02d: asked on %q, want %q", day, got, want)
		}
	}
}
