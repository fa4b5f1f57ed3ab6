package store

import (
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store/pgtest"
	"splneno/store/released"
)

// onReleased runs a test on the database of every released version, on SQLite
// and PostgreSQL.
func onReleased(t *testing.T, test func(t *testing.T, v released.Version, dsn string)) {
	onBoth(t, func(t *testing.T, dsn string) {
		for _, v := range released.Versions() {
			t.Run(v.Name, func(t *testing.T) {
				empty := ""
				if strings.HasPrefix(dsn, "postgres") {
					empty = pgtest.NewDSN(t)
				}
				address, _ := released.Database(t, v, empty, embedded)
				test(t, v, address)
			})
		}
	})
}

// TestEveryReleasedDatabaseIsMigrated looks at what was in flight: it is there
// afterwards, can be claimed and settled, and the journal is whole.
func TestEveryReleasedDatabaseIsMigrated(t *testing.T) {
	onReleased(t, func(t *testing.T, v released.Version, dsn string) {
		db := mustOpen(t, dsn)
		if err := db.CheckSchema(ctx); engine.CodeOf(err) != engine.Invalid || !strings.Contains(err.Error(), "older") {
			t.Errorf("before: %v", err)
		}
		for range 2 { // the second time nothing is left to do
			if err := db.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.CheckSchema(ctx); err != nil {
			t.Error(err)
		}
		tn := db.Tenant("klatovy")
		var check engine.JournalCheck
		if err := tn.Journal(ctx, 1, check.Next); err != nil || check.Lines < 180 {
			t.Errorf("journal of %d lines: %v", check.Lines, err)
		}
		if n := len(get[[]engine.Proposal](t)(tn.PendingProposals(ctx))); n == 0 {
			t.Error("no answer waits any more")
		}
		later := released.Noon().Add(24 * time.Hour)
		due := get[[]engine.Message](t)(tn.ClaimMessages(ctx, later, 100, time.Hour))
		unsure := 0
		for _, m := range due {
			if m.State == engine.Unsure {
				unsure++
			}
			if len(m.Raw) == 0 {
				t.Errorf("%s has lost its bytes", m.Key)
			}
			m.State, m.SentAt, m.Raw = engine.Sent, later, nil
			if err := tn.SettleMessage(ctx, m); err != nil {
				t.Error(err)
			}
		}
		if len(due) < 22 || unsure != 1 {
			t.Errorf("%d messages were on their way, %d of them unsure", len(due), unsure)
		}
		readAll(t, tn)
	})
}

// readAll fails when something stored cannot be read, or a season has nothing
// in it.
func readAll(t *testing.T, tn *Tenant) {
	t.Helper()
	for _, p := range get[[]engine.Plan](t)(tn.Plans(ctx)) {
		if len(get[[]engine.Activity](t)(tn.Activities(ctx, p.ID))) == 0 {
			t.Errorf("plan %s has no activities", p.ID)
		}
	}
	for _, s := range get[[]engine.Season](t)(tn.Seasons(ctx)) {
		plan, period := s.Plan, s.Period.ID
		entries := get[[]engine.Entry](t)(tn.Entries(ctx, plan, period))
		requests := get[[]engine.Request](t)(tn.Requests(ctx, plan, period))
		get[[]engine.Proposal](t)(tn.Proposals(ctx, plan, period))
		evaluations := get[[]engine.Evaluation](t)(tn.Evaluations(ctx, plan, period))
		if len(entries) == 0 || s.State == engine.SeasonOpen && len(requests) == 0 || s.State == engine.SeasonClosed && period == "2023" && len(evaluations) == 0 {
			t.Errorf("season %s/%s: %d entries, %d requests, %d evaluations", plan, period, len(entries), len(requests), len(evaluations))
		}
	}
	if bodies := get[[]engine.Organisation](t)(tn.Organisations(ctx)); len(bodies) < 20 {
		t.Errorf("%d organisations", len(bodies))
	}
	for _, in := range get[[]engine.Inbound](t)(tn.Inbox(ctx, 0)) {
		get[engine.Inbound](t)(tn.Inbound(ctx, in.ID))
	}
}

// TestMigrationStopsAfterAnyStatement breaks off after each statement of each
// step, as a crash does, and goes on.
func TestMigrationStopsAfterAnyStatement(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		empty := ""
		if strings.HasPrefix(dsn, "postgres") {
			empty = dsn
		}
		address, _ := released.Database(t, released.Versions()[0], empty, embedded)
		db := mustOpen(t, address)
		steps := get[[]migration](t)(db.migrations(embedded))
		stops := 0
		for i, step := range steps {
			text := step.text
			if i == 0 {
				for _, text = range step.bridges {
				}
			}
			statements := strings.SplitAfter(text, ";\n")
			for n := 1; n < len(statements); n++ {
				broken := append([]migration(nil), steps[:i+1]...)
				broken[i].text = strings.Join(statements[:n], "") + "INSERT INTO nowhere VALUES (1);"
				broken[i].bridges = map[string]string{}
				for begins := range step.bridges {
					broken[i].bridges[begins] = broken[i].text
				}
				if err := db.takeSteps(ctx, broken, func(string) {}); err == nil || !strings.Contains(err.Error(), step.name) {
					t.Fatalf("%s, stopped after statement %d: %v", step.name, n, err)
				}
				stops++
			}
			if err := db.takeSteps(ctx, steps[:i+1], func(string) {}); err != nil {
				t.Fatalf("%s, after %d stops: %v", step.name, stops, err)
			}
		}
		if stops < 70 {
			t.Errorf("only %d stops", stops)
		}
		readAll(t, db.Tenant("klatovy"))
	})
}
