package fetch

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/mailtest"
)

func TestPassword(t *testing.T) {
	word := base64.StdEncoding.EncodeToString([]byte("\x00mesto@example.cz\x00tajne"))
	for name, tt := range map[string]struct {
		caps   string
		said   string
		reason error
	}{
		"plain":            {allCaps, "AUTHENTICATE PLAIN " + word, nil},
		"login":            {"IMAP4rev1", `LOGIN "mesto@example.cz" "tajne"`, nil},
		"neither":          {"IMAP4rev1 LOGINDISABLED", "", errNoPlain},
		"only for tokens":  {"IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2", "", errNoPlain},
		"plain and no one": {"IMAP4rev1 SASL-IR LOGINDISABLED AUTH=PLAIN", "AUTHENTICATE PLAIN " + word, nil},
	} {
		p := newPeer(t)
		p.caps = tt.caps
		_, err := New(p.account(), time.Now, nil).Check(context.Background())
		if !errors.Is(err, tt.reason) || tt.said != "" && p.count(tt.said) != 1 {
			t.Errorf("%s: %v; %q", name, err, p.said)
		}
		if tt.reason != nil && p.count("LOGIN")+p.count("AUTHENTICATE") > 0 {
			t.Errorf("%s: the password was sent: %q", name, p.said)
		}
	}
}

func TestToken(t *testing.T) {
	const word = "user=mesto@example.cz\x01auth=Bearer ya29.token\x01\x01"
	var heard []string
	for _, caps := range []string{allCaps, strings.ReplaceAll(allCaps, "SASL-IR ", "")} {
		p := newPeer(t)
		p.caps = caps
		p.script["AUTHENTICATE"] = func(c *peerConn, args string) (bool, error) {
			_, first, _ := strings.Cut(args, " ")
			if first == "" {
				_ = c.say("+ ")
				line, err := c.r.ReadString('\n')
				if first = strings.TrimSpace(line); err != nil {
					return true, err
				}
			}
			heard = append(heard, first)
			return false, nil
		}
		a := p.account()
		a.Token = func(context.Context) (string, error) { return "ya29.token", nil }
		if _, err := New(a, time.Now, nil).Check(context.Background()); err != nil {
			t.Error(err)
		}
	}
	for _, h := range heard {
		if raw, _ := base64.StdEncoding.DecodeString(h); string(raw) != word {
			t.Errorf("said %q", raw)
		}
	}
	if len(heard) != 2 {
		t.Errorf("%d log-ins", len(heard))
	}
}

// A refused token: the server says why, wants an empty line, then refuses.
func TestTokenRefused(t *testing.T) {
	p := newPeer(t)
	var answer string
	p.script["AUTHENTICATE"] = func(c *peerConn, _ string) (bool, error) {
		_ = c.say("+ %s", base64.StdEncoding.EncodeToString([]byte(`{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}`)))
		answer, _ = c.r.ReadString('\n')
		return true, c.say("%s NO [AUTHENTICATIONFAILED] Invalid credentials of mesto@example.cz (Failure)", c.tag)
	}
	a := p.account()
	a.Token = func(context.Context) (string, error) { return "ya29.token", nil }
	_, err := New(a, time.Now, nil).Check(context.Background())
	if answer != "\r\n" {
		t.Errorf("answered %q", answer)
	}
	if err == nil || !strings.Contains(err.Error(), "refuses the access token (401)") || strings.Contains(err.Error(), "ya29") || strings.Contains(err.Error(), "mesto@") {
		t.Error(err)
	}
	p.caps = "IMAP4rev1 AUTH=PLAIN"
	p.account()
	if _, err := New(a, time.Now, nil).Check(context.Background()); !errors.Is(err, errNoXOAUTH2) {
		t.Error(err)
	}
	p.caps = allCaps
	p.account()
	a.Token = func(context.Context) (string, error) { return "", engine.Errorf(engine.Unavailable, "no token today") }
	if _, err := New(a, time.Now, nil).Check(context.Background()); err == nil || !strings.Contains(err.Error(), "no token today") {
		t.Error(err)
	}
}

// speakTLS makes a peer that speaks TLS from the first byte in front of p.
func speakTLS(t *testing.T, p *peer) {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{*p.cert}, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	p.addr = l.Addr().String()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(c)
		}
	}()
}

