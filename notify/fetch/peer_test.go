package fetch

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"splneno/engine"
)

// A peer is a small IMAP server with one mailbox. For every verb ("greeting",
// "CAPABILITY", "UID FETCH" and so on) a script may stand in for what it does; the
// script says whether it did, and ends the connection by an error.
type peer struct {
	t        *testing.T
	addr     string
	caps     string
	personal string // prefix of mailboxes
	cert     *tls.Certificate

	mu       sync.Mutex
	validity int
	mails    map[int]string
	deleted  map[int]bool
	boxes    map[string][]string // made, with what was moved there
	said     []string
	script   map[string]func(c *peerConn, args string) (bool, error)
	cut      int // ends the next connection after so many bytes, 0 for never
	idling   chan struct{}
}

const allCaps = "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 IDLE MOVE UIDPLUS NAMESPACE"

func newPeer(t *testing.T, mails ...string) *peer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &peer{t: t, addr: l.Addr().String(), caps: allCaps, validity: 7, mails: map[int]string{}, deleted: map[int]bool{},
		boxes: map[string][]string{"Splneno": nil}, script: map[string]func(*peerConn, string) (bool, error){}, idling: make(chan struct{}, 1)}
	for i, raw := range mails {
		p.mails[10+i] = raw
	}
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer context.AfterFunc(ctx, func() { _ = c.Close() })()
				p.serve(c)
			})
		}
	})
	t.Cleanup(func() { cancel(); _ = l.Close(); wg.Wait() })
	return p
}

// account is the way into the peer, as it was set up until now.
func (p *peer) account() Account {
	p.mu.Lock() // so that its goroutines see that
	defer p.mu.Unlock()
	return Account{Addr: p.addr, Security: Plain, User: "mesto@example.cz", Password: "tajne", Mailbox: "INBOX", Done: "Splneno"}
}

// A peerConn is one connection. tag is of the command being answered.
type peerConn struct {
	*peer
	net.Conn
	r    *bufio.Reader
	tag  string
	left int // bytes before the connection is cut, -1 for never
}

var errCut = errors.New("cut")

func (c *peerConn) Write(b []byte) (int, error) {
	if c.left >= 0 {
		b = b[:min(len(b), c.left)]
		c.left -= len(b)
	}
	n, err := c.Conn.Write(b)
	if c.left == 0 {
		return n, errCut
	}
	return n, err
}

func (c *peerConn) say(format string, args ...any) error {
	_, err := fmt.Fprintf(c, format+"\r\n", args...)
	return err
}

func (c *peerConn) ok() error { return c.say("%s OK done", c.tag) }

func (p *peer) serve(raw net.Conn) {
	defer raw.Close()
	p.mu.Lock()
	c := &peerConn{peer: p, Conn: raw, r: bufio.NewReader(raw), left: -1}
	if p.cut > 0 {
		c.left, p.cut = p.cut-1, 0
	}
	p.mu.Unlock()
	if c.left == 0 || c.answer("greeting", "", func() error { return c.say("* OK [CAPABILITY %s] ready", p.caps) }) != nil {
		return
	}
	for {
		line, err := c.r.ReadString('\n')
		if err != nil || c.obey(strings.TrimRight(line, "\r\n")) != nil {
			return
		}
	}
}

// answer follows the script of the verb, or does what is usual.
func (c *peerConn) answer(verb, args string, usual func() error) error {
	c.mu.Lock()
	c.said = append(c.said, strings.TrimSpace(verb+" "+args))
	script := c.script[verb]
	c.mu.Unlock()
	if script != nil {
		if did, err := script(c, args); did || err != nil {
			return err
		}
	}
	return usual()
}

func (c *peerConn) obey(line string) error {
	tag, rest, _ := strings.Cut(line, " ")
	verb, args, _ := strings.Cut(rest, " ")
	if verb == "UID" {
		more, after, _ := strings.Cut(args, " ")
		verb, args = "UID "+more, after
	}
	c.tag = tag
	return c.answer(verb, args, func() error { return c.usual(verb, args) })
}

func (c *peerConn) usual(verb, args string) error {
	switch verb {
	case "CAPABILITY":
		return errors.Join(c.say("* CAPABILITY %s", c.caps), c.ok())
	case "NAMESPACE":
		return errors.Join(c.say(`* NAMESPACE (("%s" ".")) NIL NIL`, c.personal), c.ok())
	case "SELECT", "EXAMINE":
		c.mu.Lock()
		n, validity := len(c.mails), c.validity
		c.mu.Unlock()
		return errors.Join(c.say("* %d EXISTS", n), c.say("* OK [UIDVALIDITY %d] valid", validity), c.ok())
	case "FETCH":
		return c.fetchSizes()
	case "UID FETCH":
		return c.fetchBodies(args)
	case "UID MOVE", "UID COPY", "UID STORE", "UID EXPUNGE", "CREATE":
		return c.change(verb, args)
	case "STARTTLS":
		if err := c.ok(); err != nil {
			return err
		}
		c.Conn = tls.Server(c.Conn, &tls.Config{Certificates: []tls.Certificate{*c.cert}, MinVersion: tls.VersionTLS12})
		c.r = bufio.NewReader(c.Conn)
		return nil
	case "IDLE":
		return c.idle()
	}
	return c.ok() // LOGIN, AUTHENTICATE with its first answer, NOOP
}

