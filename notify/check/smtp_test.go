package check_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"splneno/notify/check"
	"splneno/notify/mailbox"
	"splneno/notify/send"
)

// A peer is a mail server that follows a script: for a verb it says its line
// instead of agreeing, "drop" hangs up and "hang" says nothing more.
type peer struct {
	replies map[string]string
	offers  []string
	cert    *tls.Certificate // for STARTTLS, or from the first byte
	first   bool

	mu   sync.Mutex
	said []string
	stop chan struct{}
}

func (p *peer) start(t *testing.T) *send.Sender {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.stop = make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { p.serve(c) })
		}
	})
	t.Cleanup(func() { close(p.stop); l.Close(); wg.Wait() })
	return &send.Sender{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Implicit: p.first}
}

func (p *peer) serve(c net.Conn) {
	defer func() { c.Close() }()
	secure := func() {
		c = tls.Server(c, &tls.Config{Certificates: []tls.Certificate{*p.cert}, MinVersion: tls.VersionTLS12})
	}
	if p.first {
		secure()
	}
	say := func(verb, agree string) bool {
		reply, ok := p.replies[verb]
		if !ok {
			reply = agree
		}
		if reply == "hang" {
			<-p.stop
		}
		if reply == "hang" || reply == "drop" {
			return false
		}
		_, err := io.WriteString(c, reply+"\r\n")
		return err == nil
	}
	going := say("greeting", "220 peer")
	for r := bufio.NewReader(c); going; {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		p.mu.Lock()
		p.said = append(p.said, line)
		p.mu.Unlock()
		switch verb, _, _ := strings.Cut(line, " "); verb {
		case "EHLO":
			going = say(verb, ehlo(p.offers))
		case "STARTTLS":
			if going = say(verb, "220 go"); going && p.replies[verb] == "" {
				secure()
				r = bufio.NewReader(c)
			}
		case "AUTH":
			going = say(verb, "235 welcome")
		case "QUIT":
			say(verb, "221 bye")
			return
		default:
			going = say(verb, "250 ok")
		}
	}
}

// ehlo gives the reply to EHLO: a line for the server and one for every offer.
func ehlo(offers []string) string {
	lines := append([]string{"250-peer"}, offers...)
	for i := 1; i < len(lines); i++ {
		lines[i] = "250-" + lines[i]
	}
	last := &lines[len(lines)-1]
	*last = strings.Replace(*last, "-", " ", 1)
	return strings.Join(lines, "\r\n")
}

func (p *peer) heard() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.said)
}

// selfSigned makes a certificate for 127.0.0.1 and the pool that trusts it.
func selfSigned(t *testing.T, until time.Time) (*tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: until.Add(-365 * 24 * time.Hour), NotAfter: until,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"posta.mesto.example"}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

const (
	password = "Tajn3-heslo"
	token    = "ya29.tajny-token"
	plan     = "plan@mesto.example"
)

var envelope = check.Envelope{From: []string{plan, "odpovedi+splneno@mesto.example"}, To: "kpss@mesto.example"}

// levels gives the findings as words: "ok SMTP connection".
func levels(found []check.Finding) (out []string) {
	for _, f := range found {
		out = append(out, string(f.Level)+" "+f.Check)
	}
	return out
}

