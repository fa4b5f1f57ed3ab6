package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// TestFigures counts over two towns, one of which has nothing.
func TestFigures(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		klatovy := town(t, db, "klatovy")
		susice := town(t, db, "susice")
		c := change("written")
		for i, state := range []engine.MessageState{engine.Queued, engine.Queued, engine.Retry, engine.Unsure, engine.Held, engine.Failed, engine.Sent} {
			at := noon.Add(time.Duration(i-1) * time.Minute) // the first is due for a minute, the second now
			c.Messages = append(c.Messages, engine.Message{Key: string(rune('a' + i)), State: state, NextAt: at, CreatedAt: noon})
		}
		key := engine.EntryKey{Plan: "p", Period: "2023", Activity: "1"}
		for n, state := range []engine.ProposalState{engine.Pending, engine.Pending, engine.Approved} {
			c.Proposals = append(c.Proposals, engine.Proposal{EntryKey: key, Organisation: "o", Revision: n + 1, State: state, At: noon})
		}
		mustCommit(t, klatovy, c)
		for _, id := range []string{"a", "b", "c"} {
			in := engine.Inbound{ID: id, Raw: []byte("x"), State: engine.InboundReceived, ReceivedAt: noon.Add(-time.Hour), NextAt: noon}
			if _, err := klatovy.AddInbound(ctx, in); err != nil {
				t.Fatal(err)
			}
		}
		read := get[[]engine.Inbound](t)(klatovy.ClaimInbound(ctx, noon, 2, time.Hour))
		read[0].State, read[1].State = engine.InboundHeld, engine.InboundAnswer
		understood := change("read")
		understood.Inbound = read
		mustCommit(t, klatovy, understood)
		due := []engine.Occurrence{
			{Rule: "letters", Day: "2024-02-29", PlanAt: noon.Add(-time.Hour), NextAt: noon, State: engine.Due},
			{Rule: "letters", Day: "2024-03-01", PlanAt: noon.Add(-time.Minute), NextAt: noon, State: engine.Due},
			{Rule: "letters", Day: "2024-02-28", PlanAt: noon.Add(-25 * time.Hour), NextAt: noon, State: engine.Done}}
		if err := susice.AddStretches(ctx, stretch("letters", time.Time{}, noon, due)); err != nil {
			t.Fatal(err)
		}
		held := change("held")
		held.Hold = &engine.Hold{Kind: engine.HoldSuspended, Since: noon}
		mustCommit(t, susice, held)
		all := db.AcrossTenants()
		if err := all.RecordIncident(ctx, engine.Incident{Node: "n", Kind: engine.IncidentDatabase, Began: noon}); err != nil {
			t.Fatal(err)
		}
		if err := all.RecordIncident(ctx, engine.Incident{Node: "n", Kind: engine.IncidentDiskFull, Began: noon, Ended: noon.Add(time.Minute)}); err != nil {
			t.Fatal(err)
		}
		want := []Figure{
			{Kind: "answer", Tenant: "klatovy", State: "pending", N: 2},
			{Kind: "hold", State: "suspended", N: 1},
			{Kind: "inbound", Tenant: "klatovy", State: "held", N: 1},
			{Kind: "inbound", Tenant: "klatovy", State: "received", N: 1, Late: 1, Oldest: noon.Add(-time.Hour)},
			{Kind: "incident", State: "database", N: 1},
			{Kind: "message", Tenant: "klatovy", State: "failed", N: 1},
			{Kind: "message", Tenant: "klatovy", State: "held", N: 1},
			{Kind: "message", Tenant: "klatovy", State: "queued", N: 2, Late: 2, Oldest: noon.Add(-time.Minute)},
			{Kind: "message", Tenant: "klatovy", State: "retry", N: 1},
			{Kind: "message", Tenant: "klatovy", State: "unsure", N: 1},
			{Kind: "municipality", N: 2},
			{Kind: "occurrence", Tenant: "susice", State: "due", N: 2, Late: 1, Oldest: noon.Add(-time.Hour)},
		}
		if diff := cmp.Diff(want, get[[]Figure](t)(all.Figures(ctx, noon))); diff != "" {
			t.Error(diff)
		}
		if got := get[[]Figure](t)(migrated(t, dsn).AcrossTenants().Figures(ctx, noon.Add(-time.Hour))); got[7].Late != 0 || !got[7].Oldest.IsZero() {
			t.Errorf("before they are due they count as due: %+v", got[7])
		}
	})
}
