package store

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

func TestAgenda(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		all := db.AcrossTenants()
		if got := get[engine.Agenda](t)(all.Agenda(ctx)); len(got.Duties) != 0 || !got.Newest.IsZero() {
			t.Errorf("of nobody: %+v", got)
		}
		town(t, db, "pisek")
		busy := town(t, db, "klatovy")
		c := change("asked")
		c.At = noon.Add(time.Hour)
		for i, at := range []time.Duration{3, 2, 4} {
			c.Messages = append(c.Messages, engine.Message{Key: string(rune('a' + i)), State: engine.Queued, NextAt: noon.Add(at * time.Hour), CreatedAt: noon})
		}
		c.Messages = append(c.Messages, engine.Message{Key: "gone", State: engine.Sent, NextAt: noon, CreatedAt: noon})
		mustCommit(t, busy, c)
		due := []engine.Occurrence{{Rule: "letters", Day: "2024-02-29", PlanAt: noon, State: engine.Due, NextAt: noon.Add(time.Minute)},
			{Rule: "letters", Day: "2024-02-28", PlanAt: noon, State: engine.Merged, NextAt: noon.Add(-time.Hour)}}
		if err := busy.AddStretches(ctx, stretch("letters", time.Time{}, noon, due)); err != nil {
			t.Fatal(err)
		}
		mustAdd(t, busy, arrived("one"))
		held := change("suspended")
		held.Hold = &engine.Hold{Kind: engine.HoldSuspended, Since: noon}
		mustCommit(t, db.Tenant("pisek"), held)
		if err := all.SeeNode(ctx, engine.Node{ID: "n", Name: "a", Version: "1", Started: noon, Seen: noon.Add(30 * time.Minute)}); err != nil {
			t.Fatal(err)
		}
		got := get[engine.Agenda](t)(all.Agenda(ctx))
		want := engine.Agenda{Newest: noon.Add(time.Hour), Duties: []engine.Duty{
			{Tenant: "klatovy", Head: 2, Message: noon.Add(2 * time.Hour), Occurrence: noon.Add(time.Minute), Inbound: noon},
			{Tenant: "pisek", Head: 2, Hold: engine.HoldSuspended}}}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("agenda (-want +got):\n%s", d)
		}
	})
}

// TestAgendaReadsIndexesOnly asks the database how it would find what waits.
func TestAgendaReadsIndexesOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		var asked []string
		watched := db.Watched(func(query string) { asked = append(asked, query) })
		get[engine.Agenda](t)(watched.AcrossTenants().Agenda(ctx))
		if len(asked) != 1 {
			t.Fatalf("%d statements", len(asked))
		}
		plan := explainPlan(t, db, asked[0])
		for _, index := range []string{"message_due", "occurrence_due", "inbound_due", "node_seen"} {
			if !strings.Contains(plan, index) {
				t.Errorf("%s is not used:\n%s", index, plan)
			}
		}
		for _, table := range []string{"SCAN x", "SCAN j", "SCAN o", "Seq Scan on message", "Seq Scan on occurrence", "Seq Scan on inbound", "Seq Scan on journal ", "TEMP B-TREE"} {
			if strings.Contains(plan, table) {
				t.Errorf("%s:\n%s", table, plan)
			}
		}
	})
}

func TestNodes(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		all := migrated(t, dsn).AcrossTenants()
		now := time.Now().UTC().Truncate(time.Microsecond)
		first := engine.Node{ID: "1", Name: "north", Version: "1", Started: now.Add(-time.Hour), Seen: now.Add(10 * time.Minute)}
		second := engine.Node{ID: "2", Name: "south", Version: "2", Started: now, Seen: now}
		for _, n := range []engine.Node{{ID: "1", Name: "north", Version: "1", Started: first.Started, Seen: now, Ahead: now}, first, second} {
			if err := all.SeeNode(ctx, n); err != nil {
				t.Fatal(err)
			}
		}
		got := get[[]engine.Node](t)(all.Nodes(ctx))
		if len(got) == 2 && all.db.isPostgres() {
			if off := got[0].Off; off < 9*time.Minute || off > 10*time.Minute {
				t.Errorf("the clock of a node 10 minutes ahead is %s off", off)
			}
			got[0].Off, got[1].Off = 0, 0
		}
		if d := cmp.Diff([]engine.Node{first, second}, got); d != "" {
			t.Errorf("nodes (-want +got):\n%s", d)
		}
		if err := all.ForgetNode(ctx, "1", now.Add(-engine.NodeAge)); err != nil {
			t.Fatal(err)
		}
		if left := get[[]engine.Node](t)(all.Nodes(ctx)); len(left) != 1 || left[0].ID != "2" {
			t.Errorf("left: %+v", left)
		}
		if err := all.ForgetNode(ctx, "", now.Add(time.Second)); err != nil {
			t.Fatal(err)
		}
		if left := get[[]engine.Node](t)(all.Nodes(ctx)); len(left) != 0 {
			t.Errorf("one that was not seen for long is kept: %+v", left)
		}
	})
}

func TestConfirmedClock(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		all := migrated(t, dsn).AcrossTenants()
		at, newest, err := all.ConfirmedClock(ctx)
		if err != nil || !at.IsZero() || !newest.IsZero() {
			t.Errorf("never confirmed: %s %s %v", at, newest, err)
		}
		for i := range 2 {
			day := noon.AddDate(0, 0, i)
			if err := all.ConfirmClock(ctx, day, day.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			at, newest, err = all.ConfirmedClock(ctx)
			if err != nil || !at.Equal(day) || !newest.Equal(day.Add(time.Hour)) {
				t.Errorf("confirmed on %s: %s %s %v", day, at, newest, err)
			}
		}
	})
}
