package engine

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"github.com/looplab/fsm"
)

// A State is where an entry officially stands.
type State string

// The states of an entry. StateUnknown is only ever imported: a document that
// prints no readable status; it is not part of the lifecycle.
const (
	Planned      State = "planned"
	InProgress   State = "in_progress"
	Fulfilled    State = "fulfilled"
	Partial      State = "partial"
	Unfulfilled  State = "unfulfilled"
	StateUnknown State = "unknown"
)

// AnotherForm is the qualifier of a fulfilled entry whose promise was kept in
// another form than planned. It counts as fulfilled and stays visible.
const AnotherForm = "another_form"

// An Event is a step of the lifecycle.
type Event string

// The events.
const (
	Start        Event = "start"
	Fulfil       Event = "fulfil"
	FulfilPartly Event = "fulfil_partly"
	Leave        Event = "leave"
	Reopen       Event = "reopen"
)

// lifecycle is the only place that says which step may follow which.
var lifecycle = fsm.Events{
	{Name: string(Start), Src: []string{string(Planned)}, Dst: string(InProgress)},
	{Name: string(Fulfil), Src: []string{string(Planned), string(InProgress)}, Dst: string(Fulfilled)},
	{Name: string(FulfilPartly), Src: []string{string(Planned), string(InProgress)}, Dst: string(Partial)},
	{Name: string(Leave), Src: []string{string(Planned), string(InProgress)}, Dst: string(Unfulfilled)},
	{Name: string(Reopen), Src: []string{string(Fulfilled), string(Partial), string(Unfulfilled)}, Dst: string(InProgress)},
}

// States lists the states of the lifecycle in the order people read them.
func States() []State { return []State{Planned, InProgress, Fulfilled, Partial, Unfulfilled} }

// Known reports whether s is a state of the lifecycle.
func (s State) Known() bool { return slices.Contains(States(), s) }

// Final reports whether s is a yearly result: nothing more is asked.
func (s State) Final() bool { return s == Fulfilled || s == Partial || s == Unfulfilled }

// Step gives the state that event leads to from the given one, or a Conflict.
// The machine is built for this one question and thrown away: looplab/fsm keeps
// no promise about an object that was interrupted, so none is ever stored.
func Step(from State, event Event) (State, error) {
	if !from.Known() {
		return from, Errorf(Conflict, "state %q is not part of the lifecycle; import it again or reopen it", from)
	}
	m := fsm.NewFSM(string(from), lifecycle, nil)
	if err := m.Event(context.Background(), string(event)); err != nil {
		return from, Errorf(Conflict, "%s is not possible from %s", event, from)
	}
	return State(m.Current()), nil
}

// EventTo gives the event that leads from one state to another, "" when they
// are the same ("still in progress, no news" is an answer, not an event), or a
// Conflict when no single step leads there.
func EventTo(from, to State) (Event, error) {
	if from == to {
		return "", nil
	}
	for _, e := range lifecycle {
		if e.Dst == string(to) && slices.Contains(e.Src, string(from)) && e.Name != string(Reopen) {
			return Event(e.Name), nil
		}
	}
	return "", Errorf(Conflict, "no step leads from %s to %s; reopen the entry first", from, to)
}

// LifecycleDiagram draws the lifecycle as a Mermaid diagram, always the same.
func LifecycleDiagram() (string, error) {
	return fsm.VisualizeWithType(fsm.NewFSM(string(Planned), lifecycle, nil), fsm.MermaidStateDiagram)
}

// CheckLifecycle is the start-up self-check of the table.
func CheckLifecycle() error { return checkTable(lifecycle, States()) }

var identifier = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

// checkTable refuses what looplab/fsm would accept in silence: odd names,
// two ways out of a state by one event, unknown and unreachable states.
func checkTable(table fsm.Events, states []State) error {
	type step struct{ event, src string }
	seen := map[step]bool{}
	for _, e := range table {
		for _, name := range append([]string{e.Name, e.Dst}, e.Src...) {
			if !identifier.MatchString(name) || name == "state" || name == "event" {
				return fmt.Errorf("lifecycle: %q is not a usable name", name)
			}
		}
		for _, src := range e.Src {
			if seen[step{e.Name, src}] {
				return fmt.Errorf("lifecycle: event %s leaves %s twice", e.Name, src)
			}
			seen[step{e.Name, src}] = true
		}
		for _, s := range append([]string{e.Dst}, e.Src...) {
			if !slices.Contains(states, State(s)) {
				return fmt.Errorf("lifecycle: unknown state %s", s)
			}
		}
	}
	reached := reachedBy(table, states[0])
	for _, s := range states {
		if !reached[string(s)] {
			return fmt.Errorf("lifecycle: state %s cannot be reached", s)
		}
	}
	return nil
}

// reachedBy gives the states the table leads to from the first one.
func reachedBy(table fsm.Events, first State) map[string]bool {
	reached := map[string]bool{string(first): true}
	for grown := true; grown; {
		grown = false
		for _, e := range table {
			if !reached[e.Dst] && slices.ContainsFunc(e.Src, func(src string) bool { return reached[src] }) {
				reached[e.Dst], grown = true, true
			}
		}
	}
	return reached
}
