package listen

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/notify/mailtest"
)

// A desk is where mail ends up in these tests.
type desk struct {
	mu   sync.Mutex
	got  []engine.Arrival
	fail error
	hold chan struct{} // when set, Receive waits until it is closed
	came chan struct{}
}

func (d *desk) Receive(_ context.Context, a engine.Arrival) error {
	select {
	case d.came <- struct{}{}:
	default:
	}
	if d.hold != nil {
		<-d.hold
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fail == nil {
		d.got = append(d.got, a)
	}
	return d.fail
}

func (d *desk) arrivals() []engine.Arrival {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]engine.Arrival(nil), d.got...)
}

func (d *desk) setFail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail = err
}

func ours(address string) bool { return strings.HasSuffix(address, "@mesto.example") }

// serve runs a server of the kind until the test or stop ends it.
func serve(t *testing.T, s *Server, l net.Listener) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(15 * time.Second):
			t.Error("the server does not stop")
		}
	})
	t.Cleanup(stop)
	return stop
}

func start(t *testing.T, kind string) (*desk, string) {
	t.Helper()
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{came: make(chan struct{}, 1)}
	serve(t, &Server{Kind: kind, Name: "mesto.example", Accept: ours, Receive: d.Receive}, l)
	return d, l.Addr().String()
}

// A client says lines and hears replies.
type client struct {
	t *testing.T
	net.Conn
	r *bufio.Reader
}

func dial(t *testing.T, network, addr string) *client {
	t.Helper()
	c, err := net.Dial(network, addr)
	if err != nil {
		t.Fatal(err)
	}
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	t.Cleanup(func() { _ = c.Close() })
	cl := &client{t: t, Conn: c, r: bufio.NewReader(c)}
	cl.hear("220")
	return cl
}

func (c *client) send(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		c.t.Fatalf("%q: %v", text[:min(len(text), 60)], err)
	}
}

// hear reads one reply, which must begin with the code.
func (c *client) hear(code string) string {
	c.t.Helper()
	var all strings.Builder
	for {
		line, err := c.r.ReadString('\n')
		all.WriteString(line)
		if err != nil || len(line) < 4 {
			c.t.Fatalf("instead of %s: %q, %v", code, all.String(), err)
		}
		if line[3] != '-' {
			if !strings.HasPrefix(line, code) {
				c.t.Fatalf("instead of %s: %q", code, all.String())
			}
			return all.String()
		}
	}
}

func (c *client) say(line, code string) string {
	c.t.Helper()
	c.send(line + "\r\n")
	return c.hear(code)
}

// open says everything up to the text of a mail.
func (c *client) open(hello string) {
	c.t.Helper()
	c.say(hello+" relay.example", "250")
	c.say("MAIL FROM:<charita@example.org>", "250")
	c.say("RCPT TO:<odpoved+1@mesto.example>", "250")
}

