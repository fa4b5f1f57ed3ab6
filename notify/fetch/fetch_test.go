package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/notify/inbox"
)

const (
	one   = "Subject: one\r\n\r\n1 ano\r\n"
	two   = "Subject: two\r\n\r\n\xbelu\x9d\r\n"
	three = "Subject: three\r\n\r\n3 ne\r\n"
)

func TestEmptiesTheMailbox(t *testing.T) {
	p := newPeer(t, one, two, three)
	d := &desk{}
	f := fetcher(p.account(), d)
	run(t, f, contact(f))
	if diff := cmp.Diff(map[string]int{one: 1, two: 1, three: 1}, d.got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{one, two, three}, p.boxes["Splneno"]); diff != "" {
		t.Error(diff)
	}
	if inbox, _ := p.remaining("Splneno"); inbox != 0 || p.count("UID STORE") != 0 || p.count("UID FETCH 10:12 (UID BODY.PEEK[])") != 1 {
		t.Errorf("%d left; %q", inbox, p.said)
	}
	if s := f.Status(); s.Mails != 3 || s.LastError != "" || s.Connected || s.Left != 0 {
		t.Errorf("%+v", s)
	}
}

// New mail wakes the fetcher out of its wait, by IDLE and where there is none
// by asking.
func TestNewMail(t *testing.T) {
	for name, change := range map[string]func(*peer){
		"idle":         func(*peer) {},
		"polling":      func(p *peer) { p.caps = strings.ReplaceAll(p.caps, " IDLE", "") },
		"idle refused": func(p *peer) { p.script["IDLE"] = refuse },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t)
			change(p)
			d := &desk{}
			var f *Fetcher
			put := false
			p.script["SELECT"] = func(*peerConn, string) (bool, error) {
				if contact(f)() && !put { // on the second look
					put = true
					p.mu.Lock()
					p.mails[99] = one
					p.mu.Unlock()
				}
				return false, nil
			}
			if name == "idle" {
				p.script["IDLE"] = func(c *peerConn, _ string) (bool, error) {
					if d.total() > 0 {
						return false, nil
					}
					err := errors.Join(c.say("+ idling"), c.say("* 1 EXISTS"))
					_, readErr := c.r.ReadString('\n')
					return true, errors.Join(err, readErr, c.ok())
				}
			}
			f = fetcher(p.account(), d)
			run(t, f, func() bool { return d.count(one) == 1 })
		})
	}
}

func refuse(c *peerConn, _ string) (bool, error) { return true, c.say("%s NO not now", c.tag) }

