package engine_test

import (
	"testing"

	"splneno/engine"
)

func TestNextStepFor(t *testing.T) {
	year := engine.Year(2023)
	ongoing := engine.Deadline{Kind: engine.DeadlineOngoing, Ongoing: true}
	for _, tt := range []struct {
		d    engine.Deadline
		s    engine.State
		want engine.NextStep
	}{
		{by("2023-12-31"), engine.Fulfilled, engine.Close},
		{engine.Deadline{}, engine.Fulfilled, engine.Close},
		{by("2025-12-31"), engine.Fulfilled, engine.Continue}, // promised again next year
		{ongoing, engine.Fulfilled, engine.Continue},
		{by("2023-12-31"), engine.InProgress, engine.Continue},
		{by("2023-12-31"), engine.Partial, ""}, // for her to say
		{ongoing, engine.Unfulfilled, ""},
		{ongoing, engine.Planned, ""},
	} {
		if got := engine.NextStepFor(engine.Activity{Deadline: tt.d}, year, tt.s); got != tt.want {
			t.Errorf("%s, due %q: %q, want %q", tt.s, tt.d.Due, got, tt.want)
		}
	}
}

func TestDecide(t *testing.T) {
	e, _ := waiting(engine.Partial, fulfilled)
	now := at("2024-02-01")
	for _, tt := range []struct {
		next engine.NextStep
		to   engine.Date
		who  engine.Actor
		code engine.Code
	}{
		{engine.CarryOver, "", jana, ""},
		{engine.Postpone, "2024-06-30", jana, ""},
		{"", "", jana, ""},
		{engine.Postpone, "", jana, engine.Invalid},
		{engine.Close, "2024-06-30", jana, engine.Invalid},
		{"sell", "", jana, engine.Invalid},
		{engine.Close, "", engine.Actor{Kind: engine.ActorCalendar, Name: "draft"}, engine.Forbidden},
	} {
		c, err := engine.Decide(e, tt.next, tt.to, tt.who, now)
		if engine.CodeOf(err) != tt.code {
			t.Errorf("%s until %q: %v, want %q", tt.next, tt.to, err, tt.code)
		}
		if err == nil && (c.Entries[0].NextStep != tt.next || c.Entries[0].PostponedTo != tt.to || c.Entries[0].State != engine.Partial) {
			t.Errorf("%s until %q: %+v", tt.next, tt.to, c.Entries[0])
		}
	}
}

// A status the import could not read is set by the coordinator, once.
func TestUnknownIsReported(t *testing.T) {
	e, _ := waiting(engine.StateUnknown, fulfilled)
	c := must(t)(engine.Report(e, fulfilled, "", "barvy v dokumentu", jana, at("2024-02-01")))
	if got := c.Entries[0]; got.State != engine.Fulfilled || c.Detail["from"] != "unknown" {
		t.Errorf("entry %+v, journal %v", got, c.Detail)
	}
}

func TestNoQuestionAfterTheSeason(t *testing.T) {
	b := asked(t, "1.1/1")
	b.answer(mess, "1.1/1", fulfilled, "2024-01-15")
	b.season.State = engine.SeasonClosed
	_, err := engine.Return(b.caseOf(mess), b.proposals["1.1/1|"+mess], 1, "Kolik klientů?", jana, at("2024-03-01"))
	wantCode(t, err, engine.Conflict)
}
