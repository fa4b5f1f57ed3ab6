package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// What a report says was not delivered is marked, when it left, and when it was
// to the organisation the report is about.
func TestBounced(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn, other := town(t, db, "klatovy"), town(t, db, "sumperk")
		c := change("letters")
		for key, state := range map[string]engine.MessageState{"sent": engine.Sent, "unsure": engine.Unsure, "queued": engine.Queued, "failed": engine.Failed, "elsewhere": engine.Sent} {
			body := "charita"
			if key == "elsewhere" {
				body = "mesto"
			}
			c.Messages = append(c.Messages, engine.Message{Key: key, Organisation: body, MessageID: key + "@mesto.example", State: state, CreatedAt: noon, NextAt: noon})
		}
		mustCommit(t, tn, c)
		mustCommit(t, other, c)
		report := change("mail_bounced")
		for _, id := range []string{"sent", "unsure", "queued", "failed", "elsewhere", "nic"} {
			report.Bounced = append(report.Bounced, engine.Bounce{Organisation: "charita", MessageID: id + "@mesto.example", Detail: "550 no such user"})
		}
		mustCommit(t, tn, report)
		for tenant, want := range map[*Tenant]map[string]engine.MessageState{
			tn:    {"sent": engine.Bounced, "unsure": engine.Bounced, "queued": engine.Queued, "failed": engine.Failed, "elsewhere": engine.Sent},
			other: {"sent": engine.Sent, "unsure": engine.Unsure, "queued": engine.Queued, "failed": engine.Failed, "elsewhere": engine.Sent},
		} {
			got := map[string]engine.MessageState{}
			for _, m := range get[[]engine.Message](t)(tenant.Messages(ctx, 0)) {
				if got[m.Key] = m.State; (m.State == engine.Bounced) != (m.LastError == "550 no such user") {
					t.Errorf("%s: %q", m.Key, m.LastError)
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s: %s", tenant.Tenant(), d)
			}
		}
		if due := get[[]engine.Message](t)(tn.ClaimMessages(ctx, noon, 10, time.Hour)); len(due) != 1 || due[0].Key != "queued" {
			t.Errorf("handed out again: %v", due)
		}
	})
}