// Whatever the server does wrong once, the next connection goes well: nothing
// is lost, and what comes twice are the same bytes.
func TestOneBadConnection(t *testing.T) {
	hang := func(c *peerConn, _ string) (bool, error) {
		_, err := io.Copy(io.Discard, c.r)
		return true, errors.Join(err, io.EOF)
	}
	endless := func(begin, piece string) func(*peerConn, string) (bool, error) {
		return func(c *peerConn, _ string) (bool, error) {
			if _, err := io.WriteString(c, begin); err != nil {
				return true, err
			}
			for {
				if _, err := io.WriteString(c, piece); err != nil {
					return true, err
				}
			}
		}
	}
	kilobyte := strings.Repeat("x", 1000)
	tests := map[string]struct {
		verb   string
		script func(*peerConn, string) (bool, error)
		reason error
	}{
		"black hole at greeting":  {"greeting", hang, errSilent},
		"black hole at log-in":    {"AUTHENTICATE", hang, errSilent},
		"black hole after log-in": {"SELECT", hang, errSilent},
		"black hole at list":      {"FETCH", hang, errSilent},
		"black hole at fetch":     {"UID FETCH", hang, errSilent},
		"black hole at move":      {"UID MOVE", hang, errSilent},
		"black hole in a mail": {"UID FETCH", func(c *peerConn, a string) (bool, error) {
			_ = c.say("* 1 FETCH (UID 10 BODY[] {20}\r\nabc")
			return hang(c, a)
		}, errSilent},
		"endless mail":              {"UID FETCH", endless("* 1 FETCH (UID 10 BODY[] {9223372036854775807}\r\n", kilobyte), errLarge},
		"endless line":              {"SELECT", endless("* OK go ", kilobyte), errFlood},
		"endless word":              {"SELECT", endless("* ", kilobyte), errFlood},
		"endless mails of others":   {"UID FETCH", endless("", "* 1 FETCH (FLAGS (\\Seen))\r\n"), errFlood},
		"endless mail nobody asked": {"UID FETCH", endless("* 7 FETCH (BODY[] {9223372036854775807}\r\n", kilobyte), errFlood},
		"a mail breaks off": {"UID FETCH", func(c *peerConn, _ string) (bool, error) {
			return true, errors.Join(c.say("* 1 FETCH (UID 10 BODY[] {500}\r\nSubject: half"), io.EOF)
		}, nil},
		"goodbye at greeting": {"greeting", func(c *peerConn, _ string) (bool, error) { return true, errors.Join(c.say("* BYE busy"), io.EOF) }, nil},
		"goodbye in the middle": {"UID FETCH", func(c *peerConn, _ string) (bool, error) {
			return true, errors.Join(c.say("* BYE maintenance"), io.EOF)
		}, nil},
		"dies at move": {"UID MOVE", func(*peerConn, string) (bool, error) { return true, io.EOF }, nil},
		"moves and dies": {"UID MOVE", func(c *peerConn, a string) (bool, error) {
			c.left = 0
			return true, errors.Join(c.change("UID MOVE", a), io.EOF)
		}, nil},
		"another protocol":            {"greeting", func(c *peerConn, _ string) (bool, error) { return true, c.say("SSH-2.0-OpenSSH") }, nil},
		"nonsense":                    {"SELECT", func(c *peerConn, _ string) (bool, error) { return true, c.say("* (((((") }, nil},
		"a tag nobody used":           {"SELECT", func(c *peerConn, _ string) (bool, error) { return true, c.say("X9 OK done") }, nil},
		"list refused":                {"FETCH", refuse, nil},
		"mailbox refused":             {"SELECT", refuse, nil},
		"mails are listed, not given": {"UID FETCH", func(c *peerConn, _ string) (bool, error) { return true, c.ok() }, errNotGiven},
		"mails without bytes": {"UID FETCH", func(c *peerConn, _ string) (bool, error) {
			return true, errors.Join(c.say("* 1 FETCH (UID 10 BODY[] NIL)"), c.ok())
		}, errNotGiven},
		"user and password refused":    {"AUTHENTICATE", refuse, errRefused},
		"a continuation nobody wanted": {"SELECT", func(c *peerConn, _ string) (bool, error) { return true, c.say("+ go on") }, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, one, two)
			once := false
			p.script[tt.verb] = func(c *peerConn, args string) (bool, error) {
				p.mu.Lock()
				again := once
				once = true
				p.mu.Unlock()
				if again {
					return false, nil
				}
				return tt.script(c, args)
			}
			d := &desk{}
			f := fetcher(p.account(), d)
			f.flood = 1 << 20
			if tt.reason == errSilent {
				f.silence = 300 * time.Millisecond
			}
			err := f.session(context.Background())
			if engine.CodeOf(err) != engine.Unavailable || tt.reason != nil && !errors.Is(err, tt.reason) || strings.ContainsAny(err.Error(), "\r\n@") || strings.Contains(err.Error(), "goroutine") {
				t.Errorf("the reason: %v", err)
			}
			run(t, f, contact(f))
			if inbox, moved := p.remaining("Splneno"); inbox != 0 || moved != 2 || d.total() != 2 && name != "endless mail" {
				t.Errorf("%d left, %d moved, received %v", inbox, moved, d.got)
			}
		})
	}
}

// The connection is cut behind every byte the server says in a good session.
// Nothing of a broken session stays behind.
func TestCutAtEveryByte(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() { // after the peers have ended
		now := runtime.NumGoroutine()
		for range 500 {
			if now <= before {
				return
			}
			time.Sleep(10 * time.Millisecond)
			now = runtime.NumGoroutine()
		}
		t.Errorf("%d goroutines, %d before", now, before)
	})
	for at := 1; ; at++ {
		p := newPeer(t, one, two)
		p.cut = at
		d := &desk{}
		f := fetcher(p.account(), d)
		f.idle = time.Millisecond
		run(t, f, func() bool { return contact(f)() && p.count("SELECT") > 3 }) // and IDLE, twice
		if inbox, moved := p.remaining("Splneno"); inbox != 0 || moved != 2 || d.count(one) < 1 || d.count(two) < 1 || d.total() != 2 {
			t.Fatalf("cut after %d bytes: %d left, %d moved, received %v", at, inbox, moved, d.got)
		}
		if p.count("greeting") == 1 && at > 1 {
			t.Logf("cut at each of %d bytes", at-1)
			return
		}
	}
}

