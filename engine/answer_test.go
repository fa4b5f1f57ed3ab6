package engine_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

func TestAnswerCheck(t *testing.T) {
	long := strings.Repeat("ž", engine.MaxText)
	tests := []struct {
		name string
		a    engine.Answer
		ok   bool
	}{
		{"no status", engine.Answer{Done: "Hotovo."}, false},
		{"status nobody may choose", engine.Answer{Status: engine.StateUnknown, Done: "Hotovo."}, false},
		{"status of another list", engine.Answer{Status: "splněno", Done: "Hotovo."}, false},
		{"not begun yet", engine.Answer{Status: engine.Planned}, true},
		{"in progress without a word", engine.Answer{Status: engine.InProgress}, false},
		{"in progress, blank", engine.Answer{Status: engine.InProgress, Done: " \t\n\u00a0"}, false},
		{"in progress", engine.Answer{Status: engine.InProgress, Done: "Beze změny."}, true},
		{"fulfilled without a word", engine.Answer{Status: engine.Fulfilled, Missing: "nic"}, false},
		{"fulfilled", engine.Answer{Status: engine.Fulfilled, Done: "Vyškoleno 12 dobrovolníků."}, true},
		{"in another form", engine.Answer{Status: engine.Fulfilled, Qualifier: engine.AnotherForm, Done: "Místo kurzu přednáška."}, true},
		{"partly in another form", engine.Answer{Status: engine.Partial, Qualifier: engine.AnotherForm, Done: "a", Missing: "b"}, false},
		{"unknown qualifier", engine.Answer{Status: engine.Fulfilled, Qualifier: "skoro", Done: "a"}, false},
		{"partly, what is missing not said", engine.Answer{Status: engine.Partial, Done: "Zakoupen vůz."}, false},
		{"partly, what was done not said", engine.Answer{Status: engine.Partial, Missing: "Řidič."}, false},
		{"partly", engine.Answer{Status: engine.Partial, Done: "Zakoupen vůz.", Missing: "Řidič."}, true},
		{"unfulfilled without why", engine.Answer{Status: engine.Unfulfilled, Done: "Nic."}, false},
		{"unfulfilled", engine.Answer{Status: engine.Unfulfilled, Missing: "Výzva nebyla vyhlášena."}, true},
		{"as long as may be, in characters", engine.Answer{Status: engine.Fulfilled, Done: long}, true},
		{"one character too long", engine.Answer{Status: engine.Fulfilled, Done: long + "ů"}, false},
		{"too long where it is not needed", engine.Answer{Status: engine.Fulfilled, Done: "a", Missing: long + "ů"}, false},
	}
	for _, tt := range tests {
		err := tt.a.Check()
		if (err == nil) != tt.ok || err != nil && engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// revisions gives state by revision of what a change says of one activity.
func revisions(c engine.Change) map[int]engine.ProposalState {
	m := map[int]engine.ProposalState{}
	for _, p := range c.Proposals {
		m[p.Revision] = p.State
	}
	return m
}

func submit(b *book, a engine.Answer, day engine.Date) (engine.Change, error) {
	return engine.Submit(b.caseOf(mess), engine.Submission{By: "Božena Šťastná", Channel: engine.ByLink, Answers: map[string]engine.Answer{"1.1/1": a}}, at(day))
}

func TestSubmitRevisions(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	first := must(t)(submit(b, fulfilled, "2024-01-15"))
	if d := cmp.Diff(map[int]engine.ProposalState{1: engine.Pending}, revisions(first)); d != "" {
		t.Errorf("first answer:\n%s", d)
	}
	b.apply(first)
	if e := b.entries["1.1/1"]; e.State != engine.Planned || !e.AnsweredAt.Equal(at("2024-01-15")) || e.Said != engine.Fulfilled || !e.ApprovedAt.IsZero() {
		t.Errorf("an answer moved its entry: %+v", e)
	}
	if again := must(t)(submit(b, fulfilled, "2024-01-16")); again.Event != "" || len(again.Proposals)+len(again.Entries)+len(again.Requests) > 0 {
		t.Errorf("the same answer again says %+v", again)
	}
	other := engine.Answer{Status: engine.Partial, Done: "Do června.", Missing: "Druhé pololetí."}
	second := must(t)(submit(b, other, "2024-01-17"))
	if d := cmp.Diff(map[int]engine.ProposalState{1: engine.Superseded, 2: engine.Pending}, revisions(second)); d != "" {
		t.Errorf("another answer:\n%s", d)
	}
	b.apply(second)
	if e := b.entries["1.1/1"]; !e.AnsweredAt.Equal(at("2024-01-17")) || e.Said != engine.Partial {
		t.Errorf("the newest answer is of %s and says %s", e.AnsweredAt, e.Said)
	}
	b.giveBack(mess, "1.1/1", "2024-01-18")
	third := must(t)(submit(b, other, "2024-01-19")) // the same words, but now they answer the question
	if d := cmp.Diff(map[int]engine.ProposalState{2: engine.Superseded, 3: engine.Pending}, revisions(third)); d != "" {
		t.Errorf("after the question:\n%s", d)
	}
	b.apply(third)
	p := b.proposals["1.1/1|"+mess]
	b.apply(must(t)(engine.Approve(b.entries["1.1/1"], p, nil, engine.Verdict{Shown: 3, Answer: other}, jana, at("2024-01-22"))))
	fourth := must(t)(submit(b, fulfilled, "2024-01-23")) // an approved one stays as it is
	if d := cmp.Diff(map[int]engine.ProposalState{4: engine.Pending}, revisions(fourth)); d != "" {
		t.Errorf("after the approval:\n%s", d)
	}
}

func TestSubmitIsAnsweredWhenNothingIsOwed(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	b.answer(mess, "1.1/1", fulfilled, "2024-01-15")
	if r := b.requests[mess]; !r.AnsweredAt.IsZero() || r.NextOn != "2024-01-10" {
		t.Errorf("one of two answered: %+v", r)
	}
	b.answer(mess, "1.1/2", fulfilled, "2024-01-16")
	if r := b.requests[mess]; !r.AnsweredAt.Equal(at("2024-01-16")) || r.NextOn != "" {
		t.Errorf("both answered: %+v", r)
	}
	b.giveBack(mess, "1.1/2", "2024-01-17")
	if r := b.requests[mess]; !r.AnsweredAt.Equal(time.Time{}) || r.NextOn != "2024-01-17" {
		t.Errorf("one returned: %+v", r)
	}
}

func TestSubmitRefused(t *testing.T) {
	b := asked(t, "1.1/1")
	_, err := submit(b, engine.Answer{Status: engine.Partial}, "2024-01-15")
	wantCode(t, err, engine.Invalid)
	if err == nil || !strings.HasPrefix(err.Error(), "1.1/1: ") {
		t.Errorf("the error does not name the activity: %v", err)
	}
	_, err = engine.Submit(b.caseOf(mess), engine.Submission{By: " ", Answers: map[string]engine.Answer{"1.1/1": fulfilled}}, at("2024-01-15"))
	wantCode(t, err, engine.Invalid)
	c := b.caseOf(mess)
	c.Request.Revoked = true
	_, err = engine.Submit(c, engine.Submission{By: "Božena Šťastná", Answers: map[string]engine.Answer{"1.1/1": fulfilled}}, at("2024-01-15"))
	wantCode(t, err, engine.Gone)
	b.season.State = engine.SeasonClosed
	_, err = submit(b, fulfilled, "2024-01-15")
	wantCode(t, err, engine.Gone)
}

// Answers about activities the body was not asked about change nothing.
func TestSubmitAboutSomebodyElsesActivity(t *testing.T) {
	b := asked(t, "1.1/1")
	c := must(t)(engine.Submit(b.caseOf(mess), engine.Submission{By: "Božena Šťastná", Answers: map[string]engine.Answer{"2.1/1": fulfilled}}, at("2024-01-15")))
	if c.Event != "" {
		t.Errorf("answered about a stranger's activity: %+v", c)
	}
}
