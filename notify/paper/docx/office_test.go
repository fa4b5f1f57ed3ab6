package docx

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// office converts a document with LibreOffice, where there is one.
func office(t *testing.T, data []byte, to string) []byte {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice here: documents are not opened")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "in.docx")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", to, "--outdir", filepath.Join(dir, "out"), in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	out, err := os.ReadFile(filepath.Join(dir, "out", "in."+to))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// kept keeps a file to be looked at, where SPLNENO_PICTURES names a folder.
func kept(t *testing.T, name string, data []byte) {
	t.Helper()
	if dir := os.Getenv("SPLNENO_PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLibreOfficeKeepsAll(t *testing.T) {
	data := written(t, sample(t))
	kept(t, "sample.docx", data)
	saved := office(t, data, "docx")
	kept(t, "saved.docx", saved)
	before, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	after, err := Read(saved)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, after); d != "" {
		t.Error(d)
	}
}

func TestLibreOfficeShowsIt(t *testing.T) {
	pdf := office(t, written(t, sample(t)), "pdf")
	kept(t, "sample.pdf", pdf)
}
