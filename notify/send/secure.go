package send

import (
	"crypto/tls"
	"net"
	"slices"
	"strings"

	"github.com/wneessen/go-mail/smtp"

	"splneno/engine"
)

// secure turns TLS on. Only a server on this machine may lack it: a STARTTLS
// taken out of the greeting by somebody in between must not make us send in
// clear.
func (t *talk) secure() error {
	if t.Implicit {
		return nil
	}
	t.begin("STARTTLS", t.StepTimeout)
	if ok, _ := t.smtp.Extension("STARTTLS"); ok {
		return t.smtp.StartTLS(t.TLSConfig())
	}
	if t.Local() {
		return nil
	}
	return engine.Errorf(engine.Unavailable, "%s does not offer STARTTLS, and mail must not leave in clear; use smtps:// or another port", t.Host)
}

// TLSConfig is how the server must show who it is, and by TLS 1.2 at least.
func (s *Sender) TLSConfig() *tls.Config {
	c := &tls.Config{}
	if s.TLS != nil {
		c = s.TLS.Clone()
	}
	c.MinVersion = tls.VersionTLS12
	if c.ServerName == "" {
		c.ServerName = s.Host
	}
	return c
}

// signIn says user and password, or user and token, where there are any. It
// comes behind secure, so nobody in between hears them.
func (t *talk) signIn() error {
	if t.User == "" {
		return nil
	}
	t.begin("AUTH", t.StepTimeout)
	_, offered := t.smtp.Extension("AUTH")
	switch mechanisms := strings.Fields(strings.ToUpper(offered)); {
	case t.Token != nil && slices.Contains(mechanisms, "XOAUTH2"):
		return t.smtp.Auth(smtp.XOAuth2Auth(t.User, t.token))
	case t.Token != nil:
		return engine.Errorf(engine.Unavailable, "%s does not let a user sign in by XOAUTH2; use a password, or the submission port 587", t.Host)
	case slices.Contains(mechanisms, "PLAIN"):
		return t.smtp.Auth(smtp.PlainAuth("", t.User, t.Password, t.Host, t.Local()))
	case slices.Contains(mechanisms, "LOGIN"):
		return t.smtp.Auth(smtp.LoginAuth(t.User, t.Password, t.Host, t.Local()))
	}
	return engine.Errorf(engine.Unavailable, "%s does not let a user sign in by PLAIN or LOGIN; take user and password out of the SMTP address, or use the submission port 587", t.Host)
}

// Local reports whether the server is on this machine: only there may be spoken
// in clear.
func (s *Sender) Local() bool {
	ip := net.ParseIP(s.Host)
	return s.Host == "localhost" || ip != nil && ip.IsLoopback()
}
