package fetch

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/emersion/go-imap/v2/imapclient"

	"splneno/engine"
)

// Reasons not to go on.
var (
	errNotHere  = errors.New("without encryption mail is fetched from this machine only; use imaps://")
	errNoTLS    = errors.New("the server refuses STARTTLS, and a password must not be sent in clear; use imaps:// or another port")
	errGreeting = errors.New("what answers is not an IMAP server")
	errSlipped  = errors.New("somebody slipped words in before the encryption; check the network")
)

// connect opens a session that has said nothing yet.
func (f *Fetcher) connect(ctx context.Context) (*session, error) {
	host, _, err := net.SplitHostPort(f.account.Addr)
	if err != nil || f.account.Security == Plain && !loopback(host) {
		return nil, engine.Errorf(engine.Invalid, "the mailbox: %w", errors.Join(err, errNotHere))
	}
	s := &session{Fetcher: f, news: make(chan struct{}, 1)}
	dialer := net.Dialer{Timeout: f.silence}
	c, err := dialer.DialContext(ctx, "tcp", f.account.Addr)
	if err != nil {
		return nil, s.explain("connect", err)
	}
	s.line = newLine(c, f.silence, f.flood)
	s.forget = context.AfterFunc(ctx, func() { s.line.breakOff(ctx.Err()) })
	if err := s.secure(ctx, host); err != nil {
		s.close()
		return nil, s.explain("encryption", err)
	}
	s.client = imapclient.New(s.wire, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: s.told}})
	if err := s.client.WaitGreeting(); err != nil {
		s.close()
		return nil, s.explain("greeting", err)
	}
	return s, nil
}

// secure puts encryption on the line, and the wire on top.
func (s *session) secure(ctx context.Context, host string) error {
	if s.account.Security == Plain {
		s.wire = &wire{Conn: s.line}
		return nil
	}
	config := &tls.Config{}
	if s.account.TLS != nil {
		config = s.account.TLS.Clone()
	}
	config.MinVersion = tls.VersionTLS12
	if config.ServerName == "" {
		config.ServerName = host
	}
	greeting := ""
	if s.account.Security == StartTLS {
		if err := askForTLS(s.line); err != nil {
			return err
		}
		greeting = "* OK\r\n" // of which the library knows nothing yet
	}
	s.tls = tls.Client(s.line, config)
	s.wire = &wire{Conn: s.tls, first: strings.NewReader(greeting)}
	return s.tls.HandshakeContext(ctx)
}

// askForTLS says STARTTLS and nothing else. The library's own way waits for ever
// when the connection breaks at the wrong byte, and hides the certificate.
func askForTLS(c net.Conn) error {
	r := bufio.NewReaderSize(c, 8<<10)
	greeting, err := r.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(bytes.ToUpper(greeting), []byte("* OK")) {
		return errGreeting
	}
	if _, err := io.WriteString(c, "S1 STARTTLS\r\n"); err != nil {
		return err
	}
	for {
		said, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		answer := bytes.ToUpper(said)
		if !bytes.HasPrefix(answer, []byte("S1 ")) {
			continue
		}
		switch {
		case !bytes.HasPrefix(answer, []byte("S1 OK")):
			return errNoTLS
		case r.Buffered() > 0:
			return errSlipped
		}
		return nil
	}
}

// A wire is what the IMAP library sees of the connection.
type wire struct {
	net.Conn
	first *strings.Reader // read before what comes; nil for nothing
}

func (w *wire) Read(b []byte) (int, error) {
	if w.first != nil && w.first.Len() > 0 {
		return w.first.Read(b)
	}
	return w.Conn.Read(b)
}

// Write mends an empty answer to a challenge: the library writes "=", which
// only the first word of a client may be (RFC 4959). Microsoft and Google wait
// for an empty line before they say that a token was refused.
func (w *wire) Write(b []byte) (int, error) {
	if string(b) != "=\r\n" {
		return w.Conn.Write(b)
	}
	if _, err := w.Conn.Write(b[1:]); err != nil {
		return 0, err
	}
	return len(b), nil
}
