// Package mailbox is a mail server for the demo and for tests: it takes every
// mail on a loopback port and keeps it in memory, where a page can show it.
//
// It must not know who may read it, what a mail means, or any other mail
// server: nothing that arrives here ever leaves. Start reading at [Start], then
// read.go.
package mailbox

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"

	"splneno/engine"
)

// The bounds of a mailbox. When it is full the oldest messages give way.
const (
	maxMessages = 2000
	maxBytes    = 64 << 20
	maxMessage  = 12 << 20
)

// A Mailbox is a running server. It is safe for concurrent use.
type Mailbox struct {
	listener net.Listener
	server   *smtp.Server

	mu       sync.Mutex
	messages []Message
	bytes    int
	arrived  int
}

// Start listens on addr, which must be a loopback address; port 0 takes a free
// one. An address elsewhere is Invalid, one that is taken is Unavailable.
func Start(addr string) (*Mailbox, error) {
	host, _, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return nil, engine.Errorf(engine.Invalid, "the built-in mailbox listens on this machine only; %q is not like 127.0.0.1:2525", addr)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, engine.Errorf(engine.Unavailable, "the built-in mailbox cannot listen on %s, choose another port: %w", addr, err)
	}
	b := &Mailbox{listener: l}
	b.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{box: b}, nil }))
	b.server.Domain = "localhost"
	b.server.MaxMessageBytes = maxMessage
	b.server.MaxRecipients = 100
	b.server.ReadTimeout, b.server.WriteTimeout = time.Minute, time.Minute
	b.server.ErrorLog = log.New(io.Discard, "", 0)
	go b.server.Serve(l)
	return b, nil
}

// Addr gives the address it listens on, "127.0.0.1:2525".
func (b *Mailbox) Addr() string { return b.listener.Addr().String() }

// Close stops listening; messages stay readable. Closing twice does nothing.
func (b *Mailbox) Close() error {
	// The server knows its listener only once it serves, so both are closed.
	for _, err := range []error{b.server.Close(), b.listener.Close()} {
		if err != nil && !errors.Is(err, smtp.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			return fmt.Errorf("close mailbox: %w", err)
		}
	}
	return nil
}

// Messages gives what has arrived and is still kept, oldest first.
func (b *Mailbox) Messages() []Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.messages)
}

func (b *Mailbox) add(m Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.arrived++
	m.Number = b.arrived
	b.messages, b.bytes = append(b.messages, m), b.bytes+len(m.Raw)
	for len(b.messages) > maxMessages || b.bytes > maxBytes {
		b.bytes -= len(b.messages[0].Raw)
		b.messages = b.messages[1:]
	}
}

// A session is one connection of a client.
type session struct {
	box  *Mailbox
	from string
	to   []string
}

func (s *session) Reset()        { s.from, s.to = "", nil }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.box.add(Message{From: s.from, To: slices.Clone(s.to), Raw: raw})
	return nil
}
