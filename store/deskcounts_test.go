package store

import (
	"testing"

	"splneno/engine"
)

// TestDeskCounts has one thing after the other need the coordinator.
func TestDeskCounts(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn, want := town(t, db, "klatovy"), engine.DeskCounts{}
		said := func(key string, state engine.MessageState, days int) engine.Message {
			return engine.Message{Key: key, Organisation: "charita", To: "kontakt@charita.example", State: state, NextAt: noon, CreatedAt: noon.AddDate(0, 0, days)}
		}
		for _, step := range []struct {
			name   string
			fill   func(c *engine.Change)
			expect func()
		}{
			{"nothing", func(c *engine.Change) {
				c.Organisations = []engine.Organisation{{ID: "charita", Contacts: []engine.Contact{{Name: `"Proposed":true,"Bounces":3`}, {Email: "kontakt@charita.example"}}}, {ID: "spolek"}}
				c.Messages = []engine.Message{said("a", engine.Sent, 0), said("b", engine.Queued, 0), said("c", engine.Bounced, 0)}
				c.Evaluations = []engine.Evaluation{{Plan: "kpss", Period: engine.Year(2022), Number: 1, State: engine.EvaluationApproved}}
			}, func() {}},
			{"failed", func(c *engine.Change) { c.Messages = []engine.Message{said("d", engine.Failed, 1)} }, func() { want.Failed = 1 }},
			{"overtaken", func(c *engine.Change) { c.Messages = []engine.Message{said("e", engine.Sent, 2)} }, func() { want.Failed = 0 }},
			{"unsure and held", func(c *engine.Change) {
				c.Messages = []engine.Message{said("f", engine.Unsure, 3), said("g", engine.Held, 3), {Key: "h", State: engine.Held, LastError: engine.OnHold}}
			}, func() { want.Unsure, want.Held = 1, 1 }},
			{"answers", func(c *engine.Change) {
				c.Proposals = []engine.Proposal{answerOf("charita", "1.1/1", 1, 0), answerOf("spolek", "1.1/1", 1, 0)}
			},
				func() { want.Pending = 2 }},
			{"a draft", func(c *engine.Change) {
				c.Evaluations = []engine.Evaluation{{Plan: "kpss", Period: engine.Year(2022), Number: 2, State: engine.EvaluationDraft}}
			}, func() { want.Drafts = true }},
			{"papers", func(c *engine.Change) {
				for i, on := range []engine.Date{"2024-02-29", "2024-03-01", "2024-03-02"} {
					c.Meetings = append(c.Meetings, engine.Meeting{Plan: "kpss", Period: "2023", ID: i + 1, Day: "2024-03-09", SendOn: on})
				}
			}, func() { want.Meetings = 1 }},
			{"a contact named", func(c *engine.Change) {
				c.Organisations = []engine.Organisation{{ID: "mess", Contacts: []engine.Contact{{Name: "A"}, {Name: "B", Proposed: true}}}}
			}, func() { want.Contacts = true }},
			{"accepted", func(c *engine.Change) {
				c.Organisations = []engine.Organisation{{ID: "mess", Contacts: []engine.Contact{{Name: "B"}}, Version: 1}}
			}, func() { want.Contacts = false }},
			{"a contact not reached", func(c *engine.Change) {
				c.Organisations = []engine.Organisation{{ID: "mess", Contacts: []engine.Contact{{Name: "A"}, {Name: "B", Bounces: 10}}, Version: 2}}
			}, func() { want.Contacts = true }},
		} {
			c := change("filled")
			step.fill(&c)
			step.expect()
			mustCommit(t, tn, c)
			if got := get[engine.DeskCounts](t)(tn.DeskCounts(ctx, "2024-03-01")); got != want {
				t.Errorf("%s: %+v, not %+v", step.name, got, want)
			}
		}
		mustAdd(t, tn, arrived("one"))
		c, in := change("pen"), arrived("one")
		in.State, in.Version, in.Same = engine.InboundHeld, 1, "one"
		c.Inbound = []engine.Inbound{in}
		mustCommit(t, tn, c)
		if want.Inbox = 1; get[engine.DeskCounts](t)(tn.DeskCounts(ctx, "2024-03-01")) != want {
			t.Error("the mail in the pen is not counted")
		}
		if got := get[engine.DeskCounts](t)(town(t, db, "pisek").DeskCounts(ctx, "2024-03-01")); got != (engine.DeskCounts{}) {
			t.Errorf("another town has %+v", got)
		}
	})
}
