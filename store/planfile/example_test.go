package planfile_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// example reads a shipped plan from its folder: store may not import cmd.
func example(t *testing.T, name string) engine.PlanDraft {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../cmd/splneno/example", name))
	if err != nil {
		t.Fatal(err)
	}
	return mustRead(t, name, data)
}

func TestActionPlanExample(t *testing.T) {
	d := example(t, "klatovsko-2023.yaml")
	if diff := cmp.Diff(actionPlanTotals, totalsOf(d)); diff != "" {
		t.Error(diff)
	}
	if len(d.Warnings) > 0 {
		t.Errorf("warnings: %+v", d.Warnings)
	}
	for _, id := range []string{"3.1", "4.2"} {
		if got := labels(find(t, d, id).Parts); got != "a) b) c)" {
			t.Errorf("parts of %s: %q", id, got)
		}
	}
	checkParties(t, d)
	roundTrip(t, d)
}

func TestEvaluationExample(t *testing.T) {
	d := example(t, "klatovy-2008-2013.yaml")
	if diff := cmp.Diff(evaluationTotals, totalsOf(d)); diff != "" {
		t.Error(diff)
	}
	if len(d.Warnings) > 0 {
		t.Errorf("warnings: %+v", d.Warnings)
	}
	// The seed names a person behind the company of 1.4/2; the example does not.
	checkEvaluation(t, d, "1.1/8", "1.3/1", "3.1/u6", "B/1")
	if got := find(t, d, "1.1/1").Indicators; len(got) != 2 || got[0].Planned != 500 {
		t.Errorf("indicators of 1.1/1: %+v", got)
	}
	checkParties(t, d)
	roundTrip(t, d)
}

// checkParties wants every party matched, reachable or left to the coordinator,
// only addresses under .example, and nobody private.
func checkParties(t *testing.T, d engine.PlanDraft) {
	t.Helper()
	byID := map[string]engine.Organisation{}
	for _, o := range d.Organisations {
		byID[o.ID] = o
		for _, c := range o.Contacts {
			if !strings.HasSuffix(c.Email, ".example") || c.Name != "" {
				t.Errorf("%s has the contact %+v", o.ID, c)
			}
		}
	}
	coordinators := 0
	for _, a := range d.Activities {
		for _, p := range a.Responsible {
			o, ok := byID[p.Organisation]
			if !ok || p.Kind == engine.KindPerson || o.Kind != p.Kind {
				t.Errorf("%s: %+v is not well matched", a.ID, p)
			}
		}
		if slices.Contains(engine.Askees(a.Responsible, byID), engine.CoordinatorID) {
			coordinators++
		}
	}
	if d.Plan.Kind == engine.EvaluationPlan && coordinators == 0 {
		t.Error("the coordinator is asked about nothing")
	}
}
