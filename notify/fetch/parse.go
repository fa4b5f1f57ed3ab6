package fetch

import (
	"net"
	"net/url"
	"strings"

	"splneno/engine"
)

// ParseURL reads the address of a mailbox: imaps://user:password@host:port/INBOX
// for TLS from the first byte (port 993 unless given), imap:// for STARTTLS
// (143), which a server on this machine may do without. The password may be
// given another way, and the mailbox is INBOX unless given; special characters
// are written as %XX. Its errors are Invalid, name one mistake, and never show
// the password.
func ParseURL(address string) (Account, error) {
	// url.Parse quotes the whole address in its error, password included.
	u, err := url.Parse(address)
	if err != nil {
		return Account{}, engine.Errorf(engine.Invalid, "the IMAP address cannot be read; write it as imaps://user:password@host:993/INBOX, with special characters as %%XX")
	}
	a := Account{Security: Implicit, User: u.User.Username(), Mailbox: strings.TrimPrefix(u.Path, "/"), Done: "Splneno"}
	a.Password, _ = u.User.Password()
	port := "993"
	switch u.Scheme {
	case "imaps":
	case "imap":
		a.Security, port = StartTLS, "143"
		if loopback(u.Hostname()) {
			a.Security = Plain
		}
	default:
		return Account{}, engine.Errorf(engine.Invalid, "the IMAP address must begin with imaps:// or imap://")
	}
	switch {
	case u.Hostname() == "":
		return Account{}, engine.Errorf(engine.Invalid, "the IMAP address names no host; write it as imaps://user@host/INBOX")
	case a.User == "":
		return Account{}, engine.Errorf(engine.Invalid, "the IMAP address names no user; write it as imaps://user@host/INBOX, with an @ in the user as %%40")
	case u.RawQuery != "" || u.Fragment != "":
		return Account{}, engine.Errorf(engine.Invalid, "the IMAP address must end after the mailbox; write ? and # in a password as %%3F and %%23")
	}
	if u.Port() != "" {
		port = u.Port()
	}
	if a.Mailbox == "" {
		a.Mailbox = "INBOX"
	}
	if strings.EqualFold(a.Mailbox, a.Done) {
		return Account{}, engine.Errorf(engine.Invalid, "the mailbox %s is where mail is moved when it was taken; give another", a.Done)
	}
	a.Addr = net.JoinHostPort(u.Hostname(), port)
	return a, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
