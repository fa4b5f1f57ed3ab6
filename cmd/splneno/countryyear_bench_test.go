//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime/metrics"
	"sync"
	"syscall"
	"testing"
	"time"

	"splneno/cmd/splneno/country"
	"splneno/engine"
	"splneno/workflows"
)

// BenchmarkCountryYear lives one year of a country, every day of it, by the
// rounds of real nodes: one on a file, three on a server. The baseline is the
// same year of one town alone, for each town of the country: what it costs above
// that is what towns cost one another.
func BenchmarkCountryYear(b *testing.B) {
	onBoth(b, func(b *testing.B, dsn func() string) {
		g := countrySize(b)
		for b.Loop() {
			nodes := 3
			one := generateCommand{Towns: 1, Activities: g.Activities, Years: 1, Seed: g.Seed, Until: g.Until}
			file := dsn()
			if file[:6] == "sqlite" {
				nodes = 1
			}
			alone := liveYear(b, one, file, nodes)
			all := liveYear(b, g, dsn(), nodes)
			b.ReportMetric(all.took.Seconds(), "s/year")
			b.ReportMetric(all.took.Seconds()/float64(g.Towns)*1000, "ms/town")
			b.ReportMetric(alone.took.Seconds()*1000, "ms/town-alone")
			b.ReportMetric(all.cpu.Seconds(), "cpu-s/year")
			b.ReportMetric(float64(all.took.Microseconds())/float64(g.Towns*364), "us/town-day")
			b.ReportMetric(all.heap, "MB-memory")
			b.ReportMetric(float64(all.letters)/all.took.Seconds(), "letters/s")
		}
		b.ReportMetric(0, "ns/op")
	})
}

type livedYear struct {
	took    time.Duration
	cpu     time.Duration // of this process: a server's is not in it
	heap    float64
	letters int
}

// A yearRun is one year of all towns on some nodes.
type yearRun struct {
	b      *testing.B
	clock  *virtualClock
	lives  []*life
	rounds []*workflows.Rounds
	heap   float64
}

// liveYear prepares the towns, which is not timed, and lives their year.
func liveYear(b *testing.B, g generateCommand, dsn string, nodes int) livedYear {
	b.Helper()
	g.Years = 1
	y := &yearRun{b: b, clock: &virtualClock{}}
	c := command{DB: dsn, Key: b.TempDir() + "/country.key", URL: "http://127.0.0.1:8080"}
	if _, err := g.key(&c); err != nil {
		b.Fatal(err)
	}
	var in *installation
	for range nodes {
		node, err := c.open(b.Context(), y.clock.Now)
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = node.db.Close() }()
		node.sender = posted{}
		in = node
		w := &world{now: y.clock.Now, passed: func() time.Duration { return y.clock.Now().Sub(time.Unix(0, 0)) }}
		y.rounds = append(y.rounds, node.rounds(w, nodes > 1, slog.New(slog.NewTextHandler(io.Discard, nil))))
	}
	for n := range g.Towns {
		y.prepare(in, g, n)
	}
	before := processorTime(b)
	took := y.live()
	spent := processorTime(b) - before
	letters := 0
	for _, l := range y.lives {
		all, err := l.office.Records.Messages(b.Context(), 0, engine.Sent)
		if err != nil {
			b.Fatal(err)
		}
		letters += len(all)
	}
	if letters < 20*g.Towns {
		b.Errorf("only %d letters were written to %d towns: the year was not lived", letters, g.Towns)
	}
	return livedYear{took, spent, y.heap, letters}
}

// prepare makes a town up to the opening of its season.
func (y *yearRun) prepare(in *installation, g generateCommand, n int) {
	y.b.Helper()
	town := country.New(g.Seed, n)
	p := town.Plans(g.first(), 1, g.Activities)[0]
	l := &life{installation: in, town: town, clock: y.clock, days: engine.NewWorkdays(nil), who: engine.Actor{Kind: engine.ActorCoordinator, Name: town.Coordinator.Name},
		office: in.office(town.ID), season: season{plan: p, year: p.First, begins: true}}
	l.at(l.opens(), 8)
	ctx := y.b.Context()
	err := l.setUp(ctx)
	if err == nil {
		err = l.office.Import(ctx, p.Draft, l.who)
	}
	if err == nil {
		err = l.office.OpenSeason(ctx, p.Draft.Plan.ID, engine.Year(l.year), l.who)
	}
	if err != nil {
		y.b.Fatal(err)
	}
	y.lives = append(y.lives, l)
}

// live lives a year from the opening, day by day.
func (y *yearRun) live() time.Duration {
	ctx, stop := context.WithCancel(y.b.Context())
	var nodes sync.WaitGroup
	for _, r := range y.rounds {
		nodes.Go(func() { r.Run(ctx, time.Hour) })
	}
	l := y.lives[0]
	began := time.Now()
	for day := l.opens().AddDays(1); day < l.opens().AddDays(365); day = day.AddDays(1) {
		y.clock.Set(day.In(l.zone, 9, 30))
		y.rest(ctx)
		if day < l.asks() || !l.days.Works(day) {
			continue
		}
		freeze := l.days.OnOrAfter(l.freezes())
		if day <= freeze {
			y.each(fmt.Sprint("bodies on ", day), func(l *life) error { return l.bodies(ctx, day) })
		}
		if weekday := day.Weekday(); day < freeze && (weekday == 2 || weekday == 4) {
			y.clock.Set(day.In(l.zone, 14, 0))
			y.each(fmt.Sprint("desk on ", day), func(l *life) error { return l.desk(ctx, false) })
		}
		if day == freeze {
			y.each("freezing", func(l *life) error { return l.freeze(ctx) })
		}
	}
	took := time.Since(began)
	stop()
	nodes.Wait()
	return took
}

// each lets people do something in every town, in two at a time.
func (y *yearRun) each(what string, do func(*life) error) {
	var hands sync.WaitGroup
	todo := make(chan *life)
	for range 2 {
		hands.Go(func() {
			for l := range todo {
				err := do(l)
				for again := 0; engine.CodeOf(err) == engine.Conflict && again < 3; again++ { // a node read a mail in between
					err = do(l)
				}
				if err != nil {
					y.b.Errorf("%s in %s: %v", what, l.town.ID, err)
				}
			}
		})
	}
	for _, l := range y.lives {
		todo <- l
	}
	close(todo)
	hands.Wait()
}

// processorTime is what this process has used so far.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// rest waits until no node has anything to do at this moment.
func (y *yearRun) rest(ctx context.Context) {
	var nodes sync.WaitGroup
	for _, r := range y.rounds {
		nodes.Go(func() { r.Rest(ctx) })
	}
	nodes.Wait()
	for _, r := range y.rounds {
		if s := r.Status(); s.Paused != "" || s.Err != nil {
			y.b.Fatalf("a node stands still: %s %v", s.Paused, s.Err)
		}
	}
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(sample)
	y.heap = max(y.heap, float64(sample[0].Value.Uint64()-sample[1].Value.Uint64())/(1<<20))
}
