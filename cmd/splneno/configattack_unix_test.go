//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"splneno/engine"
)

// What is no plain file is refused at once: nobody writes into the pipe, and
// the device never ends.
func TestSettingsFromWhatIsNoFile(t *testing.T) {
	p := newProgram(t)
	if err := syscall.Mkfifo("pipe", 0o600); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"link": "pipe", "zero": "/dev/zero"} {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	p.write("secret", "smtp://plan:kanarek@posta.example")
	if err := os.Symlink("secret", "to-secret"); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SPLNENO_DB", "sqlite:"+filepath.Join(p.dir, "plan.db"))
	began := time.Now()
	for _, file := range []string{"pipe", "link", "zero", "."} {
		for name, args := range map[string][]string{
			"SPLNENO_SMTP_FILE":          {"config", "check"},
			"SPLNENO_SMTP_PASSWORD_FILE": {"--smtp", "smtp://plan@posta.example", "config", "check"},
			"SPLNENO_CONFIG":             {"tick"},
			"SPLNENO_KEY":                {"tick"},
			"SPLNENO_OIDC_SECRET_FILE":   {"config", "check", "--oidc-issuer", "https://prihlaseni.example", "--oidc-client", "plan"},
			"SPLNENO_OAUTH":              {"config", "check"},
		} {
			value := file
			if name == "SPLNENO_OAUTH" {
				value = "google://" + filepath.Join(p.dir, file)
			}
			t.Run(name+" "+file, func(t *testing.T) {
				t.Setenv(name, value)
				if out, code := p.says(args...); code == exitDone || !strings.Contains(out, "is no plain file; write what is meant into one") {
					t.Errorf("exit %d: %s", code, out)
				}
			})
		}
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
	t.Setenv("SPLNENO_SMTP_FILE", "to-secret") // a link to a plain file is one
	if got := p.value("smtp"); got != "smtp://******@posta.example from SPLNENO_SMTP_FILE" {
		t.Error(got)
	}
	if _, err := fingerprintOf("pipe"); engine.CodeOf(err) != engine.Invalid {
		t.Error(err)
	}
}
