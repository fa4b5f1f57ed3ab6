package workflows

import (
	"context"
	"slices"
	"testing"
	"time"

	"splneno/engine"
)

func (l *ledger) LastSent(context.Context) (time.Time, error) { return l.sentAt, nil }

func (l *ledger) InboxCounts(context.Context) (map[engine.InboundState]int, error) {
	counts := map[engine.InboundState]int{}
	for _, in := range l.inbox {
		counts[in.State]++
	}
	return counts, nil
}

func (l *ledger) Inbox(_ context.Context, limit int, states ...engine.InboundState) (out []engine.Inbound, err error) {
	for _, in := range l.inbox {
		if (len(states) == 0 || slices.Contains(states, in.State)) && len(out) < limit {
			out = append(out, in)
		}
	}
	return out, nil
}

func (l *ledger) OccurrencesDue(context.Context, int) (out []engine.Occurrence, err error) {
	for _, occ := range l.occs {
		if occ.State == engine.Due {
			out = append(out, occ)
		}
	}
	return out, nil
}

func (l *ledger) Occurrences(context.Context, int) (out []engine.Occurrence, err error) {
	for _, occ := range l.occs {
		out = append(out, occ)
	}
	return out, nil
}

// Health is well only while all is, and names what is not by a word that stays.
func TestHealth(t *testing.T) {
	now := time.Date(2024, 2, 7, 9, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	mail := func(state engine.MessageState, d time.Duration) func(*ledger) {
		return func(l *ledger) { l.mail = []engine.MailCount{{State: state, N: 2, Oldest: ago(d)}} }
	}
	occurrence := func(occ engine.Occurrence) func(*ledger) {
		return func(l *ledger) { l.occs["x"] = occ }
	}
	for name, c := range map[string]struct {
		spoil func(*ledger)
		want  []HealthCode
	}{
		"well":               {func(*ledger) {}, nil},
		"mail on its way":    {mail(engine.Queued, time.Minute), nil},
		"mail that is stuck": {mail(engine.Retry, 2*time.Hour), []HealthCode{MailStuck}},
		"failed":             {mail(engine.Failed, time.Minute), []HealthCode{MailFailed}},
		"came back":          {mail(engine.Bounced, time.Minute), []HealthCode{MailBounced}},
		"unsure":             {mail(engine.Unsure, time.Minute), []HealthCode{MailUnsure}},
		"held":               {mail(engine.Held, time.Minute), []HealthCode{MailHeld}},
		"being read": {func(l *ledger) {
			l.inbox = []engine.Inbound{{State: engine.InboundReceived, ReceivedAt: ago(time.Minute)}}
		}, nil},
		"not read": {func(l *ledger) {
			l.inbox = []engine.Inbound{{State: engine.InboundReceived, ReceivedAt: ago(time.Hour)}}
		}, []HealthCode{InboxUnread}},
		"in the pen":     {func(l *ledger) { l.inbox = []engine.Inbound{{State: engine.InboundHeld, ReceivedAt: ago(time.Hour)}} }, nil},
		"just due":       {occurrence(engine.Occurrence{Rule: "letters", State: engine.Due, PlanAt: ago(time.Minute)}), nil},
		"late":           {occurrence(engine.Occurrence{Rule: "letters", State: engine.Due, PlanAt: ago(time.Hour)}), []HealthCode{CalendarLate}},
		"failing":        {occurrence(engine.Occurrence{Rule: "letters", State: engine.Due, PlanAt: ago(time.Minute), Attempts: 1, Note: "no"}), []HealthCode{CalendarFailing}},
		"standing still": {func(l *ledger) { l.occs["ran"] = engine.Occurrence{State: engine.Done, RanAt: ago(30 * time.Hour)} }, []HealthCode{CalendarStill}},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLedger()
			l.occs["ran"] = engine.Occurrence{Rule: "digest", State: engine.Done, RanAt: ago(time.Hour)}
			c.spoil(l)
			o := &Office{Records: l, Zone: time.UTC, Now: func() time.Time { return now }}
			h, err := o.Health(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			var got []HealthCode
			for _, f := range h.Findings {
				if got = append(got, f.Code); f.Since.IsZero() || !slices.Contains(HealthCodes(), f.Code) {
					t.Errorf("finding: %+v", f)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("found %v, want %v", got, c.want)
			}
		})
	}
}
