package send

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"splneno/engine"
)

const small = "Subject: x\r\n\r\nDobrý den,\r\n.\r\n..\r\n.tečka\r\n\r\nkonec\r\n"

func TestSentBytesArriveAsStored(t *testing.T) {
	for name, raw := range map[string]string{
		"dots": small,
		"long": "Subject: x\r\n\r\n" + strings.Repeat(".."+strings.Repeat("a", 74)+"\r\n", 20000),
		"ends": "Subject: x\r\n\r\n.",
	} {
		raw = strings.TrimSuffix(raw, "\r\n") + "\r\n"
		p := &peer{offers: []string{"8BITMIME", "SMTPUTF8"}}
		out := p.start(t).Send(t.Context(), message(raw))
		if out.State != engine.Sent || out.Detail != "" {
			t.Errorf("%s: %+v", name, out)
		}
		if p.got() != 1 || string(p.complete[0]) != raw {
			t.Errorf("%s: other bytes arrived than were stored", name)
		}
		want := []string{"EHLO klatovy.cz", "MAIL FROM:<plan@klatovy.cz> BODY=8BITMIME", "RCPT TO:<info@charita.cz>", "DATA"}
		if got := p.said()[:4]; strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s: said %q", name, got)
		}
	}
}

func TestOutcomePerVerb(t *testing.T) {
	verbs := []string{"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"}
	for i, verb := range verbs {
		aboutUs := i < 2
		for reply, want := range map[string]engine.MessageState{
			"drop":                     engine.Retry,
			"421 4.3.2 closing":        engine.Retry,
			"450 4.2.1 greylisted":     engine.Retry,
			"451-4.7.1 come\n451 back": engine.Retry,
			"550 5.1.1 no such user":   engine.Failed,
			"554 5.7.1 no":             engine.Failed,
			"535 5.7.8 wrong password": engine.Retry,
			"530 5.7.0 sign in first":  engine.Retry,
			"nonsense":                 engine.Retry,
			"199 odd":                  engine.Retry,
			"550 " + huge(1<<21):       engine.Failed,
			"550 long " + huge(3000):   engine.Failed,
			"550 \x01\x1b[31mred\xff":  engine.Failed,
		} {
			if want == engine.Failed && aboutUs {
				want = engine.Retry
			}
			unclear := reply == "drop" || reply == "nonsense" || strings.HasPrefix(reply, "199")
			if verb == "dot" && unclear {
				want = engine.Unsure
			}
			p := &peer{replies: map[string]string{verb: reply, "HELO": "502 no"}}
			out := p.start(t).Send(t.Context(), message(small))
			if out.State != want {
				t.Errorf("%s answered by %.30q: %+v, want %s", verb, reply, out, want)
			}
			checkDetail(t, out.Detail)
			if n := p.got(); n != map[bool]int{true: 1}[verb == "dot"] {
				t.Errorf("%s answered by %.30q: %d complete messages", verb, reply, n)
			}
		}
	}
}

func huge(n int) string { return strings.Repeat("x", n) }

func checkDetail(t *testing.T, detail string) {
	t.Helper()
	if len([]rune(detail)) > 300 || strings.ContainsFunc(detail, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0xfffd }) || detail == "" {
		t.Errorf("detail is not fit to show: %q", detail)
	}
}

func TestSentWhateverFollows(t *testing.T) {
	for _, quit := range []string{"drop", "hang", "500 what", "421 bye"} {
		p := &peer{replies: map[string]string{"QUIT": quit}}
		if out := p.start(t).Send(t.Context(), message(small)); out.State != engine.Sent {
			t.Errorf("QUIT answered by %s: %+v", quit, out)
		}
	}
}

func TestServerSilent(t *testing.T) {
	for _, verb := range []string{"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"} {
		p := &peer{replies: map[string]string{verb: "hang"}}
		s := p.start(t)
		s.StepTimeout, s.DotTimeout = 30*time.Millisecond, 30*time.Millisecond
		want := engine.Retry
		if verb == "dot" {
			want = engine.Unsure
		}
		if out := s.Send(t.Context(), message(small)); out.State != want || !strings.Contains(out.Detail, "did not answer in time") {
			t.Errorf("silent at %s: %+v, want %s", verb, out, want)
		}
	}
}

