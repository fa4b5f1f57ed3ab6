package workflows

import (
	"testing"
	"time"

	"splneno/engine"
)

// TestQuietDaySaysWhatRunsWouldSay runs days on which nothing waits, and holds
// their ledger against what is said of them without running anything.
func TestQuietDaySaysWhatRunsWouldSay(t *testing.T) {
	for day := range 14 { // weekends among them
		l := newLedger()
		from := start.AddDate(0, 0, day)
		now := from.AddDate(0, 0, 1)
		o := newNode(l, from)
		o.tick(t, from)
		c := newCalendar(l.m, l.season)
		owed, err := c.all(prague, from, now)
		if err != nil || len(owed) == 0 {
			t.Fatalf("%d owed: %v", len(owed), err)
		}
		o.tick(t, now)
		settled, due := quiet{calendar: c, known: known{keeps: now.Add(time.Hour)}, now: now}.settle(owed)
		if due != 0 {
			t.Errorf("%d runs are left on a day on which nothing waits", due)
		}
		for _, s := range settled {
			ran := l.occs[s.Rule+" "+string(s.Day)]
			if s.State != ran.State || s.Note != ran.Note || !s.PlanAt.Equal(ran.PlanAt) || s.Attempts != ran.Attempts || !s.RanAt.Equal(ran.RanAt) {
				t.Errorf("said %+v\nran  %+v", s, ran)
			}
		}
		if len(settled) != len(l.occs) {
			t.Errorf("%d said, %d in the ledger", len(settled), len(l.occs))
		}
	}
}

// Whatever may wait has its rule run.
func TestWhatMayWaitIsRun(t *testing.T) {
	now := time.Date(2024, 3, 5, 9, 30, 0, 0, time.UTC) // a Tuesday
	calm := func() quiet {
		return quiet{calendar: newCalendar(engine.Municipality{}, nil), known: known{keeps: now.Add(time.Hour)}, now: now}
	}
	for name, c := range map[string]struct {
		rule   string
		change func(*quiet)
	}{
		"a request is due":              {"letters", func(q *quiet) { q.Letters = "2024-03-05" }},
		"one was due on a day off":      {"letters", func(q *quiet) { q.Letters = "2024-03-03" }},
		"papers are due":                {"pack", func(q *quiet) { q.Papers = "2024-03-05" }},
		"papers did not leave":          {"digest", func(q *quiet) { q.Papers = "2024-03-04" }},
		"the journal has a new line":    {"digest", func(q *quiet) { q.waits = true }},
		"a message is in trouble":       {"digest", func(q *quiet) { q.Trouble = true }},
		"nobody looked what is past":    {"purge", func(q *quiet) { q.keeps = time.Time{} }},
		"the look at it was a week ago": {"purge", func(q *quiet) { q.keeps = now }},
		"a witness is named":            {"witness", func(q *quiet) { q.municipality.Witness = []string{"rada@dubovice.example"} }},
	} {
		t.Run(name, func(t *testing.T) {
			q := calm()
			owed := []engine.Occurrence{{Rule: c.rule, Day: "2024-03-05", PlanAt: now, State: engine.Due}}
			if _, due := q.settle(owed); due != 0 {
				t.Fatalf("%s is run although nothing waits", c.rule)
			}
			if c.change(&q); c.rule == "pack" || c.rule == "letters" {
				off := q
				off.now = now.AddDate(0, 0, 4)
				if _, due := off.settle(owed); due != 0 {
					t.Error("it is run on a Saturday")
				}
			}
			if out, due := q.settle(owed); due != 1 || out[0].State != engine.Due || owed[0].Note != "" {
				t.Errorf("%s is not run: %+v", c.rule, out)
			}
		})
	}
	for _, big := range []string{"ask", "draft"} {
		owed := []engine.Occurrence{{Rule: "purge", State: engine.Due}, {Rule: big, State: engine.Due}, {Rule: "letters", State: engine.Due}}
		if _, due := calm().settle(owed); due != 3 {
			t.Errorf("with %s, %d of 3 are run", big, due)
		}
	}
}
