//go:build unix

package mailtest

import (
	"io"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
	"testing"
)

// watchdog runs the server for as long as its standard input is open. The test
// holds the other end: however its process ends, the whole group ends with it,
// and its folder goes.
const watchdog = `"$@" >>"$0/output" 2>&1 </dev/null & cat >/dev/null; kill -KILL $!; rm -rf "$0"; kill -KILL 0`

// A process is a server with everything it started.
type process struct {
	cmd  *exec.Cmd
	hold io.Closer
}

// run starts a server of a folder in a process group of its own.
func run(t testing.TB, dir string, args ...string) *process {
	t.Helper()
	cmd := exec.Command("/bin/sh", append([]string{"-c", watchdog, dir}, args...)...) //nolint:gosec // G204: programs of the system, for a test
	cmd.Dir, cmd.Env = "/", []string{"LC_ALL=C", "TZ=UTC", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	hold, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &process{cmd: cmd, hold: hold}
}

// kill ends the server as a loss of power would: nothing in it may clean up.
// Killing it twice does nothing.
func (p *process) kill() {
	if p.cmd.ProcessState != nil {
		return
	}
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	_ = p.cmd.Wait()
	_ = p.hold.Close()
}

// An account is a user of this machine whom a server runs as.
type account struct {
	uid, gid    int
	name, group string
}

// as gives the account of a user, our own when we are not root.
func as(name string) account {
	u, err := user.Lookup(name)
	if os.Geteuid() != 0 || err != nil {
		if u, err = user.Current(); err != nil {
			return account{uid: os.Getuid(), gid: os.Getgid(), name: name, group: name}
		}
	}
	a := account{name: u.Username, group: u.Gid}
	a.uid, _ = strconv.Atoi(u.Uid)
	a.gid, _ = strconv.Atoi(u.Gid)
	if g, err := user.LookupGroupId(u.Gid); err == nil {
		a.group = g.Name
	}
	return a
}
