package engine_test

import (
	"testing"
	"time"

	"splneno/engine"
)

// Nothing that a season in progress may need goes, whatever the periods are, and
// nothing younger than its period.
func TestPurges(t *testing.T) {
	now := at("2030-06-01")
	closed := engine.Season{Plan: "p", Period: engine.Year(2020), State: engine.SeasonClosed, OpenedAt: at("2021-01-01")}
	open := engine.Season{Plan: "p", Period: engine.Year(2023), State: engine.SeasonOpen, OpenedAt: at("2024-01-01")}
	prepared := engine.Season{Plan: "p", Period: engine.Year(2022), State: engine.SeasonPrepared}
	cancelled := engine.Season{Plan: "p", Period: engine.Year(2010), State: engine.SeasonCancelled}
	head := func(n int, state engine.EvaluationState) engine.Evaluation {
		return engine.Evaluation{Plan: "p", Period: engine.Year(2020), Number: n, State: state}
	}
	for name, c := range map[string]struct {
		seasons []engine.Season
		heads   []engine.Evaluation
		floor   time.Time
	}{
		"none":                     {},
		"all closed":               {seasons: []engine.Season{closed, cancelled}, heads: []engine.Evaluation{head(1, engine.EvaluationApproved)}},
		"open":                     {seasons: []engine.Season{closed, open}, floor: open.OpenedAt},
		"prepared":                 {seasons: []engine.Season{open, prepared}, floor: time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)},
		"unapproved":               {seasons: []engine.Season{closed}, heads: []engine.Evaluation{head(1, engine.EvaluationDraft)}, floor: closed.OpenedAt},
		"a restatement unapproved": {seasons: []engine.Season{closed}, heads: []engine.Evaluation{head(1, engine.EvaluationApproved), head(2, engine.EvaluationDraft)}, floor: closed.OpenedAt},
	} {
		purges := engine.Retention{engine.KeepDrafts: engine.KeepForever, engine.KeepLetters: 1}.Purges(now, c.seasons, c.heads)
		if len(purges) != len(engine.KeepRules())-1 {
			t.Errorf("%s: %d purges", name, len(purges))
		}
		for _, p := range purges {
			switch p.Kind {
			case engine.KeepDrafts:
				t.Errorf("%s: what is kept without end goes", name)
			case engine.KeepLetters:
				if want := now.AddDate(0, -1, 0); !c.floor.IsZero() && !p.Before.Equal(c.floor) || c.floor.IsZero() && !p.Before.Equal(want) || p.Idle != c.floor.IsZero() {
					t.Errorf("%s: letters before %s go", name, p.Before)
				}
			case engine.KeepSessions:
				if !p.Before.Equal(now.AddDate(0, -1, 0)) {
					t.Errorf("%s: sign-ins before %s go", name, p.Before)
				}
			}
		}
	}
	for _, bad := range []engine.Retention{{"record": 12}, {engine.KeepLetters: 0}, {engine.KeepLetters: -2}, {engine.KeepLetters: 1201}} {
		if engine.CodeOf(bad.Check()) != engine.Invalid {
			t.Errorf("%v passes", bad)
		}
	}
}

// What certainly stays under some periods: nothing dated is past, and there is
// nothing that bears no date.
func TestRests(t *testing.T) {
	now := at("2024-06-01")
	young := engine.Stocks{engine.KeepLetters: {Oldest: at("2021-06-02")}, engine.KeepSessions: {Oldest: at("2024-05-02")}}
	for name, c := range map[string]struct {
		keep  engine.Retention
		there engine.Stocks
		rests bool
	}{
		"nothing is there":          {nil, nil, true},
		"all is young":              {nil, young, true},
		"one is old":                {nil, engine.Stocks{engine.KeepLetters: {Oldest: at("2021-05-31")}}, false},
		"one is old, and kept":      {engine.Retention{engine.KeepLetters: engine.KeepForever}, engine.Stocks{engine.KeepLetters: {Oldest: at("2001-05-31")}}, true},
		"a shorter period":          {engine.Retention{engine.KeepLetters: 1}, young, false},
		"somebody must be asked":    {nil, engine.Stocks{engine.KeepContacts: {Undated: true}}, false},
		"nobody of whom this holds": {engine.Retention{engine.KeepContacts: engine.KeepForever}, engine.Stocks{engine.KeepContacts: {Undated: true}}, true},
	} {
		if c.keep.Rests(c.there, now) != c.rests {
			t.Errorf("%s: %v", name, !c.rests)
		}
	}
}
