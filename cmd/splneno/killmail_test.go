package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/example"
)

// TestKilledWhileReceiving kills the program again and again while mail is
// brought to it, and brings every mail until it was acknowledged, as a mail
// server does. Nothing is lost and nothing counts twice.
func TestKilledWhileReceiving(t *testing.T) {
	const replies = 40
	dir, server := t.TempDir(), newHoldingServer(t)
	server.release()
	splneno := func(at string, args ...string) *exec.Cmd {
		cmd := exec.Command("splneno", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "SPLNENO_TEST_NOW="+at, "SPLNENO_DB=sqlite:plan.db", "SPLNENO_DKIM=false", "SPLNENO_SMTP=smtp://"+server.Addr().String())
		return cmd
	}
	do := func(at string, args ...string) string {
		t.Helper()
		out, err := splneno(at, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", args, err, out)
		}
		return string(out)
	}
	if err := os.WriteFile(filepath.Join(dir, "plan.yaml"), []byte(killPlan), 0o600); err != nil {
		t.Fatal(err)
	}
	do("2024-01-09T10:00", "municipality", "--name", "Město Žďár", "--coordinator", "K <kpss@zdar.example>", "--sender", "plan@zdar.example",
		"--reply-to", "odpovedi+{token}@zdar.example")
	do("2024-01-09T10:00", "import", "plan.yaml", "--yes")
	do("2024-01-09T10:00", "organisation", "set", "Charita Žďár", "--contact", "charita@zdar.example")
	do("2024-01-09T10:00", "season", "open", "2023")
	do("2024-01-09T10:00", "tick")
	do("2024-01-10T08:30", "tick")
	letter, err := netmail.ReadMessage(strings.NewReader(server.taken[0]))
	if err != nil {
		t.Fatal(err)
	}
	to, err := letter.Header.AddressList("Reply-To")
	if err != nil {
		t.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	kills := 0
	for n := range replies {
		raw, err := example.Reply{Program: "outlook", Writer: "Vedení", Address: "charita@zdar.example", Text: fmt.Sprintf("Splněno, zapůjčeno %d pomůcek.", 100+n),
			At: time.Date(2024, 1, 11, 9, n, 0, 0, time.UTC)}.Mail(example.Letter{ReplyTo: to[0].Address, Subject: "plan", MessageID: letter.Header.Get("Message-Id")})
		if err != nil {
			t.Fatal(err)
		}
		for tries := 0; ; tries++ {
			cmd := splneno("2024-01-11T09:00", "receive")
			cmd.Stdin = bytes.NewReader(raw)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			// The time of the kill is the point of the test: it falls anywhere, and
			// later and later until the program has come to an end before it.
			killer := time.AfterFunc(time.Duration(1+dice.IntN(60))*time.Millisecond<<(tries/10), func() { _ = cmd.Process.Kill() })
			err := cmd.Wait()
			killer.Stop()
			if err == nil {
				break
			}
			if kills++; tries > 200 {
				t.Fatalf("the mail is never taken: %v", err)
			}
		}
	}
	t.Logf("%d mails, %d kills", replies, kills)
	do("2024-01-11T12:00", "tick") // what a dead process had claimed is due again
	list := do("2024-01-11T12:00", "inbox", "--all")
	if got := strings.Count(list, " answer "); got != replies || strings.Count(list, "\n") != replies {
		t.Errorf("%d of %d mails became answers:\n%s", got, replies, list)
	}
	queue := do("2024-01-11T12:00", "approve")
	if !strings.Contains(queue, fmt.Sprintf("%d", replies)) {
		t.Errorf("the queue does not show revision %d:\n%s", replies, queue)
	}
	do("2024-01-11T12:00", "verify")
}
