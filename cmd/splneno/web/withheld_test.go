package web

import (
	"testing"

	"splneno/engine"
)

// Every text and every figure that differs is counted, and shown with its row.
func TestWhatIsWithheldIsFound(t *testing.T) {
	row := engine.ActivityResult{ID: "1.1/1", Narrative: "Pište na a@example.cz.", Details: []string{"a", "b"}, ApprovedBy: "Hana", Numbers: []engine.Number{{Name: "Klienti", Unit: "osob", Value: 3}, {Name: "Obce", Unit: "obcí", Value: 3}}}
	whole := engine.Evaluation{Foreword: "Volejte.", FrozenBy: "Hana", Areas: []engine.AreaResult{{Measures: []engine.MeasureResult{{Activities: []engine.ActivityResult{row}}}}}}
	public := row
	public.Narrative, public.ApprovedBy, public.Details = "Pište.", "koordinátor", []string{"a"}
	public.Numbers = []engine.Number{{Name: "Klienti", Unit: "osob"}, row.Numbers[1]}
	masked := engine.Evaluation{Foreword: "", FrozenBy: "koordinátor", Publicized: true, Areas: []engine.AreaResult{{Measures: []engine.MeasureResult{{Activities: []engine.ActivityResult{public}}}}}}
	w, err := withheldOf(whole, masked)
	if err != nil || w.Texts != 3 || w.Figures != 1 || len(w.List) != 3 {
		t.Fatalf("%+v %v", w, err)
	}
	if w.List[0] != (withheldText{"1.1/1", "b", ""}) || w.List[1] != (withheldText{"1.1/1", "Pište na a@example.cz.", "Pište."}) || w.List[2] != (withheldText{"", "Volejte.", ""}) {
		t.Errorf("%+v", w.List)
	}
	if w, err := withheldOf(whole, whole); err != nil || w.Texts+w.Figures != 0 {
		t.Errorf("the same is not the same: %+v %v", w, err)
	}
}
