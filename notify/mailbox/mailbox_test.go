package mailbox

import (
	"net"
	"net/smtp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

const sample = "From: plan@klatovy.cz\r\nSubject: =?utf-8?q?Pl=C3=A1n?=\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n" +
	"--m\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nahoj\r\n--m\r\nContent-Type: text/html\r\n\r\n<p>ok</p>\r\n" +
	"--m\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"a.csv\"\r\n\r\na,b,c\r\n--m--\r\n"

func start(t *testing.T) *Mailbox {
	t.Helper()
	b, err := Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func TestKeepsWhatArrives(t *testing.T) {
	b := start(t)
	if err := smtp.SendMail(b.Addr(), nil, "plan@klatovy.cz", []string{"info@charita.cz"}, []byte(sample)); err != nil {
		t.Fatal(err)
	}
	got := b.Messages()
	want := []Message{{Number: 1, From: "plan@klatovy.cz", To: []string{"info@charita.cz"}, Raw: []byte(sample)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	m := got[0]
	if m.Subject() != "Plán" || m.Header("From") != "plan@klatovy.cz" {
		t.Errorf("headers %q, %q", m.Subject(), m.Header("From"))
	}
	if m.Text() != "ahoj" || m.HTML() != "<p>ok</p>" {
		t.Errorf("parts %q, %q", m.Text(), m.HTML())
	}
	if diff := cmp.Diff([]engine.Attachment{{Name: "a.csv", Type: "text/csv", Data: []byte("a,b,c")}}, m.Attachments()); diff != "" {
		t.Error(diff)
	}
}

func TestListensOnThisMachineOnly(t *testing.T) {
	for _, addr := range []string{":2525", "0.0.0.0:0", "192.0.2.1:25", "example.cz:25", "127.0.0.1"} {
		if b, err := Start(addr); engine.CodeOf(err) != engine.Invalid {
			b.Close()
			t.Errorf("Start(%q) = %v", addr, err)
		}
	}
	if _, err := Start(start(t).Addr()); engine.CodeOf(err) != engine.Unavailable {
		t.Errorf("a taken port: %v", err)
	}
}

func TestBounded(t *testing.T) {
	b := &Mailbox{}
	for range maxMessages + 5 {
		b.add(Message{Raw: make([]byte, 10)})
	}
	if got := b.Messages(); len(got) != maxMessages || got[0].Number != 6 {
		t.Errorf("%d messages kept, the oldest is %d", len(got), got[0].Number)
	}
	for range 7 {
		b.add(Message{Raw: make([]byte, maxMessage)})
	}
	if b.bytes > maxBytes || b.Messages()[len(b.Messages())-1].Number != maxMessages+12 {
		t.Errorf("%d bytes kept", b.bytes)
	}
}

func TestCloseTwice(t *testing.T) {
	b := start(t)
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if c, err := net.Dial("tcp", b.Addr()); err == nil {
		c.Close()
		t.Error("still listening after Close")
	}
}

func TestBrokenMailIsEmpty(t *testing.T) {
	m := Message{Raw: []byte("no header")}
	if m.Subject()+m.Text()+m.HTML() != "" || m.Attachments() != nil {
		t.Errorf("something was read of nothing: %q", m.Subject())
	}
}
