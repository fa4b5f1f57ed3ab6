package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

func opening(activities ...engine.Activity) engine.Opening {
	return engine.Opening{Municipality: town(), Plan: plan(), Period: engine.Year(2023), Activities: activities, Organisations: bodies()}
}

func TestOpenSeason(t *testing.T) {
	later := promise("2.1/1", "2.1", "mess-dubovice", engine.Deadline{Kind: engine.DeadlineYear, Start: "2024-01-01", Due: "2024-12-31"})
	o := opening(promise("1.1/1", "1.1", "mess-dubovice", by("2023-06-30")), promise("1.1/2", "1.1", "oblastni-charita-dubovice", engine.Deadline{}),
		promise("A/1", "A", "nikdo", engine.Deadline{Kind: engine.DeadlineOngoing, Ongoing: true}), later, promise("2.1/2", "2.1", "mess-dubovice", by("2022-12-31")))
	o.Settled = map[string]bool{"2.1/2": true}
	c := must(t)(engine.OpenSeason(o, jana, at("2023-02-01")))

	asked := map[string][]string{}
	for _, e := range c.Entries {
		if e.State != engine.Planned || !e.AnsweredAt.IsZero() || e.Version != 0 {
			t.Errorf("entry %+v does not begin at the beginning", e)
		}
		asked[e.Activity] = e.Askees
	}
	want := map[string][]string{"1.1/1": {"mess-dubovice"}, "1.1/2": {"oblastni-charita-dubovice"}, "A/1": {engine.CoordinatorID}}
	if d := cmp.Diff(want, asked); d != "" {
		t.Errorf("entries (-want +got):\n%s", d)
	}
	next := map[string]engine.Date{}
	for _, r := range c.Requests {
		if r.Round != 0 || r.AskedOn != "" {
			t.Errorf("request of %s has begun before it was asked", r.Organisation)
		}
		next[r.Organisation] = r.NextOn
	}
	// 60 days before 30 June 2023 is 1 May, a holiday: the reminder waits a day.
	if d := cmp.Diff(map[string]engine.Date{engine.CoordinatorID: "", "mess-dubovice": "2023-05-02", "oblastni-charita-dubovice": ""}, next); d != "" {
		t.Errorf("next looks (-want +got):\n%s", d)
	}
	if s := c.Seasons[0]; s.State != engine.SeasonOpen || s.AskedOn != "" {
		t.Errorf("season %+v", s)
	}
}

func TestOpenSeasonRefused(t *testing.T) {
	_, err := engine.OpenSeason(opening(promise("1.1/1", "1.1", "mess-dubovice", by("2023-06-30"))), charita, at("2023-02-01"))
	wantCode(t, err, engine.Forbidden)
	_, err = engine.OpenSeason(opening(), jana, at("2023-02-01"))
	wantCode(t, err, engine.Invalid)
}

// A reminder that could only come after the due day is not written at all.
func TestReminderDayNeverBehindTheDueDay(t *testing.T) {
	for due, want := range map[engine.Date]engine.Date{"2023-12-26": "", "2023-12-22": "2023-12-19", "2023-12-27": "2023-12-27"} {
		o := opening(promise("1.1/1", "1.1", "mess-dubovice", by(due)))
		o.Municipality.Policy.DeadlineAhead = []int{3}
		if got := must(t)(engine.OpenSeason(o, jana, at("2023-02-01"))).Requests[0].NextOn; got != want {
			t.Errorf("due on %s: reminded on %q, want %q", due, got, want)
		}
	}
}

func TestAsk(t *testing.T) {
	b := open(t, town(), "2023-02-01", promise("1.1/1", "1.1", "mess-dubovice", engine.Deadline{}), promise("1.1/2", "1.1", "oblastni-charita-dubovice", engine.Deadline{}))
	done := b.requests["oblastni-charita-dubovice"]
	done.AnsweredAt = at("2023-12-01")
	b.requests["oblastni-charita-dubovice"] = done
	b.ask("2024-01-10", "2024-01-12") // two days late: they get the full time all the same

	r := b.requests["mess-dubovice"]
	want := engine.Request{Plan: r.Plan, Period: r.Period, Organisation: r.Organisation, Activities: r.Activities, LookedOn: "2023-01-31",
		Round: 1, AskedOn: "2024-01-10", AnswerBy: "2024-02-02", NextOn: "2024-01-10", Version: 2}
	if d := cmp.Diff(want, r); d != "" {
		t.Errorf("asked (-want +got):\n%s", d)
	}
	if r := b.requests["oblastni-charita-dubovice"]; r.Round != 1 || !r.AnsweredAt.IsZero() {
		t.Errorf("the round of a body that had answered has not begun: %+v", r)
	}
	if b.season.AskedOn != "2024-01-12" {
		t.Errorf("season asked on %q", b.season.AskedOn)
	}
	_, err := engine.Ask(b.season, nil, b.m, "2024-01-10", "2024-01-12", at("2024-01-12"))
	wantCode(t, err, engine.Conflict)
	closed := b.season
	closed.State, closed.AskedOn = engine.SeasonClosed, ""
	_, err = engine.Ask(closed, nil, b.m, "2024-01-10", "2024-01-12", at("2024-01-12"))
	wantCode(t, err, engine.Conflict)
}