func TestCancelClosesTheConnection(t *testing.T) {
	for _, verb := range []string{"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"} {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		p := &peer{replies: map[string]string{verb: "hang"}}
		want := engine.Retry
		if verb == "dot" {
			want = engine.Unsure
		}
		if out := p.start(t).Send(ctx, message(small)); out.State != want || !strings.Contains(out.Detail, "broken off") {
			t.Errorf("cancelled at %s: %+v, want %s", verb, out, want)
		}
		cancel()
	}
}

func TestHalfMessageIsNeverCompleted(t *testing.T) {
	raw := "Subject: x\r\n\r\n" + strings.Repeat(strings.Repeat("a", 76)+"\r\n", 200000)
	// What is left must be more than the system takes off our hands unread.
	for _, early := range []int{1, 5000, 1 << 20, 3 << 20} {
		p := &peer{early: early}
		if out := p.start(t).Send(t.Context(), message(raw)); out.State != engine.Retry {
			t.Errorf("dropped after %d bytes: %+v", early, out)
		}
		if p.got() != 0 {
			t.Errorf("dropped after %d bytes: a half message was completed", early)
		}
	}
	// A small text is out of our hands before the peer drops it: then we cannot
	// know, and must not say that it was sent or refused.
	p := &peer{early: 1}
	if out := p.start(t).Send(t.Context(), message(small)); out.State != engine.Retry && out.State != engine.Unsure || p.got() != 0 {
		t.Errorf("a dropped small message: %+v, %d complete", out, p.got())
	}
}

func TestStoredBytesMustMatchTheirHash(t *testing.T) {
	p := &peer{}
	m := message(small)
	m.Raw = nil
	if out := p.start(t).Send(t.Context(), m); out.State != engine.Failed || len(p.said()) > 0 {
		t.Errorf("a cleared mail left: %+v after %q", out, p.said())
	}
}

func TestStartTLSIsNotOptional(t *testing.T) {
	p := &peer{}
	s := p.start(t)
	s.Host = "localhost.localdomain.invalid" // not loopback by name; dialled by no one below
	talk := &talk{Sender: s, ctx: t.Context()}
	c, err := net.Dial("tcp", p.addr.String())
	if err != nil {
		t.Fatal(err)
	}
	if err := talk.greet(c, "klatovy.cz"); engine.CodeOf(err) != engine.Unavailable || !strings.Contains(err.Error(), "STARTTLS") {
		t.Errorf("STARTTLS stripped: %v", err)
	}
	talk.close()
	if strings.Contains(strings.Join(p.said(), " "), "MAIL") {
		t.Errorf("mail was begun in clear: %q", p.said())
	}
}

func TestTLS(t *testing.T) {
	now := time.Now()
	good, pool := selfSigned(t, now.Add(time.Hour))
	expired, oldPool := selfSigned(t, now.Add(-time.Hour))
	for name, c := range map[string]struct {
		cert *tls.Certificate
		conf *tls.Config
		want engine.MessageState
	}{
		"trusted":   {good, &tls.Config{RootCAs: pool}, engine.Sent},
		"untrusted": {good, nil, engine.Retry},
		"expired":   {expired, &tls.Config{RootCAs: oldPool}, engine.Retry},
		"misnamed":  {good, &tls.Config{RootCAs: pool, ServerName: "mail.klatovy.cz"}, engine.Retry},
	} {
		p := &peer{offers: []string{"STARTTLS", "AUTH PLAIN LOGIN"}, cert: c.cert}
		s := p.start(t)
		s.TLS, s.User, s.Password = c.conf, "plan", "tajné heslo"
		out := s.Send(t.Context(), message(small))
		if out.State != c.want {
			t.Errorf("%s certificate: %+v, want %s", name, out, c.want)
		}
		if said := strings.Join(p.said(), "|"); c.want != engine.Sent && strings.Contains(said, "AUTH") {
			t.Errorf("%s certificate: signed in all the same: %q", name, said)
		}
	}
	for _, reply := range []string{"454 not now", "500 what", "drop", "hang"} {
		p := &peer{offers: []string{"STARTTLS"}, replies: map[string]string{"STARTTLS": reply}, cert: good}
		s := p.start(t)
		s.StepTimeout = 50 * time.Millisecond
		if out := s.Send(t.Context(), message(small)); out.State != engine.Retry || p.got() != 0 {
			t.Errorf("STARTTLS answered by %s: %+v", reply, out)
		}
	}
}

