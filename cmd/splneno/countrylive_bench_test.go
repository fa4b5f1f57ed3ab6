//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime/metrics"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"splneno/cmd/splneno/country"
	"splneno/engine"
	"splneno/workflows"
)

// A yearRun is one year of all towns on some nodes.
type yearRun struct {
	b      *testing.B
	clock  *virtualClock
	lives  []*life
	rounds []*workflows.Rounds
	heap   float64
	asked  atomic.Int64 // statements but BEGIN, COMMIT and ROLLBACK
}

// count sees the statements of all nodes.
func (y *yearRun) count(statement string) {
	if verb, _, _ := strings.Cut(statement, " "); verb != "BEGIN" && verb != "COMMIT" && verb != "ROLLBACK" {
		y.asked.Add(1)
	}
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
		node.sender, node.db = posted{}, node.db.Watched(y.count)
		in = node
		w := &world{now: y.clock.Now, passed: func() time.Duration { return y.clock.Now().Sub(time.Unix(0, 0)) }}
		y.rounds = append(y.rounds, node.rounds(w, nodes > 1, slog.New(slog.NewTextHandler(io.Discard, nil))))
	}
	for n := range g.Towns {
		y.prepare(in, g, n)
	}
	db, _ := rawDB(b, dsn)
	outside := openEngine(b, dsn, db)
	began := livedYear{cpu: processorTime(b), server: outside.processorTime(b), commits: outside.commits(b), statements: int(y.asked.Load())}
	took := y.live()
	lived := livedYear{took: took, cpu: processorTime(b) - began.cpu, server: outside.processorTime(b) - began.server, heap: y.heap,
		commits: outside.commits(b) - began.commits, statements: int(y.asked.Load()) - began.statements, rows: writtenRows(b, db)}
	if n := len(lived.rows["message"].values); n < 20*g.Towns {
		b.Errorf("only %d letters were written to %d towns: the year was not lived", n, g.Towns)
	}
	return lived
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
