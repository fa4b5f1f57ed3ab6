package check

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"splneno/notify/send"
)

// An Envelope is what a mail server is asked to take: From and To may be empty,
// then that question is not asked.
type Envelope struct {
	From []string // the addresses our mail is sent from
	To   string
}

// minSize is the size of mail a server must take: an evaluation with its
// documents.
const minSize = 12_000_000

// SMTP talks to a mail server as a [send.Sender] does, up to but without the
// text of a mail, and forgets the envelope again. What cannot go on ends it.
func SMTP(ctx context.Context, s *send.Sender, e Envelope, now time.Time) []Finding {
	t := &talk{Sender: s, ctx: ctx, now: now, host: net.JoinHostPort(s.Host, strconv.Itoa(s.Port))}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", t.host)
	if err != nil {
		return []Finding{t.fail("SMTP connection", err, "check host and port of --smtp, and whether a firewall lets us through")}
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	t.conn = &send.CappedConn{Conn: conn, Left: send.ReplyCap}
	hello := "localhost"
	if len(e.From) > 0 {
		_, hello, _ = strings.Cut(e.From[0], "@")
	}
	steps := []func() Finding{func() Finding { return t.greet(cmp.Or(s.Hello, hello)) }, t.startTLS, t.size, t.signIn}
	if s.Implicit {
		steps[0], steps[1] = t.implicitTLS, steps[0]
	}
	var found []Finding
	for _, step := range steps {
		f := step()
		found = append(found, f)
		if f.Level == Fail {
			return found
		}
	}
	for _, from := range e.From {
		found = append(found, t.envelope(from, e.To))
	}
	_ = t.smtp.Quit()
	return found
}

// A talk is one connection to the server.
type talk struct {
	*send.Sender
	ctx   context.Context
	now   time.Time
	host  string // with the port
	conn  net.Conn
	smtp  *smtp.Client
	token string
}

// greet hears the greeting and introduces us.
func (t *talk) greet(hello string) Finding {
	const name = "SMTP connection"
	const other = "check host and port of --smtp: smtps:// is for port 465, smtp:// for 587 and 25"
	var err error
	if t.smtp, err = smtp.NewClient(t.conn, t.Host); err != nil {
		return t.fail(name, err, other)
	}
	t.smtp.SkipSMTPUTF8(true)
	if err := t.smtp.Hello(hello); err != nil {
		return t.fail(name, err, other)
	}
	return Finding{name, OK, t.host + " answers", ""}
}

// size looks at the largest mail the server says it takes.
func (t *talk) size() Finding {
	const name = "SMTP size"
	_, said := t.smtp.Extension("SIZE")
	limit, err := strconv.ParseInt(said, 10, 64)
	switch {
	case err != nil || limit == 0:
		return Finding{name, OK, "the server names no limit", ""}
	case limit < minSize:
		return Finding{name, Warn, fmt.Sprintf("the server takes mail of %d bytes at most", limit), fmt.Sprintf("let it take %d: an evaluation goes out with its documents", minSize)}
	}
	return Finding{name, OK, fmt.Sprintf("up to %d bytes", limit), ""}
}

// envelope asks whether the server takes mail from one address to another, and
// takes it back.
func (t *talk) envelope(from, to string) Finding {
	name := "SMTP mail from " + line(from)
	if err := t.smtp.Mail("<" + from + ">"); err != nil {
		return t.refused(name, err, "let the user of --smtp, or this machine, send from this address")
	}
	found := "accepted"
	if to != "" {
		if err := t.smtp.Rcpt("<" + to + ">"); err != nil {
			return t.refused(name+" to "+line(to), err, "check the address of the coordinator, and whether the server lets us send there")
		}
		found += " to " + line(to)
	}
	if err := t.smtp.Reset(); err != nil {
		return t.fail(name, err, "look into the log of the mail server")
	}
	return Finding{name, OK, found + "; nothing was sent", ""}
}

// refused tells "not now", which greylisting says to whoever comes for the first
// time, from "no".
func (t *talk) refused(name string, err error, todo string) Finding {
	f := t.fail(name, err, todo)
	if reply := (*textproto.Error)(nil); errors.As(err, &reply) {
		_ = t.smtp.Reset()
		if reply.Code/100 == 4 {
			f.Level, f.Todo = Warn, "the server asks to come later (greylisting?); look again in a quarter of an hour"
		}
	}
	return f
}

// fail says what went wrong in the words of the server, without what is secret.
func (t *talk) fail(name string, err error, todo string) Finding {
	found := t.host + ": " + err.Error()
	var reply *textproto.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &certificate):
		found = t.host + ": the certificate is not trusted: " + certificate.Err.Error()
	case t.ctx.Err() != nil:
		found = t.host + " did not answer in time"
	case errors.As(err, &reply):
		found = fmt.Sprintf("%s: %d %s", t.host, reply.Code, reply.Msg)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		found = t.host + " broke off"
	}
	for _, secret := range t.secrets() {
		found = strings.ReplaceAll(found, secret, "…")
	}
	return Finding{name, Fail, line(found), todo}
}

// secrets are what a server may say back to us, plain and as it was said.
func (t *talk) secrets() (out []string) {
	for _, s := range []string{"\x00" + t.User + "\x00" + t.Password, t.Password, "user=" + t.User + "\x01auth=Bearer " + t.token + "\x01\x01", t.token} {
		if t.Password+t.token != "" && s != "" {
			out = append(out, base64.StdEncoding.EncodeToString([]byte(s)), s)
		}
	}
	return out
}
