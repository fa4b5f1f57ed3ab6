package engine_test

import (
	"testing"

	"splneno/engine"
)

func TestCountOf(t *testing.T) {
	for n, want := range map[int]string{-1: "-1 letters", 0: "0 letters", 1: "1 letter", 2: "2 letters", 21: "21 letters"} {
		if got := engine.CountOf(n, "letter", "letters"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
