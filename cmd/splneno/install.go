package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"splneno/engine"
	"splneno/notify"
	"splneno/notify/clam"
	"splneno/notify/document"
	"splneno/notify/inbox"
	"splneno/notify/link"
	"splneno/notify/send"
	"splneno/store"
	"splneno/workflows"
)

// zone is where the program's days begin. Community plans of social services
// are a Czech institution (Act 108/2006), so it is not a setting.
const zone = "Europe/Prague"

// An installation is the program put together on one database.
type installation struct {
	db        *store.DB
	signer    *link.Signer
	composer  *notify.Composer
	documents *document.Maker
	reader    *inbox.Reader
	sender    workflows.Sender // nil: mail waits
	zone      *time.Location
	now       func() time.Time
	demo      bool
	arrived   func(tenant string)       // told of whom a mail has come in for
	attend    func(ctx context.Context) // what else is seen to with every round, before it
	held      *holds
	pulse     *pulse
	incidents *recorder
}

// The only place where ports and adapters meet.
var (
	_ workflows.Records   = (*store.Tenant)(nil)
	_ workflows.Composer  = (*notify.Composer)(nil)
	_ workflows.Sender    = (*send.Sender)(nil)
	_ workflows.Links     = (*link.Signer)(nil)
	_ workflows.Documents = (*document.Maker)(nil)
	_ workflows.Reader    = (*inbox.Reader)(nil)
)

// open puts the installation together. The schema is brought up to date unless
// it is newer than the program.
func (c *command) open(ctx context.Context, now func() time.Time) (*installation, error) {
	in := &installation{now: now, arrived: func(string) {}, attend: func(context.Context) {}, held: &holds{}, pulse: newPulse(), incidents: newRecorder(now, slog.New(slog.DiscardHandler))}
	var err error
	if in.zone, err = time.LoadLocation(zone); err != nil {
		return nil, err
	}
	if in.composer, err = notify.NewComposer(); err != nil {
		return nil, err
	}
	if in.documents, err = document.New(); err != nil {
		return nil, err
	}
	if c.SMTP != "" {
		if in.sender, err = c.mailServer(); err != nil {
			return nil, err
		}
	}
	if in.db, err = openDatabase(ctx, c.DB); err != nil {
		return nil, err
	}
	if err := in.unlock(ctx, c); err != nil {
		return nil, errors.Join(err, in.db.Close())
	}
	return in, nil
}

// mailServer gives what sends mail. A user without a password signs in with a
// token.
func (c *command) mailServer() (*send.Sender, error) {
	u, err := url.Parse(c.SMTP)
	if err != nil || c.OAuth == "" || u.User.Username() == "" {
		return send.Parse(c.SMTP) // which says what is wrong without showing a password
	}
	token, err := c.tokens(u.User.Username())
	if err != nil {
		return nil, err
	}
	return send.ParseWithToken(c.SMTP, token)
}

// unlock migrates and finds the key, and refuses a key that is not the one the
// links of this database were made with.
func (in *installation) unlock(ctx context.Context, c *command) error {
	if err := in.db.MigrateTelling(ctx, func(what string) { slog.Warn(what) }); err != nil {
		return err
	}
	file := c.keyFile()
	key, err := loadKey(file)
	if err != nil {
		return err
	}
	if in.signer, err = link.New(key, c.URL); err != nil {
		return err
	}
	if in.reader, err = c.reader(in.signer); err != nil {
		return err
	}
	stored, err := in.db.Setting(ctx, "key", in.signer.Fingerprint())
	if err != nil {
		return err
	}
	if stored != in.signer.Fingerprint() {
		return engine.Errorf(engine.Invalid, "the key in %s is not the one this database was used with (%s); put the right key file in its place or name it with --key", file, stored)
	}
	return nil
}

// reader gives what reads incoming mail. Without a signer no token is known.
func (c *command) reader(signer *link.Signer) (*inbox.Reader, error) {
	r := &inbox.Reader{Relays: c.Post.Relay}
	if c.Post.Clamd != "" {
		scanner, err := clam.New(c.Post.Clamd)
		if err != nil {
			return nil, err
		}
		r.Scan = scanner.Scan
	}
	if signer != nil {
		r.Tokens, r.Hide = signer.ReplyTokens, signer.Hide
	}
	if c.Post.DKIM {
		r.LookupTXT = net.DefaultResolver.LookupTXT
	}
	return r, nil
}

// keyFile gives the file of the signing key: outside the database, so that a
// copy of the database opens no answer page.
func (c *command) keyFile() string {
	if c.Key != "" {
		return c.Key
	}
	if file, ok := strings.CutPrefix(c.DB, "sqlite:"); ok {
		return strings.TrimSuffix(file, filepath.Ext(file)) + ".key"
	}
	return "splneno.key"
}

// loadKey reads the key, or makes it, readable by its owner alone.
func loadKey(file string) ([]byte, error) {
	text, err := readSmall(file)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(file)
	}
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "key file %s cannot be read: %w", file, err)
	}
	key, err := link.ParseKey(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "key file %s: %w", file, err)
	}
	return key, nil
}

// makeKey writes a new key. When another process was faster, its key is taken.
func makeKey(file string) ([]byte, error) {
	key, err := link.NewKey()
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return loadKey(file)
	}
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "key file %s cannot be made: %w; make the folder writable or name a file with --key", file, err)
	}
	_, err = f.WriteString(link.FormatKey(key) + "\n")
	return key, errors.Join(err, f.Sync(), f.Close())
}

// office gives the office of a municipality.
func (in *installation) office(tenant string) *workflows.Office {
	return &workflows.Office{Records: in.db.Tenant(tenant), Composer: in.composer, Sender: in.sender, Links: in.signer,
		Documents: in.documents, Reader: in.reader, Zone: in.zone, Now: in.now, Grace: sendGrace, Demo: in.demo}
}

// with opens the installation for one command.
func (c *command) with(ctx context.Context, now func() time.Time, do func(*installation, *workflows.Office) error) error {
	in, err := c.open(ctx, now)
	if err != nil {
		return err
	}
	return errors.Join(do(in, in.office(c.Tenant)), in.db.Close())
}

// operator is who acts on the command line: the coordinator, or the IT person
// in her name.
func (c *command) operator(ctx context.Context, o *workflows.Office) (engine.Actor, error) {
	who := engine.Actor{Kind: engine.ActorCoordinator, Name: "command line"}
	m, err := o.Records.Municipality(ctx)
	switch {
	case engine.CodeOf(err) == engine.NotFound:
		return who, nil
	case err != nil:
		return who, err
	case m.Coordinator.Name != "":
		who.Name = m.Coordinator.Name
	default:
		who.Name = m.Coordinator.Email
	}
	return who, nil
}
