package main

import (
	"context"
	"errors"
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
	moved    time.Time // the last sign of life of the rounds
	finished time.Time // when what waits was last known and shared out
	worked   time.Time // when a page was last shown or a job done
	jobs     map[string]*histogram
	sent     map[engine.MessageState]int
	pages    map[pageCount]int
}

// A pageCount is what requests are counted by: the pattern of the route, never
// an address, which may hold a key.
type pageCount struct{ route, status string }

func newPulse() *pulse {
	p := &pulse{began: time.Now(), moved: time.Now(), worked: time.Now(),
		jobs: map[string]*histogram{}, sent: map[engine.MessageState]int{}, pages: map[pageCount]int{}}
	for _, job := range []string{jobCalendar, jobReading, jobDelivery, jobFetch} {
		p.jobs[job] = newHistogram()
	}
	return p
}

// move is a sign of life of the rounds, one that was gone to its end when end is
// set.
func (p *pulse) move(end bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.moved = time.Now()
	if end {
		p.finished = p.moved
	}
}

// took counts one run of a job.
func (p *pulse) took(name string, took time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jobs[name].add(took.Seconds())
	p.worked = time.Now()
}

// lastWork is when there was last something to do.
func (p *pulse) lastWork() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.worked
}

// job times one run of a job.
func (p *pulse) job(name string) (done func()) {
	from := time.Now()
	return func() { p.took(name, time.Since(from)) }
}

// page counts a request that was answered.
func (p *pulse) page(route string, status int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if route == "" {
		route = "none" // refused before it had a route
	}
	p.worked = time.Now()
	p.pages[pageCount{route, string(rune('0'+status/100)) + "xx"}]++
}

// stillAfter is how long rounds without a sign of life are believed to go on.
const stillAfter = 5 * time.Minute

// beats reports whether the rounds go on. Mails on their way, however slow, do
// not hold them up.
func (p *pulse) beats(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return now.Sub(p.moved) < stillAfter
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
	within, cancel := lingering(ctx, c.grace)
	defer cancel()
	done := c.pulse.job(jobDelivery)
	out := c.Sender.Send(inHand{within, ctx}, m)
	done()
	c.pulse.handed(out.State)
	return out
}

// inHand is a context that lingers, and still ends at once when the time is over
// for which the mail is ours: then another node may be sending it.
type inHand struct {
	context.Context
	claim context.Context
}

// Err says whether it has ended.
func (h inHand) Err() error {
	if err := h.claim.Err(); errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return h.Context.Err()
}

// handed counts what became of a mail.
func (p *pulse) handed(state engine.MessageState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent[state]++
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
