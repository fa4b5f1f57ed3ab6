package engine_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// record is a year with one unit of every kind.
func record() engine.Record {
	r := engine.Record{Municipality: town(), Plan: plan(), Period: engine.Year(2023), Organisations: bodies()}
	add := func(id, measure string, e engine.Entry) {
		r.Activities = append(r.Activities, promise(id, measure, mess, engine.Deadline{}))
		e.EntryKey, e.Askees = engine.EntryKey{Plan: r.Plan.ID, Period: "2023", Activity: id}, []string{mess}
		r.Entries = append(r.Entries, e)
	}
	answered := engine.Entry{AnsweredAt: at("2024-01-15"), ApprovedAt: at("2024-01-20"), ApprovedBy: jana.Name}
	state := func(s engine.State, q string) engine.Entry {
		e := answered
		e.State, e.Qualifier = s, q
		return e
	}
	add("1.1/1", "1.1", state(engine.Fulfilled, ""))
	add("1.1/2", "1.1", state(engine.Fulfilled, engine.AnotherForm))
	add("1.1/3", "1.1", state(engine.Partial, ""))
	add("2.1/1", "2.1", state(engine.Unfulfilled, ""))
	add("2.1/2", "2.1", state(engine.InProgress, ""))
	add("2.1/3", "2.1", state(engine.StateUnknown, ""))
	add("A/1", "A", engine.Entry{State: engine.Planned})                                   // nobody answered
	add("A/2", "A", engine.Entry{State: engine.Planned, AnsweredAt: at("2024-01-15")})     // answered, not approved
	add("A/3", "A", engine.Entry{State: engine.Unfulfilled, ApprovedAt: at("2024-01-20")}) // reported by the coordinator
	r.Requests = []engine.Request{{Organisation: mess, Written: []engine.Date{"2024-01-10", "2024-01-24"}}, {Organisation: char}}
	return r
}

func TestEvaluate(t *testing.T) {
	e := engine.Evaluate(record(), at("2024-02-15"))
	want := engine.Totals{All: 9, Fulfilled: 1, AnotherForm: 1, Partial: 1, Unfulfilled: 2, InProgress: 1, Planned: 1, Unknown: 1, NoAnswer: 1}
	if d := cmp.Diff(want, e.Totals); d != "" {
		t.Errorf("totals (-want +got):\n%s", d)
	}
	var order []string
	for _, row := range e.Rows() {
		order = append(order, row.ID)
	}
	if d := cmp.Diff([]string{"1.1/1", "1.1/2", "1.1/3", "2.1/1", "2.1/2", "2.1/3", "A/1", "A/2", "A/3"}, order); d != "" {
		t.Errorf("rows (-want +got):\n%s", d)
	}
	if last := e.Areas[len(e.Areas)-1]; last.Code != "" || !last.Measures[0].CrossCutting {
		t.Errorf("cross-cutting measures do not come last: %+v", last)
	}
	silent := e.Rows()[6]
	if !silent.NoAnswer || len(silent.AskedOn) != 2 || e.Rows()[7].NoAnswer || e.Rows()[8].NoAnswer {
		t.Errorf("silence: %+v", silent)
	}
	if e.Asked != 1 || e.Answered != 0 {
		t.Errorf("asked %d, answered %d; want 1 and 0", e.Asked, e.Answered)
	}
}

// A unit whose measure or area the plan does not list is still told.
func TestEvaluateLosesNoUnit(t *testing.T) {
	r := record()
	r.Plan.Areas, r.Plan.Measures = r.Plan.Areas[:1], r.Plan.Measures[:2] // area 2 and measure A are gone
	e := engine.Evaluate(r, at("2024-02-15"))
	if e.Totals.All != 9 || len(e.Rows()) != 9 {
		t.Errorf("%d units of 9 are told, %d counted", len(e.Rows()), e.Totals.All)
	}
}

func TestEvaluateShowsTheNewestAnswer(t *testing.T) {
	r := record()
	for i, p := range []engine.Proposal{{Revision: 1, State: engine.Superseded, Answer: fulfilled},
		{Revision: 2, State: engine.Pending, Answer: engine.Answer{Status: engine.Partial, Done: "Do června.", Missing: "Zbytek."}}} {
		p.EntryKey, p.Organisation, p.Channel, p.At = r.Entries[7].EntryKey, mess, engine.ByLink, at(engine.Date("2024-01-15").AddDays(i))
		r.Proposals = append(r.Proposals, p)
	}
	e := engine.Evaluate(r, at("2024-02-15"))
	want := []engine.GivenAnswer{{Organisation: bodies()[2].Name, Status: engine.Partial, Text: "Do června.\nZbytek.",
		TextHash: fmt.Sprintf("%x", sha256.Sum256([]byte("Do června.\nZbytek."))), Channel: engine.ByLink,
		At: at("2024-01-16"), Decision: engine.Pending}}
	if d := cmp.Diff(want, e.Rows()[7].Answers); d != "" {
		t.Errorf("answers (-want +got):\n%s", d)
	}
	if e.Answered != 1 {
		t.Errorf("%d answered, want 1", e.Answered)
	}
}

