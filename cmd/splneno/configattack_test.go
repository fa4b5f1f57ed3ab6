package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// bombs are files of settings that were made to do harm, or broke on the way.
func bombs() map[string]string {
	before, bomb := "a", "url: &a [lol, lol]\n"
	for _, next := range strings.Fields("b c d e f g h i j k") {
		bomb += next + ": &" + next + " [" + strings.Repeat("*"+before+", ", 9) + "*" + before + "]\n"
		before = next
	}
	return map[string]string{
		"aliases":    bomb,
		"deep list":  "url: " + strings.Repeat("[", 100_000),
		"deep map":   "url: " + strings.Repeat("{a: ", 50_000),
		"ten MB":     "tenant: zdar\n" + strings.Repeat("# x\n", 2_500_000),
		"many keys":  strings.Repeat("k: 1\n", 40_000),
		"same keys":  "url: http://a.example\nurl: http://b.example\n",
		"tags":       "url: !!binary aHR0cDovL2E=\ntenant: !!python/object:os.system x\nsmtp: !<tag:x> smtp://u:kanarek@h\n",
		"merge":      "<<: {url: http://x}\n? [a, b]\n: c\n",
		"documents":  "url: http://a.example\n---\nurl: http://b.example\n",
		"binary":     "\x00\xff\xfe\x01",
		"utf-16":     "\xff\xfeu\x00r\x00l\x00:\x00 \x00x\x00",
		"controls":   "url: \"\\x1b[31mhttp://x\"\n\"\\x1b]0;x\\x07\": 1\n",
		"long value": "url: http://" + strings.Repeat("a", 200_000) + "\n",
	}
}

// Whatever the file of settings is, looking at it ends soon with sentences that
// hold no secret and move no terminal.
func TestHostileFilesOfSettings(t *testing.T) {
	p := newProgram(t)
	all := bombs()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			out, code := p.says("config", "check", p.write("hostile.yaml", all[name]))
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %s", took)
			}
			if code == exitDone {
				t.Errorf("it is taken for fine: %.500s", out)
			}
			if strings.Contains(out, "kanarek") || strings.ContainsAny(out, "\x1b\x00\x07") {
				t.Errorf("it says %.500q", out)
			}
		})
	}
}

// secretive are wrong addresses with a secret in them, in every form that breaks
// the reading of an address.
func secretive() []string {
	return []string{
		"smtp://u:kanarek@", "smtp://u:kanarek@h:port", "smtp://u:kana%zzrek@h", "smtp://u:ka\x00kanarek@h",
		"smtp://u:kanarek\nrest@h", "smtp://u:kanarek@h\x7f", "://u:kanarek@h", "smtp:u:kanarek@h", "smtp://u:kanarek@[::1",
		"u:kanarek@h", "kanarek", "postgres://u:kanarek@h:99999/x", "postgres://u:kanarek@/x?host=%zz", "\xff://u:kanarek@h",
		"microsoft://id:kanarek@", "imaps://u:kanarek@h/%zz", "mysql://u:kanarek@h/x", "postgres://u:kana rek@h/x?sslmode=x",
	}
}

// No command shows the secret of an address, however wrong the address is.
func TestWrongSecretsAreNotPrinted(t *testing.T) {
	p := newProgram(t)
	commands := [][]string{{"tick"}, {"config", "check"}, {"config", "show"}, {"municipality"}, {"tenant", "list"}, {"nodes"},
		{"backup", "--out", "b.db"}, {"migrate"}, {"hold", "list"}, {"season", "list"}, {"verify"}, {"retention"}}
	for _, wrong := range secretive() {
		for _, name := range []string{"db", "smtp", "oauth", "imap"} {
			p.write("secret", wrong)
			p.write("splneno.yaml", name+"-file: secret\n")
			for i, args := range commands {
				if name != "db" && i > 2 { // the rest do not look at it
					break
				}
				if name != "db" {
					args = append([]string{"--db", "sqlite:plan.db"}, args...)
				}
				out, _ := p.says(args...)
				if strings.Contains(out, "kanarek") || strings.Contains(out, "kana rek") {
					t.Errorf("%s with %s %q says\n%s", args, name, wrong, out)
				}
			}
		}
	}
}
