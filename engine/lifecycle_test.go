package engine_test

import (
	"strings"
	"testing"

	"splneno/engine"
)

var events = []engine.Event{engine.Start, engine.Fulfil, engine.FulfilPartly, engine.Leave, engine.Reopen}

// legal is the lifecycle written down a second time, from the design's drawing.
var legal = map[engine.State]map[engine.Event]engine.State{
	engine.Planned: {engine.Start: engine.InProgress, engine.Fulfil: engine.Fulfilled, engine.FulfilPartly: engine.Partial,
		engine.Leave: engine.Unfulfilled},
	engine.InProgress:  {engine.Fulfil: engine.Fulfilled, engine.FulfilPartly: engine.Partial, engine.Leave: engine.Unfulfilled},
	engine.Fulfilled:   {engine.Reopen: engine.InProgress},
	engine.Partial:     {engine.Reopen: engine.InProgress},
	engine.Unfulfilled: {engine.Reopen: engine.InProgress},
}

func TestStepEveryStateAndEvent(t *testing.T) {
	states := append(engine.States(), engine.StateUnknown, "", "trvá")
	for _, from := range states {
		for _, event := range append(events, "", "delete") {
			to, err := engine.Step(from, event)
			want, ok := legal[from][event]
			switch {
			case ok && (err != nil || to != want):
				t.Errorf("%s --%s--> %s, %v; want %s", from, event, to, err, want)
			case !ok && engine.CodeOf(err) != engine.Conflict:
				t.Errorf("%s --%s--> error %v, want a conflict", from, event, err)
			case !ok && to != from:
				t.Errorf("%s --%s--> moved to %s although refused", from, event, to)
			}
		}
	}
}

func TestEventToIsTheWayOfStep(t *testing.T) {
	for _, from := range engine.States() {
		for _, to := range engine.States() {
			event, err := engine.EventTo(from, to)
			switch {
			case from == to && (event != "" || err != nil):
				t.Errorf("%s to itself: %q, %v; no news is no event", from, event, err)
			case from != to && err == nil:
				if got, err := engine.Step(from, event); got != to || err != nil || event == engine.Reopen {
					t.Errorf("%s to %s by %s leads to %s, %v", from, to, event, got, err)
				}
			case err != nil:
				wantCode(t, err, engine.Conflict)
				if reachable(from, to) {
					t.Errorf("%s to %s: refused although a step leads there", from, to)
				}
			}
		}
	}
}

func reachable(from, to engine.State) bool {
	for event, s := range legal[from] {
		if s == to && event != engine.Reopen {
			return true
		}
	}
	return false
}

// Every machine is built for one question: a refused step leaves no trace.
func TestStepKeepsNothing(t *testing.T) {
	for range 3 {
		if _, err := engine.Step(engine.Fulfilled, engine.Fulfil); engine.CodeOf(err) != engine.Conflict {
			t.Fatalf("fulfilled twice: %v", err)
		}
		if to, err := engine.Step(engine.Planned, engine.Fulfil); to != engine.Fulfilled || err != nil {
			t.Fatalf("after a refused step: %s, %v", to, err)
		}
	}
}

// Every sequence of events to depth 8: nothing but a legal state is reached,
// and a final state only ever leads back through Reopen.
func TestEverySequenceToDepth8(t *testing.T) {
	type node struct {
		state engine.State
		depth int
	}
	steps := 0
	reached := map[engine.State]bool{}
	var walk func(node)
	walk = func(n node) {
		reached[n.state] = true
		if !n.state.Known() {
			t.Fatalf("reached %q", n.state)
		}
		if n.depth == 8 {
			return
		}
		for _, event := range events {
			to, err := engine.Step(n.state, event)
			steps++
			if err != nil {
				continue // refused: TestStepEveryStateAndEvent says that nothing moved
			}
			if n.state.Final() && event != engine.Reopen {
				t.Fatalf("%s left by %s", n.state, event)
			}
			walk(node{to, n.depth + 1})
		}
	}
	walk(node{engine.Planned, 0})
	if len(reached) != len(engine.States()) {
		t.Errorf("reached only %v in %d steps", reached, steps)
	}
}

func TestStateKinds(t *testing.T) {
	for s, final := range map[engine.State]bool{engine.Planned: false, engine.InProgress: false, engine.Fulfilled: true,
		engine.Partial: true, engine.Unfulfilled: true, engine.StateUnknown: false} {
		if s.Final() != final || s.Known() != (s != engine.StateUnknown) {
			t.Errorf("%s: final %v, known %v", s, s.Final(), s.Known())
		}
	}
}

func TestLifecycleDiagramIsStable(t *testing.T) {
	first, err := engine.LifecycleDiagram()
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if again, _ := engine.LifecycleDiagram(); again != first {
			t.Fatal("the diagram differs from one drawing to the next")
		}
	}
	for from, ways := range legal {
		for event, to := range ways {
			if line := string(from) + " --> " + string(to) + ": " + string(event); !strings.Contains(first, line) {
				t.Errorf("the diagram lacks %q", line)
			}
		}
	}
}
