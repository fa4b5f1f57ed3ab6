package planfile_test

import (
	"strings"
	"testing"

	"splneno/engine"
)

// totals are what domain.md chapter 3 says a document adds up to.
type totals struct {
	Units, Areas, Measures    int
	UnitsOf, MeasuresOf       map[string]int
	Parties                   map[engine.PartyKind]int
	Deadlines                 map[string]int
	Status                    map[string]map[string]int
	Services, Providers, Beds int
}

var actionPlanTotals = totals{
	Units: 26, Areas: 7, Measures: 20,
	UnitsOf:    map[string]int{"1": 11, "2": 3, "3": 1, "4": 4, "5": 1, "6": 2, "7": 4},
	MeasuresOf: map[string]int{"1": 9, "2": 2, "3": 1, "4": 3, "5": 1, "6": 2, "7": 2},
	Parties: map[engine.PartyKind]int{
		engine.KindOpenGroup: 25, engine.KindOrganisation: 15, engine.KindMunicipality: 14, engine.KindWorkingGroup: 7,
		engine.KindAuthority: 6, engine.KindDepartment: 2, engine.KindMunicipalities: 1,
	},
	Deadlines: map[string]int{
		"2023–2025": 11, "2023, 2024": 8, "2023": 4, "Průběžně": 1, "2023 a průběžně dle potřeby": 1, "a), b) 2023 c) 2024": 1,
	},
	Status: map[string]map[string]int{
		"1": {"planned": 11}, "2": {"planned": 3}, "3": {"planned": 1}, "4": {"planned": 4},
		"5": {"planned": 1}, "6": {"planned": 2}, "7": {"planned": 4},
	},
	Services: 51, Providers: 25, Beds: 708,
}

var evaluationTotals = totals{
	Units: 32, Areas: 5, Measures: 13,
	UnitsOf:    map[string]int{"1": 13, "2": 3, "3": 10, "4": 3, "5": 1, "": 2},
	MeasuresOf: map[string]int{"1": 5, "2": 2, "3": 2, "4": 1, "5": 1, "": 2},
	Deadlines:  map[string]int{"": 32},
	Status: map[string]map[string]int{
		"1": {"fulfilled": 1, "fulfilled another_form": 1, "partial": 7, "unfulfilled": 4},
		"2": {"fulfilled": 1, "partial": 1, "unfulfilled": 1},
		"3": {"fulfilled": 3, "partial": 4, "unfulfilled": 3},
		"4": {"fulfilled": 3},
		"5": {"partial": 1},
		"":  {"partial": 2},
	},
}

func totalsOf(d engine.PlanDraft) totals {
	n := totals{
		Units: len(d.Activities), Areas: len(d.Plan.Areas), Measures: len(d.Plan.Measures), Services: len(d.Services),
		UnitsOf: map[string]int{}, MeasuresOf: map[string]int{}, Deadlines: map[string]int{}, Status: map[string]map[string]int{},
	}
	for _, m := range d.Plan.Measures {
		n.MeasuresOf[m.Area]++
	}
	for _, a := range d.Activities {
		n.UnitsOf[a.Area]++
		n.Deadlines[a.Deadline.Raw]++
		if n.Status[a.Area] == nil {
			n.Status[a.Area] = map[string]int{}
		}
		n.Status[a.Area][strings.TrimSpace(string(a.Status)+" "+a.Qualifier)]++
		if d.Plan.Kind == engine.ActionPlan { // domain.md counts the parties of the action plan only
			n.countParties(a.Responsible)
		}
	}
	providers := map[string]bool{}
	for _, s := range d.Services {
		providers[s.Provider] = true
		n.Beds += s.Beds
	}
	n.Providers = len(providers)
	return n
}

func (n *totals) countParties(parties []engine.Party) {
	if n.Parties == nil {
		n.Parties = map[engine.PartyKind]int{}
	}
	for _, p := range parties {
		n.Parties[p.Kind]++
	}
}

func find(t *testing.T, d engine.PlanDraft, id string) engine.ActivityDraft {
	t.Helper()
	for _, a := range d.Activities {
		if a.ID == id {
			return a
		}
	}
	t.Fatalf("no activity %s", id)
	return engine.ActivityDraft{}
}

func labels(parts []engine.Part) string {
	var out []string
	for _, p := range parts {
		out = append(out, p.Label)
	}
	return strings.Join(out, " ")
}

type warningAt struct {
	line   int
	reason string
}

// wantWarnings wants each of these; it says which warnings there are when one is missing.
func wantWarnings(t *testing.T, d engine.PlanDraft, want []warningAt) {
	t.Helper()
	for _, w := range want {
		found := false
		for _, got := range d.Warnings {
			found = found || got.Line == w.line && strings.Contains(got.Reason, w.reason)
		}
		if !found {
			t.Errorf("no warning at line %d with %q in %+v", w.line, w.reason, d.Warnings)
		}
	}
}
