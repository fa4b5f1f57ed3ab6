package check

import (
	"crypto/tls"
	"slices"
	"strings"

	"github.com/wneessen/go-mail/smtp"
)

const encryption = "SMTP encryption"

// implicitTLS encrypts before anything is said.
func (t *talk) implicitTLS() Finding {
	c := tls.Client(t.conn, t.TLSConfig())
	if err := c.HandshakeContext(t.ctx); err != nil {
		return t.fail(encryption, err, "have the server use a certificate for "+t.Host+" that this machine trusts, and check that the port is one for smtps://")
	}
	t.conn = c
	return t.encrypted(c.ConnectionState())
}

// startTLS encrypts as sending does: who offers none is only spoken to on this
// machine.
func (t *talk) startTLS() Finding {
	if offered, _ := t.smtp.Extension("STARTTLS"); !offered {
		if t.Local() {
			return Encryption(encryption, "", nil, t.now, t.now)
		}
		return Finding{encryption, Fail, t.host + " does not offer STARTTLS, and mail must not leave in clear", "use smtps://, another port, or a server on this machine"}
	}
	if err := t.smtp.StartTLS(t.TLSConfig()); err != nil {
		return t.fail(encryption, err, "have the server use a certificate for "+t.Host+" that this machine trusts")
	}
	state, _ := t.smtp.TLSConnectionState()
	return t.encrypted(state)
}

func (t *talk) encrypted(state tls.ConnectionState) Finding {
	leaf := state.PeerCertificates[0]
	names := slices.Clone(leaf.DNSNames)
	for _, ip := range leaf.IPAddresses {
		names = append(names, ip.String())
	}
	return Encryption(encryption, tls.VersionName(state.Version), names, leaf.NotAfter, t.now)
}

// signIn logs in by the way sending takes.
func (t *talk) signIn() Finding {
	const name = "SMTP log-in"
	if t.User == "" {
		return Finding{name, OK, "none: --smtp names no user", ""}
	}
	_, offered := t.smtp.Extension("AUTH")
	mechanisms := strings.Fields(strings.ToUpper(offered))
	for _, way := range []struct {
		mechanism string
		usable    bool
		todo      string
	}{
		{"XOAUTH2", t.Token != nil, "let the application of --oauth send mail as this user"},
		{"PLAIN", t.Token == nil, "check user and password of --smtp, and whether the server wants --oauth"},
		{"LOGIN", t.Token == nil, "check user and password of --smtp, and whether the server wants --oauth"},
	} {
		if !way.usable || !slices.Contains(mechanisms, way.mechanism) {
			continue
		}
		if err := t.authenticate(way.mechanism); err != nil {
			return t.fail(name, err, way.todo)
		}
		return Finding{name, OK, "by " + way.mechanism, ""}
	}
	return Finding{name, Fail, "the server offers " + line(strings.Join(mechanisms, ", ")) + ", none of which can be used here",
		"use the submission port 587 with PLAIN or LOGIN, or --oauth where XOAUTH2 is offered"}
}

func (t *talk) authenticate(mechanism string) (err error) {
	switch mechanism {
	case "XOAUTH2":
		if t.token, err = t.Token(t.ctx); err != nil {
			return err
		}
		return t.smtp.Auth(smtp.XOAuth2Auth(t.User, t.token))
	case "PLAIN":
		return t.smtp.Auth(smtp.PlainAuth("", t.User, t.Password, t.Host, t.Local()))
	}
	return t.smtp.Auth(smtp.LoginAuth(t.User, t.Password, t.Host, t.Local()))
}