func TestEncryption(t *testing.T) {
	until := time.Now().Add(30 * 24 * time.Hour).Truncate(time.Second).UTC()
	for _, security := range []Security{Implicit, StartTLS} {
		p := newPeer(t, one)
		cert, pool := mailtest.Certificate(t, until)
		p.cert = &cert
		if security == Implicit {
			speakTLS(t, p)
		}
		a := p.account()
		a.Security, a.TLS = security, &tls.Config{RootCAs: pool} //nolint:gosec // G402: the code under test sets the version
		report, err := New(a, time.Now, nil).Check(context.Background())
		if err != nil || report.TLS != "TLS 1.3" || !report.Expires.Equal(until) || strings.Join(report.Names, " ") != "posta.example" {
			t.Errorf("%s: %+v, %v", security, report, err)
		}
		if !report.Idle || !report.Move || !report.UIDPlus || report.Mails != 1 || report.Validity != 7 || strings.Join(report.Mechanisms, " ") != "PLAIN XOAUTH2" {
			t.Errorf("%s: %+v", security, report)
		}
		if p.count("SELECT") != 0 || p.count("EXAMINE") != 1 {
			t.Errorf("the doctor changes things: %q", p.said)
		}
		d := &desk{}
		f := fetcher(a, d)
		run(t, f, contact(f))
		if d.count(one) != 1 {
			t.Errorf("%s: received %v", security, d.got)
		}
		a.TLS = nil // trusts nobody we know
		before := p.count("AUTHENTICATE")
		if _, err := New(a, time.Now, nil).Check(context.Background()); err == nil || !strings.Contains(err.Error(), "cannot be trusted") || p.count("AUTHENTICATE") != before {
			t.Errorf("%s: a certificate of anybody: %v", security, err)
		}
	}
}

func TestExpiredCertificate(t *testing.T) {
	p := newPeer(t)
	cert, pool := mailtest.Certificate(t, time.Now().Add(-time.Hour))
	p.cert = &cert
	a := p.account()
	a.Security, a.TLS = StartTLS, &tls.Config{RootCAs: pool} //nolint:gosec // G402: the code under test sets the version
	if _, err := New(a, time.Now, nil).Check(context.Background()); err == nil || !strings.Contains(err.Error(), "expired") {
		t.Error(err)
	}
}

// Whoever stands in between can refuse STARTTLS, take it out, or slip words in:
// nothing is said to him.
func TestStartTLSStripped(t *testing.T) {
	say := func(lines ...string) func(*peerConn, string) (bool, error) {
		return func(c *peerConn, _ string) (bool, error) {
			_, err := io.WriteString(c, strings.ReplaceAll(strings.Join(lines, "\r\n"), "TAG", c.tag)+"\r\n")
			return true, err
		}
	}
	for name, tt := range map[string]struct {
		verb   string
		script func(*peerConn, string) (bool, error)
		reason error
	}{
		"refused":        {"STARTTLS", refuse, errNoTLS},
		"unknown":        {"STARTTLS", say("TAG BAD what is that"), errNoTLS},
		"words in front": {"STARTTLS", say("* CAPABILITY IMAP4rev1 AUTH=PLAIN", "TAG OK go", "* OK more"), errSlipped},
		"already in":     {"greeting", say("* PREAUTH welcome"), errGreeting},
		"goodbye":        {"greeting", say("* BYE busy"), errGreeting},
		"hangs up":       {"STARTTLS", func(*peerConn, string) (bool, error) { return true, io.EOF }, nil},
		"half a line": {"STARTTLS", func(c *peerConn, _ string) (bool, error) {
			_, _ = io.WriteString(c, c.tag+" OK go")
			return true, io.EOF
		}, nil},
		"endless line": {"STARTTLS", say(strings.Repeat("x", 20000)), nil},
		"silence": {"STARTTLS", func(c *peerConn, _ string) (bool, error) {
			_, err := io.Copy(io.Discard, c.r)
			return true, errors.Join(err, io.EOF)
		}, errSilent},
		"no encryption": {"STARTTLS", say("TAG OK go", strings.Repeat("nonsense ", 100)), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, one)
			p.script[tt.verb] = tt.script
			a := p.account()
			a.Security = StartTLS
			f := fetcher(a, &desk{})
			if tt.reason == errSilent {
				f.silence = 300 * time.Millisecond
			}
			err := f.session(context.Background())
			if engine.CodeOf(err) != engine.Unavailable || tt.reason != nil && !errors.Is(err, tt.reason) {
				t.Error(err)
			}
			if p.count("AUTHENTICATE")+p.count("LOGIN") > 0 {
				t.Errorf("the password was sent in clear: %q", p.said)
			}
		})
	}
}

func TestPlainOnThisMachineOnly(t *testing.T) {
	for _, addr := range []string{"192.0.2.1:143", "posta.example.cz:143", "nonsense"} {
		if _, err := New(Account{Addr: addr, Security: Plain}, time.Now, nil).Check(context.Background()); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%s: %v", addr, err)
		}
	}
}

func TestNobodyThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	if _, err := New(Account{Addr: l.Addr().String(), Security: Implicit}, time.Now, nil).Check(context.Background()); engine.CodeOf(err) != engine.Unavailable || !strings.Contains(err.Error(), "connect") {
		t.Error(err)
	}
}
