package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"splneno/cmd/splneno/web"
	"splneno/engine"
	"splneno/notify/fetch"
	"splneno/notify/sentbox"
	"splneno/workflows"
)

// holdCheck looks through the sent mail of the original.
type holdCheck struct {
	towns    `embed:""`
	Sent     string   `name:"sent" env:"SPLNENO_SENT" secret:"" placeholder:"URL" help:"Folder of sent mail: imaps://user:password@host/Sent. It is only read."`
	SentFile []string `name:"sent-file" type:"path" placeholder:"FILE" help:"Mails (.eml), a mailbox (mbox), the log of a mail server, or a folder of those; repeat for each."`
}

// Help gives the example of --help.
func (holdCheck) Help() string {
	return "Example: splneno hold check --sent-file /var/log/mail.log"
}

// Run does it.
func (h holdCheck) Run(ctx context.Context, c *command, w *world) error {
	if (h.Sent == "") == (len(h.SentFile) == 0) {
		return engine.Errorf(usage, "say where the original's sent mail is: either --sent imaps://… or --sent-file FILE")
	}
	return h.each(ctx, c, w, func(o *workflows.Office, who engine.Actor) error {
		hold, err := o.Records.Hold(ctx)
		if err != nil {
			return err
		}
		mails, source, err := h.read(ctx, c, w, hold, o.Zone)
		if err != nil {
			return err
		}
		check, err := o.CheckSent(ctx, mails, source, who)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%s: %s of ours among %d since %s.\n", o.Records.Tenant(), engine.CountOf(check.Ours, "mail", "mails"), len(mails), engine.DateOf(check.Since.In(o.Zone)))
		r, err := o.HoldReport(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "Of %s %d left for certain, %s what the original wrote on another day, %d probably left.\n",
			engine.CountOf(len(r.Messages), "held message", "held messages"), r.Count(engine.TraceLeft), engine.CountOf(r.Count(engine.TraceWritten), "repeats", "repeat"), r.Count(engine.TraceLikely))
		printUnknown(w, r)
		_, err = fmt.Fprintln(w.out, "Nothing was decided by that; splneno hold show lists each, splneno hold left --certain --written marks what was found.")
		return err
	})
}

// read reads the sent mail from where it is. A log is written by the clocks of
// the zone.
func (h holdCheck) read(ctx context.Context, c *command, w *world, hold engine.Hold, zone *time.Location) ([]engine.SentMail, string, error) {
	if h.Sent != "" {
		account, err := fetch.ParseURL(h.Sent)
		if err != nil {
			return nil, "", err
		}
		mails, err := c.sentBy(ctx, account, w.now, workflows.CheckSince(hold))
		return mails, "imap", err
	}
	var all []engine.SentMail
	for _, name := range h.SentFile {
		err := filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			mails, err := readSent(path, workflows.CopiedAt(hold).In(zone))
			all = append(all, mails...)
			return err
		})
		if err != nil {
			return nil, "", engine.Errorf(engine.Invalid, "the sent mail cannot be read: %w", err)
		}
	}
	if len(all) == 0 {
		return nil, "", engine.Errorf(engine.Invalid, "there is no mail in %s, and no record of one; name a log of the mail server, a mailbox or a folder of .eml files", strings.Join(h.SentFile, ", "))
	}
	return all, "file", nil
}

func readSent(path string, near time.Time) ([]engine.SentMail, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	mails, _, err := sentbox.Read(f, near)
	return mails, errors.Join(err, f.Close())
}

// sentBy reads the folder of sent mail of an account. It is given five minutes.
func (c *command) sentBy(ctx context.Context, account fetch.Account, now func() time.Time, since time.Time) ([]engine.SentMail, error) {
	var err error
	if account.Token, err = c.tokens(account.User); err != nil {
		return nil, err
	}
	within, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	return fetch.New(account, now, nil).Sent(within, since)
}

// showSent lets the pages look through the folder of sent mail of the mailbox of
// replies.
func (ways waysIn) showSent(c *command, w *world, pages *web.Server) error {
	if ways.IMAP == "" {
		return nil
	}
	account, err := fetch.ParseURL(ways.IMAP)
	if err != nil {
		return err
	}
	account.Mailbox = "INBOX" // beside which the server names its folder of sent mail
	pages.SentMail = func(ctx context.Context, since time.Time) ([]engine.SentMail, error) {
		return c.sentBy(ctx, account, w.now, since)
	}
	return nil
}