func TestSignIn(t *testing.T) {
	for reply, want := range map[string]engine.MessageState{
		"235 ok": engine.Sent, "535 5.7.8 no": engine.Retry, "454 4.7.0 later": engine.Retry, "504 no": engine.Retry, "drop": engine.Retry,
	} {
		p := &peer{offers: []string{"AUTH PLAIN"}, replies: map[string]string{"AUTH": reply}}
		s := p.start(t)
		s.User, s.Password = "plan", "tajemstvi"
		out := s.Send(t.Context(), message(small))
		if out.State != want || strings.Contains(out.Detail, "tajemstvi") {
			t.Errorf("AUTH answered by %s: %+v, want %s", reply, out, want)
		}
	}
	p := &peer{}
	s := p.start(t)
	s.User, s.Password = "plan", "tajemstvi"
	if out := s.Send(t.Context(), message(small)); out.State != engine.Retry || p.got() != 0 {
		t.Errorf("a server without AUTH: %+v", out)
	}
}

func TestNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	s := &Sender{Host: "127.0.0.1", Port: port, StepTimeout: time.Second, DotTimeout: time.Second}
	if out := s.Send(t.Context(), message(small)); out.State != engine.Retry || !strings.HasPrefix(out.Detail, "connect: ") {
		t.Errorf("%+v", out)
	}
}

// TestRealServer sends through emersion/go-smtp, which is not of our making.
func TestRealServer(t *testing.T) {
	be := &backend{}
	srv := smtp.NewServer(be)
	srv.EnableSMTPUTF8, srv.Domain, srv.ErrorLog = true, "peer", log.New(io.Discard, "", 0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	s := &Sender{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, StepTimeout: time.Minute, DotTimeout: time.Minute}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if out := s.Send(t.Context(), message(small)); out.State != engine.Sent {
				t.Errorf("%+v", out)
			}
		})
	}
	wg.Wait()
	be.mu.Lock()
	defer be.mu.Unlock()
	if len(be.got) != 8 {
		t.Fatalf("%d messages arrived, want 8", len(be.got))
	}
	for _, g := range be.got {
		if want := "plan@klatovy.cz info@charita.cz " + small; g != want {
			t.Errorf("arrived %q", g)
		}
	}
}

type backend struct {
	mu  sync.Mutex
	got []string
}

func (b *backend) NewSession(*smtp.Conn) (smtp.Session, error) { return &realSession{b: b}, nil }

type realSession struct {
	b        *backend
	from, to string
}

func (s *realSession) Reset()                                    {}
func (s *realSession) Logout() error                             { return nil }
func (s *realSession) Rcpt(to string, _ *smtp.RcptOptions) error { s.to = to; return nil }
func (s *realSession) Mail(from string, o *smtp.MailOptions) error {
	if o.UTF8 {
		return fmt.Errorf("SMTPUTF8 was asked for")
	}
	s.from = from
	return nil
}

func (s *realSession) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	s.b.mu.Lock()
	defer s.b.mu.Unlock()
	s.b.got = append(s.b.got, s.from+" "+s.to+" "+string(body))
	return err
}

func TestParse(t *testing.T) {
	s, err := Parse("smtp://plan:p%40ss%2Fw@mail.klatovy.cz")
	if err != nil || s.Host != "mail.klatovy.cz" || s.Port != 587 || s.Implicit || s.User != "plan" || s.Password != "p@ss/w" {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = Parse("smtps://[::1]:2465")
	if err != nil || s.Host != "::1" || s.Port != 2465 || !s.Implicit || s.StepTimeout != 5*time.Minute || s.DotTimeout != 10*time.Minute {
		t.Errorf("%+v, %v", s, err)
	}
	for _, bad := range []string{"", "mail.klatovy.cz:25", "http://hush@x", "smtp://", "smtp://:25", "smtp://u:hush@", "smtp://u:hush@h:0",
		"smtp://u:hush@h:99999", "smtp://u:hu/sh@h", "smtp://u:hu#sh@h", "smtp://u:hu?sh@h", "smtp://u:hush%zz@h", "smtp://u:hush@h/x",
		"smtp://u:99999", "smtp://user@h", "smtp://:hush@h", "smtp://u:hush@h:25?x=1", "smtp://u:hush h@x"} {
		s, err := Parse(bad)
		if s != nil || engine.CodeOf(err) != engine.Invalid {
			t.Errorf("Parse(%q) = %+v, %v", bad, s, err)
			continue
		}
		if msg := err.Error(); strings.Contains(msg, "hu/sh") || strings.Contains(msg, "hush") || strings.Contains(msg, "99999") {
			t.Errorf("Parse(%q) shows a secret: %s", bad, msg)
		}
	}
}
