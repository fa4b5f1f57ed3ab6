package engine_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

const nextJanuary = engine.Date("2024-01-10")

// workdays gives the days on which letters are written.
func workdays(m engine.Municipality, from, to engine.Date) (days []engine.Date) {
	w := engine.NewWorkdays(m.DaysOff)
	for d := from; d <= to; d = d.AddDays(1) {
		if w.Works(d) {
			days = append(days, d)
		}
	}
	return days
}

// prospect is the future of a body as the book knows it.
func (b *book) prospect(id string) engine.Prospect {
	p := engine.Prospect{Case: b.caseOf(id)}
	if b.season.AskedOn == "" {
		p.AskOn = nextJanuary
	}
	return p
}

// lines writes a forecast as [say] writes what was said.
func lines(of []engine.Mailing) (out []string) {
	for _, m := range of {
		if m.Kind == engine.LetterEscalation {
			out = append(out, fmt.Sprintf("%s escalated, %d open", m.Day, m.Items))
		} else {
			out = append(out, fmt.Sprintf("%s %s of %d, rung %d, answer by %s", m.Day, m.Kind, m.Items, m.Rung, m.AnswerBy))
		}
	}
	return out
}

// lived lets the year go by, nobody answering, and gives what was said to each.
func (b *book) lived(from, to engine.Date) map[string][]string {
	w, said := engine.NewWorkdays(b.m.DaysOff), map[string][]string{}
	for d := from; d <= to; d = d.AddDays(1) {
		if d == nextJanuary {
			b.ask(d, d)
		}
		for _, id := range b.askees() {
			if !w.Works(d) {
				continue
			}
			for _, n := range b.look(id, d) {
				line := ""
				if n.Letter != nil {
					line = fmt.Sprintf("%s %s of %d, rung %d, answer by %s", d, n.Letter.Kind, len(n.Letter.Items), n.Letter.Rung, n.Letter.AnswerBy)
				} else {
					line = fmt.Sprintf("%s escalated, %d open", d, n.Escalate.Open)
				}
				said[id] = append(said[id], line)
			}
		}
	}
	return said
}

// anyTown gives a municipality with an odd policy and days off.
func anyTown(r *rand.Rand) engine.Municipality {
	m := town()
	m.Policy.SeasonCap, m.Policy.AnswerDays = 1+r.IntN(8), 1+r.IntN(30)
	m.Policy.DeadlineAhead = [][]int{{60, 14}, {90, 30, 7}, {5}, nil}[r.IntN(4)]
	m.Policy.Ladder = nil
	for day := -10 + r.IntN(10); len(m.Policy.Ladder) < r.IntN(5); day += 1 + r.IntN(8) {
		kind := engine.LetterReminder
		if r.IntN(3) == 0 {
			kind = engine.LetterEscalation
		}
		m.Policy.Ladder = append(m.Policy.Ladder, engine.Rung{Kind: kind, Days: day})
	}
	for range r.IntN(20) {
		m.DaysOff = append(m.DaysOff, engine.Date("2023-02-01").AddDays(r.IntN(500)))
	}
	return m
}

// What is forecast is what happens, day for day, whatever was moved, stopped or
// answered before, and however odd the policy.
func TestForecastIsWhatHappens(t *testing.T) {
	mailings := 0
	for seed := range uint64(300) {
		r := dice(t, seed)
		var list []engine.Activity
		for i := range 1 + r.IntN(6) {
			list = append(list, anyPromise(r, fmt.Sprint("1.1/", i+1)))
		}
		b := open(t, anyTown(r), "2023-02-01", list...)
		b.anyBodies(r)
		day := engine.Date("2023-02-01").AddDays(r.IntN(450))
		b.lived("2023-02-01", day)
		b.answerSome(r, day)
		forecast := map[string][]string{}
		for _, id := range b.askees() {
			b.moveAnything(r, id, day)
			if r.IntN(2) == 0 {
				b.again(id, day)
			}
			coming := engine.Forecast([]engine.Prospect{b.prospect(id)}, workdays(b.m, day.AddDays(1), "2024-12-31"))
			if mailings += len(coming); len(coming) > 0 {
				forecast[id] = lines(coming)
			}
		}
		if d := cmp.Diff(b.lived(day.AddDays(1), "2024-12-31"), forecast); d != "" {
			t.Fatalf("seed %d, from %s (-happened +forecast):\n%s", seed, day, d)
		}
	}
	if mailings < 1000 {
		t.Errorf("only %d mailings were forecast: the test sees too little", mailings)
	}
}

