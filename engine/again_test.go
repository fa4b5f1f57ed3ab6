package engine_test

import (
	"fmt"
	"slices"
	"testing"

	"splneno/engine"
)

// again asks a body again by hand and gives what came of it.
func (b *book) again(id string, day engine.Date) (engine.Notice, engine.Refusal) {
	b.t.Helper()
	n, why := engine.AskAgain(b.caseOf(id), day)
	if why == "" {
		b.apply(engine.Change{Event: "asked_again", Actor: jana, Requests: []engine.Request{n.Request}, Proposals: n.Proposals})
	}
	return n, why
}

func TestAskAgain(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	acts := map[engine.Date]func(){"2024-01-23": func() { // the first reminder would come tomorrow
		n, why := b.again(mess, "2024-01-23")
		if why != "" || say("2024-01-23", n) != "2024-01-23 reminder 1.1/1:reminder 1.1/2:reminder" || n.Letter.Rung != 0 || n.Letter.AnswerBy != "2024-02-06" {
			t.Fatalf("%q %+v", why, n.Letter)
		}
		if _, why = b.again(mess, "2024-01-23"); why != engine.RefusedToday {
			t.Errorf("twice a day: %q", why)
		}
	}}
	wantSaid(t, b.days(mess, "2024-01-10", "2024-12-31", acts, nil), "2024-01-10 request 1.1/1:request 1.1/2:request",
		"2024-01-30 reminder 1.1/1:reminder 1.1/2:reminder", "2024-02-07 reminder 1.1/1:reminder 1.1/2:reminder", "2024-02-15 escalated, 2 open")
	if w := b.requests[mess].Written; len(w) != 4 {
		t.Errorf("written to on %v", w)
	}
}

// An answer that was returned is asked about with its question, which is not
// asked a second time.
func TestAskAgainTellsTheQuestion(t *testing.T) {
	b := asked(t, "1.1/1", "1.1/2")
	b.look(mess, "2024-01-10")
	b.answer(mess, "1.1/1", fulfilled, "2024-01-11")
	b.giveBack(mess, "1.1/1", "2024-01-11")
	n, why := b.again(mess, "2024-01-11")
	if why != "" || n.Letter.Items[0].Question == "" || say("2024-01-11", n) != "2024-01-11 reminder 1.1/1:returned 1.1/2:reminder" {
		t.Fatalf("%q %+v", why, n.Letter)
	}
	wantSaid(t, b.days(mess, "2024-01-11", "2024-01-23", nil, nil))
}

// A deadline that the letter named is not spoken of again on the next day.
func TestAskAgainBesideADeadline(t *testing.T) {
	m := town()
	m.Preset = engine.Autumn
	b := open(t, m, "2023-02-01", promise("1.1/1", "1.1", mess, by("2023-10-25"))) // 14 days before is 11 October
	b.ask("2023-09-01", "2023-09-01")
	acts := map[engine.Date]func(){"2023-10-10": func() { b.again(mess, "2023-10-10") }}
	said := b.days(mess, "2023-09-26", "2023-10-16", acts, nil)
	if slices.ContainsFunc(said, func(s string) bool { return s[:10] == "2023-10-11" }) {
		t.Errorf("a letter on the next day: %v", said)
	}
}

// Whoever does not read its mail today is asked on the day it does, once, even
// where the calendar does not write to it at all.
func TestAskAgainWaitsForAnOpenDay(t *testing.T) {
	for _, muted := range []bool{false, true} {
		b := asked(t, "1.1/1")
		b.look(mess, "2024-01-10")
		o := b.organisations[mess]
		o.Window = engine.Window{Weekdays: []int{4}}
		b.organisations[mess] = o
		if muted {
			b.apply(must(t)(engine.MoveLetters(b.caseOf(mess), engine.Move{Keys: []string{engine.Mute}}, jana, at("2024-01-11"))))
		}
		for range 2 { // the second click changes nothing
			n, why := b.again(mess, "2024-01-12") // a Friday
			if why != "" || n.Letter != nil || !n.Deferred || n.Request.NextOn != "2024-01-18" {
				t.Fatalf("%q %+v", why, n)
			}
		}
		want := []string{"2024-01-18 reminder 1.1/1:reminder"}
		if !muted {
			want = append(want, "2024-02-01 reminder 1.1/1:reminder", "2024-02-08 escalated, 1 open")
		}
		got := b.days(mess, "2024-01-12", "2024-02-10", nil, nil)
		if muted {
			wantSaid(t, got, want...)
		} else if len(got) == 0 || got[0] != want[0] {
			t.Errorf("said %v", got)
		}
		if b.requests[mess].Moves["again"] != "" {
			t.Error("the asking still waits")
		}
	}
}

// An asking that waits is dropped when the body answers, and can be called off.
func TestAskAgainThatWaitsIsDropped(t *testing.T) {
	for _, way := range []string{"answered", "called off"} {
		b := asked(t, "1.1/1")
		b.look(mess, "2024-01-10")
		o := b.organisations[mess]
		o.Window = engine.Window{Weekdays: []int{4}}
		b.organisations[mess] = o
		b.again(mess, "2024-01-12")
		if way == "answered" {
			b.answer(mess, "1.1/1", fulfilled, "2024-01-15")
		} else {
			b.apply(must(t)(engine.MoveLetters(b.caseOf(mess), engine.Move{Keys: []string{"again"}}, jana, at("2024-01-15"))))
		}
		wantSaid(t, b.days(mess, "2024-01-15", "2024-01-20", nil, nil))
	}
}

