package main

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"splneno/engine"
	"splneno/notify/drop"
	"splneno/notify/fetch"
	"splneno/notify/listen"
)

// waysIn are the ways by which serve takes mail in. None is needed: splneno
// receive is one more.
type waysIn struct {
	IMAP     string `name:"imap" env:"SPLNENO_IMAP" secret:"" placeholder:"URL" help:"Mailbox of replies: imaps://user:password@host/INBOX. What was taken in is moved to its folder Splneno."`
	LMTP     string `name:"lmtp" env:"SPLNENO_LMTP" placeholder:"ADDRESS" help:"Take mail by LMTP on unix:/path or 127.0.0.1:24."`
	SMTPIn   string `name:"smtp-in" env:"SPLNENO_SMTP_IN" placeholder:"ADDRESS" help:"Take mail by SMTP on this address, from your own mail server."`
	SMTPCert string `name:"smtp-in-cert" env:"SPLNENO_SMTP_IN_CERT" placeholder:"FILE" type:"path" help:"Certificate (PEM) with which --smtp-in offers STARTTLS."`
	SMTPKey  string `name:"smtp-in-key" env:"SPLNENO_SMTP_IN_KEY" placeholder:"FILE" type:"path" help:"Its key (PEM)."`
	MailDrop string `name:"mail-drop" env:"SPLNENO_MAIL_DROP" placeholder:"DIR" type:"path" help:"Folder into which mail is laid as .eml files."`
}

// named gives the ways that are configured, for people.
func (ways waysIn) named() string {
	var out []string
	for _, w := range []struct{ name, value string }{{"IMAP", ways.IMAP}, {"LMTP", ways.LMTP}, {"SMTP", ways.SMTPIn}, {"folder", ways.MailDrop}} {
		if w.value != "" {
			out = append(out, w.name)
		}
	}
	return strings.Join(out, ", ")
}

// takeIn gives the function every way in hands its mail to.
func (in *installation) takeIn(home string) func(context.Context, engine.Arrival) error {
	return func(ctx context.Context, a engine.Arrival) error {
		done := in.pulse.job(jobFetch)
		tenant, err := in.receive(ctx, home, a)
		done()
		in.incidents.saw(err)
		if err == nil {
			in.arrived(tenant)
		}
		return err
	}
}

// listener gives a server of the kind "lmtp" or "smtp" for mail to us.
func (in *installation) listener(home, kind string) *listen.Server {
	name, err := os.Hostname()
	if err != nil {
		name = "localhost"
	}
	return &listen.Server{Kind: kind, Name: name, Accept: in.ours, Receive: in.takeIn(home)}
}

// ours reports whether an address is one replies come in at.
func (in *installation) ours(address string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	all, err := in.db.AcrossTenants().Municipalities(ctx)
	if err != nil {
		return true // better to take a mail and look later than to refuse an answer
	}
	for _, m := range all {
		if m.TakesAt(address) || strings.EqualFold(m.Sender, address) {
			return true
		}
	}
	return false
}

// openDoors starts every way in that is configured; each ends with ctx. The
// function it gives waits until all have ended.
func (in *installation) openDoors(ctx context.Context, c *command, ways waysIn, log *slog.Logger) (wait func(), err error) {
	var wg sync.WaitGroup
	for _, door := range []struct{ kind, address string }{{"lmtp", ways.LMTP}, {"smtp", ways.SMTPIn}} {
		if door.address == "" {
			continue
		}
		ln, err := listen.Listen(door.address)
		if err != nil {
			return wg.Wait, err
		}
		server := in.listener(c.Tenant, door.kind)
		if server.TLS, err = ways.certificate(door.kind); err != nil {
			return wg.Wait, errors.Join(err, ln.Close())
		}
		wg.Go(func() {
			if err := server.Serve(ctx, ln); err != nil && ctx.Err() == nil {
				log.Error("mail no longer comes in", "by", door.kind, "error", err)
			}
		})
	}
	if ways.MailDrop != "" {
		folder := &drop.Folder{Dir: ways.MailDrop, Receive: in.takeIn(c.Tenant), Now: in.now}
		wg.Go(func() {
			in.unlessCopied(ctx, holdEvery, log, "folder", func(ctx context.Context) { keepSweeping(ctx, folder, log) })
		})
	}
	if ways.IMAP != "" {
		account, err := ways.account(c)
		if err != nil {
			return wg.Wait, err
		}
		wg.Go(func() {
			in.unlessCopied(ctx, holdEvery, log, "imap", func(ctx context.Context) {
				keepFetching(ctx, fetch.New(account, in.now, in.takeIn(c.Tenant)), log)
			})
		})
	}
	return wg.Wait, nil
}

// certificate is what a listener of the kind offers STARTTLS with, nil for none:
// LMTP stays on one machine.
func (ways waysIn) certificate(kind string) (*tls.Config, error) {
	if kind != "smtp" || ways.SMTPCert == "" {
		return nil, nil
	}
	cert, err := tls.LoadX509KeyPair(ways.SMTPCert, ways.SMTPKey)
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "the certificate for incoming SMTP cannot be used: %w", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}, nil
}

// account is the mailbox of replies, with whatever opens it.
func (ways waysIn) account(c *command) (fetch.Account, error) {
	account, err := fetch.ParseURL(ways.IMAP)
	if err != nil {
		return account, err
	}
	account.Token, err = c.tokens(account.User)
	return account, err
}

// tokens gives the source of access tokens for a mail user, nil when the server
// takes passwords.
func (c *command) tokens(user string) (func(context.Context) (string, error), error) {
	if c.OAuth == "" {
		return nil, nil
	}
	u, err := url.Parse(c.OAuth)
	if err != nil { // the error would show the secret
		return nil, errOAuth
	}
	switch secret, _ := u.User.Password(); {
	case u.Scheme == "microsoft" && u.Host != "" && u.User.Username() != "" && secret != "":
		return fetch.Microsoft(u.Host, u.User.Username(), secret, "").Token, nil
	case u.Scheme == "google" && u.Path != "":
		file, err := readSmall(u.Path)
		if err != nil {
			return nil, engine.Errorf(engine.Invalid, "the key of the Google service account cannot be read: %w", err)
		}
		tokens, err := fetch.Google(file, user)
		if err != nil {
			return nil, err
		}
		return tokens.Token, nil
	}
	return nil, errOAuth
}

var errOAuth = engine.Errorf(engine.Invalid, "the sign-in of the mail account is microsoft://CLIENT_ID:SECRET@TENANT or google:///path/to/key.json")

// keepSweeping looks through the folder until ctx ends.
func keepSweeping(ctx context.Context, folder *drop.Folder, log *slog.Logger) {
	repeat(ctx, 10*time.Second, func() {
		if _, err := folder.Sweep(ctx); err != nil && ctx.Err() == nil {
			log.Error("folder of incoming mail", "error", err)
		}
	})
}

// keepFetching empties the mailbox until ctx ends, and logs when it stops going
// well and when it goes well again.
func keepFetching(ctx context.Context, fetcher *fetch.Fetcher, log *slog.Logger) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		fetcher.Run(ctx)
	}()
	t := time.NewTicker(30 * time.Second)
	defer t.Stop()
	last := ""
	for {
		select {
		case <-done:
			return
		case <-t.C:
		}
		if now := fetcher.Status().LastError; now != last {
			if last = now; now != "" {
				log.Error("mailbox of replies", "error", now)
			} else {
				log.Info("mailbox of replies is read again")
			}
		}
	}
}
