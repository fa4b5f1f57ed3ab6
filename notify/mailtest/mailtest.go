// Package mailtest gives tests real mail servers to throw away: Dovecot and
// Postfix as Debian packages them, each with a configuration, a queue and
// mailboxes of its own in a new folder, on loopback ports that were free.
//
// It is for tests only and must not know what a mail means or who reads it. The
// services of this machine and their configuration are never touched. Start
// reading at [NewDovecot] and [NewPostfix]; process_unix.go runs a server so
// that it ends with the test, however that ends.
//
// Postfix wants root. Dovecot runs as root, when it hands its mailboxes to the
// user nobody, or as the user of the test. A test that finds no server is
// skipped, or fails when SPLNENO_TEST_FULL=1.
package mailtest

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patience is how long a server may take to come up, on a busy machine.
const patience = 15 * time.Second

// find gives the first of the paths that is a program, or skips the test.
func find(t testing.TB, install string, paths ...string) string {
	t.Helper()
	for _, p := range paths {
		if st, err := os.Stat(p); err == nil && st.Mode()&0o111 != 0 {
			return p
		}
	}
	missing(t, "no "+filepath.Base(paths[0])+" found; on Debian install "+install)
	return ""
}

// missing skips the test, loudly, or fails it where everything must be there.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("SPLNENO_TEST_FULL") == "1" {
		t.Fatal("mailtest: " + what)
	}
	t.Skip("SKIPPED, NOT TESTED WITH A REAL MAIL SERVER: " + what)
}

// newDir makes a folder other users can walk into, as the programs of a mail
// server run as several; one of the testing package cannot be.
func newDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "mailtest")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil { //nolint:gosec // G302: see above
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// freeAddr gives a loopback address nobody listens on now.
func freeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// write fills a file of the server's configuration.
func write(t testing.TB, path, text string, values ...string) {
	t.Helper()
	//nolint:gosec // G306: other users must read it, and nothing in it is secret
	if err := os.WriteFile(path, []byte(strings.NewReplacer(values...).Replace(text)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readLog gives what a server has logged, and what it said before it could.
func readLog(dir string) string {
	log, _ := os.ReadFile(filepath.Join(dir, "log"))
	output, _ := os.ReadFile(filepath.Join(dir, "output"))
	return string(log) + string(output)
}

// waitFor returns when a server greets on addr.
func waitFor(addr string) error {
	for deadline := time.After(patience); ; {
		err := greets(addr)
		if err == nil {
			return nil
		}
		select {
		case <-deadline:
			return errors.New("mailtest: the server does not come up: " + err.Error())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// greets reports whether a server says anything on addr: a master that listens
// may not have started what answers.
func greets(addr string) error {
	c, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return err
	}
	defer c.Close()
	timer := time.AfterFunc(2*time.Second, func() { _ = c.Close() })
	defer timer.Stop()
	_, err = c.Read(make([]byte, 1))
	return err
}
