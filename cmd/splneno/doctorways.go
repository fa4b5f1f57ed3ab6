package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"splneno/engine"
	"splneno/notify/check"
	"splneno/notify/clam"
	"splneno/notify/fetch"
	"splneno/notify/listen"
)

// imap looks at the mailbox of replies.
func (e *examination) imap(ctx context.Context) []check.Finding {
	const name = "IMAP"
	if e.Ways.IMAP == "" {
		return nil
	}
	account, err := e.Ways.account(e.c)
	if err != nil {
		return []check.Finding{{Check: name, Level: check.Fail, Found: err.Error(), Todo: "correct --imap or --oauth"}}
	}
	r, err := fetch.New(account, e.w.now, nil).Check(ctx)
	if err != nil {
		return []check.Finding{{Check: name, Level: check.Fail, Found: err.Error(), Todo: "check --imap, the rights of its user, and whether a firewall lets us through"}}
	}
	out := []check.Finding{
		check.Encryption(name+" encryption", r.TLS, r.Names, r.Expires, e.w.now()),
		{Check: name, Level: check.OK, Found: fmt.Sprintf("logged in; %s in %s", engine.CountOf(r.Mails, "mail waits", "mails wait"), account.Mailbox)},
	}
	if !r.Move && !r.UIDPlus {
		out = append(out, check.Finding{Check: name + " MOVE", Level: check.Warn, Found: "the server cannot move mail: what was taken stays in the mailbox", Todo: "use a server with MOVE or UIDPLUS, or clear the mailbox yourselves now and then"})
	}
	news := "new mail is told at once (IDLE)"
	if !r.Idle {
		news = "new mail is found within a minute (no IDLE)"
	}
	return append(out, check.Finding{Check: name + " new mail", Level: check.OK, Found: news})
}

// listeners looks at the addresses mail servers bring mail to.
func (e *examination) listeners(ctx context.Context) (out []check.Finding) {
	for _, door := range []struct{ name, address string }{{"LMTP listener", e.Ways.LMTP}, {"SMTP listener", e.Ways.SMTPIn}} {
		if door.address != "" {
			out = append(out, listener(ctx, door.name, door.address))
		}
	}
	return out
}

// listener says whether something answers at an address, or could listen there.
func listener(ctx context.Context, name, address string) check.Finding {
	network, where := "tcp", address
	if path, unix := strings.CutPrefix(address, "unix:"); unix {
		network, where = "unix", path
	}
	if conn, err := (&net.Dialer{}).DialContext(ctx, network, where); err == nil {
		defer conn.Close()
		defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
		greeting := make([]byte, 4)
		if n, _ := conn.Read(greeting); !strings.HasPrefix(string(greeting[:n]), "220") {
			return check.Finding{Check: name, Level: check.Fail, Found: "what listens on " + address + " does not greet as a mail server", Todo: "find out what it is, or choose another address"}
		}
		return check.Finding{Check: name, Level: check.OK, Found: "a mail server listens on " + address + ", which should be splneno serve"}
	}
	ln, err := listen.Listen(address)
	if err != nil {
		return check.Finding{Check: name, Level: check.Fail, Found: err.Error(), Todo: "make the address free, or the folder of the socket writable; ports below 1024 need a right of their own"}
	}
	_ = ln.Close()
	return check.Finding{Check: name, Level: check.OK, Found: address + " is free; splneno serve will listen there"}
}

// folder looks at the folder mail is laid into.
func (e *examination) folder(context.Context) []check.Finding {
	const name = "mail folder"
	if e.Ways.MailDrop == "" {
		return nil
	}
	f, err := os.CreateTemp(e.Ways.MailDrop, ".splneno-doctor-*")
	if err == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		return []check.Finding{{Check: name, Level: check.Fail, Found: err.Error(), Todo: "make the folder, and let the user of serve write there: what was taken is moved to a subfolder"}}
	}
	return []check.Finding{{Check: name, Level: check.OK, Found: e.Ways.MailDrop + " can be written"}}
}

// scanner looks at the virus scanner.
func (e *examination) scanner(ctx context.Context) []check.Finding {
	const name = "virus scanner"
	if e.c.Post.Clamd == "" {
		return nil
	}
	client, err := clam.New(e.c.Post.Clamd)
	if err == nil {
		err = client.Ping(ctx)
	}
	if err != nil {
		return []check.Finding{{Check: name, Level: check.Fail, Found: err.Error(), Todo: "correct --clamd; until then files are marked as unchecked"}}
	}
	return []check.Finding{{Check: name, Level: check.OK, Found: "clamd answers at " + e.c.Post.Clamd}}
}
