package engine_test

import (
	"slices"
	"strings"
	"testing"

	"splneno/engine"
)

func TestTakeOver(t *testing.T) {
	draft := engine.Evaluate(record(), at("2024-02-15"))
	edits := []engine.Edit{{Key: "a", Before: "Bylo.", After: []string{" Je. ", " "}}, {Key: "b", Before: "Dvě.", After: nil}}
	c := must(t)(engine.TakeOver(draft, edits, "", jana, at("2024-02-16")))
	e := c.Evaluations[0]
	if c.Event != "evaluation_edited" || len(e.Edits) != 2 || !slices.Equal(e.Edits[0].After, []string{"Je."}) || e.Edits[1].After != nil || len(draft.Edits) != 0 {
		t.Errorf("%+v", c)
	}
	if c := must(t)(engine.TakeOver(e, e.Edits, "", jana, at("2024-02-16"))); c.Event != "" {
		t.Error("the same edits are a change")
	}
	// what was chosen in a conflict comes behind, and rewrites what stood there
	chosen := append(slices.Clone(e.Edits), engine.Edit{Key: "a", Before: "Je.", After: []string{"Bude.", "Jistě."}})
	again := must(t)(engine.TakeOver(e, chosen, "", jana, at("2024-02-16"))).Evaluations[0]
	if len(again.Edits) != 2 || again.Edits[0].Before != "Bylo." || len(again.Edits[0].After) != 2 {
		t.Errorf("%+v", again.Edits)
	}
	back := must(t)(engine.TakeOver(again, []engine.Edit{{Key: "a", Before: "Bude.\nJistě.", After: []string{"Bylo."}}}, "", jana, at("2024-02-16"))).Evaluations[0]
	if len(back.Edits) != 0 {
		t.Errorf("a paragraph that says again what it said is edited: %+v", back.Edits)
	}
	if digest(t, draft) == digest(t, e) {
		t.Error("the digest does not cover the edits")
	}
}

// A frozen evaluation stays as it is; a draft that is made anew keeps its edits.
func TestTakeOverAndFreeze(t *testing.T) {
	draft := engine.Evaluate(record(), at("2024-02-15"))
	edits := []engine.Edit{{Key: "a", Before: "Bylo.", After: []string{"Je."}}}
	e := must(t)(engine.TakeOver(draft, edits, "", jana, at("2024-02-16"))).Evaluations[0]
	r := record()
	r.Entries[2].Narrative = "Nově."
	renewed := must(t)(engine.SaveEvaluation(engine.Evaluate(r, at("2024-02-17")), []engine.Evaluation{e}, "", jana)).Evaluations[0]
	if len(renewed.Edits) != 1 {
		t.Error("a renewed draft lost what was rewritten")
	}
	frozen := must(t)(engine.Freeze(e, engine.Season{State: engine.SeasonOpen}, jana, at("2024-02-18"))).Evaluations[0]
	more := append(slices.Clone(edits), engine.Edit{Key: "b", Before: "x", After: []string{"y"}})
	_, err := engine.TakeOver(frozen, more, " ", jana, at("2024-02-19"))
	wantCode(t, err, engine.Invalid)
	next := must(t)(engine.TakeOver(frozen, more, "Překlep.", jana, at("2024-02-19"))).Evaluations[0]
	if next.Number != 2 || next.State != engine.EvaluationDraft || next.Hash != "" || next.Version != 0 || len(frozen.Edits) != 1 {
		t.Errorf("%+v", next.Head())
	}
	for _, bad := range [][]engine.Edit{{{Before: "x"}}, {{Key: "a", After: []string{strings.Repeat("ř", engine.MaxText+1)}}}} {
		_, err := engine.TakeOver(draft, bad, "", jana, at("2024-02-19"))
		wantCode(t, err, engine.Invalid)
	}
	_, err = engine.TakeOver(draft, edits, "", charita, at("2024-02-19"))
	wantCode(t, err, engine.Forbidden)
}
