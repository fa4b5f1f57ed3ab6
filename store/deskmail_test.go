package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// A page of mail holds what comes next in the order of the whole list, and the
// counts say how long that is.
func TestPagesOfMail(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn, other := town(t, db, "klatovy"), town(t, db, "domazlice")
		states := []engine.MessageState{engine.Sent, engine.Held, engine.Sent, engine.Failed, engine.Sent}
		c := change("letters")
		for i, m := range letters(5) {
			m.State, m.Text, m.CreatedAt = states[i], "Dobrý den", noon.Add(time.Duration(i/2)*time.Hour) // two are written at once
			c.Messages = append(c.Messages, m)
		}
		mustCommit(t, tn, c)
		mails := map[engine.InboundState]int{}
		for i := range 5 {
			in := arrived("m")
			in.ID = fmt.Sprint("m", i)
			in.ReceivedAt = noon.Add(time.Duration(i/2) * time.Minute)
			mustAdd(t, tn, in)
			mails[engine.InboundReceived]++
		}

		whole := get[[]engine.Message](t)(tn.Messages(ctx, 0))
		var paged []engine.Message
		for offset := 0; offset < 6; offset += 2 {
			paged = append(paged, get[[]engine.Message](t)(tn.MessagePage(ctx, 2, offset))...)
		}
		for i := range whole {
			whole[i].Text = ""
		}
		if d := cmp.Diff(whole, paged); d != "" {
			t.Error(d)
		}
		if got := get[[]engine.Message](t)(tn.MessagePage(ctx, 2, 1, engine.Sent, engine.Held)); len(got) != 2 || got[0].Key != "002" || got[1].Key != "001" {
			t.Errorf("the second of the sent and the held: %+v", got)
		}
		if d := cmp.Diff(map[engine.MessageState]int{engine.Sent: 3, engine.Held: 1, engine.Failed: 1}, get[map[engine.MessageState]int](t)(tn.MessageCounts(ctx))); d != "" {
			t.Error(d)
		}
		if m := get[engine.Message](t)(tn.Message(ctx, "003")); m.Text != "Dobrý den" || m.Raw != nil || m.State != engine.Failed {
			t.Errorf("one message: %+v", m)
		}
		inbox := get[[]engine.Inbound](t)(tn.Inbox(ctx, 0, engine.InboundReceived))
		if d := cmp.Diff(inbox[3:5], get[[]engine.Inbound](t)(tn.InboxPage(ctx, 2, 3, engine.InboundReceived))); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(mails, get[map[engine.InboundState]int](t)(tn.InboxCounts(ctx))); d != "" {
			t.Error(d)
		}

		// Another town has none of it.
		if n := len(get[[]engine.Message](t)(other.MessagePage(ctx, 9, 0))) + len(get[map[engine.MessageState]int](t)(other.MessageCounts(ctx))) +
			len(get[[]engine.Inbound](t)(other.InboxPage(ctx, 9, 0, engine.InboundReceived))); n != 0 {
			t.Errorf("another town sees %d things", n)
		}
		_, err := other.Message(ctx, "003")
		wantCode(t, err, engine.NotFound)
	})
}
