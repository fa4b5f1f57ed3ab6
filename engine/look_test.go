package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

const (
	mess = "mess-dubovice"
	char = "oblastni-charita-dubovice"
)

// days runs the daily letters for one body from one day to another, working
// days only, and gives what was said. On the days of acts something happens
// first; on the days for which down is true nothing runs.
func (b *book) days(id string, from, to engine.Date, acts map[engine.Date]func(), down func(engine.Date) bool) (said []string) {
	w := engine.NewWorkdays(b.m.DaysOff)
	for d := from; d <= to; d = d.AddDays(1) {
		if act := acts[d]; act != nil {
			act()
		}
		if !w.Works(d) || (down != nil && down(d)) {
			continue
		}
		for _, n := range b.look(id, d) {
			said = append(said, say(d, n))
		}
	}
	return said
}

// answer submits one answer of a body.
func (b *book) answer(id, activity string, a engine.Answer, day engine.Date) {
	b.t.Helper()
	b.apply(must(b.t)(engine.Submit(b.caseOf(id), engine.Submission{By: "Božena Šťastná", Channel: engine.ByLink,
		Answers: map[string]engine.Answer{activity: a}}, at(day))))
}

// giveBack returns a body's newest answer with a question.
func (b *book) giveBack(id, activity string, day engine.Date) {
	b.t.Helper()
	p := b.proposals[activity+"|"+id]
	b.apply(must(b.t)(engine.Return(b.caseOf(id), p, p.Revision, "Kolik klientů služba měla?", jana, at(day))))
}

var fulfilled = engine.Answer{Status: engine.Fulfilled, Done: "Služba běžela po celý rok."}

// asked is a book whose one body was asked on 10 January 2024 about activities
// due on no day: answer by 31 January.
func asked(t *testing.T, ids ...string) *book {
	t.Helper()
	var list []engine.Activity
	for _, id := range ids {
		list = append(list, promise(id, "1.1", mess, engine.Deadline{}))
	}
	b := open(t, town(), "2023-12-01", list...)
	b.ask("2024-01-10", "2024-01-10")
	return b
}

func wantSaid(t *testing.T, got []string, want ...string) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("said (-want +got):\n%s", d)
	}
}

func TestSilentBodyClimbsTheLadder(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	wantSaid(t, b.days(mess, "2024-01-10", "2025-01-10", nil, nil),
		"2024-01-10 request 1.1/1:request 1.1/2:request",
		"2024-01-24 reminder 1.1/1:reminder 1.1/2:reminder", // 5 working days before
		"2024-02-01 reminder 1.1/1:reminder 1.1/2:reminder", // 1 after
		"2024-02-09 escalated, 2 open")                      // 7 after
	if d := cmp.Diff([]engine.Date{"2024-01-10", "2024-01-24", "2024-02-01"}, b.requests[mess].Written); d != "" {
		t.Errorf("written (-want +got):\n%s", d)
	}
}

func TestLettersSayWhatTheyMust(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	first := b.look(mess, "2024-01-10")[0].Letter
	if first.AnswerBy != "2024-01-31" || first.Rung != 0 || first.LateDays != 0 || first.Items[1].Number != 2 || first.Items[0].Measure != "1.1 Terénní služby" ||
		first.To.Email != "mess-dubovice@dubovice.example" || first.Period.ID != "2023" {
		t.Errorf("request %+v", first)
	}
	b.answer(mess, "1.1/1", fulfilled, "2024-01-15")
	second, third := b.look(mess, "2024-01-24")[0].Letter, b.look(mess, "2024-02-01")[0].Letter
	if second.Rung != 1 || third.Rung != 2 {
		t.Errorf("rungs %d and %d, want 1 and 2", second.Rung, third.Rung)
	}
	if len(third.Items) != 1 || third.Items[0].Number != 2 {
		t.Errorf("the number of an item changed when another was answered: %+v", third.Items)
	}
	if third.AnswerBy <= third.Date {
		t.Errorf("a letter of %s asks for an answer by %s", third.Date, third.AnswerBy)
	}
}

func TestAnsweringEndsTheLadder(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	said := b.days(mess, "2024-01-10", "2024-12-31", map[engine.Date]func(){
		"2024-01-18": func() { b.answer(mess, "1.1/1", fulfilled, "2024-01-18") },
		"2024-01-29": func() {
			b.answer(mess, "1.1/2", engine.Answer{Status: engine.InProgress, Done: "Beze změny."}, "2024-01-29")
		},
	}, nil)
	wantSaid(t, said, "2024-01-10 request 1.1/1:request 1.1/2:request", "2024-01-24 reminder 1.1/2:reminder")
	if r := b.requests[mess]; r.AnsweredAt.IsZero() || r.NextOn != "" {
		t.Errorf("request after the last answer: %+v", r)
	}
}

