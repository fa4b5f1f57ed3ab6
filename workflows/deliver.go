package workflows

import (
	"context"
	"errors"
	"path"
	"strings"
	"sync"
	"time"

	"splneno/engine"
)

const (
	slots      = 4                // mails on their way at once; a slow server holds up one slot, not the rest
	mailHand   = 20 * time.Minute // in which a mail that was claimed may be handed over
	mailLease  = 45 * time.Minute // that, the reply to the final dot, and what clocks differ by
	unsureWait = 30 * time.Minute // before the same bytes are sent once more
	giveUp     = 5 * 24 * time.Hour
)

// Deliver sends what is due. A server that is down keeps mail for later; only a
// store that cannot be read or written is an error.
func (o *Office) Deliver(ctx context.Context) error {
	errs := make([]error, slots)
	var wg sync.WaitGroup
	for i := range slots {
		wg.Go(func() { errs[i] = o.slot(ctx) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// Release lets a held or failed message be sent after all. It is a Conflict
// when the message is neither.
func (o *Office) Release(ctx context.Context, key string, who engine.Actor) error {
	if who.Kind != engine.ActorCoordinator {
		return engine.Errorf(engine.Forbidden, "only a coordinator releases mail")
	}
	return o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: "mail_released", Subject: inJournal(key), Releases: []string{key}})
}

// inJournal gives the key of a message as the journal may name it: without the
// address of a member of the steering group, which could never go again.
func inJournal(key string) string {
	if strings.Contains(key, "@") {
		return path.Dir(key)
	}
	return key
}

// slot sends one message after the other until none is due.
func (o *Office) slot(ctx context.Context) error {
	for ctx.Err() == nil {
		l, err := o.claimLetter(ctx)
		if err != nil || l == nil {
			return err
		}
		if err := o.deliver(ctx, *l, func(int) {}); err != nil {
			return err
		}
	}
	return nil
}

// A letter is a message that was claimed, and until when it may be handed over.
type letter struct {
	message engine.Message
	until   time.Time
}

// claimLetter claims the message that has been due for the longest, nil for none.
// Without a mail server everything waits in its queue, and nothing is claimed.
func (o *Office) claimLetter(ctx context.Context) (*letter, error) {
	if o.Sender == nil {
		return nil, nil
	}
	now := o.local()
	due, err := o.Records.ClaimMessages(ctx, now, 1, mailLease)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	return &letter{due[0], now.Add(mailHand)}, nil
}

// deliver sends a letter. waiting is told of it as of [Office.recordOutcome].
func (o *Office) deliver(ctx context.Context, l letter, waiting func(n int)) error {
	out := o.Sender.Send(inHand{ctx, o.Now, l.until}, l.message)
	return o.recordOutcome(ctx, o.settle(l.message, out), waiting)
}

// inHand ends with its context, and when the clock shows that the message may be
// somebody else's. A process that was stopped, or slept with its computer, finds
// that out by asking, however late its timers are.
type inHand struct {
	context.Context
	now   func() time.Time
	until time.Time
}

// Err says whether it has ended.
func (h inHand) Err() error {
	if err := h.Context.Err(); err != nil {
		return err
	}
	if !h.now().Before(h.until) {
		return context.DeadlineExceeded
	}
	return nil
}

// settle works an outcome into the message. Sent mail keeps its text and hash
// but not its bytes: those hold a live link.
func (o *Office) settle(m engine.Message, out engine.Outcome) engine.Message {
	now := o.local()
	m.LastError = out.Detail
	switch {
	case out.State == engine.Sent:
		m.State, m.SentAt, m.Raw, m.ReturnPath, m.LastError = engine.Sent, now, nil, "", ""
	case out.State == engine.Unsure && m.State == engine.Unsure:
		m.State = engine.Held // a third copy is for a person to decide
	case out.State == engine.Unsure:
		m.State, m.NextAt = engine.Unsure, now.Add(unsureWait)
	case out.State == engine.Failed:
		m.State = engine.Failed
	case now.Sub(m.TriedAt) > giveUp: // not since it was made: it may have waited for a person
		m.State = engine.Failed
	default:
		m.State, m.NextAt = engine.Retry, now.Add(backoff(m.Attempts))
	}
	return m
}
