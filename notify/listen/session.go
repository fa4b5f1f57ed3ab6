package listen

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"

	"splneno/engine"
)

// What a client hears instead of yes.
var (
	notOurs   = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such recipient here"}
	notStored = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "The message could not be stored, try again later"}
	brokenOff = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 4, 2}, Message: "The message did not arrive whole, try again"}
	longLine  = &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "A line of the message is too long"}
)

// A session is one connection of a client. The library calls it from one
// goroutine, save that a mail in chunks (BDAT) is read in another, which may
// outlive a Reset.
type session struct {
	*Server
	work context.Context
	conn *conn

	mu   sync.Mutex
	from string
	to   []string
}

// Reset ends a mail, whether it was taken or not.
func (s *session) Reset() {
	s.mu.Lock()
	s.from, s.to = "", nil
	s.mu.Unlock()
	s.conn.rest()
}

func (s *session) Logout() error { return nil }

// Mail takes any sender: the null sender is that of bounces.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if !s.Accept(to) {
		return notOurs
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to = append(s.to, to)
	return nil
}

// Data hands over one mail, however many recipients it has: the library gives
// each of them the same answer.
func (s *session) Data(r io.Reader) error {
	s.mu.Lock()
	a := engine.Arrival{Via: s.Kind, From: s.from, To: slices.Clone(s.to)}
	s.mu.Unlock()
	s.conn.work(or(s.dataTimeout, 10*time.Minute))
	raw, err := io.ReadAll(r)
	switch {
	case errors.Is(err, smtp.ErrDataReset):
		s.conn.rest() // Reset may have come before the first chunk
		return brokenOff
	case errors.Is(err, smtp.ErrDataTooLarge):
		return smtp.ErrDataTooLarge
	case errors.Is(err, smtp.ErrTooLongLine):
		return longLine
	case err != nil || s.conn.broken.Load():
		return brokenOff
	}
	a.Raw = raw
	if err := s.Receive(s.work, a); err != nil {
		return notStored
	}
	return nil
}