func TestSMTP(t *testing.T) {
	now := time.Now()
	good, trusted := selfSigned(t, now.Add(100*24*time.Hour))
	old, trustOld := selfSigned(t, now.Add(5*24*time.Hour))
	ended, trustEnded := selfSigned(t, now.Add(-time.Hour))
	full := []string{"STARTTLS", "SIZE 26214400", "AUTH PLAIN LOGIN XOAUTH2"}
	user := func(s *send.Sender) { s.User, s.Password = plan, password }
	trust := func(pool *x509.CertPool) func(*send.Sender) {
		return func(s *send.Sender) { s.TLS = &tls.Config{RootCAs: pool} }
	}
	bearer := func(s *send.Sender) {
		s.User, s.Token = plan, func(context.Context) (string, error) { return token, nil }
	}
	said := base64.StdEncoding.EncodeToString([]byte("\x00" + plan + "\x00" + password))
	for name, tt := range map[string]struct {
		peer  *peer
		with  []func(*send.Sender)
		bad   string // the finding that is not ok, "" when all are
		level check.Level
		found string
	}{
		"all well":            {peer: &peer{offers: full, cert: good}, with: []func(*send.Sender){user, trust(trusted)}},
		"TLS from first byte": {peer: &peer{offers: full[1:], cert: good, first: true}, with: []func(*send.Sender){user, trust(trusted)}},
		"on this machine":     {},
		"LOGIN":               {peer: &peer{offers: []string{"AUTH LOGIN"}, replies: map[string]string{"AUTH": "235 in"}}, with: []func(*send.Sender){user}},
		"token":               {peer: &peer{offers: full, cert: good}, with: []func(*send.Sender){bearer, trust(trusted)}},
		"no limit of size":    {peer: &peer{offers: []string{"SIZE"}}},
		"small":               {peer: &peer{offers: []string{"SIZE 10240000"}}, bad: "SMTP size", level: check.Warn, found: "10240000"},
		"certificate ends":    {peer: &peer{offers: full, cert: old}, with: []func(*send.Sender){trust(trustOld)}, bad: "SMTP encryption", level: check.Warn, found: "which is in"},
		"certificate ended":   {peer: &peer{offers: full, cert: ended}, with: []func(*send.Sender){trust(trustEnded)}, bad: "SMTP encryption", level: check.Fail, found: "expired"},
		"certificate strange": {peer: &peer{offers: full, cert: good}, with: []func(*send.Sender){trust(trustOld)}, bad: "SMTP encryption", level: check.Fail, found: "not trusted"},
		"strange from first":  {peer: &peer{offers: full, cert: good, first: true}, with: []func(*send.Sender){trust(trustOld)}, bad: "SMTP encryption", level: check.Fail, found: "not trusted"},
		"no TLS at smtps":     {with: []func(*send.Sender){func(s *send.Sender) { s.Implicit = true }}, bad: "SMTP encryption", level: check.Fail, found: "TLS"},
		"STARTTLS refused":    {peer: &peer{offers: full, replies: map[string]string{"STARTTLS": "454 4.7.0 no"}}, bad: "SMTP encryption", level: check.Fail, found: "454 4.7.0 no"},
		"greeting refused":    {peer: &peer{replies: map[string]string{"greeting": "554 5.7.1 go away"}}, bad: "SMTP connection", level: check.Fail, found: "554 5.7.1 go away"},
		"no SMTP":             {peer: &peer{replies: map[string]string{"greeting": "HTTP/1.1 400 Bad Request"}}, bad: "SMTP connection", level: check.Fail, found: "HTTP/1.1"},
		"hangs up":            {peer: &peer{replies: map[string]string{"greeting": "drop"}}, bad: "SMTP connection", level: check.Fail, found: "broke off"},
		"endless":             {peer: &peer{replies: map[string]string{"greeting": strings.Repeat("220-more\r\n", 200_000)}}, bad: "SMTP connection", level: check.Fail, found: "broke off"},
		"wrong password":      {peer: &peer{offers: full[1:], replies: map[string]string{"AUTH": "535 5.7.8 wrong"}}, with: []func(*send.Sender){user}, bad: "SMTP log-in", level: check.Fail, found: "535 5.7.8 wrong"},
		"password said back":  {peer: &peer{offers: full[1:], replies: map[string]string{"AUTH": "535 no " + said + " " + password}}, with: []func(*send.Sender){user}, bad: "SMTP log-in", level: check.Fail, found: "535"},
		"token said back":     {peer: &peer{offers: full[1:], replies: map[string]string{"AUTH": "535 no " + token}}, with: []func(*send.Sender){bearer}, bad: "SMTP log-in", level: check.Fail, found: "535"},
		"no token to be had": {peer: &peer{offers: full[1:]}, with: []func(*send.Sender){func(s *send.Sender) {
			s.User, s.Token = plan, func(context.Context) (string, error) { return "", errors.New("the tenant is wrong") }
		}}, bad: "SMTP log-in", level: check.Fail, found: "the tenant is wrong"},
		"log-in not offered":    {with: []func(*send.Sender){user}, bad: "SMTP log-in", level: check.Fail, found: "none of which"},
		"tokens not offered":    {peer: &peer{offers: []string{"AUTH PLAIN"}}, with: []func(*send.Sender){bearer}, bad: "SMTP log-in", level: check.Fail, found: "none of which"},
		"sender refused":        {peer: &peer{replies: map[string]string{"MAIL": "550 5.7.60 not yours"}}, bad: "SMTP mail from " + plan, level: check.Fail, found: "550 5.7.60 not yours"},
		"coordinator unknown":   {peer: &peer{replies: map[string]string{"RCPT": "550 5.1.1 nobody"}}, bad: "SMTP mail from " + plan + " to kpss@mesto.example", level: check.Fail, found: "550 5.1.1 nobody"},
		"greylisted":            {peer: &peer{replies: map[string]string{"RCPT": "450 4.2.0 later"}}, bad: "SMTP mail from " + plan + " to kpss@mesto.example", level: check.Warn, found: "450 4.2.0 later"},
		"RSET refused":          {peer: &peer{replies: map[string]string{"RSET": "502 5.5.1 what"}}, bad: "SMTP mail from " + plan, level: check.Fail, found: "502 5.5.1"},
		"control characters":    {peer: &peer{replies: map[string]string{"MAIL": "550 \x1b[2Jred\x00"}}, bad: "SMTP mail from " + plan, level: check.Fail, found: "550 [2Jred"},
		"hangs up in the midst": {peer: &peer{replies: map[string]string{"RCPT": "drop"}}, bad: "SMTP mail from " + plan + " to kpss@mesto.example", level: check.Fail, found: "broke off"},
	} {
		t.Run(name, func(t *testing.T) {
			p := tt.peer
			if p == nil {
				p = &peer{}
			}
			s := p.start(t)
			for _, change := range tt.with {
				change(s)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			got := check.SMTP(ctx, s, envelope, now)
			for _, f := range got {
				wantFinding(t, name, f, f.Level, "")
				if text := fmt.Sprint(f); strings.Contains(text, password) || strings.Contains(text, token) || strings.Contains(text, said) {
					t.Errorf("a secret stands in %s", text)
				}
			}
			i := slices.IndexFunc(got, func(f check.Finding) bool { return f.Level != check.OK })
			switch {
			case tt.bad == "" && (i >= 0 || len(got) != 6):
				t.Errorf("%q", got)
			case tt.bad != "" && (i < 0 || got[i].Check != tt.bad):
				t.Errorf("the first that is not well should be %s:\n%q", tt.bad, got)
			case tt.bad != "":
				wantFinding(t, name, got[i], tt.level, tt.found)
			}
			if slices.Contains(p.heard(), "DATA") {
				t.Error("a mail was sent")
			}
		})
	}
}

func TestSMTPSaysWhatSendingWouldSay(t *testing.T) {
	p := &peer{offers: []string{"8BITMIME", "AUTH PLAIN"}}
	s := p.start(t)
	s.User, s.Password = plan, password
	check.SMTP(t.Context(), s, envelope, time.Now())
	want := []string{"EHLO mesto.example", "AUTH PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00"+plan+"\x00"+password)),
		"MAIL FROM:<" + plan + "> BODY=8BITMIME", "RCPT TO:<kpss@mesto.example>", "RSET",
		"MAIL FROM:<odpovedi+splneno@mesto.example> BODY=8BITMIME", "RCPT TO:<kpss@mesto.example>", "RSET", "QUIT"}
	if got := p.heard(); !slices.Equal(got, want) {
		t.Errorf("said %q", got)
	}
}

