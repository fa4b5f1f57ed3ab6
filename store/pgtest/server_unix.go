//go:build unix

package pgtest

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// throwAway are settings of a server whose data nobody misses.
var throwAway = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal",
	"max_wal_senders=0", "shared_buffers=32MB", "autovacuum=off", "max_wal_size=512MB"}

// watchdog runs the server for as long as its standard input is open. We hold
// the other end: however this process ends, the server stops and its files go.
const watchdog = `"$@" >"$0/log" 2>&1 <&- & p=$!; cat >/dev/null; kill -INT $p; wait $p; rm -rf "$0"`

// start makes a data directory and starts a server on it.
func start(settings ...string) (server, error) {
	bin, err := findBin()
	if err != nil {
		return server{}, err
	}
	owner, err := otherThanRoot()
	if err != nil {
		return server{}, err
	}
	dir, err := newDir(owner)
	if err != nil {
		return server{}, err
	}
	if err := initialise(bin, dir, owner); err != nil {
		_ = os.RemoveAll(dir)
		return server{}, err
	}
	args := []string{"-c", watchdog, dir, filepath.Join(bin, "postgres"), "-D", filepath.Join(dir, "data"),
		"-k", dir, "-c", "listen_addresses=", "-c", "unix_socket_permissions=0777", "-c", "timezone=UTC"}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	cmd := exec.Command("/bin/sh", args...)
	cmd.Dir, cmd.Env = "/", []string{"LC_ALL=C", "TZ=UTC", "PATH=" + os.Getenv("PATH")}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: owner}
	hold, err := cmd.StdinPipe()
	if err != nil {
		return server{}, err
	}
	if err := cmd.Start(); err != nil {
		return server{}, err
	}
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/postgres", RawQuery: url.Values{"host": {dir}}.Encode()}
	if err := waitFor(u.String(), dir); err != nil {
		return server{}, err
	}
	return server{dsn: u.String(), role: role, hold: hold}, run(u.String(), "CREATE ROLE "+role+" LOGIN")
}

// role is whose the databases are.
const role = "splneno"

// newDir is not below $TMPDIR: the path of a socket is 107 bytes at most, and
// the owner must be able to walk there.
func newDir(owner *syscall.Credential) (string, error) {
	dir, err := os.MkdirTemp("/tmp", "pgtest")
	if err != nil || owner == nil {
		return dir, err
	}
	return dir, os.Chown(dir, int(owner.Uid), int(owner.Gid))
}

func initialise(bin, dir string, owner *syscall.Credential) error {
	cmd := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions", "--wal-segsize=4")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("pgtest: initdb: %w\n%s", err, out.String())
	}
	return nil
}

// waitFor returns when the server answers.
func waitFor(dsn, dir string) error {
	var err error
	for range 2000 {
		if err = run(dsn, "SELECT 1"); err == nil {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(dir, "log"))
	return fmt.Errorf("pgtest: the server does not come up: %w\n%s", err, log)
}
