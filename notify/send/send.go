// Package send hands stored mail to a mail server by SMTP and says what became
// of it.
//
// It must not know what a mail says, when it is sent again, or where it is
// kept: it sends the stored bytes as they are, one recipient at a time, and
// never renders anything. It uses only go-mail's low-level client, over a
// connection of our own, because what matters most is in no library: a
// connection that breaks is closed without QUIT, since QUIT would complete half
// a mail, and what happens behind the final dot is told apart from what happens
// before it. Start reading at [Sender.Send], then outcome.go.
package send

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"splneno/engine"
)

// A Sender knows one mail server. It is safe for concurrent use; every message
// has a connection of its own.
type Sender struct {
	Host     string
	Port     int
	Implicit bool // TLS from the first byte; otherwise STARTTLS, which only a loopback host may lack
	User     string
	Password string
	Token    func(context.Context) (string, error) // when set, User signs in by XOAUTH2 with it; its errors are shown
	Hello    string                                // the name we greet with; "" is the domain of the mail's From
	TLS      *tls.Config

	StepTimeout time.Duration // for the server's reply to each command
	DotTimeout  time.Duration // for the text, and again for the reply to its final dot
}

// The timeouts RFC 5321, 4.5.3.2 asks for.
const (
	stepTimeout = 5 * time.Minute
	dotTimeout  = 10 * time.Minute
)

// Send hands over m.Raw to m.To. Bounces go to m.ReturnPath, or to m.From where
// it is empty. Bytes that are not those of m.Hash never leave. Cancelling ctx
// closes the connection at once, and nothing is handed over when ctx.Err gives an
// error right before the final dot.
func (s *Sender) Send(ctx context.Context, m engine.Message) engine.Outcome {
	if sum := sha256.Sum256(m.Raw); hex.EncodeToString(sum[:]) != m.Hash {
		return engine.Outcome{State: engine.Failed, Detail: "the stored bytes of this mail are damaged or cleared; compose it again"}
	}
	t := &talk{Sender: s, ctx: ctx}
	defer t.close()
	err := t.open(cmp.Or(s.Hello, m.From[strings.LastIndex(m.From, "@")+1:]))
	if err == nil {
		err = t.deliver(m)
	}
	return t.outcome(err)
}

// A talk is one connection and how far it got.
type talk struct {
	*Sender
	ctx   context.Context
	conn  net.Conn
	smtp  *smtp.Client
	timer *time.Timer // closes conn when a step takes too long
	free  func() bool // stops ctx from closing conn
	token string      // of Token
	verb  string      // the step that was begun last
}

// fetchToken asks for the token before the connection is opened: no mail server
// waits for the server of the tokens.
func (t *talk) fetchToken() (err error) {
	if t.Token == nil {
		return nil
	}
	t.verb = "token"
	ctx, cancel := context.WithTimeout(t.ctx, t.StepTimeout)
	defer cancel()
	t.token, err = t.Token(ctx)
	return err
}

// open connects, secures and signs in. What fails here says nothing about the
// message.
func (t *talk) open(hello string) error {
	if err := t.fetchToken(); err != nil {
		return err
	}
	t.verb = "connect"
	addr := net.JoinHostPort(t.Host, strconv.Itoa(t.Port))
	conn, err := (&net.Dialer{Timeout: t.StepTimeout}).DialContext(t.ctx, "tcp", addr)
	if err != nil {
		return err
	}
	if err := t.greet(conn, hello); err != nil {
		return err
	}
	return t.signIn()
}

// greet takes the connection over and brings it behind TLS.
func (t *talk) greet(conn net.Conn, hello string) error {
	t.conn = &CappedConn{Conn: conn, Left: ReplyCap}
	t.timer = time.AfterFunc(t.StepTimeout, func() { conn.Close() })
	t.free = context.AfterFunc(t.ctx, func() { conn.Close() })
	if t.Implicit {
		t.conn = tls.Client(t.conn, t.TLSConfig())
	}
	t.begin("greeting", t.StepTimeout)
	var err error
	if t.smtp, err = smtp.NewClient(t.conn, t.Host); err != nil {
		return err
	}
	t.smtp.SkipSMTPUTF8(true)
	t.begin("EHLO", t.StepTimeout)
	if err := t.smtp.Hello(hello); err != nil {
		return err
	}
	return t.secure()
}

// deliver is the part that is about this message.
func (t *talk) deliver(m engine.Message) error {
	t.begin("MAIL", t.StepTimeout)
	if err := t.smtp.Mail("<" + cmp.Or(m.ReturnPath, m.From) + ">"); err != nil {
		return err
	}
	t.begin("RCPT", t.StepTimeout)
	if err := t.smtp.Rcpt("<" + m.To + ">"); err != nil {
		return err
	}
	t.begin("DATA", t.StepTimeout)
	w, err := t.smtp.Data()
	if err != nil {
		return err
	}
	t.begin("text", t.DotTimeout)
	if _, err = w.Write(m.Raw); err == nil {
		// Everything but the dot is out before the dot is: an error up to here
		// means that the server cannot have taken the message.
		err = t.smtp.Text.W.Flush()
	}
	if err != nil {
		return err
	}
	return t.dot(w)
}

// dot ends the message. After it the message is the server's or it is not, and
// only its reply tells. What follows a 250 matters to nobody, so QUIT is a
// courtesy without an answer. Whoever was stopped for so long that the message
// is somebody else's must not get here, so ctx is asked and not waited for.
func (t *talk) dot(w io.Closer) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	t.begin(finalDot, t.DotTimeout)
	if err := w.Close(); err != nil {
		return err
	}
	_, _ = io.WriteString(t.smtp.Text.W, "QUIT\r\n")
	_ = t.smtp.Text.W.Flush()
	return nil
}

func (t *talk) begin(verb string, limit time.Duration) {
	t.verb = verb
	t.timer.Reset(limit)
}

// close drops the connection without a word.
func (t *talk) close() {
	if t.conn == nil {
		return
	}
	t.timer.Stop()
	t.free()
	t.conn.Close()
}

// ReplyCap bounds what one server may say to us in one connection, in bytes.
const ReplyCap = 1 << 20

// A CappedConn reads no more than it has left, so that a reply without end ends.
type CappedConn struct {
	net.Conn
	Left int // bytes
}

// Read gives what comes, and an unexpected end once nothing is left.
func (c *CappedConn) Read(p []byte) (int, error) {
	if c.Left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := c.Conn.Read(p[:min(len(p), c.Left)])
	c.Left -= n
	return n, err
}
