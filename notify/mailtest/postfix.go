package mailtest

import (
	_ "embed"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

//go:embed postfix-main.cf
var postfixMain string

//go:embed postfix-master.cf
var postfixMaster string

// A Postfix is a running mail server that hands the mail of one domain to an
// LMTP address and refuses all other mail. Its queue survives a restart.
type Postfix struct {
	SMTP    string // its address, "127.0.0.1:40003"
	Domain  string
	t       testing.TB
	dir     string
	process *process
}

// NewPostfix starts a Postfix that ends with the test. Mail for the users of
// example.cz goes to lmtp, a loopback address; any other user is refused.
func NewPostfix(t testing.TB, lmtp string, users ...string) *Postfix {
	t.Helper()
	find(t, "postfix", "/usr/lib/postfix/sbin/master")
	if os.Geteuid() != 0 {
		missing(t, "Postfix can be started by root only")
	}
	p := &Postfix{SMTP: freeAddr(t), Domain: "example.cz", t: t, dir: newDir(t)}
	p.configure(lmtp, users)
	t.Cleanup(func() { p.Kill() })
	p.start()
	return p
}

func (p *Postfix) configure(lmtp string, users []string) {
	p.t.Helper()
	host, port, err := net.SplitHostPort(lmtp)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, name := range []string{"queue", "data"} {
		if err := os.Mkdir(filepath.Join(p.dir, name), 0o755); err != nil { //nolint:gosec // G301: its programs run as several users
			p.t.Fatal(err)
		}
	}
	if err := os.Chown(filepath.Join(p.dir, "data"), as("postfix").uid, -1); err != nil {
		p.t.Fatal(err)
	}
	var table strings.Builder
	for _, u := range users {
		table.WriteString(u + "@" + p.Domain + " ok\n")
	}
	write(p.t, filepath.Join(p.dir, "users"), table.String())
	write(p.t, filepath.Join(p.dir, "main.cf"), postfixMain, "%DIR%", p.dir, "%DOMAIN%", p.Domain, "%LMTP%", "["+host+"]:"+port)
	write(p.t, filepath.Join(p.dir, "master.cf"), postfixMaster, "%SMTP%", p.SMTP)
	p.command("postfix", "-c", p.dir, "check") // makes the folders of the queue
}

func (p *Postfix) start() {
	p.t.Helper()
	p.process = run(p.t, p.dir, "/usr/lib/postfix/sbin/master", "-c", p.dir, "-d")
	if err := waitFor(p.SMTP); err != nil {
		p.t.Fatalf("%v\n%s", err, p.Log())
	}
}

// Kill ends the server at once, in the middle of whatever it does.
func (p *Postfix) Kill() { p.process.kill() }

// Restart starts the server again with the queue it had.
func (p *Postfix) Restart() {
	p.t.Helper()
	p.Kill()
	p.start()
}

// Deliver hands the server a mail of a stranger by SMTP. A refusal fails the
// test; [Send] gives it as an error.
func (p *Postfix) Deliver(to string, raw []byte) {
	p.t.Helper()
	if err := Send(p.SMTP, "EHLO", "odesilatel@example.org", to, raw); err != nil {
		p.t.Fatalf("%v\n%s", err, p.Log())
	}
}

// Flush makes the server try at once what waits in its queue.
func (p *Postfix) Flush() {
	p.t.Helper()
	p.command("postqueue", "-c", p.dir, "-f")
}

// Waiting gives the queue as the server shows it: one line of JSON for a mail.
func (p *Postfix) Waiting() []string {
	p.t.Helper()
	return strings.Split(strings.TrimSpace(p.command("postqueue", "-c", p.dir, "-j")), "\n")
}

// Log gives what the server has written.
func (p *Postfix) Log() string { return readLog(p.dir) }

func (p *Postfix) command(name string, args ...string) string {
	p.t.Helper()
	cmd := exec.Command("/usr/sbin/"+name, args...) //nolint:gosec // G204: a program of the system, for a test
	cmd.Dir, cmd.Env = "/", []string{"LC_ALL=C", "TZ=UTC", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"}
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("mailtest: %s: %v\n%s%s", name, err, out, p.Log())
	}
	return string(out)
}
