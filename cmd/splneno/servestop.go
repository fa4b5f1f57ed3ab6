package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// How long what is under way has when the process is told to end, all told
// below the ten seconds people and systemd wait.
const (
	sendGrace  = 5 * time.Second // a mail on its way
	pageGrace  = 8 * time.Second // requests under way
	stopWithin = 9 * time.Second // everything
)

// A parting knows what runs in the process, so that at its end it can say what
// did not come to one.
type parting struct {
	mu      sync.Mutex
	running map[string]int
	changed chan struct{} // something has ended
}

func newParting() *parting {
	return &parting{running: map[string]int{}, changed: make(chan struct{}, 1)}
}

// goes runs something under a name people know.
func (p *parting) goes(name string, do func()) {
	p.mu.Lock()
	p.running[name]++
	p.mu.Unlock()
	go func() {
		defer p.ended(name)
		do()
	}()
}

func (p *parting) ended(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running[name]--; p.running[name] == 0 {
		delete(p.running, name)
	}
	select {
	case p.changed <- struct{}{}:
	default:
	}
}

func (p *parting) left() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(maps.Keys(p.running))
}

// wait returns when everything has ended, or when ctx ends, and logs what has
// not. What a process leaves behind is safe: claims end by themselves, and what
// was not committed is not there.
func (p *parting) wait(ctx context.Context, log *slog.Logger) {
	for len(p.left()) > 0 {
		select {
		case <-p.changed:
		case <-ctx.Done():
			for _, name := range p.left() {
				log.Warn("did not end in time and is broken off", "what", name)
			}
			return
		}
	}
}

// servePages serves until ctx ends, then gives requests under way their time.
func servePages(ctx context.Context, ln net.Listener, h http.Handler, log *slog.Logger) error {
	srv := &http.Server{Handler: h, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), pageGrace)
		defer cancel()
		err := srv.Shutdown(last)
		if errors.Is(err, context.DeadlineExceeded) { // a client that never comes to an end is no failure of ours
			err = srv.Close()
		}
		stopped <- err
	}()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("pages: %w", err)
	}
	return <-stopped
}
