package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"splneno/engine"
)

// completionCommand prints what makes a shell complete our command lines. The
// shell asks us word by word (see completeCommand), so the script never has to
// change with the commands.
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish,powershell" help:"bash, zsh, fish or powershell."`
}

// Help gives the example of --help.
func (completionCommand) Help() string {
	return "Examples: splneno completion bash > /usr/share/bash-completion/completions/splneno;\n" +
		"splneno completion fish > ~/.config/fish/completions/splneno.fish;\n" +
		"splneno completion powershell | Out-String | Invoke-Expression"
}

// Run prints the script of the shell.
func (c completionCommand) Run(w *world) error {
	_, err := fmt.Fprint(w.out, completionScripts[c.Shell])
	return err
}

var completionScripts = map[string]string{
	"bash": `_splneno() {
  local IFS=$'\n'
  COMPREPLY=($(splneno complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _splneno splneno
`,
	"zsh": `#compdef splneno
_splneno() {
  local -a found
  found=("${(@f)$(splneno complete -- "${(@)words[2,$CURRENT]}" 2>/dev/null)}")
  if (( ${#found} )) && [[ -n $found[1] ]]; then compadd -- $found; else _files; fi
}
if [ "$funcstack[1]" = "_splneno" ]; then _splneno "$@"; else compdef _splneno splneno; fi
`,
	"fish": `complete -c splneno -a '(splneno complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
	"powershell": `Register-ArgumentCompleter -Native -CommandName splneno -ScriptBlock {
  param($word, $line, $position)
  $words = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($word -eq '') { $words += '""' }
  splneno complete -- $words | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`,
}

// completeCommand prints what may stand in place of the last of the words, one
// a line; nothing where a file is meant.
type completeCommand struct {
	Words []string `arg:"" optional:"" passthrough:"" help:"The words after splneno, the last one begun."`
}

// Run prints them.
func (c completeCommand) Run(k *kong.Context, w *world) error {
	words := c.Words
	if len(words) > 0 && words[0] == "--" {
		words = words[1:]
	}
	for _, word := range candidates(k.Model.Node, words) {
		if _, err := fmt.Fprintln(w.out, word); err != nil {
			return engine.Errorf(engine.Unavailable, "what completes the words cannot be printed: %w", err)
		}
	}
	return nil
}

// candidates gives what the last word may become below a command.
func candidates(at *kong.Node, words []string) (out []string) {
	if len(words) == 0 {
		words = []string{""}
	}
	last := strings.Trim(words[len(words)-1], `"'`)
	var asks *kong.Flag // the word before is a flag that waits for its value
	for _, word := range words[:len(words)-1] {
		value := asks != nil
		asks = nil
		switch f := flagOf(at, word); {
		case value:
		case f != nil && !f.IsBool() && !strings.Contains(word, "="):
			asks = f
		case f == nil:
			if i := slices.IndexFunc(at.Children, func(n *kong.Node) bool { return n.Name == word }); i >= 0 {
				at = at.Children[i]
			}
		}
	}
	switch {
	case asks != nil:
		out = asks.EnumSlice()
	case strings.HasPrefix(last, "-"):
		out = flagNames(at)
	default:
		for _, n := range at.Children {
			if !n.Hidden {
				out = append(out, n.Name)
			}
		}
		for _, p := range at.Positional {
			out = append(out, p.EnumSlice()...)
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" || !strings.HasPrefix(s, last) })
}

// flagOf gives the flag a word names at a command or above it, nil for none.
func flagOf(at *kong.Node, word string) *kong.Flag {
	name, _, _ := strings.Cut(strings.TrimPrefix(word, "--"), "=")
	if !strings.HasPrefix(word, "--") {
		return nil
	}
	for _, group := range at.AllFlags(false) {
		for _, f := range group {
			if f.Name == name || "no-"+f.Name == name {
				return f
			}
		}
	}
	return nil
}

func flagNames(at *kong.Node) (out []string) {
	for _, group := range at.AllFlags(true) {
		for _, f := range group {
			out = append(out, "--"+f.Name)
		}
	}
	slices.Sort(out)
	return out
}
