package main

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestRootWorksInNobodysDatabase has root begin in a folder of another user.
func TestRootWorksInNobodysDatabase(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder away")
	}
	p := newProgram(t)
	if err := os.Chown(p.dir, 65532, 65532); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"season", "list"}, {"migrate"}} {
		out, code := p.says(args...)
		if code != exitFailed || !strings.Contains(out, "do it as that user: sudo -u 65532 splneno") {
			t.Errorf("%s: exit %d: %s", args, code, out)
		}
	}
	if all, err := os.ReadDir(p.dir); err != nil || len(all) != 0 {
		t.Errorf("it left %v there (%v)", all, err)
	}
	if err := os.Chown(p.dir, 0, 0); err != nil {
		t.Fatal(err)
	}
	if out, code := p.says("season", "list"); code != exitDone {
		t.Errorf("exit %d: %s", code, out)
	}
}

// TestRootMayKeepASecretForTheGroup has the program run as the user of the
// package, whose settings root keeps for its group.
func TestRootMayKeepASecretForTheGroup(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	p := newProgram(t)
	p.write("pw", "tajne")
	for mode, want := range map[os.FileMode]bool{0o600: false, 0o640: false, 0o660: true, 0o644: true} {
		if err := errors.Join(os.Chown("pw", 0, 65532), os.Chmod("pw", mode)); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Setegid(65532); err != nil {
			t.Fatal(err)
		}
		got := readableByOthers("pw")
		if err := syscall.Setegid(0); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%o: open to others: %v, want %v", mode, got, want)
		}
	}
}
