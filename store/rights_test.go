//go:build unix

package store

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"splneno/engine"
)

// TestOpenWithoutRights runs this test binary as nobody where we are root, to
// whom no folder is closed.
func TestOpenWithoutRights(t *testing.T) {
	if dir := os.Getenv("STORE_TEST_CHILD"); dir != "" {
		for dsn, word := range map[string]string{
			"sqlite:" + dir + "/closed/new.db":    "folder",
			"sqlite:" + dir + "/closed/there.db":  "folder",
			"sqlite:" + dir + "/open/readonly.db": "cannot be written",
		} {
			_, err := Open(ctx, dsn)
			if engine.CodeOf(err) != engine.Unavailable || !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %v", dsn, err)
			}
		}
		return
	}
	dir, err := os.MkdirTemp("/tmp", "store") // others may walk here
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	mustOpen(t, "sqlite:"+dir+"/there.db")
	binary := get[[]byte](t)(os.ReadFile(os.Args[0]))
	uid := os.Getuid()
	if uid == 0 {
		uid = 65534
	}
	err = firstOf(os.Mkdir(dir+"/closed", 0o755), os.Rename(dir+"/there.db", dir+"/closed/there.db"), os.Mkdir(dir+"/open", 0o755),
		os.WriteFile(dir+"/open/readonly.db", nil, 0o400), os.WriteFile(dir+"/test", binary, 0o755),
		os.Chown(dir+"/open", uid, -1), os.Chown(dir+"/open/readonly.db", uid, -1),
		os.Chmod(dir+"/closed", 0o555), os.Chmod(dir, 0o755))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(dir+"/test", "-test.run=^TestOpenWithoutRights$")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "STORE_TEST_CHILD="+dir)
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
