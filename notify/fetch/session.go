package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"splneno/engine"
)

// A session is one connection, from log-in to its end.
type session struct {
	*Fetcher
	line   *line
	tls    *tls.Conn // nil without encryption
	wire   *wire
	client *imapclient.Client
	done   string        // Done, as this server writes it
	news   chan struct{} // holds one word when the number of mails changed
	forget func() bool   // lets go of the context
	noIdle bool
}

// session fetches mail over one connection until that ends.
func (f *Fetcher) session(ctx context.Context) error {
	s, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	f.note(func(st *Status) { st.Connected = true })
	for {
		if err := s.empty(ctx); err != nil {
			return err
		}
		f.note(func(st *Status) { st.LastContact, st.LastError = f.now(), "" })
		if err := s.wait(ctx); err != nil {
			return s.explain("wait", err)
		}
	}
}

// open connects and logs in.
func (f *Fetcher) open(ctx context.Context) (*session, error) {
	s, err := f.connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.logIn(ctx); err != nil {
		s.close()
		return nil, s.explain("log-in", err)
	}
	if err := s.nameDone(); err != nil {
		s.close()
		return nil, s.explain("namespace", err)
	}
	return s, nil
}

// nameDone finds out how our mailbox must be called: some servers keep all
// mailboxes of a person below INBOX.
func (s *session) nameDone() error {
	s.done = s.account.Done
	s.line.begin()
	if !s.client.Caps().Has(imap.CapNamespace) {
		return nil
	}
	names, err := s.client.Namespace().Wait()
	if isNo(err) {
		return nil
	}
	if err == nil && len(names.Personal) > 0 && !strings.HasPrefix(s.done, names.Personal[0].Prefix) {
		s.done = names.Personal[0].Prefix + s.done
	}
	return err
}

// wait returns when there may be new mail, and at the latest when the server
// must be asked whether it is still there.
func (s *session) wait(ctx context.Context) error {
	if s.noIdle || !s.client.Caps().Has(imap.CapIdle) {
		return s.waitPolling(ctx)
	}
	s.line.begin()
	idle, err := s.client.Idle()
	if isNo(err) {
		s.noIdle = true
		return s.waitPolling(ctx)
	}
	if err != nil {
		return err
	}
	s.line.rest()
	timer := time.NewTimer(s.idle)
	defer timer.Stop()
	select {
	case <-s.news:
	case <-timer.C:
	case <-ctx.Done():
	case <-s.client.Closed():
	}
	s.line.begin()
	return errors.Join(idle.Close(), idle.Wait())
}

func (s *session) waitPolling(ctx context.Context) error {
	s.line.rest()
	if err := s.sleep(ctx, s.poll); err != nil {
		return err
	}
	s.line.begin()
	return s.client.Noop().Wait()
}

// told hears from the library that the mailbox changed.
func (s *session) told(*imapclient.UnilateralDataMailbox) {
	select {
	case s.news <- struct{}{}:
	default:
	}
}

func (s *session) close() {
	s.forget()
	_ = s.line.Close()
	if s.client != nil {
		_ = s.client.Close()
	}
}

// isNo reports whether the server understood and refused.
func isNo(err error) bool {
	var no *imap.Error
	return errors.As(err, &no)
}

// explain makes one sentence of an error: which mailbox server, at what, why.
// Words of the server stay out of it, as they may name people.
func (s *session) explain(step string, err error) error {
	if s.line != nil {
		err = s.line.why(err)
	}
	host, _, _ := net.SplitHostPort(s.account.Addr)
	return engine.Errorf(engine.Unavailable, "the mailbox at %s, %s: %w", host, step, readable(err))
}

// A told error is a sentence in place of another error, which stays findable.
type toldError struct {
	sentence string
	err      error
}

func (e *toldError) Error() string { return e.sentence }
func (e *toldError) Unwrap() error { return e.err }

// readable turns an error of the library into words, and leaves ours alone.
func readable(err error) error {
	var (
		no          *imap.Error
		network     *net.OpError
		certificate *tls.CertificateVerificationError
		unknown     x509.UnknownAuthorityError
		ours        *engine.Error
		token       *xoauth2
	)
	switch {
	case errors.As(err, &no):
		return &toldError{strings.TrimSpace("the server refused; it said " + string(no.Type) + " " + string(no.Code)), err}
	case errors.As(err, &certificate), errors.As(err, &unknown):
		return &toldError{"the certificate of the server cannot be trusted; " + err.Error(), err}
	case errors.As(err, &network), errors.As(err, &ours), errors.As(err, &token), errors.Is(err, context.Canceled), isOurs(err):
		return err
	}
	return &toldError{"the connection broke off, or the server answered what nobody can understand", err}
}

func isOurs(err error) bool {
	for _, known := range []error{errSilent, errFlood, errNotHere, errNoTLS, errGreeting, errSlipped, errRefused, errNoPlain,
		errNoXOAUTH2, errLarge, errNotGiven, errNotStored, errNoSent} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}
