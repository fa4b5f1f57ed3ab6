package planfile

import "splneno/engine"

// sourced remembers the line a field was read from, the first one when a value
// runs over several. The names of fields are those of [engine.ActivityDraft.Unsure].
func sourced(a *engine.ActivityDraft, field string, no int) {
	if no <= 0 {
		return
	}
	if a.Sources == nil {
		a.Sources = map[string]string{}
	}
	a.Sources[field] = "line " + itoa(no)
}
