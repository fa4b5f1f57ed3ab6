package main

import (
	"cmp"
	"context"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"time"

	"splneno/engine"
	"splneno/store"
)

// keptFor is how long what was read of the database is told again: however many
// ask, it is read no more often.
const keptFor = 5 * time.Second

// An observer tells Prometheus how the process and the installation are. It
// tells numbers, and no names but those of municipalities and routes.
type observer struct {
	in   *installation
	from []netip.Prefix // who may ask beside this machine
	told time.Time      // when the status line was written last; by the rounds alone

	mu      sync.Mutex
	read    time.Time
	figures []store.Figure
	failed  error
}

// ServeHTTP answers who asks directly, from this machine or a network named for
// it. For everybody else there is nothing here.
func (o *observer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !o.mayAsk(r) {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write(o.text(r.Context()))
}

// mayAsk refuses whatever came through a proxy: its address would be that of
// this machine.
func (o *observer) mayAsk(r *http.Request) bool {
	for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	from := at.Addr().Unmap()
	return from.IsLoopback() && ownName(r.Host) || slices.ContainsFunc(o.from, func(n netip.Prefix) bool { return n.Contains(from) })
}

// ownName reports whether a host can be meant for this machine: an address, or a
// name without a dot. A page of elsewhere whose name was made to lead here would
// read along in a browser on this machine.
func ownName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil || host != "" && !strings.Contains(host, ".")
}

// counted reads the figures, at most every five seconds.
func (o *observer) counted(ctx context.Context) ([]store.Figure, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if time.Since(o.read) > keptFor {
		asking, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		o.figures, o.failed = o.in.db.AcrossTenants().Figures(asking, o.in.now())
		o.in.incidents.saw(o.failed)
		o.read = time.Now()
	}
	return o.figures, o.failed
}

func (o *observer) text(ctx context.Context) []byte {
	var e exposition
	e.family("splneno_build_info", "gauge", "The program that runs; always 1.")
	e.value("splneno_build_info", 1, "version", version, "go", runtime.Version())
	figures, err := o.counted(ctx)
	e.one("splneno_database_up", "gauge", "Whether the database answered just now.", float64(btoi(err == nil)))
	if err == nil {
		o.in.writeFigures(&e, figures)
	}
	o.in.incidents.write(&e, figures)
	o.in.writePools(&e)
	o.in.pulse.write(&e)
	writeRuntime(&e)
	return e.Bytes()
}

// A measure is one family made of figures.
type measure struct {
	name, help string
	kind       string // of the figures
	label      string // for their state, "" for none
	states     []string
	tenant     bool
	value      func(f store.Figure, now time.Time) float64
}

func number(f store.Figure, _ time.Time) float64 { return float64(f.N) }
func late(f store.Figure, _ time.Time) float64   { return float64(f.Late) }

// age is how long the oldest has waited, 0 when none has.
func age(f store.Figure, now time.Time) float64 {
	if f.Oldest.IsZero() {
		return 0
	}
	return max(0, now.Sub(f.Oldest).Seconds())
}

var measures = []measure{
	{"splneno_municipalities", "Municipalities of this installation.", "municipality", "", nil, false, number},
	{"splneno_messages_waiting", "Outgoing mails that have not left, by state.", "message", "state", nil, true, number},
	{"splneno_messages_due", "Outgoing mails whose time to leave has come, by state.", "message", "state", []string{"queued", "retry", "unsure"}, true, late},
	{"splneno_message_due_age_seconds", "How long the oldest mail that may leave has waited, by state.", "message", "state", []string{"queued", "retry", "unsure"}, true, age},
	{"splneno_answers_waiting", "Answers that wait for the coordinator.", "answer", "", nil, true, number},
	{"splneno_inbound_waiting", "Mails that came in: received and not read yet, or held for a person.", "inbound", "state", nil, true, number},
	{"splneno_inbound_unread_age_seconds", "How long the oldest mail that was not read yet has waited.", "inbound", "", []string{"received"}, true, age},
	{"splneno_occurrences_due", "Runs of the calendar that are due and not done.", "occurrence", "", nil, true, number},
	{"splneno_occurrences_late", "Runs of the calendar that are late by more than a quarter of an hour.", "occurrence", "", nil, true, late},
	{"splneno_occurrence_due_age_seconds", "How long the oldest run of the calendar has been due.", "occurrence", "", nil, true, age},
	{"splneno_holds", "Municipalities on hold, by kind.", "hold", "kind", nil, false, number},
}