func (c *peerConn) uids() []int {
	var uids []int
	for uid := range c.mails {
		uids = append(uids, uid)
	}
	slices.Sort(uids)
	return uids
}

func (c *peerConn) fetchSizes() error {
	c.mu.Lock()
	var out strings.Builder
	for i, uid := range c.uids() {
		fmt.Fprintf(&out, "* %d FETCH (UID %d RFC822.SIZE %d)\r\n", i+1, uid, len(c.mails[uid]))
	}
	c.mu.Unlock()
	_, err := io.WriteString(c, out.String())
	return errors.Join(err, c.ok())
}

func (c *peerConn) fetchBodies(args string) error {
	set, _, _ := strings.Cut(args, " ")
	c.mu.Lock()
	var out strings.Builder
	for i, uid := range c.uids() {
		raw, section := c.mails[uid], "BODY[]"
		if !within(set, uid) {
			continue
		}
		if strings.Contains(args, "HEADER") {
			head, _, _ := strings.Cut(raw, "\r\n\r\n")
			raw, section = head+"\r\n\r\n", "BODY[HEADER]<0>"
		}
		fmt.Fprintf(&out, "* %d FETCH (UID %d %s {%d}\r\n%s)\r\n", i+1, uid, section, len(raw), raw)
	}
	c.mu.Unlock()
	_, err := io.WriteString(c, out.String())
	return errors.Join(err, c.ok())
}

func within(set string, uid int) bool {
	return slices.ContainsFunc(strings.Split(set, ","), func(r string) bool {
		from, to, isRange := strings.Cut(r, ":")
		a, _ := strconv.Atoi(from)
		b, _ := strconv.Atoi(to)
		return a == uid || isRange && a <= uid && uid <= b
	})
}

// change moves and deletes.
func (c *peerConn) change(verb, args string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	set, rest, _ := strings.Cut(args, " ")
	box := strings.Trim(rest, `"`)
	if verb == "CREATE" {
		c.boxes[strings.Trim(args, `"`)] = nil
		return c.ok()
	}
	if _, there := c.boxes[box]; !there && (verb == "UID MOVE" || verb == "UID COPY") {
		return c.say("%s NO [TRYCREATE] no such mailbox", c.tag)
	}
	for _, uid := range c.uids() {
		if !within(set, uid) {
			continue
		}
		if verb == "UID MOVE" || verb == "UID COPY" {
			c.boxes[box] = append(c.boxes[box], c.mails[uid])
		}
		if verb == "UID MOVE" || verb == "UID EXPUNGE" && c.deleted[uid] {
			delete(c.mails, uid)
		}
		c.deleted[uid] = c.deleted[uid] || verb == "UID STORE"
	}
	return c.ok()
}

func (c *peerConn) idle() error {
	if err := c.say("+ idling"); err != nil {
		return err
	}
	select {
	case c.idling <- struct{}{}:
	default:
	}
	if _, err := c.r.ReadString('\n'); err != nil { // DONE
		return err
	}
	return c.ok()
}

// count says how often something was said that begins so.
func (p *peer) count(begin string) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.said {
		if strings.HasPrefix(s, begin) {
			n++
		}
	}
	return n
}

// remaining gives how many mails lie in the INBOX, and in Done.
func (p *peer) remaining(done string) (inbox, moved int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.mails), len(p.boxes[done])
}

// A desk is where mail ends up in these tests: how often each came.
type desk struct {
	mu   sync.Mutex
	got  map[string]int
	bad  string // a mail with this text cannot be stored
	hook func()
}

func (d *desk) receive(_ context.Context, a engine.Arrival) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.hook != nil {
		d.hook()
	}
	if a.Via != "imap" || d.bad != "" && strings.Contains(string(a.Raw), d.bad) {
		return errors.New("the disk is full")
	}
	if d.got == nil {
		d.got = map[string]int{}
	}
	d.got[string(a.Raw)]++
	return nil
}

func (d *desk) count(raw string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.got[raw]
}

func (d *desk) total() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.got)
}

// fetcher makes a Fetcher that loses its patience soon and never pauses.
func fetcher(a Account, d *desk) *Fetcher {
	f := New(a, time.Now, d.receive)
	f.silence, f.idle, f.poll = 10*time.Second, 10*time.Second, 20*time.Millisecond
	f.sleep = func(ctx context.Context, _ time.Duration) error { return pause(ctx, time.Millisecond) }
	return f
}

// run fetches until ok says it is enough.
func run(t *testing.T, f *Fetcher, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	ended := make(chan struct{})
	go func() { f.Run(ctx); close(ended) }()
	enough := ok()
	for ; !enough && ctx.Err() == nil; enough = ok() {
		time.Sleep(2 * time.Millisecond)
	}
	if !enough {
		t.Errorf("not what was waited for; status %+v", f.Status())
	}
	cancel()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Fatal("Run does not end")
	}
}

// contact is reached when the mailbox was seen without new mail.
func contact(f *Fetcher) func() bool {
	return func() bool { return !f.Status().LastContact.IsZero() }
}
