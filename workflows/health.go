package workflows

import (
	"context"
	"slices"
	"time"

	"splneno/engine"
)

// A HealthCode names something that is not well. The words do not change:
// pages and mails find their sentences by them.
type HealthCode string

// The codes.
const (
	MailStuck       HealthCode = "mail_stuck"       // mail waits longer than a mail server is ever down
	MailFailed      HealthCode = "mail_failed"      // a mail was refused for good
	MailBounced     HealthCode = "mail_bounced"     // a mail came back
	MailUnsure      HealthCode = "mail_unsure"      // nobody knows whether a mail left
	MailHeld        HealthCode = "mail_held"        // a mail waits for a person
	InboxUnread     HealthCode = "inbox_unread"     // a mail came in and was not read
	CalendarFailing HealthCode = "calendar_failing" // what is due was tried and failed
	CalendarLate    HealthCode = "calendar_late"    // what is due was not tried
	CalendarStill   HealthCode = "calendar_still"   // nothing has run for more than a day
	OnHold          HealthCode = "on_hold"          // the municipality was restored or copied, and nothing leaves
)

// HealthCodes lists them, those that stop everything first.
func HealthCodes() []HealthCode {
	return []HealthCode{OnHold, CalendarStill, CalendarFailing, CalendarLate, MailStuck, MailHeld, MailUnsure, MailFailed, MailBounced, InboxUnread}
}

// A Finding is one thing that is not well.
type Finding struct {
	Code  HealthCode
	Count int
	Since time.Time // of the oldest
}

// Health says whether what happens by itself does happen. It is well when there
// are no findings.
type Health struct {
	Findings     []Finding
	Queued       int // mails that wait to be sent, as they should
	LastSent     time.Time
	LastReceived time.Time
	Unread, Pen  int // mails that came in: not read yet, and waiting for a person
	LastRun      time.Time
	Late         []engine.Occurrence // due and not done
}

const (
	stuckAfter  = time.Hour        // the queue is worked through every minute
	unreadAfter = 15 * time.Minute // three times the lease of a reader
	lateAfter   = lease            // a node may still be at it
	stillAfter  = 26 * time.Hour   // daily rules run every day, on days off too
	lateShown   = 20
	unreadShown = 200
)

// Health looks at the mail and the calendar.
func (o *Office) Health(ctx context.Context) (Health, error) {
	var h Health
	for _, look := range []func(context.Context, *Health) error{o.holdHealth, o.calendarHealth, o.mailHealth, o.inboxHealth} {
		if err := look(ctx, &h); err != nil {
			return h, err
		}
	}
	slices.SortStableFunc(h.Findings, func(a, b Finding) int {
		return slices.Index(HealthCodes(), a.Code) - slices.Index(HealthCodes(), b.Code)
	})
	return h, nil
}

// found adds a finding, or one more of the same.
func (h *Health) found(code HealthCode, n int, since time.Time) {
	i := slices.IndexFunc(h.Findings, func(f Finding) bool { return f.Code == code })
	if i < 0 {
		h.Findings = append(h.Findings, Finding{Code: code, Count: n, Since: since})
		return
	}
	f := &h.Findings[i]
	if f.Count += n; since.Before(f.Since) {
		f.Since = since
	}
}

// mailHealth looks at what is to leave.
func (o *Office) mailHealth(ctx context.Context, h *Health) error {
	mail, err := o.Records.MailCounts(ctx)
	if err != nil {
		return err
	}
	codes := map[engine.MessageState]HealthCode{engine.Failed: MailFailed, engine.Bounced: MailBounced, engine.Unsure: MailUnsure, engine.Held: MailHeld}
	for _, c := range mail {
		switch code := codes[c.State]; {
		case code != "":
			h.found(code, c.N, c.Oldest)
		case o.Now().Sub(c.Oldest) > stuckAfter:
			h.found(MailStuck, c.N, c.Oldest)
			h.Queued += c.N
		default:
			h.Queued += c.N
		}
	}
	h.LastSent, err = o.Records.LastSent(ctx)
	return err
}

// inboxHealth looks at what came in.
func (o *Office) inboxHealth(ctx context.Context, h *Health) error {
	counts, err := o.Records.InboxCounts(ctx)
	if err != nil {
		return err
	}
	h.Unread, h.Pen = counts[engine.InboundReceived], counts[engine.InboundHeld]
	newest, err := o.Records.Inbox(ctx, 1)
	if err != nil || len(newest) == 0 {
		return err
	}
	h.LastReceived = newest[0].ReceivedAt
	if h.Unread == 0 {
		return nil
	}
	waiting, err := o.Records.Inbox(ctx, min(h.Unread, unreadShown), engine.InboundReceived)
	if err != nil || len(waiting) == 0 {
		return err
	}
	if oldest := waiting[len(waiting)-1].ReceivedAt; o.Now().Sub(oldest) > unreadAfter {
		h.found(InboxUnread, h.Unread, oldest)
	}
	return nil
}

// calendarHealth looks at what is due.
func (o *Office) calendarHealth(ctx context.Context, h *Health) error {
	due, err := o.Records.OccurrencesDue(ctx, lateShown)
	if err != nil {
		return err
	}
	for _, occ := range due {
		switch {
		case occ.Note != "":
			h.found(CalendarFailing, 1, occ.PlanAt)
		case o.Now().Sub(occ.PlanAt) > lateAfter:
			h.found(CalendarLate, 1, occ.PlanAt)
		default:
			continue
		}
		h.Late = append(h.Late, occ)
	}
	newest, err := o.Records.Occurrences(ctx, lateShown)
	for _, occ := range newest {
		if occ.RanAt.After(h.LastRun) {
			h.LastRun = occ.RanAt
		}
	}
	if err == nil && !h.LastRun.IsZero() && o.Now().Sub(h.LastRun) > stillAfter {
		h.found(CalendarStill, 1, h.LastRun)
	}
	return err
}
