package czech_test

import (
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
)

func TestReadResultColour(t *testing.T) {
	for line, want := range map[string]engine.State{
		"Plán splněn": engine.Fulfilled, " PLÁN NESPLNĚN: ": engine.Unfulfilled, "plan  castecne splnen.": engine.Partial,
		"Plán": "", "Plán splněn a převeden": "", "splněno": "", "Plán pro rok 2009": "",
	} {
		got, ok := czech.ReadResultColour(line)
		if got != want || ok != (want != "") {
			t.Errorf("%q is read as %q, %v", line, got, ok)
		}
	}
}
