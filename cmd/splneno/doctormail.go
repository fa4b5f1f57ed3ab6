package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"splneno/engine"
	"splneno/notify/check"
	"splneno/store"
)

// settings opens the database and looks at what the municipality says about its
// mail.
func (e *examination) settings(ctx context.Context) []check.Finding {
	const name = "municipality"
	const setUp = "set it up: splneno municipality --help has an example; or choose another by --tenant: splneno tenant list shows them"
	if !databaseThere(e.c.DB) {
		return []check.Finding{{Check: name, Level: check.Fail, Found: "there is no database yet", Todo: setUp}}
	}
	// What is wrong with the mail server and the scanner is found by looks of
	// their own, and must not keep the database closed.
	c := *e.c
	c.SMTP, c.Post.Clamd = "", ""
	if err := untouched(ctx, &c); err != nil {
		return []check.Finding{{Check: name, Level: check.Fail, Found: err.Error(), Todo: "correct --db or --key"}}
	}
	place, err := c.open(ctx, e.w.now)
	if err != nil {
		return []check.Finding{{Check: name, Level: check.Fail, Found: err.Error(), Todo: "correct --db or --key"}}
	}
	e.place, e.office = place, place.office(c.Tenant)
	m, err := e.office.Records.Municipality(ctx)
	if engine.CodeOf(err) == engine.NotFound {
		return []check.Finding{{Check: name, Level: check.Fail, Found: "there is no municipality " + c.Tenant, Todo: setUp}}
	}
	if err != nil {
		return []check.Finding{{Check: name, Level: check.Fail, Found: err.Error(), Todo: setUp}}
	}
	e.municipality = m
	return append([]check.Finding{
		{Check: name, Level: check.OK, Found: m.Name},
		e.accounts(ctx),
		{Check: "sender address", Level: check.OK, Found: m.Sender},
	}, e.replies()...)
}

// untouched is an error unless the database can be opened without changing
// anything: opening brings an older schema up to date and makes a missing key.
func untouched(ctx context.Context, c *command) error {
	if _, err := os.Stat(c.keyFile()); errors.Is(err, fs.ErrNotExist) {
		return engine.Errorf(engine.Invalid, "there is no key file %s", c.keyFile())
	}
	db, err := store.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	return errors.Join(db.CheckSchema(ctx), db.Close())
}

// accounts looks at whether anybody can decide at the desk.
func (e *examination) accounts(ctx context.Context) check.Finding {
	const name = "accounts"
	all, err := e.office.Records.Accounts(ctx)
	if err != nil {
		return check.Finding{Check: name, Level: check.Fail, Found: err.Error(), Todo: "check --db"}
	}
	able, invited := 0, 0
	for _, a := range all {
		switch {
		case a.Role != engine.RoleCoordinator || a.Disabled:
		case a.SetUp():
			able++
		case a.Invited(e.w.now()):
			invited++
		}
	}
	switch {
	case able > 0:
		return check.Finding{Check: name, Level: check.OK, Found: fmt.Sprintf("%d of a coordinator set up", able)}
	case invited > 0:
		return check.Finding{Check: name, Level: check.Warn, Found: "a coordinator is invited and has not set the account up", Todo: "open the link of the invitation; a new one: splneno account invite ADDRESS"}
	}
	return check.Finding{Check: name, Level: check.Warn, Found: "no coordinator can sign in yet", Todo: "splneno account add --name NAME --email ADDRESS --role coordinator"}
}

