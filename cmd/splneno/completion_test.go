package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// said runs the program and gives what it printed.
func said(t *testing.T, args ...string) string {
	t.Helper()
	var out, failed bytes.Buffer
	if code := run(context.Background(), world{args: args, out: &out, err: &failed, in: strings.NewReader(""), now: time.Now}); code != exitDone {
		t.Fatalf("%q ends with %d: %s", args, code, failed.String())
	}
	return out.String()
}

func TestCandidates(t *testing.T) {
	for line, want := range map[string]string{
		"sea":                            "season",
		"season op":                      "open",
		"--db x season op":               "open", // a flag's value is no command
		"--db=x season op":               "open",
		"municipality --preset ":         "after_year autumn",
		"municipality --preset=x --pres": "--preset",
		"export --format y":              "yaml",
		"completion f":                   "fish",
		"import ":                        "", // a file
		"--smt":                          "--smtp",
		"serve --smtp-i":                 "--smtp-in --smtp-in-cert --smtp-in-key",
		"neznámý příkaz --neznámá volba --key": "--key",
		"compl": "completion", // and not the one for scripts
	} {
		args := append([]string{"complete", "--"}, strings.Split(line, " ")...)
		if got := strings.Join(strings.Fields(said(t, args...)), " "); got != want {
			t.Errorf("%q becomes %q, want %q", line, got, want)
		}
	}
}

// TestShellsComplete lets bash itself complete a line.
func TestShellsComplete(t *testing.T) {
	for shell, script := range completionScripts {
		if said(t, "completion", shell) != script || !strings.Contains(script, "splneno complete -- ") {
			t.Errorf("the script for %s is %q", shell, script)
		}
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	cmd := exec.Command(bash, "-c", completionScripts["bash"]+`COMP_WORDS=(splneno season op); COMP_CWORD=2; _splneno; echo "${COMPREPLY[@]}"`)
	if out, err := cmd.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "open" {
		t.Errorf("bash completes to %q, %v", out, err)
	}
}

// TestEveryCommandHasAManualPage lets man itself read them, where it is there.
func TestEveryCommandHasAManualPage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man1")
	said(t, "manual", "--out", dir)
	for _, name := range []string{"splneno", "splneno-serve", "splneno-season-open"} {
		text, err := os.ReadFile(filepath.Join(dir, name+".1"))
		if err != nil || !strings.HasPrefix(string(text), `.TH "`+strings.ToUpper(name)+`" 1`) {
			t.Errorf("%s: %q, %v", name, text[:min(len(text), 60)], err)
		}
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil || len(pages) < 50 {
		t.Errorf("%d pages, %v", len(pages), err)
	}
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("there is no groff")
	}
	for _, page := range pages {
		if out, err := exec.Command(groff, "-man", "-Kutf8", "-Tutf8", "-ww", "-z", page).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", filepath.Base(page), err, out)
		}
	}
}

func TestRoffKeepsText(t *testing.T) {
	for text, want := range map[string]string{
		".SH x":      `\&.SH x`,
		"'x":         `\&'x`,
		`a\b-c`:      `a\eb\-c`,
		"one\ntwo":   "one\n.br\ntwo",
		"one\n.two'": "one\n.br\n\\&.two'",
	} {
		if got := roff(text); got != want {
			t.Errorf("roff(%q) = %q, want %q", text, got, want)
		}
	}
}