func TestMoveRefused(t *testing.T) {
	tests := map[string]struct {
		change             func(*peer)
		inbox, moved, left int
	}{
		"mailbox is made":      {func(p *peer) { delete(p.boxes, "Splneno") }, 0, 2, 0},
		"no move":              {func(p *peer) { p.caps = strings.ReplaceAll(p.caps, " MOVE", "") }, 0, 2, 0},
		"move refused":         {func(p *peer) { p.script["UID MOVE"] = refuse }, 0, 2, 0},
		"neither move nor uid": {func(p *peer) { p.caps = "IMAP4rev1 IDLE" }, 2, 0, 2},
		"copy refused":         {func(p *peer) { p.script["UID MOVE"], p.script["UID COPY"] = refuse, refuse }, 2, 0, 2},
		"delete refused":       {func(p *peer) { p.script["UID MOVE"], p.script["UID STORE"] = refuse, refuse }, 2, 2, 2},
		"expunge refused":      {func(p *peer) { p.script["UID MOVE"], p.script["UID EXPUNGE"] = refuse, refuse }, 2, 2, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t, one, two)
			tt.change(p)
			d := &desk{}
			f := fetcher(p.account(), d)
			f.idle = 5 * time.Millisecond
			run(t, f, func() bool { return contact(f)() && p.count("SELECT") > 5 })
			inbox, moved := p.remaining("Splneno")
			if inbox != tt.inbox || moved != tt.moved || f.Status().Left != tt.left || f.Status().LastError != "" {
				t.Errorf("%d left, %d moved, %+v", inbox, moved, f.Status())
			}
			if p.count("UID FETCH") != 1 || p.count("EXPUNGE") != 0 {
				t.Errorf("fetched again, or expunged for others: %q", p.said)
			}
			if tt.left == 0 {
				return
			}
			// A mailbox made anew has other mails under the same numbers.
			p.mu.Lock()
			p.validity, p.mails = 8, map[int]string{10: three}
			p.mu.Unlock()
			run(t, f, func() bool { return d.count(three) == 1 })
			if d.count(one) != 1 || d.count(two) != 1 {
				t.Errorf("received %v", d.got)
			}
		})
	}
}

// A person moves a mail the server did not let us move: its number is forgotten.
func TestLeftIsForgotten(t *testing.T) {
	p := newPeer(t, one)
	p.caps = "IMAP4rev1"
	f := fetcher(p.account(), &desk{})
	run(t, f, func() bool { return f.Status().Left == 1 })
	p.mu.Lock()
	clear(p.mails)
	p.mails[11] = two
	p.mu.Unlock()
	run(t, f, func() bool { return f.Status().Mails == 2 && p.count("NOOP") > 3 })
	if len(f.left) != 1 {
		t.Errorf("remembers %v", f.left)
	}
}

// While mails are fetched the server speaks of others, and mails go away.
func TestUnsolicited(t *testing.T) {
	p := newPeer(t, one, two, three)
	first := true
	p.script["UID FETCH"] = func(c *peerConn, args string) (bool, error) {
		if !first {
			return false, nil
		}
		first = false
		p.mu.Lock()
		delete(p.mails, 11) // by another client, after we have listed it
		p.mu.Unlock()
		return true, errors.Join(
			c.say("* 3 FETCH (FLAGS (\\Seen))"), c.say("* 2 EXPUNGE"), c.say("* 5 EXISTS"), c.say("* 0 RECENT"),
			c.say("* 1 FETCH (UID 10 FLAGS (\\Seen))"), // takes the place of its answer
			c.say("* 1 FETCH (UID 10 BODY[] {%d}\r\n%s)", len(one), one),
			c.say("* 9 FETCH (UID 77 BODY[] {3}\r\nabc)"), // nobody asked
			c.say("* 2 FETCH (BODY[] {%d}\r\n%s FLAGS (\\Seen) UID 12)", len(three), three), c.ok())
	}
	d := &desk{}
	f := fetcher(p.account(), d)
	run(t, f, contact(f))
	if diff := cmp.Diff(map[string]int{one: 1, three: 1}, d.got); diff != "" {
		t.Error(diff)
	}
	if inbox, moved := p.remaining("Splneno"); inbox != 0 || moved != 2 {
		t.Errorf("%d left, %d moved", inbox, moved)
	}
}

