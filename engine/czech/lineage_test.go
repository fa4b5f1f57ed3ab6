package czech

import (
	"strings"
	"testing"

	"splneno/engine"
)

func TestLineageWord(t *testing.T) {
	for l, want := range map[engine.Lineage]string{{}: "", {Since: 2008, Carried: 3}: "v plánu od 2008, převedeno 3×", {Carried: 1}: "převedeno 1×"} {
		if got := strings.ReplaceAll(LineageWord(l), nbsp, " "); got != want {
			t.Errorf("%+v is %q, want %q", l, got, want)
		}
	}
}
