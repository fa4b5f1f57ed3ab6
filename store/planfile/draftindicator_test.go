package planfile_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/store/planfile"
)

func TestDryRunProposesFiguresOfTheProse(t *testing.T) {
	a := engine.ActivityDraft{Status: engine.Planned, Narrative: "Služba běžela.\n2009-55 klientů, 2010-37 klientů"}
	a.ID, a.Measure, a.Title, a.Details = "1.1", "1.1", "Služba pro 20 osob", []string{"nic", "cca 3 akce ročně"}
	a.Deadline = czech.ReadDeadline("", 0)
	d := engine.PlanDraft{Plan: engine.Plan{Title: "Plán", Kind: engine.ActionPlan}, Activities: []engine.ActivityDraft{a}}
	var b bytes.Buffer
	if err := planfile.WriteJSON(&b, d); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Activities []struct {
			Indicators []struct {
				Field, Unit, Per string
				Year, Line       int
				Value            float64
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	found := got.Activities[0].Indicators
	if len(found) != 4 || planfile.CountIndicators(d) != 4 {
		t.Fatalf("%+v", found)
	}
	if f := found[1]; f.Field != "details" || f.Unit != "akce" || f.Per != "rok" || f.Line != 2 {
		t.Errorf("%+v", f)
	}
	if f := found[3]; f.Field != "narrative" || f.Year != 2010 || f.Value != 37 || f.Line != 2 {
		t.Errorf("%+v", f)
	}
	if back := mustRead(t, "plan.json", b.Bytes()); len(back.Activities[0].Indicators) != 0 {
		t.Errorf("a proposal was taken for an indicator: %+v", back.Activities[0].Indicators)
	}
}

// TestSeedFigures counts what the prose of the Klatovy evaluation proposes.
func TestSeedFigures(t *testing.T) {
	d := seed(t, "000")
	if n := planfile.CountIndicators(d); n < 35 || n > 60 {
		t.Errorf("%d figures", n)
	}
	for _, a := range d.Activities {
		for _, r := range czech.ReadIndicators(a.Narrative) {
			if r.Value >= 2000 && r.Value <= 2030 {
				t.Errorf("%s: a year was taken for a value: %+v", a.ID, r)
			}
		}
	}
}
