package workflows

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"splneno/engine"
)

const (
	readLease = 5 * time.Minute // longer than reading a batch may take
	readers   = 2               // slots that read at once
	batch     = 32              // mails one slot claims at once
	maxReads  = 5               // a mail whose reading ended the program so often is not read again
	collide   = 5               // how often a decision is made anew when something moved under it
)

// Receive stores a mail that came in. When it returns nil the mail is
// committed, and only then may whoever brought it be told so; with an error it
// was not stored and must be brought again. The same bytes are stored once.
func (o *Office) Receive(ctx context.Context, a engine.Arrival) error {
	sum := sha256.Sum256(a.Raw)
	in := engine.Inbound{ID: hex.EncodeToString(sum[:]), Raw: a.Raw, Via: a.Via, EnvelopeFrom: printable(a.From),
		ReceivedAt: o.local(), NextAt: o.local(), State: engine.InboundReceived}
	for _, to := range a.To {
		in.EnvelopeTo = append(in.EnvelopeTo, printable(to))
	}
	_, err := o.Records.AddInbound(ctx, in)
	return err
}

// printable keeps of an envelope address what a store takes: one that could not
// be stored would keep its mail from coming in for ever.
func printable(address string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(address, ""))
}

// Understand reads the mail that was received and decides about it. A mail that
// cannot be read ends in the holding pen; only a store that cannot be read or
// written is an error. Of a suspended municipality it waits as it came.
func (o *Office) Understand(ctx context.Context) error {
	if stands, err := o.stands(ctx); err != nil || stands {
		return err
	}
	errs := make([]error, readers)
	var wg sync.WaitGroup
	for i := range readers {
		wg.Go(func() { errs[i] = o.readSlot(ctx) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// readSlot reads a batch of mails after the other until none is left.
func (o *Office) readSlot(ctx context.Context) error {
	for ctx.Err() == nil {
		got, err := o.Records.ClaimInbound(ctx, o.local(), batch, readLease)
		if err != nil || len(got) == 0 {
			return err
		}
		at, err := o.shelf(ctx)
		if err != nil {
			return err
		}
		// A mail that ends the program counts against the others of its claim too,
		// so what was claimed before is read after what is new.
		slices.SortStableFunc(got, func(a, b engine.Inbound) int { return a.Attempts - b.Attempts })
		if err := (post{at}).readAll(ctx, got); err != nil {
			return err
		}
	}
	return nil
}

// A post is one run over mail that came in.
type post struct{ shelf }

// readAll reads mails and commits what follows. What is decided about different
// organisations goes into one transaction: one write to the disk, not one for
// every mail of a burst. The others are decided about one by one, as are those
// that were claimed before or are forged, and all of them when anything goes
// wrong: a mail that cannot be decided about keeps nobody else waiting. Whether
// a mail came before is not asked here: a copy makes the transaction collide.
func (p post) readAll(ctx context.Context, mails []engine.Inbound) error {
	var err error
	for i := range mails {
		if mails[i], err = p.read(ctx, mails[i]); err != nil {
			return err
		}
	}
	var g group
	rest := mails
	if takings, err := p.takings(ctx, mails); err == nil {
		rest = nil
		for i, t := range takings {
			ch, err := p.decide(ctx, t)
			if err != nil || mails[i].Attempts > 1 || mails[i].Mail.Forged || g.touches(ch) {
				rest = append(rest, mails[i])
				continue
			}
			g.mails, g.changes = append(g.mails, mails[i]), append(g.changes, ch)
		}
	}
	failed := p.commit(ctx, g)
	for _, in := range rest {
		failed = errors.Join(failed, p.settle(ctx, in))
	}
	return failed
}

// A group is what was decided about some mails.
type group struct {
	mails   []engine.Inbound
	changes []engine.Change
}

// touches reports whether a Change is about an organisation of the group.
func (g group) touches(ch engine.Change) bool {
	about := ch.Inbound[0].Organisation
	return about != "" && slices.ContainsFunc(g.changes, func(c engine.Change) bool { return c.Inbound[0].Organisation == about })
}

// commit stores a group. When that is refused, each mail is decided about anew,
// by itself.
func (p post) commit(ctx context.Context, g group) error {
	err := p.Records.Commit(ctx, g.changes...)
	if err == nil || engine.CodeOf(err) == engine.Unavailable || ctx.Err() != nil {
		return err
	}
	var failed error
	for _, in := range g.mails {
		failed = errors.Join(failed, p.settle(ctx, in))
	}
	return failed
}

// settle decides about one mail and commits that. When something moved under
// it, it decides anew; a Conflict that stays means that another node has the
// mail. What no store takes is kept as it came, unread.
func (p post) settle(ctx context.Context, in engine.Inbound) (err error) {
	for range collide {
		err = p.settleOnce(ctx, in)
		switch engine.CodeOf(err) {
		case engine.Conflict:
		case engine.Invalid:
			in.Mail = engine.Mail{Kind: engine.MailOther, Unreadable: "what it says cannot be stored"}
			in.Same = ""
		default:
			return err
		}
	}
	if engine.CodeOf(err) == engine.Conflict {
		return nil
	}
	return err
}

// read gives a mail as it was read, without its bytes.
func (p post) read(ctx context.Context, in engine.Inbound) (engine.Inbound, error) {
	if in.Attempts > maxReads {
		in.Mail = engine.Mail{Kind: engine.MailOther, Unreadable: "reading it ended the program several times"}
		return in, nil
	}
	whole, err := p.Records.Inbound(ctx, in.ID)
	if err != nil {
		return in, err
	}
	if in.Mail, err = p.Reader.Read(ctx, whole); err != nil {
		return in, err
	}
	in.Same = sameness(in.Mail)
	return in, nil
}

// settleOnce decides about one mail on what stands now.
func (p post) settleOnce(ctx context.Context, in engine.Inbound) error {
	t, err := p.taking(ctx, in)
	if err != nil {
		return err
	}
	ch, err := p.decide(ctx, t)
	if err != nil {
		return err
	}
	return p.Records.Commit(ctx, ch)
}

// decide decides about a mail that was read.
func (p post) decide(ctx context.Context, t engine.Taking) (engine.Change, error) {
	if t.Inbound.Mail.Forged && !t.Copy {
		t.Inbound.Same = "" // the copy that came by an honest way must not pass for this one
	}
	ch, err := engine.Take(t, p.local())
	if err != nil {
		return ch, err
	}
	err = p.receipt(ctx, t, &ch)
	return ch, err
}
