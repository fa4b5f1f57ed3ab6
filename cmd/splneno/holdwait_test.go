package main

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"splneno/engine"
)

// A lineLog hands every line of a log to whoever waits for it.
type lineLog chan string

func (l lineLog) Write(b []byte) (int, error) {
	l <- string(b)
	return len(b), nil
}

// While any municipality may have an original that fetches too, nothing is
// fetched, and that is said once; it begins by itself, ends with the next hold,
// and a suspended municipality keeps nobody else waiting.
func TestNothingIsFetchedForACopy(t *testing.T) {
	t.Parallel()
	a := unasked(t, 1, "zdar", "susice")
	hold := func(tenant string, h engine.Hold) {
		a.must(a.db.Tenant(tenant).Commit(t.Context(), engine.Change{At: a.at, Actor: asker, Event: "hold", Hold: &h}))
		_, err := agenda{a.db.AcrossTenants(), a.installation}.Agenda(t.Context()) // as the next round
		a.must(err)
	}
	hold("susice", engine.Hold{Kind: engine.HoldCopied, Since: a.at})
	hold("zdar", engine.Hold{Kind: engine.HoldSuspended, Since: a.at})
	told, began, ended, over := make(lineLog, 100), make(chan bool, 100), make(chan bool, 100), make(chan bool)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		a.unlessCopied(ctx, time.Millisecond, slog.New(slog.NewTextHandler(told, nil)), "imap", func(ctx context.Context) {
			began <- true
			<-ctx.Done()
			ended <- true
		})
		close(over)
	}()
	<-told
	if len(began) != 0 {
		t.Error("mail was fetched for a copy")
	}
	hold("susice", engine.Hold{})
	<-began
	hold("susice", engine.Hold{Kind: engine.HoldRestored, Since: a.at})
	<-ended
	<-told
	hold("susice", engine.Hold{})
	<-began
	cancel()
	<-over
	if len(ended) != 1 || len(began) != 0 || len(told) != 0 {
		t.Errorf("ended %d times, began %d times more, told %d times more", len(ended), len(began), len(told))
	}
}
