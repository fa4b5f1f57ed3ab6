package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"splneno/engine"
	"splneno/workflows"
)

// A postroom is how incoming mail is judged; every command that reads mail has it.
type postroom struct {
	Relay []string `env:"SPLNENO_RELAY" placeholder:"NAME" help:"Name under which your own mail server writes Authentication-Results; or microsoft365 for a mailbox that lies there; repeat for each. It must take such fields with its own name out of mail it receives. Without it nobody's word about a sender is taken."`
	DKIM  bool     `name:"dkim" default:"true" negatable:"" env:"SPLNENO_DKIM" help:"Check DKIM signatures of incoming mail; asks the DNS."`
	Clamd string   `env:"SPLNENO_CLAMD" placeholder:"ADDRESS" help:"clamd that looks at attachments: unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310."`
}

// receiveCommand takes a mail from a pipe.
type receiveCommand struct {
	From string   `placeholder:"ADDRESS" help:"Envelope sender, empty for a bounce."`
	To   []string `placeholder:"ADDRESS" help:"Envelope recipient; repeat for each."`
}

// Help gives the example of --help.
func (receiveCommand) Help() string {
	return "Example for Postfix's pipe(8): splneno receive --from '${sender}' --to '${recipient}' < message\n" +
		"Exits with 75 (try again later) when the mail could not be stored."
}

// Run stores the mail and, once it is safe, reads it.
func (r receiveCommand) Run(ctx context.Context, c *command, w *world) error {
	raw, err := io.ReadAll(io.LimitReader(w.in, engine.MaxMail+1))
	if err != nil {
		return engine.Errorf(retryLater, "the mail cannot be read from the pipe: %w", err)
	}
	if len(raw) == 0 {
		return engine.Errorf(usage, "no mail came through the pipe; use it as in: splneno receive < message.eml")
	}
	if len(raw) > engine.MaxMail {
		return engine.Errorf(engine.Invalid, "the mail is larger than %d MB and is not taken", engine.MaxMail>>20)
	}
	err = c.with(ctx, w.now, func(in *installation, o *workflows.Office) error {
		tenant, err := in.receive(ctx, c.Tenant, engine.Arrival{Raw: raw, Via: "pipe", From: r.From, To: r.To})
		if err != nil {
			return err
		}
		if err := in.office(tenant).Understand(ctx); err != nil {
			fmt.Fprintln(w.err, "The mail is stored; it will be read later:", err)
		}
		_, err = fmt.Fprintln(w.out, "Stored; see splneno inbox.")
		return err
	})
	if err != nil {
		return engine.Errorf(retryLater, "the mail was not stored, bring it again: %w", err)
	}
	return nil
}

// retryLater is the code of an error after which a mail server tries again.
const retryLater engine.Code = "retry"

// receive stores a mail with the municipality whose token it carries, with the
// one named home when it carries none.
func (in *installation) receive(ctx context.Context, home string, a engine.Arrival) (tenant string, err error) {
	if tenant, err = in.addressee(ctx, home, a); err != nil {
		return "", err
	}
	return tenant, in.office(tenant).Receive(ctx, a)
}

// addressee looks for a token only where mail programs put it, near the
// beginning: what stands deep in a mail is found when it is read.
func (in *installation) addressee(ctx context.Context, home string, a engine.Arrival) (string, error) {
	const beginning = 256 << 10
	text := strings.Join(a.To, " ") + "\n" + string(a.Raw[:min(len(a.Raw), beginning)])
	for _, token := range in.signer.ReplyTokens(text) {
		hash, err := in.signer.ReplyHash(token)
		if err != nil {
			continue
		}
		tenant, err := in.db.AcrossTenants().TenantOfReply(ctx, hash)
		if engine.CodeOf(err) != engine.NotFound {
			return tenant, err
		}
	}
	_, err := in.db.Tenant(home).Municipality(ctx)
	return home, err
}
