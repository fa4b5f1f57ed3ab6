package main

import (
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A listener of systemd's kind: what the service tells of itself.
type ear struct {
	mu    sync.Mutex
	heard []string
}

func newEar(t *testing.T, dir string) (*ear, string) {
	t.Helper()
	file := filepath.Join(dir, "notify")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: file, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	e := &ear{}
	go func() {
		b := make([]byte, 4096)
		for {
			n, err := c.Read(b)
			if err != nil {
				return
			}
			e.mu.Lock()
			e.heard = append(e.heard, string(b[:n]))
			e.mu.Unlock()
		}
	}()
	return e, file
}

func (e *ear) hears(part string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return strings.Contains(strings.Join(e.heard, "\n"), part)
}

// TestSystemdIsTold runs the program as systemd does, with a watchdog.
func TestSystemdIsTold(t *testing.T) {
	w := newTown(t, "127.0.0.1:9", "odpovedi+{token}@zdar.example", "prvni@zdar.example")
	e, socket := newEar(t, w.dir)
	w.env = append(w.env, "NOTIFY_SOCKET="+socket, "WATCHDOG_USEC=400000")
	s := w.serve("--mail-drop", t.TempDir())
	w.eventually("it is ready", func() bool { return e.hears("READY=1") })
	w.eventually("the dog is patted", func() bool { return e.hears("WATCHDOG=1") })
	w.eventually("it says how it is", func() bool { return e.hears("STATUS=1 municipality, ") })
	s.terminate()
	s.leaves(10 * time.Second)
	w.eventually("it says that it stops", func() bool { return e.hears("STOPPING=1") })
}

// Rounds that give no sign of life for five minutes are dead.
func TestRoundsAreBelievedForAWhile(t *testing.T) {
	p := newPulse()
	p.move(false)
	if now := time.Now(); !p.beats(now.Add(4*time.Minute)) || p.beats(now.Add(6*time.Minute)) {
		t.Error("the watchdog is patted for too short or too long")
	}
}
