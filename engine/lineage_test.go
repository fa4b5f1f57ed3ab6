package engine_test

import (
	"testing"

	"splneno/engine"
)

// four plans: a promise of 2008 that went on three times, once split and once
// merged with another.
func family() ([]engine.Plan, []engine.Activity) {
	act := func(plan, id string, from ...engine.Carry) engine.Activity {
		return engine.Activity{Plan: plan, ID: id, Carried: from}
	}
	last := act("d", "1", engine.Carry{From: "c/1", How: engine.CarryMerge}, engine.Carry{From: "c/2", How: engine.CarryMerge})
	said := act("b", "1/2")
	said.CarriedFrom = "a/1/2" // as its file says; ids may hold a slash
	return []engine.Plan{{ID: "a", Start: "2008-01-01"}, {ID: "b", Start: "2014-01-01"}, {ID: "c", Start: "2018-01-01"}, {ID: "d", Start: "2023-01-01"}},
		[]engine.Activity{act("a", "1/2"), said, act("c", "1", engine.Carry{From: "b/1/2", How: engine.CarrySplit}),
			act("c", "2"), last, act("d", "2", engine.Carry{From: "c/1", How: engine.CarrySplit}), act("d", "3", engine.Carry{From: "gone/1", How: engine.CarryAsIs})}
}

func TestLineage(t *testing.T) {
	plans, all := family()
	l := engine.NewLineages(plans, all)
	for ref, want := range map[string]engine.Lineage{
		"a/1/2": {}, "b/1/2": {Since: 2008, Carried: 1}, "c/1": {Since: 2008, Carried: 2}, "c/2": {},
		"d/1": {Since: 2008, Carried: 3}, "d/2": {Since: 2008, Carried: 3}, "d/3": {Since: 2023, Carried: 1}, "nowhere/1": {},
	} {
		if got := l.Of(ref); got != want {
			t.Errorf("%s: %+v, want %+v", ref, got, want)
		}
	}
}

// Files may point at each other in a circle; that must come to an end.
func TestLineageOfACircle(t *testing.T) {
	all := []engine.Activity{{Plan: "a", ID: "1", CarriedFrom: "b/1"}, {Plan: "b", ID: "1", CarriedFrom: "a/1"}, {Plan: "a", ID: "2", CarriedFrom: "a/2"}}
	l := engine.NewLineages(nil, all)
	if got := l.Of("a/1"); got.Carried != 1 {
		t.Errorf("a circle of two: %+v", got)
	}
	if got := l.Of("a/2"); got.Carried != 0 {
		t.Errorf("its own predecessor: %+v", got)
	}
}

func TestLinkCarry(t *testing.T) {
	tests := []struct {
		newer, older string
		how          engine.CarryHow
		want         engine.Code // "" for allowed
	}{
		{"d/3", "c/2", engine.CarryMerge, engine.Conflict}, // c/2 goes on as d/1 already
		{"d/3", "c/2", engine.CarrySplit, engine.Conflict}, // d/3 continues something already
		{"d/3", "a/1/2", engine.CarryMerge, engine.Conflict},
		{"c/2", "a/1/2", engine.CarrySplit, ""},
		{"c/2", "a/1/2", engine.CarryAsIs, engine.Conflict},
		{"a/1/2", "d/1", engine.CarrySplit, engine.Conflict}, // a circle
		{"a/1/2", "a/1/2", engine.CarryAsIs, engine.Conflict},
		{"d/1", "c/1", engine.CarryMerge, engine.Conflict},  // linked already
		{"a/1/2", "c/2", engine.CarrySplit, engine.Invalid}, // the older plan named first
		{"c/2", "b/9", engine.CarryAsIs, engine.NotFound},
		{"c/2", "a/1/2", "copy", engine.Invalid},
	}
	for _, tt := range tests {
		plans, all := family()
		c, err := engine.LinkCarry(plans, all, tt.newer, tt.older, tt.how, jana, at("2024-01-10"))
		if engine.CodeOf(err) != tt.want {
			t.Errorf("%s continues %s by %s: %v, want %q", tt.newer, tt.older, tt.how, err, tt.want)
		}
		if err == nil && (len(c.Activities) != 1 || c.Activities[0].CarriedAs(tt.older) != tt.how || len(c.Entries) != 0) {
			t.Errorf("change %+v", c)
		}
	}
	plans, all := family()
	_, err := engine.LinkCarry(plans, all, "c/2", "a/1/2", engine.CarrySplit, charita, at("2024-01-10"))
	wantCode(t, err, engine.Forbidden)
}
