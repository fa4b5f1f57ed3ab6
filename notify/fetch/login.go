package fetch

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"

	"splneno/engine/pattern"
)

// Reasons why we do not get in.
var (
	errRefused   = errors.New("the server refuses user and password; check them, and whether it wants an access token (OAuth2) instead")
	errNoPlain   = errors.New("the server takes no password; use an access token (OAuth2), or another server")
	errNoXOAUTH2 = errors.New("the server takes no access tokens (XOAUTH2); use a password")
)

// logIn says who we are.
func (s *session) logIn(ctx context.Context) error {
	s.line.begin()
	caps := s.client.Caps()
	switch {
	case s.account.Token != nil && !caps.Has(imap.AuthCap("XOAUTH2")):
		return errNoXOAUTH2
	case s.account.Token != nil:
		return s.sayToken(ctx)
	case caps.Has(imap.AuthCap(sasl.Plain)):
		return refused(s.client.Authenticate(sasl.NewPlainClient("", s.account.User, s.account.Password)), errRefused)
	case caps.Has(imap.CapLoginDisabled):
		return errNoPlain
	}
	return refused(s.client.Login(s.account.User, s.account.Password).Wait(), errRefused)
}

func (s *session) sayToken(ctx context.Context) error {
	s.line.rest() // the token is not theirs to give
	token, err := s.account.Token(ctx)
	if err != nil {
		return err
	}
	s.line.begin()
	x := &xoauth2{user: s.account.User, token: token}
	return refused(s.client.Authenticate(x), x)
}

// refused puts our sentence in place of the server's, which may name the user.
func refused(err, reason error) error {
	var no *imap.Error
	if errors.As(err, &no) {
		return reason
	}
	return err
}

// An xoauth2 speaks the SASL mechanism of Microsoft and Google. When the token
// is refused the server says why in a challenge, which wants an empty answer
// before the refusal itself comes. It is the sentence of that refusal as well.
type xoauth2 struct {
	user, token string
	status      string // of the refusal, "401"
}

// Start gives the token.
func (x *xoauth2) Start() (mech string, first []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

var digits = pattern.New(`^\d{3}$`)

// Next hears the reason of a refusal.
func (x *xoauth2) Next(challenge []byte) ([]byte, error) {
	var reason struct{ Status string }
	if json.Unmarshal(challenge, &reason) == nil && digits.MatchString(reason.Status) {
		x.status = " (" + reason.Status + ")"
	}
	return []byte{}, nil
}

// Error says what to do about a refusal.
func (x *xoauth2) Error() string {
	return "the server refuses the access token" + x.status + "; check that the application may read this mailbox, and the user"
}
