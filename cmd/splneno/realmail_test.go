package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/notify/mailbox"
	"splneno/notify/mailtest"
)

// TestRealMailByLMTP lives through a season between real mail servers: letters
// leave through Postfix, lie in Dovecot, and are answered through Postfix, which
// brings the replies by LMTP and keeps one while nobody takes it. Letters to
// nobody come back as bounces.
func TestRealMailByLMTP(t *testing.T) {
	const charity, diaconia, nobody = "mesto+charita@example.cz", "mesto+diakonie@example.cz", "nikdo@example.cz"
	d := mailtest.NewDovecot(t)
	p := mailtest.NewPostfix(t, d.LMTP, "mesto", "nikdo", "odpovedi")
	w := newTown(t, p.SMTP, "odpovedi+{token}@example.cz", charity, diaconia, nobody)
	onFailure(t, p.Log, d.Log)
	socket := filepath.Join(sharedDir(t, w.dir), "lmtp")
	route(t, p, "odpovedi@example.cz", "lmtp:unix:"+socket)
	s := w.serve("--lmtp", "unix:"+socket)
	inbox := func() []mailbox.Message { return delivered(d, "") }
	answer := func(from string, n int) {
		var asked mailbox.Message
		w.eventually("the letter lies in the mailbox of the organisation", func() (ok bool) {
			asked, ok = letter(inbox(), from)
			return ok
		})
		to, raw := w.reply(asked, from, n)
		if err := mailtest.Send(p.SMTP, "EHLO", from, to, raw); err != nil {
			t.Fatal(err)
		}
	}
	answer(charity, 0)
	w.eventually("the reply is an answer", func() bool { return len(w.came(engine.InboundAnswer)) == 1 })
	w.proposed(0)
	w.acknowledged(1, inbox)
	if text := (mailbox.Message{Raw: receipts(inbox())[charity][0]}).Text(); !strings.Contains(text, "1000") {
		t.Errorf("the receipt does not say what was understood:\n%s", text)
	}
	w.eventually("the letter to nobody came back", func() bool { return len(w.came(engine.InboundBounce)) == 1 })
	if bounce := w.came(engine.InboundBounce)[0]; bounce.Via != "lmtp" || bounce.EnvelopeFrom != "" || bounce.Mail.Report == nil || !bounce.Mail.Report.Hard() {
		t.Errorf("the bounce: %+v", bounce.Mail.Report)
	}
	if list, err := w.db.Tenant("mesto").Messages(context.Background(), 0, engine.Bounced); err != nil || len(list) != 1 || list[0].To != nobody || list[0].LastError == "" {
		t.Errorf("the letter to nobody is not marked: %+v, %v", list, err)
	}
	if strings.Contains(w.do("organisation", "list"), "does not arrive") {
		t.Error("one bounce is taken for a proof")
	}

	s.kill()
	answer(diaconia, 1)
	w.eventually("Postfix keeps the reply", func() bool { return strings.Contains(p.Log(), "status=deferred") })
	w.at = reminder
	w.serve("--lmtp", "unix:"+socket)
	w.eventually("what Postfix kept is an answer", func() bool { p.Flush(); return len(w.came(engine.InboundAnswer)) == 2 })
	w.acknowledged(2, inbox)
	w.eventually("the reminder to nobody came back", func() bool { return len(w.came(engine.InboundBounce)) == 2 })
	if list := w.do("organisation", "list"); strings.Count(list, nobody+": mail does not arrive") != 1 || strings.Count(list, "does not arrive") != 1 {
		t.Errorf("two bounces, and the contact is not set aside:\n%s", list)
	}
	if n := len(w.came()); n != 4 {
		t.Errorf("%d mails came in, want two replies and two bounces", n)
	}
	w.proposed(0, 1)
	w.do("verify")
	w.discreet()
}