// replies looks at whether answers by reply can come in and be recognised.
func (e *examination) replies() []check.Finding {
	const name = "reply address"
	m := e.municipality
	if m.ReplyTo == "" {
		return []check.Finding{{Check: name, Level: check.Warn, Found: "none: answers by reply are off", Todo: "splneno municipality --reply-to 'odpovedi+{token}@mesto.cz'"}}
	}
	out := []check.Finding{{Check: name, Level: check.OK, Found: m.ReplyTo}}
	if !strings.EqualFold(e.senderDomain(), e.replyDomain()) {
		out = append(out, check.Finding{Check: name, Level: check.Warn, Found: e.replyDomain() + " is not the domain mail is sent from, " + e.senderDomain(),
			Todo: "take replies at the sender's domain: filters distrust the difference, and DMARC covers one of them only"})
	}
	if e.Ways.named() == "" {
		out = append(out, check.Finding{Check: "ways in", Level: check.Warn, Found: "none is given: replies come in by splneno receive only",
			Todo: "give the doctor what serve is given: --imap, --lmtp, --smtp-in or --mail-drop"})
	} else {
		out = append(out, check.Finding{Check: "ways in", Level: check.OK, Found: e.Ways.named()})
	}
	if len(e.c.Post.Relay) == 0 {
		return append(out, check.Finding{Check: "relay", Level: check.Warn, Found: "no mail server is trusted: what it says about senders does not count",
			Todo: "name your own by --relay, as it stands in its Authentication-Results; --round-trip shows the name"})
	}
	return append(out, check.Finding{Check: "relay", Level: check.OK, Found: strings.Join(e.c.Post.Relay, ", ")})
}

func (e *examination) senderDomain() string { return domainOf(e.municipality.Sender) }

func (e *examination) replyDomain() string { return domainOf(e.municipality.ReplyTo) }

func domainOf(address string) string {
	return strings.ToLower(address[strings.LastIndex(address, "@")+1:])
}

// smtp looks at the server mail is handed to.
func (e *examination) smtp(ctx context.Context) []check.Finding {
	const name = "SMTP"
	if e.c.SMTP == "" {
		return []check.Finding{{Check: name, Level: check.Fail, Found: "no mail server is given: mail waits in its queue", Todo: "give one by --smtp or SPLNENO_SMTP"}}
	}
	sender, err := e.c.mailServer()
	if err != nil {
		return []check.Finding{{Check: name, Level: check.Fail, Found: err.Error(), Todo: "correct --smtp"}}
	}
	e.sender = sender
	m := e.municipality
	envelope := check.Envelope{To: m.Coordinator.Email}
	if m.Sender != "" {
		envelope.From = []string{m.Sender}
	}
	if m.ReplyTo != "" { // bounces of letters go there
		envelope.From = append(envelope.From, m.ReplyAddress("splneno"))
	}
	return check.SMTP(ctx, sender, envelope, e.w.now())
}

// mx looks at who takes mail for the domain replies go to.
func (e *examination) mx(ctx context.Context) check.Finding {
	if e.municipality.Sender != "" && e.municipality.ReplyTo == "" {
		return check.Finding{Check: "MX", Level: check.Warn, Found: "not looked at: there is no reply address", Todo: "give one, as the line about it says"}
	}
	return e.domain("MX", e.replyDomain(), func(domain string) check.Finding { return check.MX(ctx, e.dns, domain) })
}

// spf looks at both domains where there are two: receivers ask about the one
// bounces go to.
func (e *examination) spf(ctx context.Context) []check.Finding {
	domains := []string{e.senderDomain()}
	if reply := e.replyDomain(); reply != "" && reply != domains[0] {
		domains = append(domains, reply)
	}
	var out []check.Finding
	for _, d := range domains {
		out = append(out, e.domain("SPF", d, func(domain string) check.Finding { return check.SPF(ctx, e.dns, domain) }))
	}
	return out
}

func (e *examination) dkim(ctx context.Context, selector string) check.Finding {
	return e.domain("DKIM key "+selector, e.senderDomain(), func(domain string) check.Finding { return check.DKIM(ctx, e.dns, selector, domain) })
}

func (e *examination) dmarc(ctx context.Context) check.Finding {
	return e.domain("DMARC", e.senderDomain(), func(domain string) check.Finding { return check.DMARC(ctx, e.dns, domain) })
}

// domain asks about a domain, where there is one to ask about.
func (e *examination) domain(name, domain string, ask func(string) check.Finding) check.Finding {
	if domain == "" {
		return check.Finding{Check: name, Level: check.Warn, Found: "not looked at: the address is not known", Todo: "set the municipality up first"}
	}
	return ask(domain)
}

// noSelector says why no key was looked at: the DNS does not tell which there
// are.
func (e *examination) noSelector(context.Context) check.Finding {
	return check.Finding{Check: "DKIM", Level: check.Warn, Found: "not looked at: only your mail server knows the name of its key", Todo: "give it by --dkim-selector, as s= in the DKIM-Signature of a mail you sent"}
}
