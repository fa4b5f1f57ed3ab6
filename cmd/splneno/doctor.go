package main

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"time"

	"splneno/engine"
	"splneno/notify/check"
	"splneno/notify/send"
	"splneno/store"
	"splneno/workflows"
)

// doctorCommand looks at what the program needs around it.
type doctorCommand struct {
	Mail         bool          `help:"Look at the mail set-up alone."`
	System       bool          `help:"Look at everything but mail alone: settings, disk, clock, database, rights, certificate."`
	JSON         bool          `name:"json" help:"Print the findings as JSON."`
	DKIMSelector []string      `name:"dkim-selector" placeholder:"NAME" help:"Name of a key your mail server signs with; repeat for each."`
	RoundTrip    bool          `help:"Send a test mail to the address for replies and wait until it comes in. It stays in the inbox."`
	Wait         time.Duration `default:"60s" help:"How long to wait for the test mail."`
	Ways         waysIn        `embed:""`

	roots *x509.CertPool // whom browsers trust; nil as the system says
}

// Help gives the example of --help.
func (doctorCommand) Help() string {
	return "Example: splneno doctor; splneno doctor --mail --dkim-selector posta --round-trip\n" +
		"Prints a line per finding: ok, warn or FAIL, what was found and what to do. Exits with 1 when anything FAILs.\n" +
		"The DNS is asked from this machine; inside a town's network it may answer otherwise than outside.\n" +
		"The test mail is taken by the running serve, or else fetched by IMAP as serve would."
}

// checkTime is how long one look may take.
const checkTime = 10 * time.Second

// Run looks at everything and prints what it found.
func (d doctorCommand) Run(ctx context.Context, c *command, w *world) error {
	return d.examine(ctx, c, w, net.DefaultResolver)
}

// An examination is one run of the doctor. What could not be had is nil or
// empty; the looks that need it say so.
type examination struct {
	doctorCommand
	c   *command
	w   *world
	dns check.Resolver

	db           *store.DB // as it is, without a look at the schema
	place        *installation
	office       *workflows.Office
	municipality engine.Municipality
	sender       *send.Sender
}

// examine looks with a given DNS. One look that fails keeps no other from being
// taken.
func (d doctorCommand) examine(ctx context.Context, c *command, w *world, dns check.Resolver) error {
	e := &examination{doctorCommand: d, c: c, w: w, dns: dns}
	all, failed := []check.Finding{}, 0
	for _, look := range e.looks() {
		limit := checkTime
		if look.limit > 0 {
			limit = look.limit
		}
		bounded, cancel := context.WithTimeout(ctx, limit)
		found := look.do(bounded)
		cancel()
		for _, f := range found {
			if f.Level == check.Fail {
				failed++
			}
			if !d.JSON {
				fmt.Fprintln(w.out, lineOf(f))
			}
		}
		all = append(all, found...)
	}
	if err := e.close(); err != nil {
		return err
	}
	if d.JSON {
		enc := json.NewEncoder(w.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(all); err != nil {
			return err
		}
	}
	if failed > 0 {
		return engine.Errorf(engine.Unavailable, "%s among %d findings; mend what is marked FAIL", engine.CountOf(failed, "failure", "failures"), len(all))
	}
	return nil
}

// close gives the databases back.
func (e *examination) close() (err error) {
	if e.db != nil {
		err = e.db.Close()
	}
	if e.place != nil {
		err = errors.Join(err, e.place.db.Close())
	}
	return err
}

func lineOf(f check.Finding) string {
	if f.Todo == "" {
		return fmt.Sprintf("%-4s  %s: %s", f.Level, f.Check, f.Found)
	}
	return fmt.Sprintf("%-4s  %s: %s -> %s", f.Level, f.Check, f.Found, f.Todo)
}

// A look is one thing to be looked at, within a limit of time where it needs
// more than the usual.
type look struct {
	limit time.Duration
	do    func(context.Context) []check.Finding
}

// looks gives what is looked at: all of it unless one half was named.
func (e *examination) looks() (all []look) {
	if e.System || !e.Mail {
		all = e.systemLooks()
	}
	if e.Mail || !e.System {
		all = append(all, e.mailLooks()...)
	}
	return all
}

// mailLooks gives what is looked at of mail, in the order of a mail going out
// and its answer coming in.
func (e *examination) mailLooks() []look {
	one := func(do func(context.Context) check.Finding) look {
		return look{do: func(ctx context.Context) []check.Finding { return []check.Finding{do(ctx)} }}
	}
	all := []look{{do: e.settings}, {do: e.smtp}, one(e.mx), {do: e.spf}}
	for _, selector := range e.DKIMSelector {
		all = append(all, one(func(ctx context.Context) check.Finding { return e.dkim(ctx, selector) }))
	}
	if len(e.DKIMSelector) == 0 {
		all = append(all, one(e.noSelector))
	}
	all = append(all, one(e.dmarc), look{do: e.imap}, look{do: e.listeners}, look{do: e.folder}, look{do: e.scanner})
	if e.RoundTrip {
		all = append(all, look{limit: e.Wait + 3*checkTime, do: e.roundTrip})
	}
	return all
}
