package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestPack looks at what a release is packed of: scripts the shell can read,
// files the release script names, settings the program takes.
func TestPack(t *testing.T) {
	script, err := os.ReadFile("../../.ci/release")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`pack/([A-Za-z./{},-]+)`).FindAllStringSubmatch(string(script), -1)
	if len(named) < 5 {
		t.Errorf("the release names %q", named)
	}
	for _, m := range named {
		for _, file := range braces(m[1]) {
			if _, err := os.Stat(filepath.Join("pack", file)); err != nil {
				t.Error(err)
			}
		}
	}
	for _, file := range []string{"../../.ci/release", "../../.ci/run", "pack/debian/postinst", "pack/debian/prerm", "pack/debian/postrm"} {
		shell := "bash"
		if strings.HasPrefix(file, "pack") {
			shell = "sh"
		}
		if out, err := exec.Command(shell, "-n", file).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", file, err, out)
		}
	}
	control, err := os.ReadFile("pack/debian/control")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"Version: VERSION\n", "Architecture: ARCH\n", "Installed-Size: SIZE\n"} {
		if !strings.Contains(string(control), line) {
			t.Errorf("control lacks %q", line)
		}
	}
}

// braces gives "ab" and "ac" for "a{b,c}".
func braces(word string) []string {
	before, rest, ok := strings.Cut(word, "{")
	if !ok {
		return []string{word}
	}
	list, after, _ := strings.Cut(rest, "}")
	var all []string
	for _, part := range strings.Split(list, ",") {
		all = append(all, before+part+after)
	}
	return all
}

// TestPackedSettings has the program take the settings of the package, with the
// examples in them in use.
func TestPackedSettings(t *testing.T) {
	text, err := packed.ReadFile("pack/splneno.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := newProgram(t)
	p.write("splneno.yaml", regexp.MustCompile(`(?m)^#([a-z]+: )`).ReplaceAllString(string(text), "$1"))
	for name, want := range map[string]string{"db": "sqlite:/var/lib/splneno/splneno.db", "key": "/var/lib/splneno/splneno.key", "url": "https://plan.mesto.cz"} {
		if got := p.value(name); !strings.HasPrefix(got, want+" from splneno.yaml") {
			t.Errorf("%s is %s", name, got)
		}
	}
	unit, err := packed.ReadFile("pack/splneno.service")
	if err != nil {
		t.Fatal(err)
	}
	if regexp.MustCompile(`(?m)^Environment=SPLNENO_`).Match(unit) {
		t.Error("the unit sets what commands from a shell do not see")
	}
}

// mostExposed is what systemd may find our units open to, of 10.
const mostExposed = 1.5

// TestUnits has systemd read the units and judge how much they may do.
func TestUnits(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("no systemd-analyze")
	}
	dir := t.TempDir()
	for _, file := range []string{"splneno.service", "splneno-backup.service", "splneno-backup.timer"} {
		text, err := packed.ReadFile("pack/" + file)
		if err != nil {
			t.Fatal(err)
		}
		// Neither the program nor its manual is installed here.
		text = regexp.MustCompile(`(?m)^ExecStart=\S+|^Documentation=.*`).ReplaceAllFunc(text, func(b []byte) []byte {
			if strings.HasPrefix(string(b), "Exec") {
				return []byte("ExecStart=/bin/true")
			}
			return nil
		})
		if err := os.WriteFile(filepath.Join(dir, file), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"splneno.service", "splneno-backup.service", "splneno-backup.timer"} {
		out, err := exec.Command("systemd-analyze", "verify", "--recursive-errors=no", "--man=no", filepath.Join(dir, file)).CombinedOutput()
		if err != nil || strings.Contains(string(out), dir) || strings.Contains(string(out), "splneno") {
			t.Errorf("%s: %v\n%s", file, err, out)
		}
		if strings.HasSuffix(file, ".timer") {
			continue
		}
		out, err = exec.Command("systemd-analyze", "security", "--no-pager", "--offline=true", filepath.Join(dir, file)).CombinedOutput()
		m := regexp.MustCompile(`Overall exposure level for \S+: ([0-9.]+)`).FindSubmatch(out)
		if err != nil || m == nil {
			t.Errorf("%s: %v\n%s", file, err, out)
			continue
		}
		if level, err := strconv.ParseFloat(string(m[1]), 64); err != nil || level > mostExposed {
			t.Errorf("%s may do too much: %s", file, m[0])
		}
	}
}
