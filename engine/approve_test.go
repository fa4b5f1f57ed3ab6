package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// waiting gives an entry and a pending answer about it.
func waiting(state engine.State, a engine.Answer) (engine.Entry, engine.Proposal) {
	k := engine.EntryKey{Plan: "kpss-dubovice", Period: "2023", Activity: "1.1/1"}
	return engine.Entry{EntryKey: k, State: state, AnsweredAt: at("2024-01-15"), Version: 3},
		engine.Proposal{EntryKey: k, Organisation: mess, Revision: 2, Answer: a, State: engine.Pending, Version: 1}
}

func TestApprove(t *testing.T) {
	e, p := waiting(engine.Planned, fulfilled)
	_, other := waiting(engine.Planned, fulfilled)
	other.Organisation = char
	decided := other
	decided.State = engine.Returned
	c := must(t)(engine.Approve(e, p, []engine.Proposal{other, decided, p}, engine.Verdict{Shown: 2, Answer: p.Answer}, jana, at("2024-01-20")))
	want := engine.Entry{EntryKey: e.EntryKey, State: engine.Fulfilled, Narrative: fulfilled.Done, AnsweredAt: e.AnsweredAt,
		ApprovedBy: jana.Name, ApprovedAt: at("2024-01-20"), Source: "answer", Version: 3}
	if d := cmp.Diff([]engine.Entry{want}, c.Entries); d != "" {
		t.Errorf("entry (-want +got):\n%s", d)
	}
	states := map[string]engine.ProposalState{}
	for _, p := range c.Proposals {
		states[p.Organisation] = p.State
	}
	if d := cmp.Diff(map[string]engine.ProposalState{mess: engine.Approved, char: engine.Superseded}, states); d != "" || len(c.Proposals) != 2 {
		t.Errorf("proposals %v (-want +got):\n%s", c.Proposals, d)
	}
	detail := map[string]string{"from": "planned", "to": "fulfilled", "organisation": mess, "revision": "2"}
	if d := cmp.Diff(detail, c.Detail); d != "" || c.Subject != "kpss-dubovice/2023/1.1/1" || c.Event != "approved" {
		t.Errorf("journal %s %s (-want +got):\n%s", c.Event, c.Subject, d)
	}
}

func TestApproveEditedAndUndecided(t *testing.T) {
	e, p := waiting(engine.InProgress, fulfilled)
	partly := engine.Answer{Status: engine.Partial, Done: "Do června.", Missing: "Druhé pololetí."}
	c := must(t)(engine.Approve(e, p, nil, engine.Verdict{Shown: 2, Answer: partly}, jana, at("2024-01-20")))
	if c.Detail["edited"] != "yes" || c.Entries[0].State != engine.Partial || c.Proposals[0].Answer.Status != engine.Fulfilled {
		t.Errorf("edited: %+v", c)
	}
	if c.Entries[0].NextStep != "" {
		t.Errorf("what follows a partial result is for her to say, not %q", c.Entries[0].NextStep)
	}
	c = must(t)(engine.Approve(e, p, nil, engine.Verdict{Shown: 2, Answer: engine.Answer{Status: engine.InProgress, Done: "Trvá."}}, jana, at("2024-01-20")))
	if c.Entries[0].State != engine.InProgress || c.Detail["from"] != "in_progress" {
		t.Errorf("still in progress: %+v", c.Entries[0])
	}
	c = must(t)(engine.Approve(e, p, nil, engine.Verdict{Shown: 2, Answer: fulfilled, NextStep: engine.CarryOver}, jana, at("2024-01-20")))
	if c.Entries[0].NextStep != engine.CarryOver {
		t.Errorf("her decision gave way to %q", c.Entries[0].NextStep)
	}
}

