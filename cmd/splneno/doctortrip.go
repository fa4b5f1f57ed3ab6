package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"splneno/engine"
	"splneno/notify/check"
	"splneno/notify/fetch"
)

const roundTrip = "round trip"

// The times of waiting for the test mail. A running serve has the first turn.
const (
	lookAgain  = 500 * time.Millisecond
	fetchAgain = 5 * time.Second
	serveFirst = 15 * time.Second
)

// roundTrip sends a mail to ourselves and waits until it comes in.
func (e *examination) roundTrip(ctx context.Context) []check.Finding {
	if e.sender == nil || e.municipality.Sender == "" || e.municipality.ReplyTo == "" {
		return []check.Finding{{Check: roundTrip, Level: check.Fail, Found: "no test mail was sent: it needs a mail server, a sender address and a reply address", Todo: "mend what is said above"}}
	}
	mark := "splneno-" + strings.ToLower(rand.Text()[:16])
	sent := e.w.now()
	m, err := check.TestMail(e.municipality.Sender, e.municipality.ReplyAddress(mark), mark, sent)
	if err != nil {
		return []check.Finding{{Check: roundTrip, Level: check.Fail, Found: err.Error(), Todo: "check sender address and reply address"}}
	}
	sending, cancel := context.WithTimeout(ctx, 2*checkTime)
	out := e.sender.Send(sending, m)
	cancel()
	if out.State != engine.Sent && out.State != engine.Unsure {
		return []check.Finding{{Check: roundTrip, Level: check.Fail, Found: "the test mail was not taken by the mail server: " + out.Detail, Todo: "mend the sending; where it says 4xx, try again later"}}
	}
	return []check.Finding{e.awaitMail(ctx, mark, sent)}
}

// awaitMail waits until the mail with the mark is stored. When nobody has taken
// it for a while it is fetched here, as serve would.
func (e *examination) awaitMail(ctx context.Context, mark string, sent time.Time) check.Finding {
	waiting, cancel := context.WithTimeout(ctx, e.Wait)
	fetched := make(chan struct{})
	ours := false
	go func() {
		defer close(fetched)
		if e.Ways.IMAP != "" && pause(waiting, min(serveFirst, e.Wait/4)) {
			ours = true
			for again := true; again; again = pause(waiting, fetchAgain) {
				e.fetch(ctx) // to its end even when the mail is there: what was stored is to be moved
			}
		}
	}()
	in, err := e.findMail(waiting, mark)
	late := waiting.Err() != nil
	cancel()
	<-fetched
	if err != nil && !late {
		return check.Finding{Check: roundTrip, Level: check.Fail, Found: "the inbox cannot be read: " + err.Error(), Todo: "check the database"}
	}
	if err != nil {
		return check.Finding{Check: roundTrip, Level: check.Fail, Found: fmt.Sprintf("the test mail was sent and did not come in within %s", e.Wait),
			Todo: "see that serve runs with a way in, and look for " + mark + " in the log of the mail server; a slow server needs a longer --wait"}
	}
	f := check.Arrival(in, e.w.now().Sub(sent), e.c.Post.Relay)
	if ours && in.Via == "imap" {
		f.Found += "; perhaps fetched by the doctor, as no serve was quicker"
	}
	return f
}

// findMail looks into the inbox until the mail is there. A mail that no serve
// has read yet is read here, which changes nothing.
func (e *examination) findMail(ctx context.Context, mark string) (engine.Inbound, error) {
	seen := map[string]bool{}
	for {
		tenants, err := e.place.db.AcrossTenants().Tenants(ctx)
		if err != nil {
			return engine.Inbound{}, err
		}
		for _, tenant := range tenants { // without a token it is the home municipality's of serve
			in, err := e.lookThrough(ctx, tenant, mark, seen)
			if err != nil || in.ID != "" {
				return in, err
			}
		}
		if !pause(ctx, lookAgain) {
			return engine.Inbound{}, ctx.Err()
		}
	}
}

// lookThrough looks at the newest mails of one municipality, each once.
func (e *examination) lookThrough(ctx context.Context, tenant, mark string, seen map[string]bool) (engine.Inbound, error) {
	const newest = 50
	records := e.place.office(tenant).Records
	list, err := records.Inbox(ctx, newest, engine.InboundStates()...)
	if err != nil {
		return engine.Inbound{}, err
	}
	for _, in := range list {
		if seen[in.ID] {
			continue
		}
		seen[in.ID] = true
		in, err := records.Inbound(ctx, in.ID)
		if err != nil {
			return in, err
		}
		if !check.Speaks(in, mark) {
			continue
		}
		if in.State == engine.InboundReceived {
			in.Mail, err = e.place.reader.Read(ctx, in)
		}
		return in, err
	}
	return engine.Inbound{}, nil
}

// fetch empties the mailbox of replies once. Other mails that lie there are
// taken in too.
func (e *examination) fetch(ctx context.Context) {
	account, err := e.Ways.account(e.c)
	if err != nil {
		return // the look at the mailbox has said it
	}
	fetcher := fetch.New(account, e.w.now, e.place.takeIn(e.c.Tenant))
	once, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		fetcher.Run(once)
	}()
	underWay := func(s fetch.Status) bool { return s.LastContact.IsZero() && s.LastError == "" }
	for underWay(fetcher.Status()) && pause(ctx, lookAgain) {
		continue
	}
	cancel()
	<-done
}

// pause waits, and reports whether the time passed before ctx ended.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
