package engine

import (
	"slices"
	"strings"
	"testing"

	"github.com/looplab/fsm"
)

// The table itself is sound, and each fault planted in a copy is found.
func TestCheckLifecycleFindsPlantedFaults(t *testing.T) {
	if err := CheckLifecycle(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, want string
		plant      func(fsm.Events) fsm.Events
	}{
		{"name with a capital", "not a usable name", with(func(e fsm.Events) { e[0].Name = "Start" })},
		{"name with diacritics", "not a usable name", with(func(e fsm.Events) { e[0].Name = "zahájit" })},
		{"event named event", "not a usable name", with(func(e fsm.Events) { e[0].Name = "event" })},
		{"state named state", "not a usable name", with(func(e fsm.Events) { e[0].Dst = "state" })},
		{"empty source", "not a usable name", with(func(e fsm.Events) { e[1].Src[0] = "" })},
		{"same event twice from a state", "leaves planned twice", func(e fsm.Events) fsm.Events {
			return append(e, fsm.EventDesc{Name: string(Start), Src: []string{string(Planned)}, Dst: string(Partial)})
		}},
		{"source listed twice", "leaves planned twice", with(func(e fsm.Events) { e[0].Src = append(e[0].Src, e[0].Src...) })},
		{"unknown source", "unknown state suspended", with(func(e fsm.Events) { e[2].Src[0] = "suspended" })},
		{"unknown destination", "unknown state", func(e fsm.Events) fsm.Events {
			return append(e, fsm.EventDesc{Name: "suspend", Src: []string{string(Planned)}, Dst: "suspended"})
		}},
		{"state without a way in", "partial cannot be reached", func(e fsm.Events) fsm.Events {
			return slices.DeleteFunc(e, func(d fsm.EventDesc) bool { return d.Dst == string(Partial) })
		}},
	}
	for _, tt := range tests {
		err := checkTable(tt.plant(copyOf(lifecycle)), States())
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// A state that only its own outgoing chain leads to hangs in the air.
func TestCheckLifecycleFindsAnIsland(t *testing.T) {
	table := append(copyOf(lifecycle),
		fsm.EventDesc{Name: "suspend", Src: []string{"resumed"}, Dst: "suspended"},
		fsm.EventDesc{Name: "resume", Src: []string{"suspended"}, Dst: "resumed"})
	if err := checkTable(table, append(States(), "suspended", "resumed")); err == nil {
		t.Error("two states that lead only to each other count as reachable")
	}
}

func with(f func(fsm.Events)) func(fsm.Events) fsm.Events {
	return func(e fsm.Events) fsm.Events { f(e); return e }
}

func copyOf(e fsm.Events) fsm.Events {
	out := slices.Clone(e)
	for i := range out {
		out[i].Src = slices.Clone(out[i].Src)
	}
	return out
}
