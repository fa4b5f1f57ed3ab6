package main

import (
	"context"
	"fmt"
	netmail "net/mail"
	"net/smtp"
	"strings"

	"splneno/cmd/splneno/example"
	"splneno/engine"
	"splneno/engine/czech"
)

// reply answers a letter as people do: Reply, a line for each item, Send. The
// mail goes by SMTP to where replies come in.
func (p *people) reply(l inboxLetter, c engine.Case, by example.Replier, said map[int]example.ScriptAnswer, day engine.Date) error {
	to, err := netmail.ParseAddress(l.mail.Header("Reply-To"))
	if err != nil {
		return fmt.Errorf("the letter names no address for replies: %w", err)
	}
	contact, _ := c.Organisation.Contact()
	err = p.send(to.Address, example.Reply{Program: by.Program, Writer: by.Writer, Address: contact.Email, Organisation: c.Organisation.Name,
		Text: typed(said, len(c.Entries)), At: p.clock.Now()}, example.Letter{From: l.mail.Header("From"), ReplyTo: to.Address,
		Subject: l.mail.Subject(), MessageID: l.mail.Header("Message-Id"), Text: l.mail.Text()})
	if err != nil {
		return err
	}
	p.say("%s  %s replied about %d of %d", day, c.Organisation.Name, len(said), len(c.Entries))
	return nil
}

// send brings a mail to where replies come in, as any mail server does.
func (p *people) send(to string, r example.Reply, letter example.Letter) error {
	raw, err := r.Mail(letter)
	if err != nil {
		return err
	}
	if err := smtp.SendMail(p.door.Addr().String(), nil, r.Address, []string{to}, raw); err != nil {
		return fmt.Errorf("a mail was not taken: %w", err)
	}
	return nil
}

// others sends what else comes in on a day: what a program answers, or what
// somebody writes to the town on his own.
func (p *people) others(ctx context.Context, day engine.Date) error {
	for _, m := range p.script.Mails {
		if m.On != day {
			continue
		}
		r, err := p.office.Records.Request(ctx, p.season.Plan, p.season.Period.ID, m.Organisation)
		if err != nil {
			return err
		}
		bodies, err := p.office.Records.Organisations(ctx, m.Organisation)
		if err != nil {
			return err
		}
		contact, _ := bodies[0].Contact()
		to := p.script.Municipality.Sender
		if m.Program == "absence" {
			to = strings.ReplaceAll(p.script.Municipality.ReplyTo, "{token}", p.signer.ReplyToken(demoTenant, r))
		}
		if err := p.send(to, example.Reply{Program: m.Program, Writer: m.Writer, Address: contact.Email, Organisation: bodies[0].Name,
			Subject: m.Subject, At: p.clock.Now()}, example.Letter{ReplyTo: to, Sender: p.script.Municipality.Sender}); err != nil {
			return err
		}
		p.say("%s  a mail of %s came in: %s", day, bodies[0].Name, m.Subject)
	}
	return nil
}

// typed is what somebody types: the number, the status, what was done.
func typed(said map[int]example.ScriptAnswer, items int) string {
	var lines []string
	for n := 1; n <= items; n++ {
		a, ok := said[n]
		if !ok {
			continue
		}
		if a.Typed != "" {
			lines = append(lines, fmt.Sprintf("%d %s", n, a.Typed))
			continue
		}
		line := fmt.Sprintf("%d %s", n, strings.Trim(czech.StatusWord(a.Status, a.Qualifier), "()"))
		for _, text := range []string{a.Done, a.Missing} {
			if text != "" {
				line += " – " + text
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