// anyBodies gives bodies windows, absences, and takes addresses away.
func (b *book) anyBodies(r *rand.Rand) {
	for id, o := range b.organisations {
		if r.IntN(3) == 0 {
			o.Window = engine.Window{Weekdays: [][]int{nil, {1}, {2, 4}, {5}}[r.IntN(4)]}
			if r.IntN(2) == 0 {
				o.Window.Quiet = []engine.Span{{From: "07-01", To: "08-31"}, {From: "12-20", To: "01-05"}}[:1+r.IntN(2)]
			}
		}
		if r.IntN(6) == 0 {
			o.Contacts[0].AwayUntil = engine.Date("2023-03-01").AddDays(r.IntN(400))
		}
		if r.IntN(8) == 0 && id != engine.CoordinatorID {
			o.Contacts = nil
		}
		b.organisations[id] = o
	}
}

// answerSome lets bodies answer, and the coordinator give some of it back.
func (b *book) answerSome(r *rand.Rand, day engine.Date) {
	for _, id := range b.askees() {
		for _, activity := range b.requests[id].Activities {
			if r.IntN(4) > 0 {
				continue
			}
			b.answer(id, activity, engine.Answer{Status: engine.InProgress, Done: "ok"}, day)
			if r.IntN(2) == 0 {
				b.giveBack(id, activity, day)
			}
		}
	}
}

// moveAnything moves, stops and takes back some of what is forecast.
func (b *book) moveAnything(r *rand.Rand, id string, today engine.Date) {
	for range r.IntN(4) {
		coming := engine.Forecast([]engine.Prospect{b.prospect(id)}, workdays(b.m, today.AddDays(1), "2024-12-31"))
		if len(coming) == 0 {
			return
		}
		m := coming[r.IntN(len(coming))]
		if len(m.Keys) == 0 {
			continue
		}
		move := engine.Move{Keys: m.Keys}
		switch r.IntN(6) {
		case 0: // stopped
		case 1:
			move.Undo = true
		case 2:
			if r.IntN(5) == 0 {
				move.Keys = []string{engine.Mute}
			}
		default:
			move.Day = today.AddDays(1 + r.IntN(200))
		}
		c, err := engine.MoveLetters(b.caseOf(id), move, jana, at(today))
		if err != nil {
			if code := engine.CodeOf(err); code != engine.Invalid {
				b.t.Fatalf("%+v: %v", move, err)
			}
			continue
		}
		b.apply(c)
	}
}

// A letter moved to a day leaves on that day, and once.
func TestMovedLetterLeavesOnItsDay(t *testing.T) {
	tests := []struct {
		name string
		move engine.Move
		want []string
	}{
		{"the request", engine.Move{Keys: []string{"rung/1/0"}, Day: "2024-01-22"},
			[]string{"2024-01-22 request 1.1/1:request", "2024-02-05 reminder 1.1/1:reminder", "2024-02-13 reminder 1.1/1:reminder", "2024-02-21 escalated, 1 open"}},
		{"a reminder", engine.Move{Keys: []string{"rung/1/1"}, Day: "2024-01-26"},
			[]string{"2024-01-10 request 1.1/1:request", "2024-01-26 reminder 1.1/1:reminder", "2024-02-01 reminder 1.1/1:reminder", "2024-02-09 escalated, 1 open"}},
		{"a reminder, to another's day: one letter", engine.Move{Keys: []string{"rung/1/1"}, Day: "2024-02-01"},
			[]string{"2024-01-10 request 1.1/1:request", "2024-02-01 reminder 1.1/1:reminder", "2024-02-09 escalated, 1 open"}},
		{"a reminder left out", engine.Move{Keys: []string{"rung/1/1"}},
			[]string{"2024-01-10 request 1.1/1:request", "2024-02-01 reminder 1.1/1:reminder", "2024-02-09 escalated, 1 open"}},
		{"the request left out: who is reminded first is asked", engine.Move{Keys: []string{"rung/1/0"}},
			[]string{"2024-01-24 request 1.1/1:request", "2024-02-15 reminder 1.1/1:reminder", "2024-02-23 escalated, 1 open"}},
		{"the coordinator is not told", engine.Move{Keys: []string{"rung/1/3"}},
			[]string{"2024-01-10 request 1.1/1:request", "2024-01-24 reminder 1.1/1:reminder", "2024-02-01 reminder 1.1/1:reminder"}},
		{"nothing at all", engine.Move{Keys: []string{engine.Mute}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := asked(t, "1.1/1")
			b.apply(must(t)(engine.MoveLetters(b.caseOf(mess), tt.move, jana, at("2024-01-09"))))
			wantSaid(t, b.days(mess, "2024-01-09", "2024-12-31", nil, nil), tt.want...)
		})
	}
}

