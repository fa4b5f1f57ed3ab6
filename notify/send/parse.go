package send

import (
	"context"
	"net/url"
	"strconv"

	"splneno/engine"
)

// Parse reads the address of a mail server: smtp://user:password@host:port for
// STARTTLS (port 587 unless given), smtps:// for TLS from the first byte (465).
// User and password may be left out; special characters in them are written as
// %XX. Its errors are Invalid, name one mistake, and never show the password.
func Parse(address string) (*Sender, error) {
	s, err := parse(address)
	if err == nil && (s.User == "") != (s.Password == "") {
		return nil, engine.Errorf(engine.Invalid, "the SMTP address must give both user and password, or neither")
	}
	return s, err
}

// ParseWithToken reads the address of a mail server like Parse, but its user,
// who must be there, signs in with a token: smtp://user@host:587. The errors of
// token are shown and stored, so they must hold no secret.
func ParseWithToken(address string, token func(context.Context) (string, error)) (*Sender, error) {
	s, err := parse(address)
	if err != nil {
		return nil, err
	}
	if s.User == "" || s.Password != "" {
		return nil, engine.Errorf(engine.Invalid, "the SMTP address must give a user and no password, because the user signs in with a token; write it as smtp://user@host:587")
	}
	s.Token = token
	return s, nil
}

func parse(address string) (*Sender, error) {
	// url.Parse quotes the whole address in its error, password included.
	u, err := url.Parse(address)
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "the SMTP address cannot be read; write it as smtp://user:password@host:587, with special characters of the password as %%XX")
	}
	s := &Sender{Host: u.Hostname(), Port: 587, StepTimeout: stepTimeout, DotTimeout: dotTimeout}
	switch u.Scheme {
	case "smtp":
	case "smtps":
		s.Implicit, s.Port = true, 465
	default:
		return nil, engine.Errorf(engine.Invalid, "the SMTP address must begin with smtp:// or smtps://")
	}
	if s.Host == "" {
		return nil, engine.Errorf(engine.Invalid, "the SMTP address names no host; write it as smtp://host:587")
	}
	if (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" {
		return nil, engine.Errorf(engine.Invalid, "the SMTP address must end after the port; write / ? and # in a password as %%2F %%3F and %%23")
	}
	if p := u.Port(); p != "" {
		if s.Port, err = strconv.Atoi(p); err != nil || s.Port < 1 || s.Port > 65535 {
			return nil, engine.Errorf(engine.Invalid, "the port of the SMTP address is not between 1 and 65535")
		}
	}
	s.User = u.User.Username()
	s.Password, _ = u.User.Password()
	return s, nil
}
