package web

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var noon = time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)

func textPress(most int) *press[string] { return newPress(most, func(s string) int { return len(s) }) }

// A crowd that asks at once gets what was made once; whoever leaves takes it
// from nobody.
func TestACrowdIsServedByOneMaking(t *testing.T) {
	p := textPress(100)
	var made atomic.Int32
	started, finish := make(chan struct{}), make(chan struct{})
	slow := func(ctx context.Context) (string, error) {
		made.Add(1)
		close(started)
		<-finish
		return "whole", ctx.Err()
	}
	leaving, leave := context.WithCancel(context.Background())
	gone := make(chan error, 1)
	go func() {
		_, err := p.get(leaving, "a", noon, slow)
		gone <- err
	}()
	<-started
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if got, err := p.get(context.Background(), "a", noon, slow); got != "whole" || err != nil {
				t.Errorf("%q %v", got, err)
			}
		})
	}
	leave()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("who left got %v", err)
	}
	close(finish)
	wg.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
}

// What is kept stays within its bound, the longest unused goes first, and what
// is old is made anew.
func TestAPressKeepsLittle(t *testing.T) {
	p := textPress(30)
	made := map[string]int{}
	ask := func(key string, now time.Time, size int) {
		t.Helper()
		if _, err := p.get(context.Background(), key, now, func(context.Context) (string, error) {
			made[key]++
			return fmt.Sprintf("%*s", size, key), nil
		}); err != nil {
			t.Fatal(err)
		}
		if p.held > p.most || len(p.order) != len(p.made) {
			t.Errorf("after %s: %d bytes held of %d, %d of %d in order", key, p.held, p.most, len(p.order), len(p.made))
		}
	}
	for _, key := range []string{"a", "b", "a", "c", "d", "a", "b"} { // d pushes b out, which was used before a
		ask(key, noon, 10)
	}
	ask("huge", noon, 31)
	ask("huge", noon, 31)
	ask("a", noon.Add(pressAge), 10)
	if want := map[string]int{"a": 2, "b": 2, "c": 1, "d": 1, "huge": 2}; fmt.Sprint(made) != fmt.Sprint(want) {
		t.Errorf("made %v, want %v", made, want)
	}
}

// What fails is asked for again, and a panic is no more than a failure.
func TestAPressOutlivesFailures(t *testing.T) {
	p := textPress(30)
	for _, make := range []func(context.Context) (string, error){
		func(context.Context) (string, error) { return "", errors.New("no paper") },
		func(context.Context) (string, error) { panic("no ink") },
	} {
		if _, err := p.get(context.Background(), "a", noon, make); err == nil {
			t.Error("a failure is no failure")
		}
	}
	if got, err := p.get(context.Background(), "a", noon, func(context.Context) (string, error) { return "at last", nil }); got != "at last" || err != nil {
		t.Errorf("%q %v", got, err)
	}
}