func (in *installation) writeFigures(e *exposition, figures []store.Figure) {
	now := in.now()
	for _, m := range measures {
		e.family(m.name, "gauge", m.help)
		for _, f := range figures {
			if f.Kind != m.kind || len(m.states) > 0 && !slices.Contains(m.states, f.State) {
				continue
			}
			var labels []string
			if m.tenant {
				labels = append(labels, "municipality", f.Tenant)
			}
			if m.label != "" {
				labels = append(labels, m.label, f.State)
			}
			e.value(m.name, m.value(f, now), labels...)
		}
	}
}

// write tells what goes on: here, and what other nodes have written down.
func (r *recorder) write(e *exposition, figures []store.Figure) {
	open := map[string]int{}
	for _, f := range figures {
		if f.Kind == "incident" {
			open[f.State] += f.N
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for kind := range r.going {
		open[string(kind)]++
	}
	e.family("splneno_incidents_open", "gauge", "What keeps nodes from working just now, by kind.")
	for _, kind := range slices.Sorted(maps.Keys(open)) {
		e.value("splneno_incidents_open", float64(open[kind]), "kind", kind)
	}
}

func (in *installation) writePools(e *exposition) {
	pools := in.db.Pools()
	names := slices.Sorted(maps.Keys(pools))
	for _, m := range []struct {
		name, kind, help string
		value            func(string) float64
	}{
		{"splneno_database_connections_open", "gauge", "Connections to the database.", func(p string) float64 { return float64(pools[p].OpenConnections) }},
		{"splneno_database_connections_in_use", "gauge", "Connections at work.", func(p string) float64 { return float64(pools[p].InUse) }},
		{"splneno_database_waits_total", "counter", "How often somebody waited for a connection.", func(p string) float64 { return float64(pools[p].WaitCount) }},
		{"splneno_database_wait_seconds_total", "counter", "How long they waited, together.", func(p string) float64 { return pools[p].WaitDuration.Seconds() }},
	} {
		e.family(m.name, m.kind, m.help)
		for _, p := range names {
			e.value(m.name, m.value(p), "pool", p)
		}
	}
}

// write tells what the process itself has counted.
func (p *pulse) write(e *exposition) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e.family("splneno_messages_sent_total", "counter", "Mails handed to the mail server by this process, by outcome.")
	for _, state := range []engine.MessageState{engine.Sent, engine.Retry, engine.Unsure, engine.Failed} {
		e.value("splneno_messages_sent_total", float64(p.sent[state]), "outcome", string(state))
	}
	if !p.finished.IsZero() {
		e.one("splneno_round_finished_timestamp_seconds", "gauge", "When a round over all municipalities was last gone to its end.", float64(p.finished.UnixMilli())/1000)
	}
	e.family("splneno_job_seconds", "histogram", "How long jobs took: calendar and reading of one municipality, delivery and fetch of one mail.")
	for _, job := range slices.Sorted(maps.Keys(p.jobs)) {
		e.histogram("splneno_job_seconds", p.jobs[job], "job", job)
	}
	e.family("splneno_requests_total", "counter", "Requests for pages, by route and class of status.")
	for _, c := range slices.SortedFunc(maps.Keys(p.pages), func(a, b pageCount) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.status, b.status))
	}) {
		e.value("splneno_requests_total", float64(p.pages[c]), "route", c.route, "status", c.status)
	}
	e.one("splneno_process_start_time_seconds", "gauge", "When this process began.", float64(p.began.UnixMilli())/1000)
}

// writeRuntime tells of the runtime under the names dashboards know.
func writeRuntime(e *exposition) {
	samples := []metrics.Sample{{Name: "/sched/goroutines:goroutines"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/total:bytes"}, {Name: "/gc/cycles/total:gc-cycles"}}
	metrics.Read(samples)
	value := func(i int) float64 { return float64(samples[i].Value.Uint64()) }
	e.one("go_goroutines", "gauge", "Goroutines there are.", value(0))
	e.one("go_memstats_heap_alloc_bytes", "gauge", "Memory in use on the heap.", value(1))
	e.one("go_memstats_sys_bytes", "gauge", "Memory taken from the system.", value(2))
	e.one("go_gc_cycles_total", "counter", "Garbage collections that were done.", value(3))
}