// An answer sent back while there is time joins the ladder; sent back after the
// day to answer by, the question gets time of its own: a body that answered in
// time is not reported silent the next morning.
func TestReturnedAnswer(t *testing.T) {
	b := asked(t, "1.1/1")
	said := b.days(mess, "2024-01-10", "2024-06-30", map[engine.Date]func(){
		"2024-01-12": func() { b.answer(mess, "1.1/1", fulfilled, "2024-01-12") },
		"2024-01-16": func() { b.giveBack(mess, "1.1/1", "2024-01-16") },
		"2024-01-26": func() {
			b.answer(mess, "1.1/1", engine.Answer{Status: engine.Fulfilled, Done: "39 klientů."}, "2024-01-26")
		},
	}, nil)
	wantSaid(t, said, "2024-01-10 request 1.1/1:request", "2024-01-16 returned 1.1/1:returned", "2024-01-24 reminder 1.1/1:returned")

	b = asked(t, "1.1/1")
	said = b.days(mess, "2024-01-10", "2024-06-30", map[engine.Date]func(){
		"2024-01-12": func() { b.answer(mess, "1.1/1", fulfilled, "2024-01-12") },
		"2024-02-14": func() { b.giveBack(mess, "1.1/1", "2024-02-14") },
	}, nil)
	wantSaid(t, said, "2024-01-10 request 1.1/1:request", "2024-02-14 returned 1.1/1:returned",
		"2024-02-22 reminder 1.1/1:returned", "2024-03-01 escalated, 1 open") // 1 and 7 after 21 February
}

// Returned on the day the body is escalated about something else: the question
// leaves all the same.
func TestQuestionIsToldOnTheDayOfEscalation(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	said := b.days(mess, "2024-01-10", "2024-06-30", map[engine.Date]func(){
		"2024-02-02": func() { b.answer(mess, "1.1/1", fulfilled, "2024-02-02") },
		"2024-02-09": func() { b.giveBack(mess, "1.1/1", "2024-02-09") },
	}, nil)
	wantSaid(t, said[3:], "2024-02-09 escalated, 2 open", "2024-02-09 returned 1.1/1:returned")
}

// A question that had to wait a day is not forgotten because another item was
// answered in between.
func TestQuestionSurvivesAnotherAnswer(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2", "1.1/3")
	said := b.days(mess, "2024-01-10", "2024-01-19", map[engine.Date]func(){
		"2024-01-11": func() {
			b.answer(mess, "1.1/1", fulfilled, "2024-01-11")
			b.answer(mess, "1.1/2", fulfilled, "2024-01-11")
			b.giveBack(mess, "1.1/1", "2024-01-11")
		},
		"2024-01-12": func() { // written to yesterday about 1.1/1; the second question is asked on a Saturday
			b.giveBack(mess, "1.1/2", "2024-01-12")
			b.answer(mess, "1.1/3", fulfilled, "2024-01-12")
		},
	}, nil)
	wantSaid(t, said, "2024-01-10 request 1.1/1:request 1.1/2:request 1.1/3:request", "2024-01-11 returned 1.1/1:returned", "2024-01-12 returned 1.1/2:returned")
}

func TestDeadlineReminders(t *testing.T) {
	b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", mess, by("2023-06-30")), promise("1.1/2", "1.1", mess, by("2023-12-31")),
		promise("1.1/3", "1.1", mess, engine.Deadline{Kind: engine.DeadlineOngoing, Ongoing: true}), promise("2.1/1", "2.1", mess, by("2022-06-30")))
	said := b.days(mess, "2023-02-01", "2024-01-09", map[engine.Date]func(){
		"2023-11-20": func() { b.answer(mess, "1.1/2", fulfilled, "2023-11-20") },
	}, nil)
	wantSaid(t, said, "2023-05-02 deadline 1.1/1:deadline", // 1 May is a holiday
		"2023-06-16 deadline 1.1/1:deadline", "2023-11-01 deadline 1.1/2:deadline") // answered before the second
}

// A reminder day that falls on the day of escalation is reminded of.
func TestDeadlineOnTheDayOfEscalation(t *testing.T) {
	m := town()
	m.Preset = engine.Autumn
	b := open(t, m, "2023-02-01", promise("1.1/1", "1.1", mess, by("2023-12-03"))) // 60 days before is 4 October
	b.ask("2023-09-01", "2023-09-01")                                              // answer by 22 September, escalation on 4 October
	wantSaid(t, b.days(mess, "2023-09-01", "2023-12-31", nil, nil), "2023-09-01 request 1.1/1:request", "2023-09-15 reminder 1.1/1:reminder",
		"2023-09-25 reminder 1.1/1:reminder", "2023-10-04 escalated, 1 open", "2023-10-04 deadline 1.1/1:deadline", "2023-11-20 deadline 1.1/1:deadline")
}

