package workflows

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"splneno/engine"
)

// witnessed is the event of the head of the journal having been mailed.
const witnessed = "witnessed"

// witness mails the head of the journal to addresses outside the house, when it
// has moved since the last time. Whoever cannot be written to is passed over.
func (o *Office) witness(ctx context.Context, occ engine.Occurrence) (string, error) {
	m, err := o.Records.Municipality(ctx)
	if err != nil || len(m.Witness) == 0 {
		return nobodyNamed, err
	}
	head, event, err := o.JournalHead(ctx)
	if err != nil {
		return "", err
	}
	if event == witnessed || head.Seq == 0 {
		return "the journal has not moved", nil
	}
	c := engine.Change{At: o.local(), Actor: engine.Actor{Kind: engine.ActorCalendar, Name: "witness"}, Event: "witnessed", Subject: o.Records.Tenant(),
		Detail: map[string]string{"line": strconv.FormatInt(head.Seq, 10)}}
	for i, address := range m.Witness {
		l := o.toCoordinator(m, engine.LetterWitness)
		l.To, l.Link, l.Head = engine.Contact{Email: address}, "", &head
		l.LateDays = max(0, o.today().Sub(occ.Day))
		msg, err := o.message(fmt.Sprintf("witness/%s/%d", occ.Day, i+1), "", l)
		if engine.CodeOf(err) == engine.Invalid {
			c.Detail["unreachable"] = strconv.Itoa(i + 1)
			continue
		}
		if err != nil {
			return "", err
		}
		c.Messages = append(c.Messages, msg)
	}
	if err := o.Records.Commit(ctx, c); engine.CodeOf(err) == engine.Conflict {
		return "another node wrote it", nil
	} else if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d told of line %d", len(c.Messages), head.Seq), nil
}

// errSeen ends the reading of the journal.
var errSeen = errors.New("seen")

// line gives one line of the journal, the zero one when there is none.
func (o *Office) line(ctx context.Context, seq int64) (found engine.JournalLine, err error) {
	err = o.Records.Journal(ctx, seq, func(l engine.JournalLine) error {
		found = l
		return errSeen
	})
	if errors.Is(err, errSeen) {
		err = nil
	}
	if found.Seq != seq {
		found = engine.JournalLine{}
	}
	return found, err
}

// JournalHead gives the head of the journal, and what its last line tells of.
func (o *Office) JournalHead(ctx context.Context) (engine.JournalHead, string, error) {
	l, err := o.Records.LastLine(ctx)
	if err != nil || l.Seq == 0 {
		return engine.JournalHead{}, "", err
	}
	return engine.JournalHead{Tenant: o.Records.Tenant(), Seq: l.Seq, At: l.At.In(o.Zone), Hash: l.Hash}, l.Event, nil
}

// Attest holds a head that a witness kept against the journal. It is a Conflict
// that names the line when the journal is shorter, or says another thing.
func (o *Office) Attest(ctx context.Context, h engine.JournalHead) error {
	l, err := o.line(ctx, h.Seq)
	switch {
	case err != nil:
		return err
	case l.Seq == 0:
		return engine.Errorf(engine.Conflict, "the witness knows line %d of the journal of %s, but the journal is shorter: its end was cut off, or an older copy was brought back", h.Seq, h.Tenant)
	case l.Hash != h.Hash:
		return engine.Errorf(engine.Conflict, "line %d of the journal of %s is not the one the witness knows: it or a line before it was written anew", h.Seq, h.Tenant)
	}
	return nil
}