func TestWhoIsNotAskedAgain(t *testing.T) {
	day := engine.Date("2024-01-16") // a Tuesday, a week after the request
	for want, change := range map[engine.Refusal]func(b *book, o *engine.Organisation, r *engine.Request){
		engine.RefusedClosed:      func(b *book, _ *engine.Organisation, _ *engine.Request) { b.season.State = engine.SeasonClosed },
		engine.RefusedNotAsked:    func(_ *book, _ *engine.Organisation, r *engine.Request) { r.Step = 0 },
		engine.RefusedRevoked:     func(_ *book, _ *engine.Organisation, r *engine.Request) { r.Revoked = true },
		engine.RefusedDead:        func(_ *book, o *engine.Organisation, _ *engine.Request) { o.Contacts[0].Bounces = 2 },
		engine.RefusedUnreachable: func(_ *book, o *engine.Organisation, _ *engine.Request) { o.Contacts[0].Proposed = true },
		engine.RefusedAway:        func(_ *book, o *engine.Organisation, _ *engine.Request) { o.Contacts[0].AwayUntil = day },
		engine.RefusedToday:       func(_ *book, _ *engine.Organisation, r *engine.Request) { r.Written = []engine.Date{day} },
		engine.RefusedCapped: func(_ *book, _ *engine.Organisation, r *engine.Request) {
			r.Written = slices.Repeat(r.Written, 8)
		},
		engine.RefusedDayOff:   func(b *book, _ *engine.Organisation, _ *engine.Request) { b.m.DaysOff = []engine.Date{day} },
		engine.RefusedAnswered: func(b *book, _ *engine.Organisation, _ *engine.Request) { b.answer(mess, "1.1/1", fulfilled, day) },
		"":                     func(*book, *engine.Organisation, *engine.Request) {},
	} {
		b := asked(t, "1.1/1")
		b.look(mess, "2024-01-10")
		o := b.organisations[mess]
		o.Contacts = slices.Clone(o.Contacts)
		r := b.requests[mess]
		change(b, &o, &r)
		if want != engine.RefusedAnswered {
			b.requests[mess] = r
		}
		b.organisations[mess] = o
		if n, why := engine.AskAgain(b.caseOf(mess), day); why != want || (n.Letter == nil) != (want != "") {
			t.Errorf("want %q, got %q and %+v", want, why, n.Letter)
		}
		if want != "" && !slices.Contains(engine.Refusals(), want) {
			t.Errorf("%q is not listed", want)
		}
	}
}

// Whenever the coordinator asks again in a random year, nobody gets two letters
// a day or a second one within days, or more than the cap, and the silence of
// who stays silent still reaches her.
func TestRandomYearsAskedAgain(t *testing.T) {
	asked := 0
	for seed := range uint64(150) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t, dice(t, seed))
			last, questions := map[string]engine.Date{}, map[string]engine.Date{}
			for d := engine.Date("2023-02-01"); d <= lastDay; d = d.AddDays(1) {
				if d == "2024-01-10" {
					w.ask(d, d)
				}
				w.people(d)
				for _, id := range w.askees() {
					if w.r.IntN(6) == 0 { // before the letters of the day, or after: both happen
						before := len(w.requests[id].Written)
						if _, why := w.again(id, d); why == "" {
							last[id], asked = d, asked+1
							if !w.workday.Works(d) || len(w.requests[id].Written) != before+1 {
								t.Fatalf("%s: %s was written to on %v", d, id, w.requests[id].Written)
							}
						}
					}
					for _, p := range w.proposals {
						if p.Organisation == id && p.State == engine.Returned && p.ToldOn == "" {
							questions[id] = d
						}
					}
				}
				if w.workday.Works(d) && !w.down[d] {
					w.active = append(w.active, d)
					w.lettersAgain(d, last, questions)
				}
			}
			w.checkSilent()
			w.checkJournal()
		})
	}
	if asked < 300 {
		t.Errorf("only %d letters were asked for: the years say little", asked)
	}
}

// lettersAgain runs the letters of a day and holds them against the days on
// which bodies were asked again, and on which a question was put to them.
func (w *world) lettersAgain(d engine.Date, last, questions map[string]engine.Date) {
	for _, id := range w.askees() {
		letters := 0
		for _, n := range w.look(id, d) {
			if n.Escalate != nil {
				w.said[id][d] = append(w.said[id][d], "!")
				continue
			}
			letters++
			soon := last[id] != "" && w.workday.Add(last[id], 5) > d
			if soon && questions[id] < last[id] {
				w.t.Fatalf("%s: a letter (%s) to %s, which was asked again on %s", d, n.Letter.Kind, id, last[id])
			}
		}
		written := w.requests[id].Written
		twice := len(slices.Compact(slices.Clone(written))) != len(written)
		if letters > 1 || twice || len(written) > w.m.Policy.SeasonCap || !slices.IsSorted(written) {
			w.t.Fatalf("%s: %s got %d letters today, written to on %v", d, id, letters, written)
		}
	}
}
