package main

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"splneno/engine"
)

// TestMemoryIsGivenBackOnceAfterWork looks every half a minute, as rounds do.
func TestMemoryIsGivenBackOnceAfterWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var did []string
		began, p := time.Now(), newPulse()
		note := func(what string) { did = append(did, time.Since(began).String()+" "+what) }
		r := &rest{pulse: p, give: func() { note("gives") }, forget: func(context.Context) error { note("forgets"); return nil }}
		look := func(times int) {
			for range times {
				time.Sleep(30 * time.Second)
				r.look(t.Context(), slog.New(slog.DiscardHandler))
			}
		}
		look(120) // the first hour
		p.page("GET /stul", http.StatusOK)
		look(4)
		p.took(jobCalendar, time.Second)
		look(20)
		want := []string{"1m0s gives", "5m0s forgets", "5m0s gives", "1h1m0s gives", "1h3m0s gives", "1h7m0s forgets", "1h7m0s gives"}
		if !slices.Equal(did, want) {
			t.Errorf("%q\nwant %q", did, want)
		}
	})
}

// TestAfterItsRestPagesAreShown: what is let go is had again.
func TestAfterItsRestPagesAreShown(t *testing.T) {
	c := command{DB: "sqlite:" + filepath.Join(t.TempDir(), "mesto.db"), Tenant: "mesto", URL: "http://127.0.0.1:1"}
	in, err := c.open(t.Context(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer in.db.Close()
	m := engine.Municipality{Name: "Kaliste"}
	if err := in.db.Tenant("mesto").Commit(t.Context(), engine.Change{At: time.Now(), Actor: engine.Actor{Kind: engine.ActorSystem}, Event: "created", Subject: "municipality", Municipality: &m}); err != nil {
		t.Fatal(err)
	}
	pages := in.pages("mesto", slog.New(slog.DiscardHandler)).Handler()
	o := &oneOfMany{installation: in, pages: pages}
	for range 2 {
		for _, path := range []string{"/", "/stul"} {
			if status, _ := o.get(path); status >= http.StatusInternalServerError {
				t.Errorf("%s: %d", path, status)
			}
		}
		if n := in.db.Pools()["read"].OpenConnections; n == 0 {
			t.Error("nothing was read")
		}
		if err := in.rest(pages).forget(t.Context()); err != nil {
			t.Error(err)
		}
		if n := in.db.Pools()["read"].OpenConnections; n != 0 {
			t.Errorf("%d connections keep what they have read", n)
		}
	}
}
