package engine_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// plain is an answer nothing speaks against.
func plain() engine.Evidence {
	k := engine.EntryKey{Plan: "kpss-dubovice", Period: "2023", Activity: "1.1/1"}
	return engine.Evidence{
		Activity: engine.Activity{ID: k.Activity, Deadline: engine.Deadline{Kind: engine.DeadlineYear, Start: "2023-01-01", Due: "2023-12-31", Certain: true}},
		Period:   engine.Year(2023), Entry: engine.Entry{EntryKey: k, State: engine.Planned, AnsweredAt: at("2024-01-15")},
		Proposal: engine.Proposal{EntryKey: k, Organisation: mess, Revision: 1, Answer: fulfilled, Channel: engine.ByLink, By: "Šárka Čížková", At: at("2024-01-15"), State: engine.Pending},
		Writers:  []string{"", "šárka čížková"},
	}
}

func TestRisks(t *testing.T) {
	result := func(s engine.State, qualifier string) *engine.Entry {
		return &engine.Entry{State: s, Qualifier: qualifier}
	}
	going := engine.Answer{Status: engine.InProgress, Done: "Trvá."}
	tests := []struct {
		name  string
		spoil func(v *engine.Evidence)
		want  []engine.Risk
	}{
		{"nothing speaks against it", func(*engine.Evidence) {}, nil},
		{"authenticated mail", func(v *engine.Evidence) { v.Proposal.Channel = engine.ByAuthenticated }, nil},
		{"no status", func(v *engine.Evidence) { v.Proposal.Answer = engine.Answer{Done: "Text."} }, []engine.Risk{engine.RiskStatus}},
		{"no text", func(v *engine.Evidence) {
			v.Proposal.Answer, v.Proposal.Channel = engine.Answer{Status: engine.Fulfilled}, engine.ByAuthenticated
		}, []engine.Risk{engine.RiskText}},
		{"plain mail", func(v *engine.Evidence) { v.Proposal.Channel = engine.ByToken }, []engine.Risk{engine.RiskChannel}},
		{"assigned mail", func(v *engine.Evidence) { v.Proposal.Channel = engine.ByNone }, []engine.Risk{engine.RiskChannel}},
		{"unknown writer", func(v *engine.Evidence) { v.Writers = nil }, []engine.Risk{engine.RiskWriter}},
		{"infected file", func(v *engine.Evidence) { v.Files = []engine.File{{}, {Problem: engine.FileInfected}} }, []engine.Risk{engine.RiskFile}},
		{"file of an odd kind", func(v *engine.Evidence) { v.Files = []engine.File{{Problem: engine.FileType}} }, nil},
		{"answers a question", func(v *engine.Evidence) {
			v.Earlier = []engine.Proposal{{Revision: 1, Question: "Kolik?"}, {Revision: 2}}
		}, []engine.Risk{engine.RiskReturned}},
		{"answered anew unasked", func(v *engine.Evidence) { v.Earlier = []engine.Proposal{{Revision: 1}} }, nil},
		{"a result stands", func(v *engine.Evidence) { v.Entry.ApprovedAt = at("2024-01-10") }, []engine.Risk{engine.RiskOfficial}},
		{"imported result", func(v *engine.Evidence) { v.Entry.State = engine.Partial }, []engine.Risk{engine.RiskOfficial}},
		{"back to the beginning", func(v *engine.Evidence) {
			v.Entry.State, v.Proposal.Answer = engine.InProgress, engine.Answer{Status: engine.Planned}
			v.Proposal.At = time.Date(2023, 12, 1, 12, 0, 0, 0, prague)
		}, []engine.Risk{engine.RiskBlocked}},
		{"others disagree", func(v *engine.Evidence) { v.Others = []engine.Proposal{{Answer: going}} }, []engine.Risk{engine.RiskOthers}},
		{"others agree", func(v *engine.Evidence) {
			v.Others = []engine.Proposal{{Answer: fulfilled}, {Answer: engine.Answer{Done: "?"}}}
		}, nil},
		{"worse than the last time", func(v *engine.Evidence) {
			v.Proposal.Answer = engine.Answer{Status: engine.Partial, Done: "Do června.", Missing: "Zbytek."}
			v.Before = result(engine.Fulfilled, "")
		}, []engine.Risk{engine.RiskWorse}},
		{"better than the last time", func(v *engine.Evidence) { v.Before = result(engine.Unfulfilled, "") }, nil},
		{"as the last time", func(v *engine.Evidence) { v.Before = result(engine.Fulfilled, "") }, nil},
		{"in another form now", func(v *engine.Evidence) {
			v.Proposal.Answer.Qualifier, v.Before = engine.AnotherForm, result(engine.Fulfilled, "")
		}, []engine.Risk{engine.RiskWorse}},
		{"before not known", func(v *engine.Evidence) { v.Before = result(engine.StateUnknown, "") }, nil},
		{"figures", func(v *engine.Evidence) { v.Disagree = true }, []engine.Risk{engine.RiskFigures}},
		{"late", func(v *engine.Evidence) { v.Proposal.Answer = going }, []engine.Risk{engine.RiskLate}},
		{"on the last day", func(v *engine.Evidence) {
			v.Proposal.Answer, v.Proposal.At = going, time.Date(2023, 12, 31, 12, 0, 0, 0, prague)
		}, nil},
		{"ongoing", func(v *engine.Evidence) {
			v.Proposal.Answer, v.Activity.Deadline = going, engine.Deadline{Kind: engine.DeadlineOngoing, Ongoing: true}
		}, nil},
		{"several at once", func(v *engine.Evidence) { v.Disagree, v.Writers = true, nil }, []engine.Risk{engine.RiskWriter, engine.RiskFigures}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			v := plain()
			c.spoil(&v)
			if d := cmp.Diff(c.want, engine.Risks(v)); d != "" {
				t.Errorf("risks (-want +got):\n%s", d)
			}
		})
	}
}

