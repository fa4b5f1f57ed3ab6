package engine_test

import (
	"testing"

	"splneno/engine"
)

// between is true from the first day to the last, both included.
func between(from, to engine.Date) func(engine.Date) bool {
	return func(d engine.Date) bool { return d >= from && d <= to }
}

// Asked on 10 January 2024; by the ladder 24 January, 1 and 6 February.
func TestLettersAfterAnOutage(t *testing.T) {
	tests := []struct {
		name     string
		from, to engine.Date
		want     []string
	}{
		{"a day", "2024-01-24", "2024-01-24", []string{"2024-01-10 request 1.1/1:request", "2024-01-25 reminder 1.1/1:reminder late 1",
			"2024-02-01 reminder 1.1/1:reminder", "2024-02-09 escalated, 1 open"}},
		{"over a weekend is not late", "2024-01-06", "2024-01-09", []string{"2024-01-10 request 1.1/1:request", "2024-01-24 reminder 1.1/1:reminder",
			"2024-02-01 reminder 1.1/1:reminder", "2024-02-09 escalated, 1 open"}},
		{"both reminders: one letter, and the coordinator no sooner than after it", "2024-01-20", "2024-02-20",
			[]string{"2024-01-10 request 1.1/1:request", "2024-02-21 reminder 1.1/1:reminder late 28", "2024-02-29 escalated, 1 open"}},
		{"the whole ladder: they have the full time to answer", "2024-01-10", "2024-03-10",
			[]string{"2024-03-11 request 1.1/1:request late 61", "2024-03-25 reminder 1.1/1:reminder",
				"2024-04-04 reminder 1.1/1:reminder", "2024-04-12 escalated, 1 open"}},
		{"a year", "2024-01-15", "2025-01-31", []string{"2024-01-10 request 1.1/1:request", "2025-02-03 reminder 1.1/1:reminder late 376",
			"2025-02-11 escalated, 1 open"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := asked(t, "1.1/1")
			wantSaid(t, b.days(mess, "2024-01-06", "2025-12-31", nil, between(tt.from, tt.to)), tt.want...)
		})
	}
}

// A link renewed after the time to answer has passed begins anew.
func TestRenewedLinkBeginsAnew(t *testing.T) {
	b := asked(t, "1.1/1")
	b.days(mess, "2024-01-10", "2024-03-10", nil, nil)
	r := b.requests[mess]
	r.Step, r.Round, r.AskedOn, r.NextOn = 0, r.Round+1, "2024-03-11", "2024-03-11" // what workflows.RevokeLink asks for
	b.apply(engine.Change{Requests: []engine.Request{r}})
	wantSaid(t, b.days(mess, "2024-03-11", "2024-12-31", nil, nil), "2024-03-11 request 1.1/1:request", "2024-03-25 reminder 1.1/1:reminder",
		"2024-04-04 reminder 1.1/1:reminder", "2024-04-12 escalated, 1 open")
}

// Two reminder days missed are one letter.
func TestDeadlinesAfterAnOutage(t *testing.T) {
	b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", mess, by("2023-06-30")), promise("1.1/2", "1.1", mess, by("2023-06-20")))
	wantSaid(t, b.days(mess, "2023-02-01", "2023-12-31", nil, between("2023-04-20", "2023-07-09")),
		"2023-07-10 deadline 1.1/1:deadline 1.1/2:deadline late 80")
}

// A clock set back writes to nobody twice.
func TestClockSetBack(t *testing.T) {
	b := asked(t, "1.1/1")
	b.look(mess, "2024-01-10")
	b.look(mess, "2024-01-24")
	wantSaid(t, b.days(mess, "2024-01-10", "2024-01-23", nil, nil))
	wantSaid(t, b.days(mess, "2024-01-24", "2024-02-01", nil, nil), "2024-02-01 reminder 1.1/1:reminder")
}

// A ladder whose reminder falls before the asking, and one that ends in a
// reminder: odd policies make no odd mail.
func TestOddPolicies(t *testing.T) {
	m := town()
	m.Policy.AnswerDays = 3
	b := open(t, m, "2023-12-01", promise("1.1/1", "1.1", mess, engine.Deadline{}))
	b.ask("2024-01-10", "2024-01-10")
	wantSaid(t, b.days(mess, "2024-01-10", "2024-12-31", nil, nil), "2024-01-10 request 1.1/1:request", "2024-01-16 reminder 1.1/1:reminder",
		"2024-01-24 escalated, 1 open")

	m.Policy.AnswerDays = 15
	m.Policy.Ladder = []engine.Rung{{Kind: engine.LetterEscalation, Days: 1}, {Kind: engine.LetterReminder, Days: 2}}
	b = open(t, m, "2023-12-01", promise("1.1/1", "1.1", mess, engine.Deadline{}))
	b.ask("2024-01-10", "2024-01-10")
	wantSaid(t, b.days(mess, "2024-01-10", "2024-12-31", nil, nil), "2024-01-10 request 1.1/1:request", "2024-02-01 escalated, 1 open",
		"2024-02-02 reminder 1.1/1:reminder")

	m.Policy.Ladder = []engine.Rung{{Kind: engine.LetterReminder, Days: 1}, {Kind: engine.LetterEscalation, Days: 1}}
	b = open(t, m, "2023-12-01", promise("1.1/1", "1.1", mess, engine.Deadline{}))
	b.ask("2024-01-10", "2024-01-10")
	wantSaid(t, b.days(mess, "2024-01-10", "2024-12-31", nil, nil), "2024-01-10 request 1.1/1:request", "2024-02-01 reminder 1.1/1:reminder",
		"2024-02-02 escalated, 1 open")

	m.Policy.Ladder = nil
	b = open(t, m, "2023-12-01", promise("1.1/1", "1.1", mess, engine.Deadline{}))
	b.ask("2024-01-10", "2024-01-10")
	wantSaid(t, b.days(mess, "2024-01-10", "2024-12-31", nil, nil), "2024-01-10 request 1.1/1:request")
}
