package listen

import (
	"bytes"
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"splneno/notify/mailtest"
)

// eventually waits until ok, as a mail server takes the time it takes.
func eventually(t *testing.T, p *mailtest.Postfix, what string, ok func() bool) {
	t.Helper()
	for deadline := time.After(20 * time.Second); !ok(); {
		select {
		case <-deadline:
			t.Fatalf("%s: not so\n%s", what, p.Log())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// A real Postfix brings the answers of a town: it keeps what we cannot take,
// because we are down or the disk is full, and brings it when we can.
func TestPostfixBringsEveryMail(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	p := mailtest.NewPostfix(t, addr, "odpoved", "plan")
	d := &desk{fail: errors.New("the disk is full"), came: make(chan struct{}, 1)}
	server := &Server{Kind: "lmtp", Name: "mesto.example", Receive: d.Receive,
		Accept: func(a string) bool { return strings.HasSuffix(a, "@example.cz") }}
	stop := serve(t, server, l)

	mail := []byte("From: charita@example.org\r\nSubject: Re: =?utf-8?q?=C5=BDl=C3=A1dost?=\r\nMessage-ID: <a@example.org>\r\nDate: Sun, 22 Nov 2026 06:39:34 +0100\r\n\r\n1 ano\r\n.tecka\r\n")
	p.Deliver("odpoved@example.cz", mail)
	<-d.came // tried, and told to come again
	if n := len(p.Waiting()); n != 1 {
		t.Errorf("%d mails wait", n)
	}
	d.setFail(nil)
	eventually(t, p, "what was not stored comes again", func() bool { p.Flush(); return len(d.arrivals()) == 1 })

	stop()
	p.Deliver("plan@example.cz", mail)
	eventually(t, p, "a mail waits while nobody listens", func() bool { return strings.Contains(p.Log(), "Connection refused") })
	p.Restart()
	if l, err = net.Listen("tcp", addr); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, l) }()
	eventually(t, p, "what waited comes", func() bool { p.Flush(); return len(d.arrivals()) == 2 })
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	for i, a := range d.arrivals() {
		if a.From != "odesilatel@example.org" || len(a.To) != 1 || !bytes.HasSuffix(a.Raw, mail) {
			t.Errorf("mail %d from %q to %q:\n%s", i, a.From, a.To, a.Raw)
		}
	}
}