// What carries no risk can always be approved as it is.
func TestWithoutARiskItIsApproved(t *testing.T) {
	dice := dice(t, 4)
	pick := func(n int) int { return dice.IntN(n) }
	safe := 0
	for range 20_000 {
		v := plain()
		v.Entry.State = append(engine.States(), engine.StateUnknown)[pick(6)]
		v.Proposal.Answer = engine.Answer{Status: append(engine.States(), engine.StateUnknown)[pick(6)], Done: []string{"", "Něco."}[pick(2)], Missing: []string{"", "Něco."}[pick(2)]}
		v.Proposal.Channel = []engine.Channel{engine.ByLink, engine.ByAuthenticated, engine.ByToken}[pick(3)]
		if len(engine.Risks(v)) > 0 {
			continue
		}
		_, err := engine.Approve(v.Entry, v.Proposal, nil, engine.Verdict{Shown: 1, Answer: v.Proposal.Answer}, jana, at("2024-01-20"))
		if err != nil {
			t.Fatalf("%s, answered %+v: %v", v.Entry.State, v.Proposal.Answer, err)
		}
		safe++
	}
	if safe < 500 {
		t.Errorf("only %d answers carried no risk", safe)
	}
}

// Taking back an approval leaves the answers as they were before it.
func TestReopenPutsTheAnswersBack(t *testing.T) {
	e, p := waiting(engine.Planned, fulfilled)
	_, other := waiting(engine.Planned, engine.Answer{Status: engine.InProgress, Done: "Trvá."})
	other.Organisation = char
	c := must(t)(engine.Approve(e, p, []engine.Proposal{other}, engine.Verdict{Shown: 2, Answer: p.Answer}, jana, at("2024-01-20")))
	back := must(t)(engine.ReopenEntry(c.Entries[0], "Překlik.", jana, at("2024-01-21"), c.Proposals...))
	if d := cmp.Diff([]engine.Proposal{p, other}, back.Proposals); d != "" {
		t.Errorf("answers (-want +got):\n%s", d)
	}
	if back.Detail["waits1"] != mess+" r2" || back.Detail["from"] != "fulfilled" || back.Detail["to"] != "in_progress" {
		t.Errorf("journal: %v", back.Detail)
	}
	newer := p
	newer.Revision = 3
	back = must(t)(engine.ReopenEntry(c.Entries[0], "Překlik.", jana, at("2024-01-21"), append(slices.Clone(c.Proposals), newer)...))
	if len(back.Proposals) != 1 || back.Proposals[0].Organisation != char {
		t.Errorf("an answer that was replaced waits again: %+v", back.Proposals)
	}
	going := engine.Answer{Status: engine.InProgress, Done: "Trvá."}
	e, p = waiting(engine.InProgress, going)
	c = must(t)(engine.Approve(e, p, nil, engine.Verdict{Shown: 2, Answer: going}, jana, at("2024-01-20")))
	back = must(t)(engine.ReopenEntry(c.Entries[0], "Překlik.", jana, at("2024-01-21"), c.Proposals...))
	if got := back.Entries[0]; got.State != engine.InProgress || !got.ApprovedAt.IsZero() || len(back.Proposals) != 1 {
		t.Errorf("a result that is not final: %+v", back)
	}
	_, err := engine.ReopenEntry(c.Entries[0], "Překlik.", jana, at("2024-01-21"))
	wantCode(t, err, engine.Conflict)
}

func TestReportTakesThePlaceOfAnswers(t *testing.T) {
	e, p := waiting(engine.Planned, fulfilled)
	_, own := waiting(engine.Planned, fulfilled)
	own.Organisation = engine.CoordinatorID
	sent := p
	sent.State = engine.Returned
	c := must(t)(engine.Report(e, fulfilled, "", "telefon", jana, at("2024-02-01"), p, own, sent))
	if len(c.Proposals) != 2 || c.Proposals[0].State != engine.Superseded || c.Proposals[1].Organisation != engine.CoordinatorID || c.Detail["organisation"] != engine.CoordinatorID {
		t.Errorf("reported: %+v", c)
	}
}

func TestNote(t *testing.T) {
	k := engine.EntryKey{Plan: "kpss", Period: "2023", Activity: "1.1/1"}
	_, err := engine.Note(k, "Ověřit.", charita, at("2024-02-01"))
	wantCode(t, err, engine.Forbidden)
	for _, bad := range []string{" \n", string(make([]rune, engine.MaxNote+1))} {
		_, err = engine.Note(k, bad+"", jana, at("2024-02-01"))
		wantCode(t, err, engine.Invalid)
	}
	c := must(t)(engine.Note(k, " Ověřit u vedoucí. ", jana, at("2024-02-01")))
	if c.Event != "noted" || c.Subject != "kpss/2023/1.1/1" || c.Detail["note"] != "Ověřit u vedoucí." || len(c.Entries)+len(c.Proposals) > 0 {
		t.Errorf("noted: %+v", c)
	}
}
