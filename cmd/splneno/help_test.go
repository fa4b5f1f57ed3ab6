package main

import (
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// topicsOf gives the handbook in a language: the text of each topic, in order.
func topicsOf(t *testing.T, language string) (names []string, texts map[string]string) {
	t.Helper()
	texts = map[string]string{}
	for _, file := range topicFiles(language) {
		text, err := handbook.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, path.Base(file))
		texts[topicName(file)] = string(text)
	}
	return names, texts
}

// commandsIn gives the commands of a text: those in lines of their own, and those
// within a sentence, which may be broken over two lines.
func commandsIn(text string) (own, within []string) {
	line := regexp.MustCompile(`(?m)^ {4,}(?:sudo -u splneno )?(splneno .*)$`)
	for _, m := range line.FindAllStringSubmatch(text, -1) {
		own = append(own, m[1])
	}
	prose := regexp.MustCompile(`(?m)^ {4,}.*$`).ReplaceAllString(text, "")
	for _, m := range regexp.MustCompile("`(?:sudo -u splneno )?(splneno [^`]*)`").FindAllStringSubmatch(prose, -1) {
		within = append(within, strings.Join(strings.Fields(m[1]), " "))
	}
	return own, within
}

// shellWords splits a command line as a shell does, as far as the handbook needs
// it, and leaves out where its output goes.
func shellWords(line string) (words []string) {
	line, _, _ = strings.Cut(line, " > ")
	for _, m := range regexp.MustCompile(`(?:[^\s']|'[^']*')+`).FindAllString(line, -1) {
		words = append(words, strings.ReplaceAll(m, "'", ""))
	}
	return words[1:]
}

// TestHandbookCommands parses every command of the handbook as the program would.
func TestHandbookCommands(t *testing.T) {
	t.Chdir(t.TempDir())
	_, cs := topicsOf(t, "cs")
	_, en := topicsOf(t, "en")
	n := 0
	for topic, text := range en {
		own, within := commandsIn(text)
		ownThere, withinThere := commandsIn(cs[topic])
		if !slices.Equal(own, ownThere) {
			t.Errorf("%s: the languages do not have the same commands\n%q\n%q", topic, own, ownThere)
		}
		for _, line := range slices.Concat(own, within, withinThere) {
			n++
			if err := parses(t, shellWords(line)); err != nil {
				t.Errorf("%s: %s: %v", topic, line, err)
			}
		}
	}
	if n < 90 {
		t.Errorf("only %d commands were found", n)
	}
}

// parses tells what is wrong with a command line; files it names are there.
func parses(t *testing.T, args []string) error {
	t.Helper()
	for _, arg := range args {
		name := filepath.Base(arg)
		if regexp.MustCompile(`\.(db|eml|log|txt|yaml)$`).MatchString(arg) && !strings.Contains(arg, ":") {
			if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, arg := range args {
		if strings.HasPrefix(arg, "/var/backups/") && strings.HasSuffix(arg, ".db") {
			args[i] = filepath.Base(arg)
		}
	}
	left := false
	parser, err := kong.New(&command{}, kong.Name("splneno"), kong.Writers(io.Discard, io.Discard), kong.Exit(func(int) { left = true }), groups)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil && !left {
		return err
	}
	if len(args) > 1 && args[0] == "help" && args[1] == strings.ToLower(args[1]) && !strings.HasPrefix(args[1], "-") {
		return helpCommand{Topic: args[1]}.Run(&world{out: io.Discard})
	}
	return nil
}

// TestHandbookInBothLanguages holds the topics against each other, and their
// lines against the width of a terminal.
func TestHandbookInBothLanguages(t *testing.T) {
	names, cs := topicsOf(t, "cs")
	others, en := topicsOf(t, "en")
	if !slices.Equal(names, others) || len(names) < 10 {
		t.Errorf("the topics are %q and %q", names, others)
	}
	for topic, text := range en {
		if a, b := strings.Count(text, "\n#"), strings.Count(cs[topic], "\n#"); a != b {
			t.Errorf("%s has %d headings in English, %d in Czech", topic, a, b)
		}
		for _, line := range strings.Split(text+cs[topic], "\n") {
			if len([]rune(line)) > 80 && !strings.HasPrefix(line, "    ") {
				t.Errorf("%s: longer than a terminal is wide: %s", topic, line)
			}
		}
	}
}

// TestHandbookTellsOfFindings looks for the name of every finding of the doctor,
// and of every metric an alert or the handbook names.
func TestHandbookTellsOfFindings(t *testing.T) {
	_, cs := topicsOf(t, "cs")
	_, en := topicsOf(t, "en")
	files, err := filepath.Glob("doctor*.go")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:const name(?:, \w+)? = |Check: |finding\()"([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
			names[m[1]] = true
		}
	}
	if len(names) < 25 {
		t.Errorf("only %d findings are known", len(names))
	}
	for name := range names {
		if !strings.Contains(cs["trouble"], name) || !strings.Contains(en["trouble"], name) {
			t.Errorf("the handbook does not tell of the finding %q", name)
		}
	}
	source, err := os.ReadFile("metrics.go")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := packed.ReadFile("pack/splneno.rules.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, metric := range regexp.MustCompile(`splneno_[a-z_]+`).FindAllString(cs["run"]+en["run"]+string(rules), -1) {
		if !strings.Contains(string(source), `"`+metric+`"`) {
			t.Errorf("there is no metric %s", metric)
		}
	}
}

func TestHelp(t *testing.T) {
	p := newProgram(t)
	p.write("splneno.yaml", "smpt: faulty")
	t.Setenv("LC_ALL", "cs_CZ.UTF-8")
	if out, code := p.says("help"); code != exitDone || !strings.Contains(out, "  copies ") || !strings.Contains(out, "Kopie:") {
		t.Errorf("exit %d:\n%s", code, out)
	}
	if out, code := p.says("help", "copies", "--language", "en"); code != exitDone || !strings.HasPrefix(out, "Copies: backup, restore, moving, and the hold\n====") {
		t.Errorf("exit %d:\n%s", code, out)
	}
	if out, code := p.says("help", "unit"); code != exitDone || !strings.Contains(out, "[Service]\nType=notify") {
		t.Errorf("exit %d:\n%s", code, out)
	}
	for _, packed := range packedFiles {
		if out, code := p.says("help", packed.topic); code != exitDone || out == "" {
			t.Errorf("%s: exit %d:\n%s", packed.topic, code, out)
		}
	}
	if out, code := p.says("help", "serve"); code != exitUsage || !strings.Contains(out, "there is no topic serve") {
		t.Errorf("exit %d:\n%s", code, out)
	}
}