func TestNewest(t *testing.T) {
	k := engine.EntryKey{Activity: "1.1/1"}
	got := engine.Newest([]engine.Proposal{{EntryKey: k, Organisation: mess, Revision: 1}, {EntryKey: k, Organisation: char, Revision: 1},
		{EntryKey: k, Organisation: mess, Revision: 2}, {EntryKey: k, Organisation: char, Revision: 1}})
	if d := cmp.Diff([]engine.Proposal{{EntryKey: k, Organisation: mess, Revision: 2}, {EntryKey: k, Organisation: char, Revision: 1}}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Random rows: each in exactly one count, silence never counted as a result,
// shares that add up to 1000 with each within one of the exact share.
func TestTotalsAndShares(t *testing.T) {
	r := dice(t, 7)
	states := append(engine.States(), engine.StateUnknown, "")
	for range 3000 {
		var totals engine.Totals
		silent := 0
		for range r.IntN(1 << r.IntN(11)) {
			row := engine.ActivityResult{Status: states[r.IntN(len(states))], NoAnswer: r.IntN(6) == 0, Qualifier: []string{"", engine.AnotherForm}[r.IntN(2)]}
			if row.NoAnswer {
				row.Status = engine.Unfulfilled
				silent++
			}
			before := totals.Unfulfilled
			totals.Add(row)
			if row.NoAnswer && totals.Unfulfilled != before {
				t.Fatal("silence counts as unfulfilled")
			}
		}
		shares := totals.Shares()
		counted, told := 0, 0
		for _, s := range shares {
			counted, told = counted+s.Count, told+s.PerMill
			if off := s.PerMill*totals.All - s.Count*1000; off >= totals.All && off > 0 || -off >= totals.All && off < 0 {
				t.Fatalf("%+v: %s is off by more than one per mille", totals, s.Name)
			}
		}
		if counted != totals.All || totals.NoAnswer != silent || (told != 1000) != (totals.All == 0) {
			t.Fatalf("%+v: counted %d, shares add up to %d", totals, counted, told)
		}
	}
}

func draft(reason string, before ...engine.Evaluation) func(engine.Record, time.Time) (engine.Change, error) {
	return func(r engine.Record, now time.Time) (engine.Change, error) {
		return engine.SaveEvaluation(engine.Evaluate(r, now), before, reason, jana)
	}
}

func TestSaveEvaluation(t *testing.T) {
	r := record()
	first := must(t)(draft("")(r, at("2024-02-15"))).Evaluations[0]
	first.Version = 1 // stored
	if first.Number != 1 || first.State != engine.EvaluationDraft {
		t.Fatalf("first draft %d, %s", first.Number, first.State)
	}
	if c := must(t)(draft("", first)(r, at("2024-02-16"))); c.Event != "" {
		t.Errorf("a draft that says nothing new is stored again: %s", c.Event)
	}
	r.Entries[0].Narrative = "Služba běžela po celý rok."
	renewed := must(t)(draft("", first)(r, at("2024-02-16"))).Evaluations[0]
	if renewed.Number != 1 || renewed.Version != 1 || renewed.Reason != "" {
		t.Errorf("renewed draft %+v", renewed)
	}
	frozen := must(t)(engine.Freeze(renewed, engine.Season{State: engine.SeasonOpen}, jana, at("2024-02-20"))).Evaluations[0]
	if c := must(t)(draft("", frozen)(r, at("2024-03-01"))); c.Event != "" {
		t.Errorf("nothing has changed, and yet: %s", c.Event)
	}
	r.Entries[3].State = engine.Partial
	_, err := draft(" ", frozen)(r, at("2024-03-01"))
	wantCode(t, err, engine.Invalid)
	second := must(t)(draft(" Doplněno vyúčtování. ", frozen)(r, at("2024-03-01"))).Evaluations[0]
	if second.Number != 2 || second.Version != 0 || second.Reason != "Doplněno vyúčtování." || !slices.Equal(second.Changes, []string{"2.1/1"}) {
		t.Errorf("restatement %d, version %d, %q, changes %v", second.Number, second.Version, second.Reason, second.Changes)
	}
	second.Version = 1
	r.Entries[0].Narrative = "Služba běžela i o svátcích."
	again := must(t)(draft("", frozen, second)(r, at("2024-03-02"))).Evaluations[0]
	if again.Number != 2 || again.Reason != second.Reason || !slices.Equal(again.Changes, []string{"1.1/1", "2.1/1"}) {
		t.Errorf("renewed restatement %d, %q, changes %v", again.Number, again.Reason, again.Changes)
	}
}

// Every difference a reader is told makes a restatement name its row.
func TestChangedRows(t *testing.T) {
	frozen := engine.Evaluate(record(), at("2024-02-15"))
	frozen.State = engine.EvaluationApproved
	changes := map[string]func(*engine.Record){
		"state":     func(r *engine.Record) { r.Entries[0].State = engine.Partial },
		"qualifier": func(r *engine.Record) { r.Entries[0].Qualifier = engine.AnotherForm },
		"narrative": func(r *engine.Record) { r.Entries[0].Narrative = "Jinak." },
		"missing":   func(r *engine.Record) { r.Entries[0].Missing = "Něco." },
		"next step": func(r *engine.Record) { r.Entries[0].NextStep = engine.Drop },
		"approver":  func(r *engine.Record) { r.Entries[0].ApprovedBy = "Václav Říha" },
		"numbers":   func(r *engine.Record) { r.Entries[0].Numbers = []engine.Number{{Name: "klienti", Value: 39}} },
		"title":     func(r *engine.Record) { r.Activities[0].Title = "Jiný název" },
		"planned": func(r *engine.Record) {
			r.Activities[0].Indicators = []engine.Indicator{{Name: "klienti", Planned: 40}}
		},
		"postponed":  func(r *engine.Record) { r.Entries[0].PostponedTo = "2025-06-30" },
		"onward":     func(r *engine.Record) { r.Entries[0].Onward.Reason = "Není kdo." },
		"from":       func(r *engine.Record) { r.Activities[0].CarriedFrom = "starsi/9.9/9" },
		"gone":       func(r *engine.Record) { r.Entries = r.Entries[1:] },
		"new number": func(r *engine.Record) { r.Activities[0].ID, r.Entries[0].Activity = "1.1/9", "1.1/9" },
	}
	for name, change := range changes {
		r := record()
		change(&r)
		c, err := draft("Oprava.", frozen)(r, at("2024-03-01"))
		if err != nil || len(c.Evaluations) != 1 || !slices.Contains(c.Evaluations[0].Changes, map[bool]string{true: "1.1/9", false: "1.1/1"}[name == "new number"]) {
			t.Errorf("%s: %v, %v", name, c.Evaluations, err)
		}
	}
}

func TestFreeze(t *testing.T) {
	e := engine.Evaluate(record(), at("2024-02-15"))
	s := engine.Season{Plan: e.Plan, Period: e.Period, State: engine.SeasonOpen, Version: 4}
	_, err := engine.Freeze(e, s, charita, at("2024-02-20"))
	wantCode(t, err, engine.Forbidden)
	c := must(t)(engine.Freeze(e, s, jana, at("2024-02-20")))
	frozen := c.Evaluations[0]
	if hash, _ := frozen.Digest(); frozen.State != engine.EvaluationApproved || frozen.Hash != hash || frozen.FrozenBy != jana.Name {
		t.Errorf("frozen: %s, %s by %s", frozen.State, frozen.Hash, frozen.FrozenBy)
	}
	if got := c.Seasons[0]; got.State != engine.SeasonClosed || !got.ClosedAt.Equal(at("2024-02-20")) || got.Version != 4 {
		t.Errorf("season %+v", got)
	}
	_, err = engine.Freeze(frozen, c.Seasons[0], jana, at("2024-02-21"))
	wantCode(t, err, engine.Conflict)
	if c := must(t)(engine.Freeze(e, c.Seasons[0], jana, at("2024-02-21"))); len(c.Seasons) > 0 {
		t.Error("a closed season is closed again")
	}
}

func ExampleTotals_Shares() {
	for _, s := range (engine.Totals{All: 3, Fulfilled: 1, Partial: 1, NoAnswer: 1}).Shares() {
		if s.Count > 0 {
			fmt.Println(s.Name, s.PerMill)
		}
	}
	// Output:
	// fulfilled 334
	// partial 333
	// no_answer 333
}
