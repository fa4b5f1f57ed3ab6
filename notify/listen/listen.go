// Package listen takes mail that a mail server brings to us: by LMTP from a
// relay of the town, or by SMTP.
//
// It must not know what a mail means or where it is kept: it hands every mail
// over whole and says yes to the server only when it was stored. A mail it
// could not hand over stays with the server, which tries again. It relays
// nothing: recipients that are not ours are refused. Start reading at
// [Server.Serve], then session.go; conn.go says what the SMTP library does not
// tell.
package listen

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"os"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"splneno/engine"
)

// The bounds beside [engine.MaxMail]. A line may have maxLine bytes: programs
// write whole attachments on one line.
const (
	maxLine        = 1 << 20
	maxRecipients  = 100
	maxConnections = 50
)

// A Server takes mail. Its fields must not change while it serves.
type Server struct {
	Kind string // "lmtp" or "smtp"
	Name string // of this machine, for the greeting
	// Accept says whether an address is ours; nothing else is taken.
	Accept func(address string) bool
	// Receive stores a mail. Nil means stored and committed; an error leaves the
	// mail with the other server, which will bring it again.
	Receive func(context.Context, engine.Arrival) error
	// TLS offers STARTTLS by SMTP; nil offers none.
	TLS *tls.Config

	// Shorter in tests; zero means the usual time.
	commandTimeout, dataTimeout, stopTimeout time.Duration
}

// Listen opens an address for Serve: "127.0.0.1:24", or "unix:/path" for a
// socket that the owner and his group may write to. A socket that a killed
// process left behind is replaced. Its errors are Unavailable.
func Listen(address string) (net.Listener, error) {
	path, unix := strings.CutPrefix(address, "unix:")
	if !unix {
		l, err := net.Listen("tcp", address)
		if err != nil {
			return nil, engine.Errorf(engine.Unavailable, "cannot listen for mail on %s, choose another address: %w", address, err)
		}
		return l, nil
	}
	if st, err := os.Lstat(path); err == nil && st.Mode().Type() == os.ModeSocket && abandoned(path) {
		_ = os.Remove(path)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, engine.Errorf(engine.Unavailable, "cannot listen for mail on the socket %s, choose another path: %w", path, err)
	}
	if err := os.Chmod(path, 0o660); err != nil { //nolint:gosec // G302: the mail server shares the group
		return nil, errors.Join(engine.Errorf(engine.Unavailable, "cannot let the mail server write to the socket %s: %w", path, err), l.Close())
	}
	return l, nil
}

// abandoned reports whether nobody listens on a socket.
func abandoned(path string) bool {
	c, err := net.DialTimeout("unix", path, time.Second)
	if err == nil {
		_ = c.Close()
	}
	return err != nil
}

// Serve takes mail from l until ctx ends, and closes l. Then it says goodbye to
// who waits and gives mails under way 10 s to end. Its only error is that l
// failed.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	// A mail that is being stored when we are told to stop is still stored.
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	door := newDoor(l, maxConnections)
	server := s.newServer(work)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(door) }()
	select {
	case err := <-failed:
		_ = server.Close()
		return engine.Errorf(engine.Unavailable, "listening for mail on %s broke off: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	_ = l.Close()
	door.closeIdle()
	end, stop := context.WithTimeout(work, or(s.stopTimeout, 10*time.Second))
	defer stop()
	if errors.Is(server.Shutdown(end), context.DeadlineExceeded) {
		door.closeAll()
	}
	<-failed
	return nil
}

func (s *Server) newServer(work context.Context) *smtp.Server {
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{Server: s, work: work, conn: below(c.Conn())}, nil
	}))
	server.LMTP = s.Kind == "lmtp"
	server.Domain = s.Name
	server.TLSConfig = s.TLS
	server.MaxMessageBytes, server.MaxLineLength, server.MaxRecipients = engine.MaxMail, maxLine, maxRecipients
	server.ReadTimeout = or(s.commandTimeout, 5*time.Minute)
	server.WriteTimeout = server.ReadTimeout
	server.ErrorLog = log.New(io.Discard, "", 0) // it would name addresses
	return server
}

// or gives d, or the usual when it is zero.
func or(d, usual time.Duration) time.Duration {
	if d == 0 {
		return usual
	}
	return d
}
