package engine_test

import (
	"strings"
	"testing"

	"splneno/engine"
)

// A page that only names plans is refused by saying what it is.
func TestImportOfAPageAboutPlans(t *testing.T) {
	d := engine.PlanDraft{Plan: engine.Plan{ID: "kraj", Title: "Plánování v kraji"}, Supplement: engine.Supplement{Plans: []engine.Plan{{Title: "Komunitní plán"}}}}
	_, err := importing(d, nil, nil, slug, jana, at("2023-01-10"))
	wantCode(t, err, engine.Invalid)
	if !strings.Contains(err.Error(), "page about plans") || !strings.Contains(err.Error(), "no activity to track") {
		t.Errorf("refused with %v", err)
	}
}
