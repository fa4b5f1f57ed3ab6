package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// program runs the program in a folder of its own.
type program struct {
	t   *testing.T
	dir string
}

func newProgram(t *testing.T) program {
	p := program{t, t.TempDir()}
	for _, pair := range os.Environ() { // what the tests are told is no setting
		if name, value, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "SPLNENO_") {
			t.Setenv(name, value) // so that it comes back
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Chdir(p.dir)
	return p
}

// write makes a file that its owner alone reads.
func (p program) write(name, text string) string {
	p.t.Helper()
	file := filepath.Join(p.dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return file
}

// says gives everything the program prints, and its exit code.
func (p program) says(args ...string) (string, int) {
	p.t.Helper()
	var out bytes.Buffer
	code := run(p.t.Context(), world{args: args, out: &out, err: &out, in: strings.NewReader(""), now: time.Now})
	return out.String(), code
}

// value gives what a setting is and where it comes from.
func (p program) value(name string, args ...string) string {
	p.t.Helper()
	out, code := p.says(append(args, "config", "show")...)
	found := regexp.MustCompile(`(?m)^` + name + ` +(.*?)(?:  +(.*))?$`).FindStringSubmatch(out)
	if code != exitDone || found == nil {
		p.t.Fatalf("exit %d: %s", code, out)
	}
	return found[1] + " from " + found[2]
}

func TestConfigPrecedence(t *testing.T) {
	p := newProgram(t)
	want := func(what, want string, args ...string) {
		t.Helper()
		if got := p.value("url", args...); got != want {
			t.Errorf("%s: %s, want %s", what, got, want)
		}
	}
	want("nothing", "http://127.0.0.1:8080 from default")
	p.write("splneno.yaml", "# nothing\ntenant: zdar\nurl: https://file.example\n")
	want("file", "https://file.example from splneno.yaml line 3")
	other := p.write("other.yaml", "url: https://other.example")
	want("another file", "https://other.example from "+other+" line 1", "--config", other)
	t.Setenv("SPLNENO_CONFIG", other)
	want("another file by the environment", "https://other.example from "+other+" line 1")
	t.Setenv("SPLNENO_URL", "https://env.example")
	want("environment", "https://env.example from SPLNENO_URL")
	want("flag", "https://flag.example from flag", "--url", "https://flag.example")
}

// What the file says reaches the command as the flags would.
func TestConfigReachesCommands(t *testing.T) {
	p := newProgram(t)
	p.write("splneno.yaml", "db: sqlite:own.db\ntenant: zdar\n")
	if out, code := p.says("municipality", "--name", "Zdar", "--coordinator", "kpss@zdar.example", "--sender", "kpss@zdar.example"); code != exitDone {
		t.Fatal(out)
	}
	if _, err := os.Stat("own.db"); err != nil {
		t.Error(err)
	}
	if out, code := p.says("version"); code != exitDone {
		t.Error(out)
	}
}

// Files of Windows are read as well.
func TestConfigFileOfWindows(t *testing.T) {
	p := newProgram(t)
	p.write("splneno.yaml", "\ufefftenant: zdar\r\n# x\r\nurl: https://plan.example\r\n")
	if got := p.value("tenant") + ", " + p.value("url"); got != "zdar from splneno.yaml line 1, https://plan.example from splneno.yaml line 3" {
		t.Error(got)
	}
}

func TestConfigSecretsFromFiles(t *testing.T) {
	p := newProgram(t)
	p.write("whole", " imaps://plan:tajne@posta.example/INBOX\n")
	p.write("password", "taj/ne@: %\n")
	t.Setenv("SPLNENO_OIDC_ISSUER", "https://a:tajne@issuer.example")
	p.write("splneno.yaml", "imap-file: whole\nsmtp: smtps://plan%40zdar.example@posta.example\nsmtp-password-file: password\n")
	for name, want := range map[string]string{
		"imap": "imaps://******@posta.example/INBOX from splneno.yaml line 1",
		"smtp": "smtps://******@posta.example from splneno.yaml line 2",
	} {
		if got := p.value(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if out, code := p.says("--smtp", "smtps://plan:a@posta.example", "config", "check"); code != exitFailed ||
		!strings.Contains(out, "warning: splneno.yaml line 3: it is not used, as smtp holds a password already") {
		t.Errorf("exit %d: %s", code, out)
	}
	address, err := withPassword("smtps://plan%40zdar.example@posta.example", "taj/ne@: %")
	if want := "smtps://plan%40zdar.example:taj%2Fne%40%3A%20%25@posta.example"; err != nil || address != want {
		t.Errorf("%s (%v), want %s", address, err, want)
	}
	t.Setenv("SPLNENO_IMAP_FILE", p.write("env", "imaps://plan:tajne@env.example"))
	if got := p.value("imap"); got != "imaps://******@env.example from SPLNENO_IMAP_FILE" {
		t.Error(got)
	}
	if out, _ := p.says("config", "show"); strings.Contains(out, "taj") {
		t.Errorf("a secret shows in\n%s", out)
	}
}

func TestConfigCredentials(t *testing.T) {
	p := newProgram(t)
	t.Setenv("CREDENTIALS_DIRECTORY", p.dir)
	p.write("db", "postgres://splneno@localhost/plan")
	p.write("db-password", "tajne")
	key := p.write("key", "")
	secret := p.write("oidc-secret", "tajne")
	for name, want := range map[string]string{
		"db":               "postgres://******@localhost/plan from credential db",
		"key":              key + " from credential key",
		"oidc-secret-file": secret + " from credential oidc-secret",
		"smtp":             "- from default",
	} {
		if got := p.value(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	p.write("splneno.yaml", "db: sqlite:own.db")
	if got := p.value("db"); got != "sqlite:own.db from splneno.yaml line 1" {
		t.Error(got)
	}
}

func TestConfigFaults(t *testing.T) {
	for text, want := range map[string]string{
		"smpt: x":                          "splneno.yaml line 1: there is no setting smpt; did you mean smtp?",
		"# x\n\nLOG_LEVEL: info":           "splneno.yaml line 3: there is no setting LOG_LEVEL; did you mean log-level?",
		"smtp-pasword-file: x":             "there is no setting smtp-pasword-file; did you mean smtp-password-file?",
		"url: a\nurl: b":                   "splneno.yaml line 2: url is given again; it stands in splneno.yaml line 1 already",
		"every: 30s":                       "every is no setting but a flag of splneno serve; give it there",
		"dkim: maybe":                      "dkim must be true or false",
		"log-level: loud":                  "log-level must be one of debug, info, warn, error",
		"url: [a, b]":                      "url takes one value and has a list of 2",
		"smtp-file: [a]":                   "smtp-file takes one value and has a list of 1",
		"url:":                             "url has no value; ",
		"url: {a: b}":                      "url holds further keys; settings are flat",
		"url: &a b":                        "url uses an anchor",
		"relay: [[a]]":                     "relay has a list whose items are no plain values",
		"smtp-file: empty":                 "splneno.yaml line 1: the file empty is empty",
		"- url":                            "splneno.yaml is no list of settings",
		"url: [a":                          "splneno.yaml cannot be read as YAML: line ",
		"url: a\n\tsmtp: b":                "splneno.yaml cannot be read as YAML: line 1: found a tab character",
		"url:https://a.example":            "with a space after the colon",
		"\xff\xfe":                         "splneno.yaml cannot be read as YAML: no documents in stream; write each",
		"smtp-file: nowhere":               "splneno.yaml line 1: there is no file nowhere",
		"smtp: a\nsmtp-file: splneno.yaml": "splneno.yaml line 2: smtp-file is given beside smtp in splneno.yaml line 1",
		"smtp: smtp://posta.example\nsmtp-password-file: splneno.yaml": "the password cannot be put into smtp: the address names no user",
		strings.Repeat("# much\n", 50000):                              "is larger than 256 KB",
		"url: https://a.example\n---\ntenant: b":                       "cannot be read as YAML",
	} {
		p := newProgram(t)
		p.write("empty", " \n")
		p.write("splneno.yaml", text)
		out, code := p.says("config", "check")
		if !strings.Contains(out, want) || code != exitFailed {
			t.Errorf("%.60q: exit %d, want %q in\n%s", text, code, want, out)
		}
		if out, code := p.says("season", "list"); code != exitUsage || !strings.Contains(out, want) {
			t.Errorf("%.60q, another command: exit %d, want %q in\n%s", text, code, want, out)
		}
		if _, err := os.Stat("splneno.db"); err == nil {
			t.Errorf("%.60q: a database was made", text)
		}
	}
}

// All that is wrong is said at once, and a value that can be used is used.
func TestConfigFaultsTogether(t *testing.T) {
	p := newProgram(t)
	p.write("splneno.yaml", "smpt: x\nurl: ftp://x\ndkim: maybe\ntenant: zdar\n")
	t.Setenv("SPLNENO_LISTENN", "x")
	out, code := p.says("config", "check", "--oidc-client", "x")
	for _, want := range []string{"smpt", "dkim must be", "SPLNENO_LISTENN; did you mean SPLNENO_LISTEN?", "url: must be an address", "oidc: a single sign-on needs", ": 5\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("exit %d, want %q in\n%s", code, want, out)
		}
	}
	if got := p.value("tenant"); got != "zdar from splneno.yaml line 4" {
		t.Error(got)
	}
	if out, code := p.says("version"); code != exitUsage || strings.Contains(out, "LISTENN") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestConfigValues(t *testing.T) {
	for text, want := range map[string]string{
		"db: mysql://x":      "db: must begin with sqlite: or postgres://",
		"db: sqlite:no/x.db": "db: the folder no for the database does not exist",
		"db: postgres://a@db.example/x?sslmode=prefer": "db: the address of PostgreSQL at db.example says sslmode",
		"key: splneno.yaml":                            "key: ",
		"key: no/x.key":                                "key: the folder no for the key does not exist",
		"tenant: ''":                                   "tenant: is empty",
		"url: plan.mesto.cz":                           "url: must be an address as https://",
		"url: http://plan.mesto.cz":                    "url: must begin with https://",
		"listen: 0.0.0.0:8080":                         "url: must begin with https://",
		"listen: '8080'":                               "listen: \"8080\" is no address to listen on",
		"smtp: ftp://x":                                "smtp: the SMTP address must begin",
		"oauth: nonsense":                              "oauth: the sign-in of the mail account",
		"oauth: google:///nowhere.json":                "oauth: the key of the Google service account cannot be read",
		"clamd: x":                                     "clamd: the address of the virus scanner",
		"imap: http://x":                               "imap: the IMAP address must begin",
		"lmtp: unix:no/x":                              "lmtp: the folder no does not exist",
		"smtp-in: x":                                   "smtp-in: \"x\" is no address",
		"smtp-in-cert: x":                              "smtp-in-cert: is given without smtp-in",
		"smtp-in: 127.0.0.1:25\nsmtp-in-cert: x":       "smtp-in-cert: a certificate needs both",
		"mail-drop: no":                                "mail-drop: the folder ",
		"proxy: [10.0.0.0/33]":                         "proxy: \"10.0.0.0/33\" is no address",
		"oidc-issuer: https://x":                       "oidc: a single sign-on needs",
		"metrics-from: [abc]":                          "metrics-from: \"abc\" is no address or network",
		"sent: http://x/Sent":                          "sent: the IMAP address must begin",
	} {
		p := newProgram(t)
		p.write("splneno.yaml", text)
		out, code := p.says("config", "check")
		if !strings.HasPrefix(out, want) || strings.Count(out, "\n") != 2 || code != exitFailed {
			t.Errorf("%q: exit %d, want %q, not\n%s", text, code, want, out)
		}
	}
	p := newProgram(t)
	p.write("pw", "tajne")
	p.write("splneno.yaml", "url: https://plan.mesto.cz\nlisten: 0.0.0.0:8080\nrelay: posta.mesto.cz\nproxy:\n  - 10.0.0.5\n  - 10.1.0.0/16\nsmtp: smtps://plan@posta.mesto.cz\nsmtp-password-file: pw\nlmtp: unix:lmtp\nsmtp-in: ':2525'\ndkim: no\n")
	if out, code := p.says("config", "check"); out != "Configuration is fine.\n" || code != exitDone {
		t.Errorf("exit %d: %s", code, out)
	}
	if err := os.Chmod("pw", 0o644); err != nil {
		t.Fatal(err)
	}
	if out, code := p.says("config", "check"); !strings.HasPrefix(out, "warning: splneno.yaml line 8: others can read pw") || code != exitDone {
		t.Errorf("exit %d: %s", code, out)
	}
}

// The example can be used as it stands, and every line of it can be.
func TestConfigExample(t *testing.T) {
	p := newProgram(t)
	out, code := p.says("config", "example")
	if code != exitDone {
		t.Fatal(out)
	}
	example := p.write("example.yaml", out)
	if out, code := p.says("config", "check", example); out != "Configuration is fine.\n" || code != exitDone {
		t.Errorf("exit %d: %s", code, out)
	}
	line := regexp.MustCompile(`(?m)^#([a-z][a-z-]*): (.*)$`)
	all := line.FindAllStringSubmatch(out, -1)
	var b strings.Builder
	for _, l := range all {
		if !strings.HasSuffix(l[1], "-file") || l[1] == "oidc-secret-file" {
			b.WriteString(l[1] + ": " + l[2] + "\n")
		}
	}
	p.write("splneno.yaml", b.String())
	if out, code := p.says("version"); code != exitDone {
		t.Errorf("with every line in use: exit %d: %s", code, out)
	}
	show, _ := p.says("config", "show")
	if n := strings.Count(show, "splneno.yaml line "); n != strings.Count(b.String(), "\n") || n < 20 {
		t.Errorf("%d settings of the example are in use, %d lines:\n%s", n, strings.Count(b.String(), "\n"), show)
	}
}

// The table of README.md lists every setting, and no other.
func TestConfigInReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	p := newProgram(t)
	show, _ := p.says("config", "show")
	_, table, _ := strings.Cut(string(text), "| setting | key and flag | default |")
	table, _, _ = strings.Cut(table, "\n\n")
	in, known := map[string]bool{}, map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\|[^|]*\\| (`[^|]*) \\|.*\\|$").FindAllStringSubmatch(table, -1) {
		for _, key := range regexp.MustCompile("`([a-z-]+)`").FindAllStringSubmatch(row[1], -1) {
			in[key[1]] = true
		}
	}
	for _, row := range regexp.MustCompile(`(?m)^([a-z-]+)  `).FindAllStringSubmatch(show, -1) {
		known[row[1]] = true
		if !in[row[1]] {
			t.Errorf("README.md does not tell of %s", row[1])
		}
	}
	for name := range in {
		if !known[name] {
			t.Errorf("README.md tells of %s, which is no setting", name)
		}
	}
}