// What is taken back is as if it had never been.
func TestMoveIsUndone(t *testing.T) {
	b := asked(t, "1.1/1")
	before := b.requests[mess]
	for _, day := range []engine.Date{"2024-01-26", ""} {
		b.apply(must(t)(engine.MoveLetters(b.caseOf(mess), engine.Move{Keys: []string{"rung/1/1"}, Day: day}, jana, at("2024-01-09"))))
		b.apply(must(t)(engine.MoveLetters(b.caseOf(mess), engine.Move{Keys: []string{"rung/1/1"}, Undo: true}, jana, at("2024-01-09"))))
	}
	after := b.requests[mess]
	after.Version, after.Moves = before.Version, before.Moves
	if d := cmp.Diff(before, after); d != "" {
		t.Errorf("(-before +after):\n%s", d)
	}
}

func TestMovesThatAreRefused(t *testing.T) {
	calm := body(mess, "MESS")
	calm.Window = engine.Window{Weekdays: []int{2}, Quiet: []engine.Span{{From: "12-20", To: "01-15"}}}
	tests := []struct {
		name string
		move engine.Move
		code engine.Code
	}{
		{"a Saturday", engine.Move{Keys: []string{"rung/1/1"}, Day: "2024-01-27"}, engine.Invalid},
		{"a holiday", engine.Move{Keys: []string{"rung/1/1"}, Day: "2024-04-01"}, engine.Invalid},
		{"yesterday", engine.Move{Keys: []string{"rung/1/1"}, Day: "2024-01-08"}, engine.Invalid},
		{"a Monday of who reads on Tuesdays", engine.Move{Keys: []string{"rung/1/1"}, Day: "2024-01-22"}, engine.Invalid},
		{"a Tuesday in the quiet weeks", engine.Move{Keys: []string{"rung/1/1"}, Day: "2024-01-09"}, engine.Invalid},
		{"a Tuesday", engine.Move{Keys: []string{"rung/1/1"}, Day: "2024-01-23"}, ""},
		{"years ahead", engine.Move{Keys: []string{"rung/1/1"}, Day: "2027-01-12"}, engine.Invalid},
		{"a rung there is not", engine.Move{Keys: []string{"rung/1/9"}}, engine.Conflict},
		{"a round there is not", engine.Move{Keys: []string{"rung/2/0"}}, engine.Conflict},
		{"nothing", engine.Move{Day: "2024-01-23"}, engine.Invalid},
		{"nonsense", engine.Move{Keys: []string{"x"}, Day: "2024-01-23"}, engine.Conflict},
	}
	for _, tt := range tests {
		b := asked(t, "1.1/1")
		b.organisations[mess] = calm
		_, err := engine.MoveLetters(b.caseOf(mess), tt.move, jana, at("2024-01-09"))
		if engine.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.code)
		}
	}
	b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", mess, by("2023-06-30")))
	_, err := engine.MoveLetters(b.caseOf(mess), engine.Move{Keys: []string{"deadline/2023-06-30/14"}, Day: "2023-07-03"}, jana, at("2023-02-02"))
	wantCode(t, err, engine.Invalid)
	_, err = engine.MoveLetters(b.caseOf(mess), engine.Move{Keys: []string{engine.Mute}}, calendar, at("2023-02-02"))
	wantCode(t, err, engine.Forbidden)
	b.season.State = engine.SeasonClosed
	_, err = engine.MoveLetters(b.caseOf(mess), engine.Move{Keys: []string{engine.Mute}}, jana, at("2023-02-02"))
	wantCode(t, err, engine.Conflict)
}