func TestNotTwiceADay(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	b.look(mess, "2024-01-10")
	for range 3 {
		if n := engine.Look(b.caseOf(mess), "2024-01-10"); n.Letter != nil || n.Escalate != nil || n.Deferred {
			t.Fatalf("looking again says %+v", n)
		}
	}
	b.answer(mess, "1.1/1", fulfilled, "2024-01-10")
	b.giveBack(mess, "1.1/1", "2024-01-10")
	if n := engine.Look(b.caseOf(mess), "2024-01-10"); n.Letter != nil || !n.Deferred || n.Request.NextOn != "2024-01-11" {
		t.Fatalf("written to already today, and now %+v", n)
	}
	wantSaid(t, b.days(mess, "2024-01-10", "2024-01-12", nil, nil), "2024-01-11 returned 1.1/1:returned")
}

// From the cap on, the coordinator hears what the body would have been told.
func TestSeasonCap(t *testing.T) {
	m := town()
	m.Policy.SeasonCap = 2
	b := open(t, m, "2023-12-01", promise("1.1/1", "1.1", mess, engine.Deadline{}))
	b.ask("2024-01-10", "2024-01-10")
	wantSaid(t, b.days(mess, "2024-01-10", "2024-12-31", nil, nil), "2024-01-10 request 1.1/1:request", "2024-01-24 reminder 1.1/1:reminder",
		"2024-02-01 escalated, 1 open", "2024-02-09 escalated, 1 open")
}

func TestBodyWithoutAnAddressGoesToTheCoordinator(t *testing.T) {
	b := asked(t, "1.1/1")
	o := b.organisations[mess]
	o.Contacts = nil
	b.organisations[mess] = o
	n := b.look(mess, "2024-01-10")
	if len(n) != 1 || n[0].Letter != nil || !n[0].Escalate.OnBehalf || len(n[0].Escalate.Asked) != 0 {
		t.Errorf("without an address: %+v", n)
	}
}

func TestCoordinatorIsNeverEscalatedToHerself(t *testing.T) {
	m := town()
	m.Policy.SeasonCap = 2
	for _, reachable := range []bool{true, false} {
		b := open(t, m, "2023-12-01", promise("1.1/1", "1.1", "nikdo", engine.Deadline{}))
		if !reachable {
			b.organisations[engine.CoordinatorID] = engine.Organisation{ID: engine.CoordinatorID, Name: "koordinátor KPSS"}
		}
		b.ask("2024-01-10", "2024-01-10")
		var want []string
		if reachable {
			want = []string{"2024-01-10 request 1.1/1:request", "2024-01-24 reminder 1.1/1:reminder"}
		}
		wantSaid(t, b.days(engine.CoordinatorID, "2024-01-10", "2024-12-31", nil, nil), want...)
	}
}

func TestClosedSeasonIsQuiet(t *testing.T) {
	b := asked(t, "1.1/1")
	b.season.State = engine.SeasonClosed
	wantSaid(t, b.days(mess, "2024-01-10", "2024-12-31", nil, nil))
	if next := b.requests[mess].NextOn; next != "" {
		t.Errorf("next look on %s", next)
	}
}

func TestResultReportedByTheCoordinatorEndsTheAsking(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	said := b.days(mess, "2024-01-10", "2024-12-31", map[engine.Date]func(){"2024-01-15": func() {
		for _, id := range []string{"1.1/1", "1.1/2"} {
			b.apply(must(t)(engine.Report(b.entries[id], fulfilled, "", "telefon", jana, at("2024-01-15"))))
		}
	}}, nil)
	wantSaid(t, said, "2024-01-10 request 1.1/1:request 1.1/2:request")
}

// What was in progress in May is asked about again in January; what was
// fulfilled is not. The same words in January are an answer to January.
func TestOldNewsIsAskedAboutAgain(t *testing.T) {
	b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", mess, by("2023-06-30")), promise("1.1/2", "1.1", mess, by("2023-06-30")))
	going := engine.Answer{Status: engine.InProgress, Done: "Jedná se s krajem."}
	b.answer(mess, "1.1/1", going, "2023-05-10")
	b.answer(mess, "1.1/2", fulfilled, "2023-05-10")
	b.ask("2024-01-10", "2024-01-10")
	said := b.days(mess, "2024-01-10", "2024-06-30", map[engine.Date]func(){
		"2024-01-15": func() { b.answer(mess, "1.1/1", going, "2024-01-15") },
	}, nil)
	wantSaid(t, said, "2024-01-10 request 1.1/1:request")
	if p := b.proposals["1.1/1|"+mess]; p.Revision != 2 {
		t.Errorf("the answer of January is revision %d, want 2", p.Revision)
	}
}
