package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A holdingServer takes mails and keeps its last word to itself while it holds:
// the client has sent the final dot and does not know what became of it.
type holdingServer struct {
	net.Listener
	mu     sync.Mutex
	holds  bool
	taken  []string
	inHand chan struct{} // a mail lies here unanswered
	gate   chan struct{} // nil, or passed by every mail that was taken before it is told so
	before func()        // called before a client may send a mail's text, nil for nothing
	broken int           // mails whose text was begun and not ended
}

func newHoldingServer(t *testing.T) *holdingServer {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &holdingServer{Listener: ln, holds: true, inHand: make(chan struct{}, 100)}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go s.talk(c)
		}
	}()
	return s
}

func (s *holdingServer) talk(c net.Conn) {
	defer c.Close()
	fmt.Fprint(c, "220 ready\r\n")
	r := bufio.NewReader(c)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(line[:min(4, len(line))]); verb {
		case "DATA":
			s.waits()
			fmt.Fprint(c, "354 go on\r\n")
			if !s.take(r) {
				_, _ = r.ReadString('\n') // holding: until the client is gone
				return
			}
			if s.gate != nil {
				<-s.gate
			}
			fmt.Fprint(c, "250 taken\r\n")
		case "QUIT":
			fmt.Fprint(c, "221 bye\r\n")
			return
		default:
			fmt.Fprint(c, "250 ok\r\n")
		}
	}
}

// take reads a mail to its final dot; false means its receipt is held back.
func (s *holdingServer) take(r *bufio.Reader) bool {
	var text strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.broken++
			return false
		}
		if line == ".\r\n" {
			break
		}
		text.WriteString(line)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken = append(s.taken, text.String())
	s.inHand <- struct{}{}
	return !s.holds
}

// waits calls before.
func (s *holdingServer) waits() {
	s.mu.Lock()
	before := s.before
	s.mu.Unlock()
	if before != nil {
		before()
	}
}

// seen gives the mails it took, and how many were not ended.
func (s *holdingServer) seen() (taken []string, broken int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.taken), s.broken
}

func (s *holdingServer) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holds = false
}

// TestKilledWhileSending kills the program between the final dot and the
// outcome. Nothing is lost; the one mail in hand may arrive twice, byte for
// byte the same; and no sooner than its lease ends.
func TestKilledWhileSending(t *testing.T) {
	dir, server := t.TempDir(), newHoldingServer(t)
	splneno := func(at string, args ...string) *exec.Cmd {
		cmd := exec.Command("splneno", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "SPLNENO_TEST_NOW="+at, "SPLNENO_DB=sqlite:plan.db", "SPLNENO_SMTP=smtp://"+server.Addr().String())
		return cmd
	}
	do := func(at string, args ...string) {
		t.Helper()
		if out, err := splneno(at, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", args, err, out)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "plan.yaml"), []byte(killPlan), 0o600); err != nil {
		t.Fatal(err)
	}
	do("2024-01-09T10:00", "municipality", "--name", "Město Žďár", "--coordinator", "K <kpss@zdar.example>", "--sender", "plan@zdar.example")
	do("2024-01-09T10:00", "import", "plan.yaml", "--yes")
	do("2024-01-09T10:00", "organisation", "set", "Charita Žďár", "--contact", "charita@zdar.example")
	do("2024-01-09T10:00", "season", "open", "2023")
	do("2024-01-09T10:00", "tick")

	victim := splneno("2024-01-10T08:30", "tick")
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	<-server.inHand
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait()
	server.release()

	do("2024-01-10T08:40", "tick")
	if len(server.taken) != 1 {
		t.Fatalf("the mail was sent again before its lease ended: %d copies", len(server.taken))
	}
	do("2024-01-10T09:30", "tick")
	do("2024-01-10T10:30", "tick")
	if len(server.taken) != 2 || server.taken[0] != server.taken[1] {
		t.Fatalf("%d copies arrived, want 2 of the same bytes", len(server.taken))
	}
	do("2024-01-10T10:30", "verify")
}

const killPlan = `splneno: 1
plan: {id: p, title: Akční plán, kind: action plan}
areas: [{code: '1', title: Oblast}]
measures: [{code: '1.1', title: Opatření, area: '1'}]
activities:
- {id: '1.1', measure: '1.1', title: Půjčovna pomůcek, responsible: [{name: Charita Žďár, kind: organisation}], deadline: Průběžně}
`