// TestRealMailByIMAP lets sixty organisations answer while the program is killed
// three times and the mail server once. Every reply is an answer exactly once,
// and everything was moved.
func TestRealMailByIMAP(t *testing.T) {
	const replies = 60
	d := mailtest.NewDovecot(t)
	out := sink(t)
	addresses, numbers := bodies(replies)
	w := newTown(t, out.Addr(), d.User, addresses...)
	onFailure(t, d.Log)
	w.secrets = append(w.secrets, d.Password)
	serve := func(at string) *served {
		w.at = at
		return w.serve("--imap", imapURL(d))
	}
	s := serve(morning)
	w.eventually("everybody is asked", func() bool { return len(out.Messages()) == replies })
	letters, next := out.Messages(), 0
	put := func(n int) {
		for range n {
			l, ok := letter(letters, addresses[next])
			if !ok {
				t.Fatalf("no letter to organisation %d", next)
			}
			_, raw := w.reply(l, addresses[next], next)
			d.Deliver(raw)
			next++
		}
	}
	stored := func(n int) {
		t.Helper()
		w.eventually(fmt.Sprintf("%d mails are stored", n), func() bool { return len(w.came()) >= n })
	}
	kill := func() {
		s.kill()
		t.Logf("killed with %d mails stored, %d understood, %d moved, %d not", len(w.came()), len(w.came(engine.InboundAnswer)), len(d.Mailbox("Splneno")), len(d.Mailbox("")))
	}
	put(20) // while it waits
	stored(5)
	kill()
	put(20) // while it is down
	s = serve("2024-01-10T10:00")
	stored(25)
	kill()
	s = serve("2024-01-10T11:30")
	stored(35)
	d.Kill()
	d.Restart()
	put(20) // which only another connection can fetch
	stored(52)
	kill()
	serve("2024-01-10T13:00")
	w.eventually("the mailbox is empty", func() bool { return len(d.Mailbox("")) == 0 })
	w.eventually("every reply is an answer", func() bool { return len(w.came(engine.InboundAnswer)) == replies })
	w.answered(numbers...)
	// A server killed in the middle of a MOVE may have copied and not removed yet:
	// then the folder has a mail twice, and nothing counts twice.
	if n := len(distinct(d.Mailbox("Splneno"))); n != replies {
		t.Errorf("%d mails were moved, %d different ones, want %d", len(d.Mailbox("Splneno")), n, replies)
	}
	w.acknowledged(replies, out.Messages)
	w.discreet()
}

// TestMailByFolderAndPipe takes one reply out of the folder and one from a pipe
// while the server runs.
func TestMailByFolderAndPipe(t *testing.T) {
	const folder, pipe = "slozka@charita.example", "roura@diakonie.example"
	out := sink(t)
	w := newTown(t, out.Addr(), "odpovedi+{token}@example.cz", folder, pipe)
	dir := t.TempDir()
	w.serve("--mail-drop", dir)
	w.eventually("both are asked", func() bool { return len(out.Messages()) == 2 })

	asked, _ := letter(out.Messages(), pipe)
	_, raw := w.reply(asked, pipe, 1)
	cmd := exec.Command("splneno", "receive", "--from", pipe)
	cmd.Dir, cmd.Env, cmd.Stdin = w.dir, append(w.env, "SPLNENO_TEST_NOW="+w.at), bytes.NewReader(raw)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("receive: %v\n%s", err, said)
	}
	w.proposed(1) // the pipe has read it, and the server need not

	asked, _ = letter(out.Messages(), folder)
	_, raw = w.reply(asked, folder, 0)
	file := filepath.Join(dir, "odpoved.eml")
	if err := os.WriteFile(file+".tmp", raw, 0o600); err != nil {
		t.Fatal(err)
	}
	long := w.clock().AddDate(0, 0, -1) // the clock of the server stands in another year
	if err := os.Chtimes(file+".tmp", long, long); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+".tmp", file); err != nil {
		t.Fatal(err)
	}
	w.eventually("both are answers", func() bool { return len(w.came(engine.InboundAnswer)) == 2 })
	w.eventually("the file is put aside", func() bool {
		_, err := os.Stat(filepath.Join(dir, "zpracovano", "odpoved.eml"))
		return err == nil
	})
	w.answered(0, 1)
	w.acknowledged(2, out.Messages)
	ways := map[string]bool{}
	for _, in := range w.came() {
		ways[in.Via] = true
	}
	if !ways["folder"] || !ways["pipe"] {
		t.Errorf("they came by %v", ways)
	}
	w.discreet()
}
