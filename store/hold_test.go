package store

import (
	"testing"
	"time"

	"splneno/engine"
)

func TestOnHoldMessagesWait(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "mesto")
		say := func(key string) {
			c := change("said")
			c.Messages = []engine.Message{{Key: key, State: engine.Queued, CreatedAt: noon, Raw: []byte("bytes")}}
			mustCommit(t, tn, c)
		}
		hold := func(h engine.Hold, left ...engine.Left) {
			c := change("hold")
			c.Hold, c.Left = &h, left
			mustCommit(t, tn, c)
		}
		states := func() map[string]engine.MessageState {
			return get[map[string]engine.MessageState](t)(tn.MessageStates(ctx, []string{"before", "meanwhile", "left", "after"}))
		}
		say("before")
		sending := get[[]engine.Message](t)(tn.ClaimMessages(ctx, noon, 1, time.Hour))[0]
		hold(engine.Hold{Kind: engine.HoldRestored, Since: noon, AsOf: noon.AddDate(0, 0, -1), Note: "záloha z pondělí"})
		if h := get[engine.Hold](t)(tn.Hold(ctx)); h.Kind != engine.HoldRestored || h.Note != "záloha z pondělí" || !h.AsOf.Equal(noon.AddDate(0, 0, -1)) {
			t.Errorf("the hold is %+v", h)
		}
		sending.State = engine.Sent
		wantCode(t, tn.SettleMessage(ctx, sending), engine.Conflict)
		say("meanwhile")
		say("left")
		if due := get[[]engine.Message](t)(tn.ClaimMessages(ctx, noon.AddDate(1, 0, 0), 9, time.Hour)); len(due) != 0 {
			t.Errorf("on hold %d messages are due", len(due))
		}
		hold(engine.Hold{}, engine.Left{Key: "left", At: noon})
		say("after")
		for key, want := range map[string]engine.MessageState{"before": engine.Retry, "meanwhile": engine.Retry, "left": engine.Sent, "after": engine.Queued} {
			if got := states()[key]; got != want {
				t.Errorf("%s is %s, want %s", key, got, want)
			}
		}
		if h := get[engine.Hold](t)(tn.Hold(ctx)); h != (engine.Hold{}) {
			t.Errorf("after the hold: %+v", h)
		}
	})
}

func TestIncidentsAreOfAll(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		all := migrated(t, dsn).AcrossTenants()
		began := engine.Incident{Node: "uzel", Kind: engine.IncidentDatabase, Began: noon, Note: "neodpovídá"}
		ended := began
		ended.Ended = noon.Add(time.Hour)
		if err := firstOf(all.RecordIncident(ctx, began), all.RecordIncident(ctx, ended)); err != nil {
			t.Fatal(err)
		}
		if got := get[[]engine.Incident](t)(all.Incidents(ctx, noon)); len(got) != 1 || !got[0].Ended.Equal(ended.Ended) {
			t.Errorf("incidents: %+v", got)
		}
		if got := get[[]engine.Incident](t)(all.Incidents(ctx, noon.AddDate(0, 0, 1))); len(got) != 0 {
			t.Errorf("old incidents: %+v", got)
		}
	})
}

func TestWhatTheHoldKeeps(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn := town(t, db, "mesto")
		c := change("hold")
		c.Hold = &engine.Hold{Kind: engine.HoldCopied, Since: noon}
		mustCommit(t, tn, c)
		for _, key := range []string{"a", "b"} {
			c := change("said")
			c.Messages = []engine.Message{{Key: key, State: engine.Queued, CreatedAt: noon, Raw: []byte("bytes"), Text: "text"}}
			mustCommit(t, tn, c)
		}
		if held := get[[]engine.Message](t)(tn.OnHold(ctx, 0, 0)); len(held) != 2 || held[0].Key != "a" || held[0].Text != "" || held[0].Raw != nil {
			t.Errorf("held: %+v", held)
		}
		if n := get[[]engine.MailCount](t)(tn.MailCounts(ctx)); len(n) != 0 {
			t.Errorf("what the hold keeps is counted as trouble: %+v", n)
		}
		if all := get[map[string]engine.Hold](t)(db.AcrossTenants().Holds(ctx)); len(all) != 1 || all["mesto"].Kind != engine.HoldCopied {
			t.Errorf("holds: %+v", all)
		}
		c = change("stopped")
		c.Stops = []string{"a"}
		mustCommit(t, tn, c)
		wantCode(t, tn.Commit(ctx, c), engine.Conflict)
		c = change("goes on")
		c.Hold = &engine.Hold{}
		mustCommit(t, tn, c)
		if got := get[map[string]engine.MessageState](t)(tn.MessageStates(ctx, []string{"a", "b"})); got["a"] != engine.Stopped || got["b"] != engine.Retry {
			t.Errorf("after the hold: %v", got)
		}
	})
}
