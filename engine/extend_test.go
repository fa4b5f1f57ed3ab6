package engine_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// extend brings the book's season up to its activities and organisations.
func (b *book) extend(day engine.Date, touched ...string) ([]engine.Entry, []engine.Request) {
	b.t.Helper()
	s := engine.Standing{Season: b.season, Touched: touched, Opening: engine.Opening{Municipality: b.m, Plan: b.plan, Period: b.season.Period, Activities: b.activities}}
	for _, o := range b.organisations {
		s.Opening.Organisations = append(s.Opening.Organisations, o)
	}
	for _, a := range b.activities {
		if e, ok := b.entries[a.ID]; ok {
			s.Entries = append(s.Entries, e)
		}
	}
	for _, id := range b.askees() {
		s.Requests = append(s.Requests, b.requests[id])
	}
	entries, requests := engine.Extend(s, at(day))
	b.apply(engine.Change{Event: "extended", Actor: jana, Entries: entries, Requests: requests})
	return entries, requests
}

// saidOn gives what the letters of a day say to a body.
func (b *book) saidOn(id string, day engine.Date) (out []string) {
	b.t.Helper()
	for _, n := range b.look(id, day) {
		out = append(out, say(day, n))
	}
	return out
}

const mss = "mess-dubovice"

func ongoing() engine.Deadline { return engine.Deadline{Kind: engine.DeadlineOngoing, Ongoing: true} }

func TestExtendChangesNothingByItself(t *testing.T) {
	b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", mss, by("2023-06-30")), promise("1.1/2", "1.1", "nikdo", ongoing()))
	b.ask("2024-01-10", "2024-01-10")
	if e, r := b.extend("2024-01-12"); len(e)+len(r) > 0 {
		t.Errorf("%+v %+v", e, r)
	}
}

// A new promise gets an entry; numbers stay; who has answered is asked about
// the new item only, with the full time; a body without a request gets one.
func TestExtendByANewPromise(t *testing.T) {
	b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", mss, ongoing()))
	b.ask("2024-01-10", "2024-01-10")
	b.saidOn(mss, "2024-01-10")
	b.answer(mss, "1.1/1", engine.Answer{Status: engine.InProgress, Done: "Běží."}, "2024-01-15")
	b.activities = append([]engine.Activity{promise("1.1/0", "1.1", mss, ongoing()), promise("2.1/1", "2.1", "oblastni-charita-dubovice", ongoing())}, b.activities...)
	b.extend("2024-02-05")
	if got := b.requests[mss]; !slices.Equal(got.Activities, []string{"1.1/1", "1.1/0"}) || got.AnswerBy != "2024-02-26" || got.AskedOn != "2024-01-10" {
		t.Errorf("request %+v", got)
	}
	if diff := cmp.Diff([]string{"2024-02-05 request 1.1/0:request"}, b.saidOn(mss, "2024-02-05")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"2024-02-05 request 2.1/1:request"}, b.saidOn("oblastni-charita-dubovice", "2024-02-05")); diff != "" {
		t.Error(diff)
	}
	if e, r := b.extend("2024-02-06"); len(e)+len(r) > 0 {
		t.Errorf("extended again: %+v %+v", e, r)
	}
}

// Before the asking nobody is asked at once, but reminded of terms.
func TestExtendBeforeTheAsking(t *testing.T) {
	b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", mss, ongoing()))
	b.activities = append(b.activities, promise("1.1/2", "1.1", mss, by("2023-12-15")))
	b.extend("2023-03-01")
	if got := b.requests[mss]; got.Round != 0 || got.NextOn != "2023-10-16" {
		t.Errorf("request %+v", got)
	}
}

