package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"splneno/engine"
)

// smallDisk gives a folder on a disk of its own, of a few megabytes.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
		t.Skipf("SKIPPED: no disk can be made here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// TestDiskIsFullForAnHour fills the disk of a SQLite database up when the
// letters are due.
func TestDiskIsFullForAnHour(t *testing.T) {
	disk := smallDisk(t)
	p := newPatient(t, "sqlite:"+filepath.Join(disk, "plan.db"))
	p.lives()
	p.rounds(2)
	filler := fillDisk(t, disk, 0)
	p.hour()
	if n := len(p.requested()); n > 0 {
		t.Errorf("%d letters left while nothing could be stored", n)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	p.recovers(engine.IncidentDiskFull)
}

// TestDiskIsReadOnly starts the server on a disk that cannot be written to yet.
func TestDiskIsReadOnly(t *testing.T) {
	disk := smallDisk(t)
	p := newPatient(t, "sqlite:"+filepath.Join(disk, "plan.db"))
	if err := p.db.Close(); err != nil {
		t.Fatal(err)
	}
	remount := func(flags uintptr) {
		if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT|flags, ""); err != nil {
			t.Fatal(err)
		}
	}
	remount(syscall.MS_RDONLY)
	p.lives()
	p.hour()
	remount(0)
	p.look()
	p.eventually("it is ready", func() bool { status, _ := p.get("/readyz"); return status == 200 })
	p.recovers(engine.IncidentReadOnly)
}