func TestSMTPWithoutSettings(t *testing.T) {
	p := &peer{}
	got := levels(check.SMTP(t.Context(), p.start(t), check.Envelope{}, time.Now()))
	if want := []string{"ok SMTP connection", "ok SMTP encryption", "ok SMTP size", "ok SMTP log-in"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if said := p.heard(); !slices.Equal(said, []string{"EHLO localhost", "QUIT"}) {
		t.Errorf("said %q", said)
	}
}

// Nobody who stays silent keeps the doctor waiting.
func TestSMTPEndsWithItsContext(t *testing.T) {
	for _, verb := range []string{"greeting", "EHLO", "MAIL", "RCPT", "RSET", "QUIT"} {
		p := &peer{replies: map[string]string{verb: "hang"}}
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		got := check.SMTP(ctx, p.start(t), envelope, time.Now())
		cancel()
		if last := got[len(got)-1]; verb != "QUIT" && (last.Level != check.Fail || !strings.Contains(last.Found, "did not answer in time")) {
			t.Errorf("%s: %q", verb, got)
		}
	}
}

func TestSMTPNobodyThere(t *testing.T) {
	got := check.SMTP(t.Context(), &send.Sender{Host: "127.0.0.1", Port: 1}, envelope, time.Now())
	if len(got) != 1 {
		t.Fatalf("%q", got)
	}
	wantFinding(t, "refused", got[0], check.Fail, "127.0.0.1:1")
}

func TestMailboxIsAServerInOrder(t *testing.T) {
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	s, err := send.Parse("smtp://" + box.Addr())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range check.SMTP(t.Context(), s, envelope, time.Now()) {
		wantFinding(t, "mailbox", f, check.OK, "")
	}
	if n := len(box.Messages()); n != 0 {
		t.Errorf("%d mails were sent", n)
	}
}
