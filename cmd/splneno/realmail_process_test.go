package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A served is a running splneno serve.
type served struct {
	*town
	cmd   *exec.Cmd
	log   string
	ended func() error // waits for its end, and says how it ended
}

// serve starts splneno serve with ways in, and returns when they are open.
func (w *town) serve(args ...string) *served {
	w.t.Helper()
	return w.start(exec.Command("splneno"), args...)
}

// start runs a program as serve.
func (w *town) start(cmd *exec.Cmd, args ...string) *served {
	w.t.Helper()
	s := &served{town: w, cmd: cmd, log: filepath.Join(w.dir, "serve-"+strconv.Itoa(len(w.logs))+".log")}
	w.logs = append(w.logs, s.log)
	out, err := os.Create(s.log)
	if err != nil {
		w.t.Fatal(err)
	}
	defer out.Close()
	cmd.Args = append(cmd.Args, append([]string{"serve", "--listen", "127.0.0.1:0", "--every", "1s"}, args...)...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = w.dir, append(w.env, "SPLNENO_TEST_NOW="+w.at), out, out
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	s.ended = sync.OnceValue(cmd.Wait)
	w.t.Cleanup(func() { s.kill() })
	w.eventually("serve is up", func() bool { return strings.Contains(s.said(), "Replies come in by") })
	return s
}

// said gives what it wrote so far.
func (s *served) said() string {
	text, _ := os.ReadFile(s.log)
	return string(text)
}

// pages gives the address it serves pages on.
func (s *served) pages() string {
	_, after, _ := strings.Cut(s.said(), "Pages: http://")
	address, _, _ := strings.Cut(after, "\n")
	return address
}

// kill ends it in the middle of whatever it does.
func (s *served) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.ended()
}

// terminate asks it to end.
func (s *served) terminate() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
}

// leaves checks that it ends by itself within a time, without a complaint.
func (s *served) leaves(within time.Duration) {
	s.t.Helper()
	began := time.Now()
	late := time.AfterFunc(within, func() { _ = s.cmd.Process.Kill() })
	err := s.ended()
	if !late.Stop() || err != nil {
		s.t.Fatalf("serve did not end within %v: %v", within, err)
	}
	s.t.Logf("serve ended after %v", time.Since(began).Round(time.Millisecond))
}

// eventually waits until something is so: servers take the time they take.
func (w *town) eventually(what string, ok func() bool) {
	w.t.Helper()
	for deadline := time.After(20 * time.Second); !ok(); {
		select {
		case <-deadline:
			w.t.Fatalf("%s: not so after 20 s", what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

var linkShaped = regexp.MustCompile(`/o/\S{16}`)

// discreet checks that no process wrote down an address, a token or a password.
func (w *town) discreet() {
	w.t.Helper()
	if len(w.secrets) < 2 {
		w.t.Fatal("no token was used")
	}
	for _, file := range w.logs {
		text, err := os.ReadFile(file)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, secret := range w.secrets {
			if strings.Contains(string(text), secret) {
				w.t.Errorf("%s holds %q", filepath.Base(file), secret)
			}
		}
		if linkShaped.Match(text) {
			w.t.Errorf("%s holds a link", filepath.Base(file))
		}
	}
}

// build makes the program as people run it: with its own clock and its own
// handling of signals, which the tests' program has not.
func build(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(dir, "splneno")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", file, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return file
}
