// Package fetch takes mail out of a mailbox by IMAP: all that lies there, then
// what comes, as soon as the server tells.
//
// It must not know what a mail means or where it is kept. A mail is handed over
// as its bytes, and only when it was stored and committed is it moved to another
// mailbox, where people find it; nothing is deleted and nothing marked as read.
// There is no cursor: what lies in the mailbox was not taken yet. So a server
// that dies, a mailbox made anew or a person who moves mails about cost nothing
// but a second look at the same bytes, and whoever receives them must know them
// again.
//
// Start reading at [Fetcher.Run], then session.go, round.go and move.go. line.go
// is the watchdog the IMAP library lacks, dial.go and login.go the way in,
// token.go the access tokens of Microsoft and Google, check.go the doctor's look.
package fetch

import (
	"context"
	"crypto/tls"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"

	"splneno/engine"
)

// A Security says how a connection is kept from being read.
type Security string

// The ways.
const (
	Implicit Security = "tls"      // from the first byte
	StartTLS Security = "starttls" // after STARTTLS, without which nothing is said
	Plain    Security = "none"     // to a server on this machine only
)

// An Account is a mailbox and how to get in.
type Account struct {
	Addr     string // "posta.example.cz:993"
	Security Security
	User     string
	Password string
	// Token gives an access token, which is used instead of a password (XOAUTH2).
	Token   func(context.Context) (string, error)
	Mailbox string      // where mail comes in
	Done    string      // where it is moved; made when it is missing
	TLS     *tls.Config // for tests; nil trusts what this machine trusts
}

// The usual times and bounds.
const (
	silence    = time.Minute
	pollEvery  = time.Minute
	idleFor    = 9 * time.Minute
	firstPause = 5 * time.Second
	lastPause  = 5 * time.Minute
	maxHeader  = 1 << 20
	maxBatch   = 50
	flood      = 64 << 20 // in answer to one command
)

// A Fetcher empties one mailbox. Make it with [New].
type Fetcher struct {
	account Account
	now     func() time.Time
	receive func(context.Context, engine.Arrival) error

	// Shorter in tests.
	silence, poll, idle time.Duration
	maxMail, flood      int64
	sleep               func(context.Context, time.Duration) error

	// Of the mailbox numbered by validity: mails that were stored and cannot be
	// moved, and mails larger than the server says. Only Run touches them.
	validity    uint32
	left, large map[imap.UID]bool

	mu     sync.Mutex
	status Status
}

// New makes a Fetcher for an account. Receive stores a mail: nil means stored
// and committed; after an error the mail stays in the mailbox and comes again.
func New(a Account, now func() time.Time, receive func(context.Context, engine.Arrival) error) *Fetcher {
	return &Fetcher{account: a, now: now, receive: receive, silence: silence, poll: pollEvery, idle: idleFor,
		maxMail: engine.MaxMail, flood: flood, sleep: pause, left: map[imap.UID]bool{}, large: map[imap.UID]bool{}}
}

// A Status says how the fetching goes.
type Status struct {
	Connected   bool
	LastContact time.Time // when the mailbox was last seen empty of new mail; zero when never
	LastError   string    // one sentence, "" when all is well since
	Mails       int       // handed over since the start
	Left        int       // stored, but the server does not let them be moved
}

// Status gives the state of this moment. It may be asked at any time.
func (f *Fetcher) Status() Status {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.status
}

// note changes the status.
func (f *Fetcher) note(change func(*Status)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.status)
}

// Run fetches mail until ctx ends. Whatever goes wrong, it tries again after a
// pause of five seconds, which doubles up to five minutes; [Fetcher.Status] says
// what it was. It must not run twice at once.
func (f *Fetcher) Run(ctx context.Context) {
	for wait := firstPause; ctx.Err() == nil; {
		began := f.Status().LastContact
		err := f.session(ctx)
		if ctx.Err() != nil {
			break
		}
		if !f.Status().LastContact.Equal(began) {
			wait = firstPause // it went well for a while
		}
		f.note(func(s *Status) { s.Connected, s.LastError = false, err.Error() })
		if f.sleep(ctx, wait) != nil {
			break
		}
		wait = min(2*wait, lastPause)
	}
	f.note(func(s *Status) { s.Connected = false })
}

// pause waits, or returns the error of a context that ends before.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
