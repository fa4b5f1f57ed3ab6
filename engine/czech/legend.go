package czech

import (
	"strings"

	"splneno/engine"
)

// colourResults are the results the legend of a coloured plan names, folded:
// of the plan, hence masculine, where a status is neuter.
var colourResults = map[string]engine.State{
	"plan splnen":          engine.Fulfilled,
	"plan nesplnen":        engine.Unfulfilled,
	"plan splnen castecne": engine.Partial,
	"plan castecne splnen": engine.Partial,
}

// ReadResultColour reads a line of a legend that means a result: "Plán splněn"
// is [engine.Fulfilled].
func ReadResultColour(line string) (engine.State, bool) {
	state, ok := colourResults[Fold(strings.Trim(line, " .:"))]
	return state, ok
}
