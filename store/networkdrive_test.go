package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"splneno/engine"
)

func TestFileSystem(t *testing.T) {
	const mounts = "27 1 8:1 / / rw - ext4 /dev/sda rw\n" +
		"30 27 0:40 / /srv rw,relatime shared:1 - nfs4 host:/x rw\n" +
		"31 30 0:41 / /srv/local rw master:2 - xfs /dev/sdb rw\n" +
		"32 27 0:42 / /mnt/na\\040siti rw - cifs //host/x rw\n" +
		"33 27 0:43 / /home rw - ext4 /dev/sdc rw\n" +
		"34 33 0:44 / /home rw - fuse.sshfs host: rw\n" +
		"nonsense\n\n - \n"
	for path, want := range map[string]string{
		"/var/lib/x.db": "ext4", "/srv/x.db": "nfs4", "/srv": "nfs4", "/srvx/x.db": "ext4", "/srv/local/x.db": "xfs",
		"/mnt/na siti/x.db": "cifs", "/home/x.db": "fuse.sshfs", "/": "ext4",
	} {
		if got := fileSystem(mounts, path); got != want {
			t.Errorf("%s lies on %q, want %q", path, got, want)
		}
	}
}

// SQLite is not opened on a network drive, by whatever way the path leads there.
func TestSQLiteRefusesNetworkDrives(t *testing.T) {
	dir := t.TempDir()
	far := filepath.Join(dir, "far")
	if err := os.Mkdir(far, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(far, filepath.Join(dir, "way")); err != nil {
		t.Skip(err)
	}
	real, err := filepath.EvalSymlinks(far)
	if err != nil {
		t.Fatal(err)
	}
	defer func(before string) { mountinfo = before }(mountinfo)
	mountinfo = filepath.Join(dir, "mountinfo")
	if err := os.WriteFile(mountinfo, []byte("1 1 8:1 / / rw - ext4 x rw\n2 1 0:1 / "+real+" rw - nfs4 h:/ rw\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"far/plan.db", "way/plan.db"} {
		db, err := Open(ctx, "sqlite:"+filepath.Join(dir, name))
		wantCode(t, err, engine.Invalid)
		if err == nil {
			_ = db.Close()
		} else if !strings.Contains(err.Error(), "nfs4") {
			t.Error(err)
		}
	}
	if entries, err := os.ReadDir(far); err != nil || len(entries) != 0 {
		t.Errorf("opening left %v (%v)", entries, err)
	}
	mustOpen(t, "sqlite:"+filepath.Join(dir, "near.db"))
}
