package engine_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"splneno/engine"
)

// Random words: rewording changes the narrative and what is missing, and never
// anything else.
func TestRewordChangesOnlyWords(t *testing.T) {
	r := dice(t, 4)
	words := []string{"", "  ", "Služba běží.", "Chybí peníze.", strings.Repeat("ř", engine.MaxText), strings.Repeat("ř", engine.MaxText+1)}
	for range 2000 {
		e := engine.Entry{EntryKey: engine.EntryKey{Plan: "p", Period: "2023", Activity: "1"}, State: engine.States()[r.IntN(5)], Narrative: "Bylo.", Missing: "Nebylo.",
			NextStep: engine.NextSteps()[r.IntN(5)], ApprovedBy: jana.Name, ApprovedAt: at("2024-01-20"), Source: "answer", Version: 3, Said: engine.Partial}
		narrative, missing := words[r.IntN(len(words))], words[r.IntN(len(words))]
		c, err := engine.Reword(e, narrative, missing, jana, at("2024-02-01"))
		if err != nil {
			wantCode(t, err, engine.Invalid)
			continue
		}
		if c.Event == "" {
			continue
		}
		got := c.Entries[0]
		if (engine.Answer{Status: got.State, Done: got.Narrative, Missing: got.Missing}).Check() != nil && got.State != engine.Planned {
			t.Fatalf("%s is left with %q and %q", got.State, got.Narrative, got.Missing)
		}
		got.Narrative, got.Missing = e.Narrative, e.Missing
		if !reflect.DeepEqual(got, e) || len(c.Proposals)+len(c.Requests)+len(c.Messages) > 0 || c.Event != "reworded" || strings.Contains(c.Detail["changed"], "Služba") {
			t.Fatalf("rewording changed %+v into %+v", e, got)
		}
	}
}

func TestRewordRefuses(t *testing.T) {
	e := engine.Entry{State: engine.Partial, Narrative: "Bylo.", Missing: "Nebylo."}
	_, err := engine.Reword(e, "Jinak.", "Nebylo.", jana, at("2024-02-01"))
	wantCode(t, err, engine.Conflict) // no result yet
	e.ApprovedAt = at("2024-01-20")
	_, err = engine.Reword(e, "Jinak.", "Nebylo.", charita, at("2024-02-01"))
	wantCode(t, err, engine.Forbidden)
	e.Missing = "" // came by mail, incomplete, and was approved so
	if _, err = engine.Reword(e, "Jinak.", "", jana, at("2024-02-01")); err != nil {
		t.Error("what was incomplete may stay so:", err)
	}
}

func TestFrame(t *testing.T) {
	draft := engine.Evaluate(record(), at("2024-02-15"))
	c := must(t)(engine.Frame(draft, " Úvod. ", "Závěr.", "", jana, at("2024-02-16")))
	e := c.Evaluations[0]
	if e.Foreword != "Úvod." || e.Conclusion != "Závěr." || e.Number != 1 || e.State != engine.EvaluationDraft {
		t.Errorf("%+v", e.Head())
	}
	if c := must(t)(engine.Frame(e, "Úvod.", "Závěr.", "", jana, at("2024-02-16"))); c.Event != "" {
		t.Error("the same words are a change")
	}
	again := must(t)(engine.SaveEvaluation(engine.Evaluate(record(), at("2024-02-17")), []engine.Evaluation{e}, "", jana))
	if again.Event != "" {
		t.Error("a renewed draft that says the same is a change; its words were lost")
	}
	frozen := must(t)(engine.Freeze(e, engine.Season{State: engine.SeasonOpen}, jana, at("2024-02-18"))).Evaluations[0]
	_, err := engine.Frame(frozen, "Jinak.", "Závěr.", " ", jana, at("2024-02-19"))
	wantCode(t, err, engine.Invalid)
	next := must(t)(engine.Frame(frozen, "Jinak.", "Závěr.", "Překlep v úvodu.", jana, at("2024-02-19"))).Evaluations[0]
	if next.Number != 2 || next.State != engine.EvaluationDraft || next.Hash != "" || next.Version != 0 || next.Reason == "" || frozen.Foreword != "Úvod." {
		t.Errorf("%+v", next.Head())
	}
	_, err = engine.Frame(draft, "x", "", "", charita, at("2024-02-19"))
	wantCode(t, err, engine.Forbidden)
}

// A draft is renewed with the words that stand around it, and carries the
// municipality's own words of statuses and the plans it continues.
func TestEvaluationKeepsWords(t *testing.T) {
	r := record()
	r.Municipality.Settings.StatusNames = map[string]string{"fulfilled": "naplněno"}
	r.Activities[0].Carried = []engine.Carry{{From: "stary/1", How: engine.CarryAsIs}}
	r.Activities[1].CarriedFrom = "starsi/1"
	first := engine.Evaluate(r, at("2024-02-15"))
	first.Foreword, first.Version = "Úvod.", 1
	if first.StatusNames["fulfilled"] != "naplněno" || !slices.Equal(first.Continues, []string{"starsi", "stary"}) {
		t.Errorf("%v %v", first.StatusNames, first.Continues)
	}
	r.Entries[2].Narrative = "Nově."
	second := must(t)(engine.SaveEvaluation(engine.Evaluate(r, at("2024-02-16")), []engine.Evaluation{first}, "", jana)).Evaluations[0]
	if second.Foreword != "Úvod." {
		t.Error("the foreword was lost")
	}
	head := second.Head()
	if len(head.Rows()) != 0 || head.Areas[0].Totals != second.Areas[0].Totals || len(second.Rows()) != 9 {
		t.Error("the head is not the evaluation without its rows")
	}
}
