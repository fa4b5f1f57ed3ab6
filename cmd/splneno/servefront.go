package main

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"splneno/engine"
)

// A front stands before the pages: it answers those who watch over the process,
// from its first moment to its last, and says that nothing can be had while
// there is no database yet.
type front struct {
	address  string
	closed   http.Handler                 // the page while there is none
	open     atomic.Pointer[http.Handler] // the pages
	metrics  atomic.Pointer[observer]
	stopping atomic.Bool

	mu    sync.Mutex
	ready func(context.Context) error // asks the database, nil while there is none
	asked time.Time
	found error
}

// ServeHTTP passes on what is not for itself.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/healthz":
		say(w, http.StatusOK, "ok")
		return
	case "/readyz":
		f.readyz(w, r)
		return
	case "/metrics":
		if o := f.metrics.Load(); o != nil {
			o.ServeHTTP(w, r)
			return
		}
		http.NotFound(w, r)
		return
	}
	if pages := f.open.Load(); pages != nil {
		(*pages).ServeHTTP(w, r)
		return
	}
	f.closed.ServeHTTP(w, r)
}

// readyz says whether requests may be sent here.
func (f *front) readyz(w http.ResponseWriter, r *http.Request) {
	if f.stopping.Load() {
		say(w, http.StatusServiceUnavailable, "not ready: the program is stopping")
		return
	}
	switch err := f.check(r.Context()); {
	case err == nil:
		say(w, http.StatusOK, "ready")
	case engine.CodeOf(err) == engine.Invalid:
		say(w, http.StatusServiceUnavailable, "not ready: the database does not have this program's schema")
	default:
		say(w, http.StatusServiceUnavailable, "not ready: the database does not answer")
	}
}

// check asks the database, at most every five seconds however many ask us.
func (f *front) check(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ready == nil {
		return engine.Errorf(engine.Unavailable, "there is no database yet")
	}
	if f.asked.IsZero() || time.Since(f.asked) > keptFor {
		asking, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		f.found = f.ready(asking)
		f.asked = time.Now()
	}
	return f.found
}

// stop says from now on that nothing more is to be sent here.
func (f *front) stop() {
	f.stopping.Store(true)
	tell(daemon.SdNotifyStopping)
}

// opens lets people in.
func (f *front) opens(pages http.Handler, o *observer, ready func(context.Context) error) {
	f.mu.Lock()
	f.ready = ready
	f.mu.Unlock()
	f.metrics.Store(o)
	f.open.Store(&pages)
}

func say(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "10")
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(sentence + "\n"))
}
