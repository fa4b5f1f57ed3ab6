package main

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"splneno/engine"
)

// helpCommand prints the handbook of whoever installs the program and keeps it
// running.
type helpCommand struct {
	Topic    string `arg:"" optional:"" help:"What about. Without it the topics are listed."`
	Language string `enum:",cs,en" default:"" help:"cs or en. Default: cs where the system speaks Czech, or else en."`
}

// Help gives the example of --help.
func (helpCommand) Help() string {
	return "Examples: splneno help; splneno help copies --language cs; splneno help unit > splneno.service"
}

// The handbook: a folder for each language, a file for each topic, in the order
// of their numbers.
//
//go:embed handbook
var handbook embed.FS

// The files that systemd, a container or a monitoring reads.
//
//go:embed pack/splneno* pack/Containerfile
var packed embed.FS

// packedFiles names them for the command line.
var packedFiles = []struct{ topic, file string }{
	{"unit", "splneno.service"}, {"backup-service", "splneno-backup.service"}, {"backup-timer", "splneno-backup.timer"},
	{"drop-in", "splneno.service.d-postgresql.conf"}, {"sysusers", "splneno.sysusers"}, {"settings", "splneno.yaml"},
	{"alerts", "splneno.rules.yml"}, {"containerfile", "Containerfile"},
}

// Run prints a topic, or what there is.
func (h helpCommand) Run(w *world) error {
	language := cmp.Or(h.Language, spoken(os.Getenv))
	if h.Topic == "" {
		return listTopics(w, language)
	}
	for _, p := range packedFiles {
		if p.topic == h.Topic {
			text, err := packed.ReadFile(path.Join("pack", p.file))
			if err != nil {
				return err
			}
			_, err = w.out.Write(text)
			return err
		}
	}
	text, err := topicText(language, h.Topic)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(w.out, underlined(text))
	return err
}

// spoken gives the language of the system: the first of the variables that is
// set says it.
func spoken(getenv func(string) string) string {
	if strings.HasPrefix(cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG")), "cs") {
		return "cs"
	}
	return "en"
}

// topicText gives the text of a topic.
func topicText(language, topic string) (string, error) {
	for _, file := range topicFiles(language) {
		if topicName(file) == topic {
			text, err := handbook.ReadFile(file)
			return string(text), err
		}
	}
	return "", engine.Errorf(usage, "there is no topic %s; splneno help lists them, and splneno COMMAND --help tells of a command", oneLine(topic))
}

// topicFiles gives the files of a language in their order.
func topicFiles(language string) []string {
	files, err := fs.Glob(handbook, path.Join("handbook", language, "*.md"))
	if err != nil {
		panic(err) // unreachable: the pattern is a constant and the files are part of the program
	}
	slices.Sort(files)
	return files
}

// topicName gives "copies" for "handbook/cs/07-copies.md".
func topicName(file string) string {
	_, name, _ := strings.Cut(strings.TrimSuffix(path.Base(file), ".md"), "-")
	return name
}

// listTopics prints what there is: each topic with its heading.
func listTopics(w *world, language string) error {
	text, err := handbook.ReadFile(path.Join("handbook", language, "topics.txt"))
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, file := range topicFiles(language) {
		topic, err := handbook.ReadFile(file)
		if err != nil {
			return err
		}
		title, _, _ := strings.Cut(strings.TrimPrefix(string(topic), "# "), "\n")
		fmt.Fprintf(&b, "  %-10s %s\n", topicName(file), title)
	}
	_, err = fmt.Fprint(w.out, strings.Replace(string(text), "TOPICS\n", b.String(), 1))
	return err
}

// underlined takes the marks of Markdown away that a reader of a terminal has no use
// for: headings are underlined.
func underlined(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		title := strings.TrimLeft(line, "#")
		rule := ""
		switch {
		case title == line:
			fmt.Fprintln(&b, line)
			continue
		case strings.HasPrefix(line, "## "):
			rule = "-"
		default:
			rule = "="
		}
		title = strings.TrimSpace(title)
		fmt.Fprintf(&b, "%s\n%s\n", title, strings.Repeat(rule, len([]rune(title))))
	}
	return b.String()
}
