package main

import (
	"context"
	"sync"
	"time"

	"splneno/engine"
	"splneno/workflows"
)

// The jobs of a running process.
const (
	jobCalendar = "calendar" // what is due in one municipality
	jobReading  = "reading"  // mail that came in, of one municipality
	jobDelivery = "delivery" // one mail on its way
	jobFetch    = "fetch"    // one mail taken in
)

// A pulse is what a process knows of its own life: when its rounds last moved,
// how long its jobs take and what came of them. Those who work tell it; the
// watchdog and /metrics ask.
type pulse struct {
	mu       sync.Mutex
	began    time.Time
	moved    map[string]time.Time // of each round, the last sign of life
	finished map[string]time.Time // of each round, the last end
	sending  map[int]time.Time    // mails on their way, since when
	next     int
	jobs     map[string]*histogram
	sent     map[engine.MessageState]int
	pages    map[pageCount]int
}

// A pageCount is what requests are counted by: the pattern of the route, never
// an address, which may hold a key.
type pageCount struct{ route, status string }

func newPulse() *pulse {
	p := &pulse{began: time.Now(), moved: map[string]time.Time{}, finished: map[string]time.Time{}, sending: map[int]time.Time{},
		jobs: map[string]*histogram{}, sent: map[engine.MessageState]int{}, pages: map[pageCount]int{}}
	for _, job := range []string{jobCalendar, jobReading, jobDelivery, jobFetch} {
		p.jobs[job] = newHistogram()
	}
	return p
}

// move is a sign of life of a round, its end one that it came all the way.
func (p *pulse) move(round string, end bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.moved[round] = time.Now()
	if end {
		p.finished[round] = p.moved[round]
	}
}

// job times one run of a job.
func (p *pulse) job(name string) (done func()) {
	from := time.Now()
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.jobs[name].add(time.Since(from).Seconds())
	}
}

// page counts a request that was answered.
func (p *pulse) page(route string, status int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if route == "" {
		route = "none" // refused before it had a route
	}
	p.pages[pageCount{route, string(rune('0'+status/100)) + "xx"}]++
}

const (
	stillAfter = 5 * time.Minute  // without a sign of life a round is dead
	sendAtMost = 40 * time.Minute // longer than any step of a mail server may take, together
)

// beats reports whether every round goes on. One that waits for a slow mail
// server does.
func (p *pulse) beats(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for round, at := range p.moved {
		if now.Sub(at) > stillAfter && (round != jobCalendar || !p.posts(now)) {
			return false
		}
	}
	return true
}

// posts reports whether a mail is on its way that may still arrive.
func (p *pulse) posts(now time.Time) bool {
	for _, since := range p.sending {
		if now.Sub(since) < sendAtMost {
			return true
		}
	}
	return false
}

// A courier hands mail over and counts what became of it. A mail that is on its
// way when the process is told to end has a while to arrive: breaking it off
// behind its final dot would send it twice.
type courier struct {
	workflows.Sender
	pulse *pulse
	grace time.Duration
}

// Send does it.
func (c courier) Send(ctx context.Context, m engine.Message) engine.Outcome {
	ctx, cancel := lingering(ctx, c.grace)
	defer cancel()
	done, home := c.pulse.job(jobDelivery), c.pulse.leave()
	out := c.Sender.Send(ctx, m)
	done()
	home(out.State)
	return out
}

// leave notes that a mail is on its way, and then what became of it.
func (p *pulse) leave() func(engine.MessageState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next++
	n := p.next
	p.sending[n] = time.Now()
	return func(state engine.MessageState) {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.sending, n)
		p.sent[state]++
		p.moved[jobCalendar] = time.Now()
	}
}

// lingering gives a context that ends a while after another one.
func lingering(ctx context.Context, while time.Duration) (context.Context, context.CancelFunc) {
	out, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(while, cancel) })
	return out, func() {
		stop()
		cancel()
	}
}
