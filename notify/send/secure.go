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
		return t.smtp.StartTLS(t.tlsConfig())
	}
	if loopback(t.Host) {
		return nil
	}
	return engine.Errorf(engine.Unavailable, "%s does not offer STARTTLS, and mail must not leave in clear; use smtps:// or another port", t.Host)
}

func (t *talk) tlsConfig() *tls.Config {
	c := &tls.Config{}
	if t.TLS != nil {
		c = t.TLS.Clone()
	}
	c.MinVersion = tls.VersionTLS12
	if c.ServerName == "" {
		c.ServerName = t.Host
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
		return t.smtp.Auth(smtp.PlainAuth("", t.User, t.Password, t.Host, loopback(t.Host)))
	case slices.Contains(mechanisms, "LOGIN"):
		return t.smtp.Auth(smtp.LoginAuth(t.User, t.Password, t.Host, loopback(t.Host)))
	}
	return engine.Errorf(engine.Unavailable, "%s does not let a user sign in by PLAIN or LOGIN; take user and password out of the SMTP address, or use the submission port 587", t.Host)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
