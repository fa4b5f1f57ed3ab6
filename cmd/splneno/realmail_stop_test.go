package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net"
	"net/textproto"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/mailbox"
	"splneno/notify/mailtest"
)

// TestStopsWithWorkInFlight tells the real program to end, twice. First while a
// client is in the middle of bringing a reply, others only sit there, and the
// mail server holds back what became of the receipts; then while it fetches and
// reads. It ends in good order and in time, and the next run finds everything.
func TestStopsWithWorkInFlight(t *testing.T) {
	const replies, last = 60, 59
	d := mailtest.NewDovecot(t)
	out, slow := sink(t), newHoldingServer(t)
	addresses, numbers := bodies(replies)
	w := newTown(t, slow.Addr().String(), d.User, addresses...)
	onFailure(t, d.Log)
	w.secrets = append(w.secrets, d.Password)
	w.do("--smtp", "smtp://"+out.Addr(), "tick")
	mails := make([][]byte, replies)
	for i, address := range addresses {
		l, ok := letter(out.Messages(), address)
		if !ok {
			t.Fatalf("no letter to organisation %d", i)
		}
		_, mails[i] = w.reply(l, address, i)
	}
	put := func(raws [][]byte) {
		for _, raw := range raws {
			d.Deliver(raw)
		}
	}
	program, socket := build(t, w.dir), filepath.Join(w.dir, "lmtp")
	serve := func() *served {
		return w.start(exec.Command(program), "--imap", imapURL(d), "--lmtp", "unix:"+socket)
	}
	put(mails[:10])
	s := serve()
	sit(t, "unix", socket)
	ask(t, sit(t, "unix", socket), "LHLO sedi.example", 250)
	sit(t, "tcp", s.pages()) // as browsers do ahead of a click
	rest := halfway(t, socket, d.User, mails[last])
	w.eventually("the mail server holds a mail back", func() bool { return len(slow.inHand) > 0 })
	put(mails[10:20])
	s.terminate()
	ask(t, rest.Conn, string(mails[last][rest.sent:])+".", 250)
	s.leaves(10 * time.Second)
	id := fmt.Sprintf("%x", sha256.Sum256(mails[last]))
	if !slices.ContainsFunc(w.came(), func(in engine.Inbound) bool { return in.Via == "lmtp" && in.ID == id }) {
		t.Error("what was acknowledged at the end is not stored")
	}

	slow.release()
	put(mails[20:last])
	s = serve()
	w.eventually("it is fetching", func() bool { return len(w.came()) >= 25 })
	s.terminate()
	s.leaves(10 * time.Second)
	t.Logf("at its end %d mails were stored, %d understood, %d lay in the mailbox", len(w.came()), len(w.came(engine.InboundAnswer)), len(d.Mailbox("")))

	w.at = time.Now().In(w.zone).Add(2 * time.Hour).Format("2006-01-02T15:04") // all leases have ended
	w.serve("--imap", imapURL(d))
	w.eventually("every reply is an answer", func() bool { return len(w.came(engine.InboundAnswer)) == replies })
	w.acknowledged(replies, slow.mails)
	w.answered(numbers...)
	w.discreet()
}

// mails gives what the server has taken.
func (s *holdingServer) mails() (all []mailbox.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, raw := range s.taken {
		all = append(all, mailbox.Message{Raw: []byte(raw)})
	}
	return all
}

// sit connects and says nothing.
func sit(t *testing.T, network, address string) *textproto.Conn {
	t.Helper()
	c, err := net.DialTimeout(network, address, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(25 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return textproto.NewConn(c)
}

// ask says something to a mail server, which greets before it answers hello.
func ask(t *testing.T, c *textproto.Conn, line string, want int) {
	t.Helper()
	if err := c.PrintfLine("%s", line); err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(line, "LHLO") {
		if _, _, err := c.ReadResponse(220); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := c.ReadResponse(want); err != nil {
		t.Fatalf("after %.20q: %v", line, err)
	}
}

// A bringer is a client in the middle of bringing a mail.
type bringer struct {
	*textproto.Conn
	sent int // bytes of it
}

// halfway brings the first half of a mail.
func halfway(t *testing.T, socket, to string, raw []byte) bringer {
	t.Helper()
	b := bringer{Conn: sit(t, "unix", socket), sent: bytes.IndexByte(raw[len(raw)/2:], '\n') + len(raw)/2 + 1}
	ask(t, b.Conn, "LHLO prinasi.example", 250)
	ask(t, b.Conn, "MAIL FROM:<vedeni@prinasi.example>", 250)
	ask(t, b.Conn, "RCPT TO:<"+to+">", 250)
	ask(t, b.Conn, "DATA", 354)
	if _, err := b.W.Write(raw[:b.sent]); err != nil {
		t.Fatal(err)
	}
	if err := b.W.Flush(); err != nil {
		t.Fatal(err)
	}
	return b
}