func TestApproveRefused(t *testing.T) {
	tests := []struct {
		name  string
		state engine.State
		reach engine.ProposalState
		v     engine.Verdict
		who   engine.Actor
		code  engine.Code
	}{
		{"organisation", engine.Planned, engine.Pending, engine.Verdict{Shown: 2, Answer: fulfilled}, charita, engine.Forbidden},
		{"calendar", engine.Planned, engine.Pending, engine.Verdict{Shown: 2, Answer: fulfilled}, calendar, engine.Forbidden},
		{"older revision on the screen", engine.Planned, engine.Pending, engine.Verdict{Shown: 1, Answer: fulfilled}, jana, engine.Conflict},
		{"already returned", engine.Planned, engine.Returned, engine.Verdict{Shown: 2, Answer: fulfilled}, jana, engine.Conflict},
		{"already approved", engine.Fulfilled, engine.Approved, engine.Verdict{Shown: 2, Answer: fulfilled}, jana, engine.Conflict},
		{"superseded", engine.Planned, engine.Superseded, engine.Verdict{Shown: 2, Answer: fulfilled}, jana, engine.Conflict},
		{"nothing chosen", engine.Planned, engine.Pending, engine.Verdict{Shown: 2}, jana, engine.Invalid},
		{"another result stands", engine.Unfulfilled, engine.Pending, engine.Verdict{Shown: 2, Answer: fulfilled}, jana, engine.Conflict},
		{"back to the beginning", engine.InProgress, engine.Pending, engine.Verdict{Shown: 2, Answer: engine.Answer{Status: engine.Planned}}, jana, engine.Conflict},
	}
	for _, tt := range tests {
		e, p := waiting(tt.state, fulfilled)
		p.State = tt.reach
		_, err := engine.Approve(e, p, nil, tt.v, tt.who, at("2024-01-20"))
		if engine.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
}

func TestReturn(t *testing.T) {
	b := asked(t, "1.1/1")
	b.answer(mess, "1.1/1", fulfilled, "2024-01-15")
	p := b.proposals["1.1/1|"+mess]
	for _, tt := range []struct {
		shown    int
		question string
		who      engine.Actor
		code     engine.Code
	}{{1, "Kolik?", charita, engine.Forbidden}, {0, "Kolik?", jana, engine.Conflict}, {1, " ", jana, engine.Invalid}} {
		_, err := engine.Return(b.caseOf(mess), p, tt.shown, tt.question, tt.who, at("2024-01-16"))
		wantCode(t, err, tt.code)
	}
	c := must(t)(engine.Return(b.caseOf(mess), p, 1, " Kolik klientů? ", jana, at("2024-01-16")))
	if got := c.Proposals[0]; got.State != engine.Returned || got.Question != "Kolik klientů?" || got.ToldOn != "" || len(c.Entries) > 0 {
		t.Errorf("returned: %+v", c)
	}
}

func TestReopenEntry(t *testing.T) {
	e, _ := waiting(engine.Fulfilled, fulfilled)
	e.NextStep, e.ApprovedBy, e.ApprovedAt, e.Qualifier = engine.Close, jana.Name, at("2024-01-20"), engine.AnotherForm
	_, err := engine.ReopenEntry(e, "Omyl.", charita, at("2024-02-01"))
	wantCode(t, err, engine.Forbidden)
	_, err = engine.ReopenEntry(e, "  ", jana, at("2024-02-01"))
	wantCode(t, err, engine.Invalid)
	c := must(t)(engine.ReopenEntry(e, "Chybí vyúčtování.", jana, at("2024-02-01")))
	if got := c.Entries[0]; got.State != engine.InProgress || got.NextStep != "" || got.ApprovedBy != "" || !got.ApprovedAt.IsZero() || got.Qualifier != "" {
		t.Errorf("reopened: %+v", got)
	}
	if c.Detail["from"] != "fulfilled" || c.Detail["to"] != "in_progress" || c.Detail["reason"] != "Chybí vyúčtování." {
		t.Errorf("journal %v", c.Detail)
	}
	_, err = engine.ReopenEntry(c.Entries[0], "Znovu.", jana, at("2024-02-02"))
	wantCode(t, err, engine.Conflict)
}

func TestReport(t *testing.T) {
	e, _ := waiting(engine.Planned, fulfilled)
	_, err := engine.Report(e, fulfilled, "", "telefon", charita, at("2024-02-01"))
	wantCode(t, err, engine.Forbidden)
	_, err = engine.Report(e, engine.Answer{}, "", "telefon", jana, at("2024-02-01"))
	wantCode(t, err, engine.Invalid)
	c := must(t)(engine.Report(e, fulfilled, engine.Continue, "zápis ze 7. jednání", jana, at("2024-02-01")))
	if got := c.Entries[0]; got.State != engine.Fulfilled || got.Source != "coordinator" || got.NextStep != engine.Continue || got.Version != 3 {
		t.Errorf("reported: %+v", got)
	}
	if c.Event != "reported" || c.Detail["source"] != "zápis ze 7. jednání" || len(c.Proposals) > 0 {
		t.Errorf("reported: %+v", c)
	}
	_, err = engine.Report(c.Entries[0], engine.Answer{Status: engine.Unfulfilled, Missing: "Ne."}, "", "telefon", jana, at("2024-02-02"))
	wantCode(t, err, engine.Conflict)
}
