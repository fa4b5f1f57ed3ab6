package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"splneno/store"
	"splneno/store/released"
)

// fillDisk leaves so many bytes free on a disk; the file that takes the rest is given.
func fillDisk(t *testing.T, disk string, free int64) string {
	t.Helper()
	filler := filepath.Join(disk, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Truncate(max(0, st.Size()-free)), f.Close()); err != nil {
		t.Fatal(err)
	}
	return filler
}

// names gives what lies in a folder.
func names(t *testing.T, dir string) (out []string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		out = append(out, e.Name())
	}
	return out
}

// fails runs a command that must say in a sentence that the disk is full.
func (m *mortal) fails(args ...string) string {
	m.t.Helper()
	out, err := m.command(args...).CombinedOutput()
	text := string(out)
	if err == nil || !strings.Contains(text, "no room left on its disk; make room and try again") && !strings.Contains(text, "no space left on device") || strings.Contains(text, "goroutine") {
		m.t.Errorf("%s: %v\n%s", args, err, text)
	}
	m.t.Logf("%s: %s", args[0], text)
	return text
}

// A disk that fills up while a copy is made says so; nothing half is left, what
// was there is whole, and with room the same command does its work.
func TestDiskFillsUpWhileCopying(t *testing.T) {
	m := newMortal(t)
	disk := smallDisk(t)
	db := m.town("")
	out := filepath.Join(disk, "b.db")
	m.does("backup", "--db", db, "--out", out)
	for _, free := range []int64{0, 8 << 10, 100 << 10, 300 << 10} {
		filler := fillDisk(t, disk, free)
		if text := m.fails("backup", "--db", db, "--out", out); strings.Contains(text, "no room") && !strings.Contains(text, "the backup "+out+" has") || strings.Contains(text, "rollback") {
			t.Errorf("whose disk is full? %s", text)
		}
		b, err := store.OpenBackup(t.Context(), out)
		if err != nil {
			t.Fatalf("with %d bytes free the backup before was spoilt: %v", free, err)
		}
		_ = b.Close()
		if all := names(t, disk); len(all) != 2 {
			t.Errorf("with %d bytes free there are %v", free, all)
		}
		m.fails("restore", out, "--db", "sqlite:"+filepath.Join(disk, "to.db"))
		m.fails("copy", "--from", db, "--to", "sqlite:"+filepath.Join(disk, "copied.db"))
		m.does("verify", "--db", db, "--tenant", "klatovy")
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"to.db", "copied.db"} {
			if n := m.towns("sqlite:" + filepath.Join(disk, name)); n != 0 {
				t.Errorf("with %d bytes free %s holds %d towns", free, name, n)
			}
		}
		if free < 300<<10 {
			m.forget(filepath.Join(disk, "to.db"), filepath.Join(disk, "copied.db"))
		}
	}
	m.does("restore", out, "--db", "sqlite:"+filepath.Join(disk, "to.db")) // into what the full disk left
	m.forget(out, filepath.Join(disk, "to.db"))
	m.does("copy", "--from", db, "--to", "sqlite:"+filepath.Join(disk, "copied.db"))
	m.does("verify", "--db", "sqlite:"+filepath.Join(disk, "copied.db"), "--tenant", "klatovy")
}

// A disk that fills up while the schema is brought up to date keeps the town as
// far as it came, and with room the rest is done.
func TestDiskFillsUpWhileMigrating(t *testing.T) {
	m := newMortal(t)
	disk := smallDisk(t)
	old, key := released.Database(t, released.Versions()[0], "", nil)
	text, err := os.ReadFile(strings.TrimPrefix(old, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(disk, "plan.db")
	if err := errors.Join(os.WriteFile(file, text, 0o600), copyKey(key, m.at("klic"))); err != nil {
		t.Fatal(err)
	}
	for _, free := range []int64{0, 40 << 10, 120 << 10} {
		filler := fillDisk(t, disk, free)
		m.fails("migrate", "--db", "sqlite:"+file)
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	}
	m.does("migrate", "--db", "sqlite:"+file)
	m.does("verify", "--db", "sqlite:"+file, "--tenant", "klatovy")
}
