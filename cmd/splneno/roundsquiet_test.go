package main

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"splneno/engine"
)

// TestQuietDaysAreNotRun lives days on which nothing waits: no run is claimed for
// any town, and whether anything is past its period is asked once a week, for all
// of them together. Periods that are changed are looked at on the next morning.
func TestQuietDaysAreNotRun(t *testing.T) {
	onEach(t, func(t *testing.T, dsn string) {
		c := newCountry(t, dsn, invented(5)...)
		ctx, stop := context.WithCancel(t.Context())
		var done sync.WaitGroup
		done.Go(func() { c.rounds.Run(ctx, 2*time.Hour) })
		days := func(n int) (runs, stocks, inserts int) {
			t.Helper()
			c.mu.Lock()
			c.asked = nil
			c.mu.Unlock()
			time.Sleep(time.Duration(n) * 24 * time.Hour)
			synctest.Wait()
			return c.counted("UPDATE occurrence SET attempts"), c.counted("FROM draft x"), c.counted("INSERT INTO occurrence")
		}
		days(10) // the first digest looks what waits, and on 10 January a season might be asked about
		if runs, stocks, inserts := days(7); runs != 0 || stocks != 1 || inserts > 7*7 {
			t.Errorf("in a week %d runs, %d questions for what may be past its period, %d INSERTs", runs, stocks, inserts)
		}
		tn := c.db.Tenant("mesto003")
		old := engine.Message{Key: "old", State: engine.Sent, Text: "text", CreatedAt: time.Now().AddDate(0, -3, 0), NextAt: time.Now()}
		commit := func(change engine.Change) {
			t.Helper()
			change.At, change.Actor, change.Subject = time.Now(), asker, "mesto003"
			if err := tn.Commit(t.Context(), change); err != nil {
				t.Fatal(err)
			}
		}
		letter := func() string {
			t.Helper()
			m, err := tn.Message(t.Context(), "old")
			if err != nil {
				t.Fatal(err)
			}
			return m.Text
		}
		commit(engine.Change{Event: "sent", Messages: []engine.Message{old}})
		if days(1); letter() == "" {
			t.Error("a letter of three months went")
		}
		m, err := tn.Municipality(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		m.Keep = engine.Retention{engine.KeepLetters: 1}
		commit(engine.Change{Event: "periods", Municipality: &m})
		if runs, stocks, _ := days(1); letter() != "" || stocks == 0 || runs == 0 {
			t.Errorf("the letter stayed under the shorter period; %d runs, %d questions", runs, stocks)
		}
		stop()
		done.Wait()
		if len(c.failed) > 0 {
			t.Errorf("failures: %v", c.failed)
		}
	})
}

// TestWaitingIsOneQuestion counts what the digest and the desk ask for what waits:
// one statement while nothing does, for organisations and evaluations one more each.
func TestWaitingIsOneQuestion(t *testing.T) {
	onEach(t, func(t *testing.T, dsn string) {
		c := newCountry(t, dsn, "mesto")
		o := c.office("mesto")
		want := func(statements, contacts, drafts int) {
			t.Helper()
			c.asked = nil
			counts, err := o.Waiting(t.Context())
			if err != nil || len(c.asked) != statements || counts["contacts"] != contacts || counts["drafts"] != drafts {
				t.Errorf("%d statements, %v, %v:\n%s", len(c.asked), counts, err, strings.Join(c.asked, "\n"))
			}
		}
		want(1, 0, 0)
		err := o.Records.Commit(t.Context(), engine.Change{At: time.Now(), Actor: asker, Event: "named", Subject: "charita",
			Organisations: []engine.Organisation{{ID: "charita", Contacts: []engine.Contact{{Name: "A", Bounces: 1}, {Name: "B", Proposed: true}}}, {ID: "spolek", Contacts: []engine.Contact{{Name: "C"}}}}})
		if err != nil {
			t.Fatal(err)
		}
		want(2, 1, 0)
		err = o.Records.Commit(t.Context(), engine.Change{At: time.Now(), Actor: asker, Event: "drawn_up", Subject: "kpss",
			Evaluations: []engine.Evaluation{{Plan: "kpss", Period: engine.Year(1999), Number: 1, State: engine.EvaluationDraft}}})
		if err != nil {
			t.Fatal(err)
		}
		want(3, 1, 1)
	})
}