// A contact set late: the body is asked, the coordinator no more.
func TestExtendByAContact(t *testing.T) {
	b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", "skupina", ongoing()))
	b.ask("2024-01-10", "2024-01-10")
	b.saidOn(engine.CoordinatorID, "2024-01-10")
	b.organisations["skupina"] = engine.Organisation{ID: "skupina", Kind: engine.KindOpenGroup, Members: []string{mss, "oblastni-charita-dubovice"}}
	b.extend("2024-01-12")
	for id, want := range map[string][]string{mss: {"2024-01-12 request 1.1/1:request"}, "oblastni-charita-dubovice": {"2024-01-12 request 1.1/1:request"}} {
		if diff := cmp.Diff(want, b.saidOn(id, "2024-01-12")); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
	for d := engine.Date("2024-01-12"); d < "2024-03-01"; d = d.AddDays(1) {
		if said := b.saidOn(engine.CoordinatorID, d); len(said) > 0 {
			t.Errorf("the coordinator is still asked: %v", said)
		}
	}
}

func TestExtendByADrop(t *testing.T) {
	b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", mss, ongoing()))
	b.ask("2024-01-10", "2024-01-10")
	b.activities[0].Dropped = "zrušeno radou"
	b.extend("2024-01-09", "1.1/1")
	if b.entries["1.1/1"].NextStep != engine.Drop {
		t.Errorf("entry %+v", b.entries["1.1/1"])
	}
	if said := b.saidOn(mss, "2024-01-10"); len(said) > 0 {
		t.Errorf("asked about what was dropped: %v", said)
	}
	_, err := engine.OpenSeason(opening(b.activities...), jana, at("2024-02-01"))
	wantCode(t, err, engine.Invalid)
}

// shared is one activity of two bodies.
func shared(rule engine.AnswerRule) engine.Activity {
	a := promise("1.1/1", "1.1", mss, ongoing())
	a.Responsible = append(a.Responsible, engine.Party{Name: "Charita", Kind: engine.KindOrganisation, Organisation: "oblastni-charita-dubovice"})
	a.Answers = rule
	return a
}

func TestAnswerRules(t *testing.T) {
	const second = "oblastni-charita-dubovice"
	for rule, want := range map[engine.AnswerRule]struct {
		askees []string
		owes   int // reminders of the second after the first has answered
		silent []string
		counts [3]int // asked, answered, silent
	}{
		engine.AnyAnswers:  {[]string{mss, second}, 0, nil, [3]int{2, 1, 0}},
		engine.LeadAnswers: {[]string{mss}, 0, nil, [3]int{1, 1, 0}},
		engine.EachAnswers: {[]string{mss, second}, 3, []string{"Oblastní charita Dubovice nad Říčkou"}, [3]int{2, 1, 1}},
	} {
		b := open(t, town(), "2023-02-01", shared(rule))
		b.ask("2024-01-10", "2024-01-10")
		for _, id := range b.askees() {
			b.saidOn(id, "2024-01-10")
		}
		if got := b.entries["1.1/1"].Askees; !slices.Equal(got, want.askees) {
			t.Errorf("rule %q asks %v", rule, got)
		}
		b.answer(mss, "1.1/1", engine.Answer{Status: engine.InProgress, Done: "Běží."}, "2024-01-11")
		said := 0
		for d := engine.Date("2024-01-12"); d < "2024-04-01"; d = d.AddDays(1) {
			if _, asked := b.requests[second]; asked && engine.NewWorkdays(nil).Works(d) {
				said += len(b.saidOn(second, d))
			}
		}
		if said != want.owes {
			t.Errorf("rule %q: %d things are said to the second body, want %d", rule, said, want.owes)
		}
		r := engine.Record{Municipality: b.m, Plan: b.plan, Period: b.season.Period, Activities: b.activities, Organisations: bodies(), Entries: []engine.Entry{b.entries["1.1/1"]}}
		for _, id := range b.askees() {
			r.Requests = append(r.Requests, b.requests[id])
		}
		for _, p := range b.proposals {
			r.Proposals = append(r.Proposals, p)
		}
		e := engine.Evaluate(r, at("2024-04-01"))
		if row := e.Rows()[0]; !slices.Equal(row.Silent, want.silent) || [3]int{e.Asked, e.Answered, e.Silent} != want.counts {
			t.Errorf("rule %q: silent %v, %d asked, %d answered, %d silent", rule, row.Silent, e.Asked, e.Answered, e.Silent)
		}
	}
}

func TestLead(t *testing.T) {
	a := shared(engine.LeadAnswers)
	if lead, certain := engine.Lead(a.Responsible); lead.Organisation != mss || certain {
		t.Errorf("proposed %+v, %v", lead, certain)
	}
	a.Responsible[1].Role = engine.RoleLead
	if lead, certain := engine.Lead(a.Responsible); lead.Organisation == mss || !certain {
		t.Errorf("lead %+v, %v", lead, certain)
	}
	group := []engine.Party{{Name: "další", Kind: engine.KindOpenGroup}, {Name: "Charita", Kind: engine.KindOrganisation}}
	if lead, _ := engine.Lead(group); lead.Name != "Charita" {
		t.Errorf("a group leads: %+v", lead)
	}
	if lead, certain := engine.Lead(nil); lead.Name != "" || certain {
		t.Errorf("nobody leads: %+v", lead)
	}
}
