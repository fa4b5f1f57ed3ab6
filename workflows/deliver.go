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
	mailLease  = 30 * time.Minute // longer than the longest a sender may take
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
	subject := key
	if strings.Contains(key, "@") { // of a member of the steering group: the journal names no address
		subject = path.Dir(key)
	}
	return o.Records.Commit(ctx, engine.Change{At: o.local(), Actor: who, Event: "mail_released", Subject: subject, Releases: []string{key}})
}

// slot sends one message after the other until none is due.
func (o *Office) slot(ctx context.Context) error {
	for ctx.Err() == nil {
		if found, err := o.deliverOne(ctx); err != nil || !found {
			return err
		}
	}
	return nil
}

// deliverOne sends the message that has been due for the longest, and says
// whether there was one.
func (o *Office) deliverOne(ctx context.Context) (found bool, err error) {
	due, err := o.Records.ClaimMessages(ctx, o.local(), 1, mailLease)
	if err != nil || len(due) == 0 {
		return false, err
	}
	m := o.settle(due[0], o.Sender.Send(ctx, due[0]))
	err = o.Records.SettleMessage(context.WithoutCancel(ctx), m)
	if engine.CodeOf(err) == engine.Conflict {
		err = nil
	}
	return true, err
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
	case now.Sub(m.CreatedAt) > giveUp:
		m.State = engine.Failed
	default:
		m.State, m.NextAt = engine.Retry, now.Add(backoff(m.Attempts))
	}
	return m
}