// Of a mail that is too large the header comes, and it does not come again.
func TestLargeMail(t *testing.T) {
	large := "Subject: large\r\nFrom: a@example.org\r\n\r\n" + strings.Repeat("x", 5000)
	p := newPeer(t, one, large, two)
	d := &desk{}
	f := fetcher(p.account(), d)
	f.maxMail = 4000
	run(t, f, contact(f))
	if diff := cmp.Diff(map[string]int{one: 1, two: 1, inbox.Oversized + "Subject: large\r\nFrom: a@example.org\r\n\r\n": 1}, d.got); diff != "" {
		t.Error(diff)
	}
	if inbox, moved := p.remaining("Splneno"); inbox != 0 || moved != 3 || !slices.Contains(p.said, "UID FETCH 11 (UID BODY.PEEK[HEADER]<0.1048576>)") {
		t.Errorf("%d left, %d moved, %q", inbox, moved, p.said)
	}
}

func TestManyMailsInBatches(t *testing.T) {
	var mails []string
	for i := range 2*maxBatch + 1 {
		mails = append(mails, fmt.Sprintf("Subject: %d\r\n\r\n%s", i, strings.Repeat("x", i)))
	}
	p := newPeer(t, mails...)
	d := &desk{}
	f := fetcher(p.account(), d)
	run(t, f, contact(f))
	if _, moved := p.remaining("Splneno"); moved != len(mails) || d.total() != len(mails) || p.count("UID FETCH") != 3 {
		t.Errorf("%d moved, %d received, %d commands", moved, d.total(), p.count("UID FETCH"))
	}
	f.maxMail = 100
	if batch, rest := (&session{Fetcher: f}).cut([]listed{{1, 60}, {2, 40}, {3, 1}, {4, 101}}); len(batch) != 2 || len(rest) != 2 {
		t.Errorf("batches by size: %v, %v", batch, rest)
	}
}

// A mail that cannot be stored stays, keeps no other from being taken, and is
// tried again after pauses that grow.
func TestWhatWasNotStoredComesAgain(t *testing.T) {
	p := newPeer(t, one, two, three)
	d := &desk{bad: "two"}
	f := fetcher(p.account(), d)
	var pauses []time.Duration
	f.sleep = func(ctx context.Context, pause time.Duration) error {
		pauses = append(pauses, pause)
		if len(pauses) == 9 {
			if s := f.Status(); !strings.Contains(s.LastError, "could not be stored") || s.Mails != 2 || s.Connected {
				t.Errorf("%+v", s)
			}
			d.mu.Lock()
			d.bad = ""
			d.mu.Unlock()
		}
		return ctx.Err()
	}
	run(t, f, contact(f))
	if _, moved := p.remaining("Splneno"); moved != 3 || d.count(one) != 1 || d.count(two) != 1 || d.count(three) != 1 {
		t.Errorf("%d moved, received %v", moved, d.got)
	}
	s := time.Second
	if diff := cmp.Diff([]time.Duration{5 * s, 10 * s, 20 * s, 40 * s, 80 * s, 160 * s, 300 * s, 300 * s, 300 * s}, pauses); diff != "" {
		t.Error(diff)
	}
	if s := f.Status(); s.LastError != "" {
		t.Errorf("%+v", s)
	}
}

// Storing may take longer than a server may be silent.
func TestSlowStore(t *testing.T) {
	p := newPeer(t, one, two)
	d := &desk{}
	f := fetcher(p.account(), d)
	f.silence = 200 * time.Millisecond
	d.hook = func() { time.Sleep(400 * time.Millisecond) } // the slow store itself
	run(t, f, contact(f))
	if d.count(one) != 1 || d.count(two) != 1 || p.count("greeting") != 1 {
		t.Errorf("received %v over %d connections", d.got, p.count("greeting"))
	}
}

