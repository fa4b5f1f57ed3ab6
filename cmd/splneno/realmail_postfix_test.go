package main

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"splneno/notify/mailtest"
)

// sharedDir makes a folder for the socket: whoever makes a file in it gives it
// to the group of Postfix, which may then write to it.
func sharedDir(t *testing.T, parent string) string {
	t.Helper()
	u, err := user.Lookup("postfix")
	if err != nil {
		t.Fatal(err)
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(parent, "socket")
	if err := os.Mkdir(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, -1, gid); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o750|os.ModeSetgid); err != nil { //nolint:gosec // G302: Postfix must walk into it
		t.Fatal(err)
	}
	return dir
}

// route makes Postfix hand the mail for one address, whatever stands behind its
// plus, to another transport: two lines of its configuration, as in a town.
func route(t *testing.T, p *mailtest.Postfix, address, transport string) {
	t.Helper()
	masters, _ := filepath.Glob("/tmp/mailtest*/master.cf")
	for _, master := range masters {
		text, err := os.ReadFile(master)
		if err != nil || !strings.Contains(string(text), "\n"+p.SMTP+" ") {
			continue
		}
		f, err := os.OpenFile(filepath.Join(filepath.Dir(master), "main.cf"), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := fmt.Fprintf(f, "recipient_delimiter = +\ntransport_maps = inline:{ { %s = %s } }\n", address, transport); err != nil {
			t.Fatal(err)
		}
		p.Restart()
		return
	}
	t.Fatal("the configuration of Postfix is not found")
}
