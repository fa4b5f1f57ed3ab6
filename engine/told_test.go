package engine_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"splneno/engine"
)

// whole is the year of record with everything beside it.
func whole() engine.Record {
	r := record()
	r.Plan.Territory, r.Plan.ApprovedBy, r.Plan.ApprovedOn = "ORP Dubovice", "zastupitelstvo", "2021-12-01"
	r.Plan.Approvals = []engine.Approval{{Body: "rada", Verb: engine.VerbTookNote, Day: "2022-01-10"}}
	r.AskedOn = "2024-01-10"
	r.Requests = []engine.Request{
		{Organisation: mess, Written: []engine.Date{"2024-01-10", "2024-01-24"}, AnswerBy: "2024-01-31", Activities: []string{"1.1/1", "A/1", "A/2"}},
		{Organisation: char, Written: []engine.Date{"2024-01-10"}, AnswerBy: "2024-02-07", Activities: []string{"A/2"}},
		{Organisation: engine.CoordinatorID, AnswerBy: "2024-01-02", Activities: []string{"A/1"}}}
	r.Proposals = []engine.Proposal{
		{EntryKey: r.Entries[7].EntryKey, Organisation: mess, Revision: 1, Channel: engine.ByToken},
		{EntryKey: r.Entries[7].EntryKey, Organisation: mess, Revision: 2, Channel: engine.ByLink},
		{EntryKey: r.Entries[0].EntryKey, Organisation: mess, Revision: 1, Channel: engine.ByAuthenticated},
		{EntryKey: engine.EntryKey{Plan: r.Plan.ID, Period: "2023", Activity: "9.9/9"}, Organisation: mess, Revision: 1, Channel: engine.ByNone}} // of no row
	r.Entries[8].Source = "coordinator"
	r.Past = []engine.YearTotals{{Period: "2022", Totals: engine.Totals{All: 3, Fulfilled: 3}}}
	r.Supplement = engine.Supplement{Services: []engine.Service{{Name: "Odlehčovací služba", Beds: 6}}, Projects: []engine.Project{{Title: "Bydlení"}}}
	r.Proofs = map[string]engine.Proof{"1.1/1": {Line: 41, Hash: "h41"}, "A/1": {Line: 42, Hash: "h42"}}
	r.Spell = func(d engine.Date) string { return "dne " + string(d) }
	return r
}

func TestEvaluateTellsHowItWasAsked(t *testing.T) {
	e := engine.Evaluate(whole(), at("2024-02-15"))
	want := engine.Asking{Day: "2024-01-10", AnswerBy: "2024-01-31", Letters: []engine.MailDay{{Day: "2024-01-10", Bodies: 2}, {Day: "2024-01-24", Bodies: 1}},
		Channels: []engine.ChannelCount{{Channel: engine.ByLink, Answers: 1}, {Channel: engine.ByAuthenticated, Answers: 1}, {Channel: engine.ByCoordinator, Answers: 1}}}
	if d := cmp.Diff(want, e.Asking); d != "" {
		t.Errorf("asking (-want +got):\n%s", d)
	}
	owes := []engine.Unheard{{Organisation: bodies()[2].Name, Written: []engine.Date{"2024-01-10", "2024-01-24"}, Activities: []string{"A/1"}}}
	if d := cmp.Diff(owes, e.Unheard); d != "" {
		t.Errorf("unheard (-want +got):\n%s", d)
	}
	r := whole()
	r.Activities[7].Answers, r.Entries[7].Askees = engine.EachAnswers, []string{mess, char}
	if got := engine.Evaluate(r, at("2024-02-15")).Unheard; len(got) != 2 || got[1].Organisation != bodies()[1].Name || got[1].Activities[0] != "A/2" {
		t.Errorf("where each answers, owes: %+v", got)
	}
}

func TestEvaluateTellsWhatStandsAround(t *testing.T) {
	r := whole()
	r.Activities[0].Indicators = []engine.Indicator{{Name: "klienti", Planned: 40}}
	r.Activities[0].CarriedFrom = "starsi/1.1/1"
	r.Entries[0].PostponedTo, r.Entries[0].Onward = "2025-06-30", engine.Onward{How: engine.CarrySplit, Titles: []string{"a", "b"}}
	e := engine.Evaluate(r, at("2024-02-15"))
	if e.Territory != "ORP Dubovice" || len(e.Services) != 1 || len(e.Projects) != 1 {
		t.Errorf("%q, %v, %v", e.Territory, e.Services, e.Projects)
	}
	decided := []engine.Approval{{Body: "zastupitelstvo", Verb: engine.VerbApproved, Day: "2021-12-01"}, {Body: "rada", Verb: engine.VerbTookNote, Day: "2022-01-10"}}
	if d := cmp.Diff(decided, e.Approvals); d != "" {
		t.Errorf("approvals (-want +got):\n%s", d)
	}
	if len(e.Years) != 2 || e.Years[1].Period != "2023" || e.Years[1].Totals != e.Totals {
		t.Errorf("years %+v", e.Years)
	}
	row := e.Rows()[0]
	if row.Proof.Line != 41 || row.PostponedTo != "2025-06-30" || len(row.Onward.Titles) != 2 || row.From[0] != "starsi/1.1/1" || row.Planned[0].Planned != 40 {
		t.Errorf("row %+v", row)
	}
	if p := e.Rows()[6].Proof; p != (engine.Proof{}) {
		t.Errorf("what is not official has a proof: %+v", p)
	}
}

