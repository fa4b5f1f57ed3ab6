package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"splneno/engine"
)

// manualCommand writes manual pages, made of the same words as --help.
type manualCommand struct {
	Out string `required:"" placeholder:"DIR" type:"path" help:"Folder for splneno.1 and a page for each command."`
}

// Help gives the example of --help.
func (manualCommand) Help() string {
	return "Example: splneno manual --out /usr/local/share/man/man1"
}

// Run writes them.
func (m manualCommand) Run(k *kong.Context, w *world) error {
	if err := os.MkdirAll(m.Out, 0o755); err != nil {
		return engine.Errorf(engine.Unavailable, "the folder %s cannot be made: %w", m.Out, err)
	}
	pages := []*kong.Node{k.Model.Node}
	for _, n := range k.Model.Leaves(true) {
		pages = append(pages, n)
	}
	for _, n := range pages {
		file := filepath.Join(m.Out, pageName(n)+".1")
		if err := os.WriteFile(file, []byte(manualPage(n)), 0o644); err != nil {
			return engine.Errorf(engine.Unavailable, "the manual page %s cannot be written: %w", file, err)
		}
	}
	_, err := fmt.Fprintf(w.out, "%s written to %s.\n", engine.CountOf(len(pages), "manual page", "manual pages"), m.Out)
	return err
}

// pageName gives "splneno-season-open" for that command.
func pageName(n *kong.Node) string { return strings.ReplaceAll(words(n), " ", "-") }

// words gives "splneno season open" for that command.
func words(n *kong.Node) string {
	if n.Parent == nil {
		return n.Name
	}
	return words(n.Parent) + " " + n.Name
}

// manualPage writes the page of a command in the language of man.
func manualPage(n *kong.Node) string {
	var b strings.Builder
	put := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	put(".TH \"%s\" 1 \"\" \"Splneno %s\" \"Splneno\"\n", strings.ToUpper(pageName(n)), version)
	put(".SH NAME\n%s \\- %s\n", roff(pageName(n)), roff(n.Help))
	put(".SH SYNOPSIS\n.B %s\n%s\n", roff(words(n)), roff(strings.TrimSpace(strings.TrimPrefix(n.Summary(), n.Path()))))
	if n.Detail != "" {
		put(".SH DESCRIPTION\n%s\n", roff(n.Detail))
	}
	if len(n.Positional) > 0 {
		put(".SH ARGUMENTS\n")
	}
	for _, p := range n.Positional {
		put(".TP\n.I %s\n%s\n", roff(p.Name), roff(p.Help))
	}
	putFlags(put, "OPTIONS", n.Flags)
	if n.Parent != nil {
		for up := n.Parent; up != nil; up = up.Parent {
			putFlags(put, "OPTIONS OF "+strings.ToUpper(words(up)), up.Flags)
		}
	} else {
		put(".SH COMMANDS\n")
		for _, leaf := range n.Leaves(true) {
			put(".TP\n.B %s\n%s\n", roff(strings.TrimPrefix(words(leaf), n.Name+" ")), roff(leaf.Help))
		}
	}
	put(".SH EXIT STATUS\n0 done, 1 failed, 2 wrong usage.\n")
	return b.String()
}

func putFlags(put func(string, ...any), title string, flags []*kong.Flag) {
	first := true
	for _, f := range flags {
		if f.Hidden || f.Name == "help" {
			continue
		}
		if first {
			put(".SH %s\n", title)
		}
		first = false
		put(".TP\n.B %s\n%s\n", roff(f.String()), roff(f.Help))
		if len(f.Envs) > 0 {
			put("Environment: %s.\n", roff(strings.Join(f.Envs, ", ")))
		}
	}
}

// roff keeps what a text holds from being taken for instructions, and breaks
// lines where the text does.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n", "\n.br\n").Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if l != ".br" && strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
