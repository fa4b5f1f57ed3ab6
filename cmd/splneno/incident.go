package main

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"splneno/engine"
)

const (
	lookAfter = 5 * time.Second  // between two looks whether an outage has ended
	tooShort  = 10 * time.Second // what passes sooner nobody is told of
	sameAgain = 5 * time.Minute  // what comes back so soon is the same incident
)

// A recorder remembers what keeps the store from working: while it lasts, there
// is nowhere to write it down. It is stored as soon as the store takes it, with
// its beginning and its end.
type recorder struct {
	node string
	now  func() time.Time
	log  *slog.Logger
	wake chan struct{}

	mu    sync.Mutex
	going map[engine.IncidentKind]outage
	last  map[engine.IncidentKind]engine.Incident // those that ended
}

// An outage is an incident that goes on, and how often it was seen.
type outage struct {
	engine.Incident
	seen int
}

func newRecorder(now func() time.Time, log *slog.Logger) *recorder {
	return &recorder{node: computer(), now: now, log: log, wake: make(chan struct{}, 1),
		going: map[engine.IncidentKind]outage{}, last: map[engine.IncidentKind]engine.Incident{}}
}

// saw takes note of an error, if it tells of an outage.
func (r *recorder) saw(err error) {
	o := engine.OutageOf(err)
	if o == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	is, known := r.going[o.Kind]
	if !known {
		is.Incident = r.begin(o)
		r.log.Error("outage", "kind", o.Kind, "sign", o.Sign)
	}
	is.seen++
	r.going[o.Kind] = is
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// begin gives a new incident, or goes on with one that ended just before.
func (r *recorder) begin(o *engine.Outage) engine.Incident {
	now := r.now()
	if l, ok := r.last[o.Kind]; ok && now.Sub(l.Ended) < sameAgain {
		l.Ended = time.Time{}
		return l
	}
	return engine.Incident{Node: r.node, Kind: o.Kind, Began: now, Note: o.Sign}
}

// down reports whether an outage goes on.
func (r *recorder) down() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.going) > 0
}

// keep writes outages down until ctx ends. While there is none it asks nothing
// of the store.
func (r *recorder) keep(ctx context.Context, store func(context.Context, engine.Incident) error) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.wake:
		}
		for r.down() && pause(ctx, lookAfter) {
			r.look(ctx, store)
		}
	}
}

// look tries to write down every outage as ended. What the store takes has
// ended, unless it was seen again meanwhile.
func (r *recorder) look(ctx context.Context, store func(context.Context, engine.Incident) error) {
	r.mu.Lock()
	all := maps.Clone(r.going)
	r.mu.Unlock()
	for _, o := range all {
		o.Ended = r.now()
		within, cancel := context.WithTimeout(ctx, lookAfter)
		err := store(within, o.Incident)
		cancel()
		if err != nil {
			r.saw(err)
			continue
		}
		r.over(o)
	}
}

// over ends an outage that was not seen again since.
func (r *recorder) over(o outage) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.going[o.Kind].seen == o.seen {
		delete(r.going, o.Kind)
		r.last[o.Kind] = o.Incident
		r.log.Info("outage is over", "kind", o.Kind, "began", o.Began, "ended", o.Ended)
	}
}

// told gives what there is to tell people: what goes on first, then the newest.
// stored is what the store knows. The same outage as several nodes saw it is
// one.
func (r *recorder) told(stored []engine.Incident) []engine.Incident {
	r.mu.Lock()
	all := slices.Clone(stored)
	for _, o := range r.going {
		all = append(all, o.Incident)
	}
	r.mu.Unlock()
	slices.SortStableFunc(all, func(a, b engine.Incident) int { return a.Began.Compare(b.Began) })
	var out []engine.Incident
	for _, i := range all {
		if at := slices.IndexFunc(out, func(o engine.Incident) bool { return o.Kind == i.Kind && overlap(o, i) }); at >= 0 {
			out[at].Ended = later(out[at].Ended, i.Ended)
		} else {
			out = append(out, i)
		}
	}
	out = slices.DeleteFunc(out, func(i engine.Incident) bool { return !i.Ended.IsZero() && i.Ended.Sub(i.Began) < tooShort })
	slices.SortStableFunc(out, func(a, b engine.Incident) int {
		return cmp.Or(cmp.Compare(btoi(b.Ended.IsZero()), btoi(a.Ended.IsZero())), b.Began.Compare(a.Began))
	})
	return out
}

// overlap reports whether b, which began no sooner, began before a had ended.
func overlap(a, b engine.Incident) bool { return a.Ended.IsZero() || !b.Began.After(a.Ended) }

// later gives the later of two ends; none is the latest.
func later(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && a.After(b) {
		return a
	}
	return b
}
