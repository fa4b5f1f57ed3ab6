package mailtest

import (
	_ "embed"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

//go:embed dovecot.conf
var dovecotConf string

// A Dovecot is a running IMAP server with one user, who gets mail by LMTP.
type Dovecot struct {
	IMAP, LMTP     string // addresses, "127.0.0.1:40001"
	User, Password string
	t              testing.TB
	dir            string
	process        *process
}

// NewDovecot starts a Dovecot that ends with the test.
func NewDovecot(t testing.TB) *Dovecot {
	t.Helper()
	bin := find(t, "dovecot-imapd dovecot-lmtpd", "/usr/sbin/dovecot", "/usr/local/sbin/dovecot")
	d := &Dovecot{IMAP: freeAddr(t), LMTP: freeAddr(t), User: "mesto@example.cz", Password: "zkusebni", t: t, dir: newDir(t)}
	d.configure()
	t.Cleanup(func() { d.Kill() })
	d.start(bin)
	return d
}

func (d *Dovecot) configure() {
	d.t.Helper()
	owner, internal := as("nobody"), as("dovecot")
	for _, name := range []string{"run", "mail"} {
		if err := os.Mkdir(filepath.Join(d.dir, name), 0o755); err != nil { //nolint:gosec // G301: its programs run as several users
			d.t.Fatal(err)
		}
	}
	if err := os.Chown(filepath.Join(d.dir, "mail"), owner.uid, owner.gid); err != nil {
		d.t.Fatal(err)
	}
	_, imap, _ := net.SplitHostPort(d.IMAP)
	_, lmtp, _ := net.SplitHostPort(d.LMTP)
	write(d.t, filepath.Join(d.dir, "users"), d.User+":{PLAIN}"+d.Password+"\n")
	write(d.t, filepath.Join(d.dir, "dovecot.conf"), dovecotConf, "%DIR%", d.dir, "%IMAP%", imap, "%LMTP%", lmtp,
		"%UID%", fmt.Sprint(owner.uid), "%GID%", fmt.Sprint(owner.gid), "%INTERNAL%", internal.name, "%GROUP%", internal.group, "%LOGIN%", as("dovenull").name,
		"%ROOT%", map[bool]string{true: "# ", false: ""}[os.Geteuid() == 0])
}

func (d *Dovecot) start(bin string) {
	d.t.Helper()
	d.process = run(d.t, d.dir, bin, "-F", "-c", filepath.Join(d.dir, "dovecot.conf"))
	for _, addr := range []string{d.IMAP, d.LMTP} {
		if err := waitFor(addr); err != nil {
			d.t.Fatalf("%v\n%s", err, d.Log())
		}
	}
}

// Kill ends the server at once, in the middle of whatever it does.
func (d *Dovecot) Kill() { d.process.kill() }

// Restart starts the server again on the same mailboxes and ports.
func (d *Dovecot) Restart() {
	d.t.Helper()
	d.Kill()
	_ = os.RemoveAll(filepath.Join(d.dir, "run"))
	if err := os.Mkdir(filepath.Join(d.dir, "run"), 0o755); err != nil { //nolint:gosec // G301: its programs run as several users
		d.t.Fatal(err)
	}
	d.start(find(d.t, "dovecot-imapd", "/usr/sbin/dovecot", "/usr/local/sbin/dovecot"))
}

// Log gives what the server has written.
func (d *Dovecot) Log() string { return readLog(d.dir) }

// Deliver puts a mail into the user's INBOX by LMTP.
func (d *Dovecot) Deliver(raw []byte) {
	d.t.Helper()
	if err := Send(d.LMTP, "LHLO", "odesilatel@example.org", d.User, raw); err != nil {
		d.t.Fatalf("%v\n%s", err, d.Log())
	}
}

// Mailbox gives the mails in a mailbox, as they lie on the disk: without the
// lines LMTP puts on top, with CRLF at the end of lines. "" is the INBOX.
func (d *Dovecot) Mailbox(name string) (raws [][]byte) {
	d.t.Helper()
	for _, sub := range []string{"new", "cur"} {
		files, _ := filepath.Glob(filepath.Join(d.maildir(name), sub, "*"))
		slices.Sort(files)
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				continue // moved while we looked
			}
			raws = append(raws, raw)
		}
	}
	return raws
}

// Recreate throws the INBOX away with its mails: the next one to ask finds a
// new mailbox of another UIDVALIDITY, whose numbers begin anew.
func (d *Dovecot) Recreate() {
	d.t.Helper()
	for _, sub := range []string{"new", "cur", "tmp"} {
		_ = os.RemoveAll(filepath.Join(d.maildir(""), sub))
	}
	for _, pattern := range []string{"dovecot-uidlist*", "dovecot.*"} { // not that which says what UIDVALIDITY was last
		files, _ := filepath.Glob(filepath.Join(d.maildir(""), pattern))
		for _, f := range files {
			_ = os.RemoveAll(f)
		}
	}
}

func (d *Dovecot) maildir(name string) string {
	dir := filepath.Join(d.dir, "mail", d.User, "Maildir")
	if name != "" {
		dir = filepath.Join(dir, "."+strings.ReplaceAll(name, "/", "."))
	}
	return dir
}
