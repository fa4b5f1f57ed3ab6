package mailtest

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

const mail = "Subject: zkouska\r\n\r\nPrvni radek.\r\n.\r\n"

func TestDovecotKeepsWhatIsDelivered(t *testing.T) {
	d := NewDovecot(t)
	d.Deliver([]byte(mail))
	d.Restart()
	if got := d.Mailbox(""); len(got) != 1 || !bytes.Contains(got[0], []byte("Prvni radek.")) {
		t.Fatalf("%q", got)
	}
	d.Recreate()
	if got := d.Mailbox(""); len(got) != 0 {
		t.Errorf("%d mails in a mailbox thrown away", len(got))
	}
	d.Deliver([]byte(mail))
	if got := d.Mailbox(""); len(got) != 1 {
		t.Errorf("%d mails in a new mailbox", len(got))
	}
}

func TestPostfixDeliversToDovecot(t *testing.T) {
	d := NewDovecot(t)
	p := NewPostfix(t, d.LMTP, "mesto")
	if err := Send(p.SMTP, "EHLO", "odesilatel@example.org", "nikdo@example.cz", []byte(mail)); err == nil {
		t.Error("a user nobody knows was accepted")
	}
	if err := Send(p.SMTP, "EHLO", "odesilatel@example.org", "kdokoli@example.net", []byte(mail)); err == nil {
		t.Error("mail for another domain was accepted")
	}
	d.Kill()
	p.Deliver("mesto@example.cz", []byte(mail))
	p.Restart()
	if got := p.Waiting(); len(got) != 1 {
		t.Fatalf("the mail is not in the queue: %q", got)
	}
	d.Restart()
	for range 1000 {
		p.Flush()
		if len(d.Mailbox("")) == 1 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("the mail did not arrive\n%s", p.Log())
}

// TestServersDieWithTheProcess kills a test binary that holds a server, as
// nothing in it can clean up after that.
func TestServersDieWithTheProcess(t *testing.T) {
	if os.Getenv("MAILTEST_CHILD") != "" {
		d := NewDovecot(t)
		_, _ = os.Stdout.WriteString(d.dir + "\n")
		time.Sleep(time.Minute)
		return
	}
	NewDovecot(t) // skips where there is none
	cmd := exec.Command(os.Args[0], "-test.run=TestServersDieWithTheProcess")
	cmd.Env = append(os.Environ(), "MAILTEST_CHILD=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	dir, err := bufio.NewReader(out).ReadString('\n')
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if _, err := os.Stat(strings.TrimSpace(dir)); os.IsNotExist(err) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%s is still there", dir)
}
