package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"splneno/store/pgtest"
	"splneno/store/released"
)

// TestASeasonOfAnOlderVersionGoesOn takes over the database of each released
// version in the middle of a season: what waited leaves once, answers are
// decided, the evaluation is made, and the journal is whole.
func TestASeasonOfAnOlderVersionGoesOn(t *testing.T) {
	for _, v := range released.Versions() {
		t.Run(v.Name, func(t *testing.T) {
			t.Run("sqlite", func(t *testing.T) { goOn(t, v, "") })
			t.Run("postgres", func(t *testing.T) { goOn(t, v, pgtest.NewDSN(t)) })
		})
	}
}

var messageID = regexp.MustCompile(`(?m)^Message-ID:\s*(\S+)`)

func goOn(t *testing.T, v released.Version, dsn string) {
	server := newHoldingServer(t)
	server.release()
	address, key := released.Database(t, v, dsn, os.DirFS("../../store"))
	dir := t.TempDir()
	do := func(at string, args ...string) string {
		t.Helper()
		cmd := exec.Command("splneno", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "SPLNENO_TEST_NOW="+at, "SPLNENO_DB="+address, "SPLNENO_KEY="+key, "SPLNENO_TENANT=klatovy",
			"SPLNENO_SMTP=smtp://"+server.Addr().String())
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", args, err, out)
		}
		return string(out)
	}
	do("2026-11-23T12:00", "migrate")
	do("2026-11-23T12:00", "verify")
	for _, at := range []string{"2026-11-23T12:00", "2026-11-23T13:00", "2026-11-23T18:00"} {
		do(at, "tick")
	}
	sent := map[string]int{}
	for _, mail := range server.taken {
		sent[messageID.FindStringSubmatch(mail)[1]]++
	}
	if len(sent) < 23 || len(sent) != len(server.taken) {
		t.Errorf("%d letters left in %d mails", len(sent), len(server.taken))
	}
	waiting := do("2026-11-23T18:00", "approve")
	if !strings.Contains(waiting, "revision 1") {
		t.Errorf("what waits is\n%s", waiting)
	}
	do("2026-11-23T18:00", "evaluate", "--plan", "klatovsko-2023", "--year", "2024", "--out", "out")
	if made, _ := filepath.Glob(filepath.Join(dir, "out", "*")); len(made) < 10 {
		t.Errorf("the evaluation has the files %q", made)
	}
	do("2026-11-23T18:00", "evaluate", "--plan", "klatovsko-2023", "--year", "2023", "--out", "old")
	do("2026-11-23T18:00", "verify", "old/evaluation-2023.docx")
	do("2026-11-24T18:00", "tick")
	do("2026-11-24T18:00", "verify")
}