// An evaluation of an imported season: nobody was asked, nothing is in the journal.
func TestEvaluateOfAnImportedSeason(t *testing.T) {
	r := record()
	r.Requests, r.Plan.Kind, r.Period = nil, engine.EvaluationPlan, engine.Period{ID: "2008-2013", Start: "2008-01-01", End: "2013-12-31"}
	for i := range r.Entries {
		r.Entries[i].Source, r.Entries[i].ApprovedAt, r.Entries[i].AnsweredAt = "import", at("2024-01-15"), at("2024-01-15")
	}
	r.Entries[3].NextStep = engine.CarryOver
	e := engine.Evaluate(r, at("2024-02-15"))
	want := engine.NextPart{Year: 2014, Rows: []engine.NextRow{{ID: "2.1/1", Title: r.Activities[3].Title, From: []string{"2.1/1"}}}}
	if d := cmp.Diff(want, e.Next); d != "" {
		t.Errorf("next (-want +got):\n%s", d)
	}
	if d := cmp.Diff(engine.Asking{}, e.Asking); d != "" || len(e.Unheard) > 0 {
		t.Errorf("asking %s, unheard %v", d, e.Unheard)
	}
}

// What an evaluation approved by an earlier version says still fits its hash.
func TestOldEvaluationsKeepTheirHash(t *testing.T) {
	text, err := os.ReadFile("testdata/evaluation-before-telling-more.json")
	if err != nil {
		t.Fatal(err)
	}
	var e engine.Evaluation
	if err := json.Unmarshal(text, &e); err != nil {
		t.Fatal(err)
	}
	if digest(t, e) != e.Hash || len(e.Rows()) != 9 {
		t.Errorf("the hash of %d rows is %s, not %s", len(e.Rows()), digest(t, e), e.Hash)
	}
	back, err := json.MarshalIndent(e, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(text), string(back)+"\n"); d != "" {
		t.Errorf("it is written otherwise (-want +got):\n%s", d)
	}
}

// Nor does it count as a change that evaluations tell more today.
func TestOldEvaluationsAreNotRestatedForNothing(t *testing.T) {
	r := whole()
	r.Activities[0].Indicators, r.Activities[0].CarriedFrom = []engine.Indicator{{Name: "klienti", Planned: 40}}, "starsi/1.1/1"
	old := engine.Evaluate(r, at("2024-02-15"))
	old.State, old.Years = engine.EvaluationApproved, nil
	for i := range old.Areas[0].Measures[0].Activities {
		a := &old.Areas[0].Measures[0].Activities[i]
		a.Planned, a.From, a.Proof = nil, nil, engine.Proof{}
	}
	if c := must(t)(draft("Oprava.", old)(r, at("2024-03-01"))); c.Event != "" {
		t.Errorf("restated: %+v", c.Evaluations[0].Changed)
	}
}

func TestRowsKeepTheirOrderInChanges(t *testing.T) {
	r := record()
	frozen := engine.Evaluate(r, at("2024-02-15"))
	frozen.State = engine.EvaluationApproved
	r.Entries[0].State, r.Entries[0].Narrative, r.Entries[3].PostponedTo = engine.Partial, "Jinak.", "2025-01-31"
	r.Entries = r.Entries[:8]
	got := must(t)(draft("Oprava.", frozen)(r, at("2024-03-01"))).Evaluations[0].Changed
	want := []engine.RowChange{{ID: "1.1/1", Fields: []string{"status", "narrative"}}, {ID: "2.1/1", Fields: []string{"next_step"}}, {ID: "A/3", Fields: []string{"gone"}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestHeadIsSmall(t *testing.T) {
	head := filled(t).Head()
	if d := cmp.Diff(filled(t), head, cmpopts.IgnoreFields(engine.Evaluation{}, "Unheard", "Services", "Projects", "Next", "Edits", "Changed"),
		cmpopts.IgnoreFields(engine.AreaResult{}, "Measures")); d != "" {
		t.Errorf("a head lacks (-want +got):\n%s", d)
	}
	if head.Unheard != nil || head.Services != nil || head.Projects != nil || head.Next.Rows != nil || head.Edits != nil || head.Changed != nil || len(head.Rows()) > 0 {
		t.Errorf("a head holds %+v", head)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	r := whole()
	for i := range 4000 {
		id := r.Plan.Measures[i%3].Code + "/x" + engine.NewDate(2024, 1, 1).AddDays(i).YearString() + string(engine.NewDate(2024, 1, 1).AddDays(i))
		a := promise(id, r.Plan.Measures[i%3].Code, mess, engine.Deadline{})
		e := r.Entries[i%9]
		e.Activity = id
		r.Activities, r.Entries = append(r.Activities, a), append(r.Entries, e)
		r.Requests[0].Activities = append(r.Requests[0].Activities, id)
	}
	b.ResetTimer()
	for b.Loop() {
		if e := engine.Evaluate(r, time.Time{}); e.Totals.All != 4009 {
			b.Fatal(e.Totals.All)
		}
	}
}
