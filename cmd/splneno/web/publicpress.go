package web

import (
	"context"
	"slices"
	"sync"
	"time"
)

// A press makes what costs much to make and is asked for by many: once at a
// time, for all who ask meanwhile, and keeps the newest of it within a number
// of bytes. What is kept is made anew after an hour, so that a change of what it
// is made of shows.
type press[T any] struct {
	most int // bytes kept
	size func(T) int

	mu    sync.Mutex
	held  int
	made  map[string]*pressed[T]
	order []string      // of what is made, the longest unused first
	turn  chan struct{} // one is made at a time: each takes much memory
}

// A pressed thing is made when done is closed.
type pressed[T any] struct {
	done  chan struct{}
	at    time.Time
	value T
	err   error
}

// pressAge is how long something made is kept.
const pressAge = time.Hour

func newPress[T any](most int, size func(T) int) *press[T] {
	return &press[T]{most: most, size: size, made: map[string]*pressed[T]{}, turn: make(chan struct{}, 1)}
}

// get gives what is known by the key, and makes it where nobody has. Whoever
// asked first may leave: the others still get it.
func (p *press[T]) get(ctx context.Context, key string, now time.Time, make func(context.Context) (T, error)) (T, error) {
	job, mine := p.job(key, now)
	if mine {
		go p.run(context.WithoutCancel(ctx), key, job, make)
	}
	select {
	case <-job.done:
		return job.value, job.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// job gives what is made or being made by the key; mine says that it is to be
// made by whoever asked.
func (p *press[T]) job(key string, now time.Time) (job *pressed[T], mine bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if job := p.made[key]; job != nil && now.Sub(job.at) < pressAge {
		if i := slices.Index(p.order, key); i >= 0 {
			p.order = append(slices.Delete(p.order, i, i+1), key)
		}
		return job, false
	}
	p.forget(key)
	job = &pressed[T]{done: make(chan struct{}), at: now}
	p.made[key] = job
	return job, true
}

func (p *press[T]) run(ctx context.Context, key string, job *pressed[T], make func(context.Context) (T, error)) {
	p.turn <- struct{}{}
	job.value, job.err = attempt(ctx, make)
	<-p.turn
	p.mu.Lock()
	defer p.mu.Unlock()
	defer close(job.done)
	if p.made[key] != job {
		return // it has grown old meanwhile, and somebody makes it anew
	}
	size := p.size(job.value)
	if job.err != nil || size > p.most {
		delete(p.made, key)
		return
	}
	p.held, p.order = p.held+size, append(p.order, key)
	for p.held > p.most {
		p.forget(p.order[0])
	}
}

// forget drops what is made; what is being made is finished for who waits.
func (p *press[T]) forget(key string) {
	if i := slices.Index(p.order, key); i >= 0 {
		p.held -= p.size(p.made[key].value)
		p.order = slices.Delete(p.order, i, i+1)
	}
	delete(p.made, key)
}

// clear drops all that is made.
func (p *press[T]) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.order) > 0 {
		p.forget(p.order[0])
	}
}
