package pdf

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/notify/paper"
)

var update = flag.Bool("update", false, "write the golden files anew")

// tool runs a program that judges PDFs over a file. A machine without it skips
// the test, unless it is the one that must run everything.
func tool(t *testing.T, data []byte, command string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(command); err != nil {
		if os.Getenv("SPLNENO_TEST_FULL") == "1" {
			t.Fatalf("%s is missing; install qpdf and poppler-utils", command)
		}
		t.Skipf("%s is missing", command)
	}
	path := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	args = slices.Clone(args)
	args[slices.Index(args, "FILE")] = path
	out, err := exec.Command(command, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
	return strings.ReplaceAll(string(out), path, "FILE")
}

func TestQPDFIsSilent(t *testing.T) {
	for name, p := range variants(t) {
		p.Sign = func([]byte) []byte { return []byte("seal") }
		t.Run(name, func(t *testing.T) {
			if out := tool(t, written(t, p), "qpdf", "--check", "FILE"); !strings.Contains(out, "No syntax or stream encoding errors found") || strings.Contains(out, "WARNING") {
				t.Error(out)
			}
		})
	}
}

// The structure and its text as another program reads them.
func TestGoldenStructure(t *testing.T) {
	p := full(t)
	p.Blocks = slices.Clone(p.Blocks)
	for i, b := range p.Blocks {
		if table, ok := b.(paper.Table); ok && table.Quiet {
			table.Rows = table.Rows[:1]
			p.Blocks[i] = table
		}
	}
	got := tool(t, written(t, p), "pdfinfo", "-struct-text", "FILE")
	got = strings.ToValidUTF8(strings.ReplaceAll(got, "\x00", ""), "?") // of the summary it prints the bytes
	path := filepath.Join("testdata", "structure.txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s differs; look at it, then run with -update\n%s", path, d)
	}
}

// Every word of the text layer too, for search and for copying.
func TestEveryWordIsFound(t *testing.T) {
	p := variants(t)["full"]
	got := strings.Join(strings.Fields(tool(t, written(t, p), "pdftotext", "-raw", "FILE", "-")), "")
	for _, text := range texts(p.Blocks) {
		for word := range strings.FieldsSeq(text) {
			if !strings.Contains(got, squeezed(word)) {
				t.Errorf("%q is not found", word)
			}
		}
	}
}