// A slow server is not a silent one.
func TestSlowServer(t *testing.T) {
	p := newPeer(t, one)
	p.script["UID FETCH"] = func(c *peerConn, _ string) (bool, error) {
		answer := fmt.Sprintf("* 1 FETCH (UID 10 BODY[] {%d}\r\n%s)\r\n", len(one), one)
		for i := 0; i < len(answer); i += 2 {
			if _, err := io.WriteString(c, answer[i:min(i+2, len(answer))]); err != nil {
				return true, err
			}
			time.Sleep(30 * time.Millisecond) // the slow server itself
		}
		return true, c.ok()
	}
	d := &desk{}
	f := fetcher(p.account(), d)
	f.silence = 300 * time.Millisecond
	run(t, f, contact(f))
	if d.count(one) != 1 || p.count("greeting") != 1 {
		t.Errorf("received %v over %d connections", d.got, p.count("greeting"))
	}
}

func TestDoneBelowInbox(t *testing.T) {
	p := newPeer(t, one)
	p.personal = "INBOX."
	d := &desk{}
	f := fetcher(p.account(), d)
	run(t, f, contact(f))
	if _, moved := p.remaining("INBOX.Splneno"); moved != 1 {
		t.Errorf("%q", p.boxes)
	}
}

// The server falls asleep in IDLE: the connection is tried in time, and a new
// one made.
func TestDeafIdle(t *testing.T) {
	p := newPeer(t)
	p.script["IDLE"] = func(c *peerConn, _ string) (bool, error) {
		_ = c.say("+ idling")
		_, err := io.Copy(io.Discard, c.r)
		return true, errors.Join(err, io.EOF)
	}
	f := fetcher(p.account(), &desk{})
	f.silence, f.idle = 100*time.Millisecond, 100*time.Millisecond
	run(t, f, func() bool { return p.count("greeting") >= 3 })
	if err := f.Status().LastError; err != "" && !strings.Contains(err, errSilent.Error()) {
		t.Error(err)
	}
}

func TestParseURL(t *testing.T) {
	want := map[string]Account{
		"imaps://mesto%40example.cz:t%2Fajn%C3%A9@posta.example.cz": {Addr: "posta.example.cz:993", Security: Implicit, User: "mesto@example.cz", Password: "t/ajn\u00e9", Mailbox: "INBOX", Done: "Splneno"},
		"imaps://mesto@posta.example.cz:1993/Plan/2026":             {Addr: "posta.example.cz:1993", Security: Implicit, User: "mesto", Mailbox: "Plan/2026", Done: "Splneno"},
		"imap://mesto:x@posta.example.cz/":                          {Addr: "posta.example.cz:143", Security: StartTLS, User: "mesto", Password: "x", Mailbox: "INBOX", Done: "Splneno"},
		"imap://mesto:x@127.0.0.1:1143/INBOX":                       {Addr: "127.0.0.1:1143", Security: Plain, User: "mesto", Password: "x", Mailbox: "INBOX", Done: "Splneno"},
		"imap://mesto:x@[::1]":                                      {Addr: "[::1]:143", Security: Plain, User: "mesto", Password: "x", Mailbox: "INBOX", Done: "Splneno"},
	}
	for address, a := range want {
		got, err := ParseURL(address)
		if diff := cmp.Diff(a, got, cmp.Comparer(func(a, b func(context.Context) (string, error)) bool { return (a == nil) == (b == nil) })); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", address, err, diff)
		}
	}
	for _, address := range []string{"", "posta.example.cz", "pop3://u:secret@h", "imaps://posta.example.cz", "imaps://:secret@h", "imaps://u:secret@", "imaps://u:secret@h/INBOX?x=y",
		"imaps://u:secret@h#x", "imaps://u:sec%ret@h", "imaps://u:secret@h:port", "imaps://u:secret@h/splneno"} {
		if _, err := ParseURL(address); engine.CodeOf(err) != engine.Invalid || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "sec%ret") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