func TestOneMailForManyRecipients(t *testing.T) {
	for kind, hello := range map[string]string{"lmtp": "LHLO", "smtp": "EHLO"} {
		t.Run(kind, func(t *testing.T) {
			d, addr := start(t, kind)
			c := dial(t, "tcp", addr)
			if said := c.say(hello+" relay.example", "250"); !strings.Contains(said, "SIZE 26214400") || !strings.Contains(said, "8BITMIME") || strings.Contains(said, "STARTTLS") {
				t.Errorf("offers %q", said)
			}
			c.say("MAIL FROM:<> BODY=8BITMIME", "250")
			c.say("RCPT TO:<odpoved+1@mesto.example>", "250")
			c.say("RCPT TO:<nikdo@jinde.example>", "550")
			c.say("RCPT TO:<odpoved+2@mesto.example>", "250")
			c.say("DATA", "354")
			// Neither a bare line feed nor a stuffed dot ends a mail.
			c.send("Subject: a\r\n\r\n\xbelu\x9d\n.\nx\r\n..\r\n.\r\n")
			c.hear("250")
			if kind == "lmtp" {
				c.hear("250")
			}
			c.say("QUIT", "221")
			want := []engine.Arrival{{Raw: []byte("Subject: a\r\n\r\n\xbelu\x9d\n.\nx\r\n.\r\n"), Via: kind, To: []string{"odpoved+1@mesto.example", "odpoved+2@mesto.example"}}}
			if diff := cmp.Diff(want, d.arrivals()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatWasNotStoredComesAgain(t *testing.T) {
	d, addr := start(t, "lmtp")
	d.setFail(errors.New("the disk is full"))
	c := dial(t, "tcp", addr)
	c.open("LHLO")
	c.say("RCPT TO:<odpoved+2@mesto.example>", "250")
	c.say("DATA", "354")
	for _, said := range []string{c.say("text\r\n.", "451"), c.hear("451")} {
		if strings.Contains(said, "disk") {
			t.Errorf("the client hears why: %q", said)
		}
	}
	d.setFail(nil)
	c.open("LHLO")
	c.say("DATA", "354")
	c.say("text\r\n.", "250")
	if got := d.arrivals(); len(got) != 1 {
		t.Errorf("%d mails", len(got))
	}
}

func TestBounds(t *testing.T) {
	d, addr := start(t, "smtp")
	c := dial(t, "tcp", addr)
	c.say("EHLO relay.example", "250")
	c.say("MAIL FROM:<a@example.org> SIZE=26214401", "552")
	c.open("EHLO")
	c.say("DATA", "354")
	block := bytes.Repeat([]byte(strings.Repeat("x", 76)+"\r\n"), 14000)
	for range 26 {
		c.send(string(block))
	}
	c.say(".", "552")
	c.open("EHLO")
	for i := range maxRecipients - 1 {
		c.say(fmt.Sprintf("RCPT TO:<odpoved+%d@mesto.example>", i), "250")
	}
	c.say("RCPT TO:<odpoved@mesto.example>", "452")
	c.say("DATA", "354")
	c.say(strings.Repeat("dlouhy radek ", 50000)+"\r\n.", "250") // 650 KB on one line
	if got := d.arrivals(); len(got) != 1 || len(got[0].To) != maxRecipients {
		t.Errorf("%d mails", len(got))
	}
}

// A client that goes away in the middle leaves nothing: neither in DATA nor in
// a chunk, where the library takes the end of the connection for that of the
// mail.
func TestHalfAMailIsNoMail(t *testing.T) {
	for kind, hello := range map[string]string{"lmtp": "LHLO", "smtp": "EHLO"} {
		for name, text := range map[string]string{
			"data": "DATA\r\nSubject: a\r\n\r\nhalf a ma", "data without dot": "DATA\r\nSubject: a\r\n\r\nhalf\r\n",
			"last chunk": "BDAT 100 LAST\r\nSubject: a\r\n\r\nhalf", "no last chunk": "BDAT 4\r\nhalf",
		} {
			t.Run(kind+" "+name, func(t *testing.T) {
				l, err := Listen("127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				d := &desk{}
				stop := serve(t, &Server{Kind: kind, Name: "mesto.example", Accept: ours, Receive: d.Receive}, l)
				c := dial(t, "tcp", l.Addr().String())
				c.open(hello)
				c.send(text)
				_ = c.Conn.(*net.TCPConn).CloseWrite()
				_, _ = io.Copy(io.Discard, c.r) // until the server has hung up
				stop()
				if got := d.arrivals(); len(got) != 0 {
					t.Errorf("half a mail was taken: %q", got[0].Raw)
				}
			})
		}
	}
}

func TestChunks(t *testing.T) {
	d, addr := start(t, "lmtp")
	c := dial(t, "tcp", addr)
	c.open("LHLO")
	c.send("BDAT 6\r\nfirst ")
	c.hear("250")
	c.send("BDAT 5 LAST\r\n.last")
	c.hear("250")
	if got := d.arrivals(); len(got) != 1 || string(got[0].Raw) != "first .last" {
		t.Errorf("%q", got)
	}
}

func TestStartTLS(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	certificate, pool := mailtest.Certificate(t, time.Now().Add(time.Hour))
	d := &desk{}
	stop := serve(t, &Server{Kind: "smtp", Name: "mesto.example", Accept: ours, Receive: d.Receive,
		TLS: &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}}, l)
	c := dial(t, "tcp", l.Addr().String())
	if said := c.say("EHLO relay.example", "250"); !strings.Contains(said, "STARTTLS") {
		t.Fatalf("offers %q", said)
	}
	c.send("STARTTLS\r\nMAIL FROM:<mezi@example.org>\r\n") // what somebody in between slips in is not obeyed
	c.hear("220")
	safe := tls.Client(c.Conn, &tls.Config{RootCAs: pool, ServerName: "127.0.0.1"})
	c = &client{t: t, Conn: safe, r: bufio.NewReader(safe)}
	c.say("RCPT TO:<odpoved+1@mesto.example>", "502")
	c.open("EHLO")
	c.say("DATA", "354")
	c.say("text\r\n.", "250")
	stop() // ends the connection under the encryption too
	if got := d.arrivals(); len(got) != 1 || got[0].From != "charita@example.org" {
		t.Errorf("%q", got)
	}
}

// A text that never ends is broken off, however many bytes still come.
func TestDripEnds(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{}
	serve(t, &Server{Kind: "smtp", Name: "mesto.example", Accept: ours, Receive: d.Receive, dataTimeout: 300 * time.Millisecond}, l)
	c := dial(t, "tcp", l.Addr().String())
	c.open("EHLO")
	c.say("DATA", "354")
	began := time.Now()
	for {
		if _, err := io.WriteString(c, "x\r\n"); err != nil {
			break
		}
		time.Sleep(20 * time.Millisecond) // the drip itself, not a wait for anything
	}
	if took := time.Since(began); took > 5*time.Second || len(d.arrivals()) != 0 {
		t.Errorf("broken off after %v with %d mails", took, len(d.arrivals()))
	}
}

func TestSilentClientIsSentAway(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	serve(t, &Server{Kind: "smtp", Name: "mesto.example", Accept: ours, commandTimeout: 200 * time.Millisecond}, l)
	dial(t, "tcp", l.Addr().String()).hear("421")
}

func TestSocket(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lmtp")
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	left.SetUnlinkOnClose(false)
	_ = left.Close() // as a killed process leaves it
	l, err := Listen("unix:" + path)
	if err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o660 {
		t.Errorf("mode %v, %v", st.Mode(), err)
	}
	if _, err := Listen("unix:" + path); engine.CodeOf(err) != engine.Unavailable {
		t.Errorf("a socket in use: %v", err)
	}
	d := &desk{}
	stop := serve(t, &Server{Kind: "lmtp", Name: "mesto.example", Accept: ours, Receive: d.Receive}, l)
	c := dial(t, "unix", path)
	c.open("LHLO")
	c.say("DATA", "354")
	c.say("text\r\n.", "250")
	stop()
	if len(d.arrivals()) != 1 {
		t.Errorf("%d mails", len(d.arrivals()))
	}
	if _, err := Listen("127.0.0.1:99999"); engine.CodeOf(err) != engine.Unavailable {
		t.Errorf("a port that cannot be: %v", err)
	}
}

// Told to stop, the server ends the mail under way with an answer and sends
// away who only waits.
func TestStopsBetweenMails(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{hold: make(chan struct{}), came: make(chan struct{}, 1)}
	s := &Server{Kind: "lmtp", Name: "mesto.example", Accept: ours, Receive: d.Receive}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	idle, busy := dial(t, "tcp", l.Addr().String()), dial(t, "tcp", l.Addr().String())
	busy.open("LHLO")
	busy.say("DATA", "354")
	busy.send("text\r\n.\r\n")
	<-d.came
	cancel()
	if _, err := idle.r.ReadByte(); err == nil {
		t.Error("who waits is not sent away")
	}
	close(d.hold)
	busy.hear("250")
	if err := <-ended; err != nil || len(d.arrivals()) != 1 {
		t.Errorf("%v, %d mails", err, len(d.arrivals()))
	}
}

// A mail that cannot be stored in time does not keep the server from stopping.
func TestStopsAtLast(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{came: make(chan struct{}, 1)}
	receive := func(ctx context.Context, a engine.Arrival) error {
		d.came <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	}
	s := &Server{Kind: "lmtp", Name: "mesto.example", Accept: ours, Receive: receive, stopTimeout: 100 * time.Millisecond}
	stop := serve(t, s, l)
	c := dial(t, "tcp", l.Addr().String())
	c.open("LHLO")
	c.say("DATA", "354")
	c.send("text\r\n.\r\n")
	<-d.came
	stop()
}

func TestThreeIsACrowd(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	d := newDoor(l, 2)
	in := make(chan net.Conn)
	go func() {
		for range 3 {
			c, err := d.Accept()
			if err != nil {
				return
			}
			in <- c
		}
	}()
	for range 3 {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	first := <-in
	<-in
	select {
	case <-in:
		t.Fatal("the third came in")
	case <-time.After(100 * time.Millisecond):
	}
	_ = first.Close()
	_ = first.Close() // gives one place only
	<-in
}

// Who came while the door was being closed does not stay.
func TestClosingDoor(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	d := newDoor(l, 2)
	d.closeIdle()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := d.Accept(); err != nil {
		t.Fatal(err)
	}
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := c.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a latecomer stays: %v", err)
	}
}

func TestServeSaysWhenItFails(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	if err := (&Server{Kind: "smtp"}).Serve(context.Background(), l); engine.CodeOf(err) != engine.Unavailable {
		t.Error(err)
	}
}
