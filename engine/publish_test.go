package engine_test

import (
	"testing"

	"splneno/engine"
)

func TestPublish(t *testing.T) {
	e := engine.Evaluate(record(), at("2024-02-15"))
	s := engine.Season{Plan: e.Plan, Period: e.Period, State: engine.SeasonClosed, Version: 7}
	_, err := engine.Publish(s, e, jana, at("2024-02-21"))
	wantCode(t, err, engine.Conflict)
	e = must(t)(engine.Freeze(e, s, jana, at("2024-02-20"))).Evaluations[0]
	for _, who := range []engine.Actor{charita, calendar, {Kind: engine.ActorMember}, {Kind: engine.ActorAdministrator}} {
		_, err := engine.Publish(s, e, who, at("2024-02-21"))
		wantCode(t, err, engine.Forbidden)
		_, err = engine.Withdraw(s, who, at("2024-02-21"))
		wantCode(t, err, engine.Forbidden)
	}
	_, err = engine.Publish(engine.Season{Plan: e.Plan, Period: engine.Year(2022)}, e, jana, at("2024-02-21"))
	wantCode(t, err, engine.Invalid)
	_, err = engine.Withdraw(s, jana, at("2024-02-21"))
	wantCode(t, err, engine.Conflict)

	c := must(t)(engine.Publish(s, e, jana, at("2024-02-21")))
	s = c.Seasons[0]
	if s.Published != 1 || !s.PublishedAt.Equal(at("2024-02-21")) || s.Version != 7 || s.State != engine.SeasonClosed || c.Detail["hash"] != e.Hash || c.Event == "" {
		t.Errorf("%+v: %+v", c.Detail, s)
	}
	if again := must(t)(engine.Publish(s, e, jana, at("2024-02-22"))); again.Event != "" {
		t.Errorf("published twice: %+v", again)
	}
	e.Number = 2
	if s = must(t)(engine.Publish(s, e, jana, at("2024-03-01"))).Seasons[0]; s.Published != 2 {
		t.Errorf("the restatement is not published: %+v", s)
	}
	if c = must(t)(engine.Withdraw(s, jana, at("2024-03-02"))); c.Seasons[0].Published != 0 || !c.Seasons[0].PublishedAt.IsZero() || c.Detail["number"] != "2" {
		t.Errorf("withdrawn: %+v", c)
	}
}
