package main

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"
)

// configShowCommand lists the settings.
type configShowCommand struct {
	Serve serveCommand `embed:""`
}

// Help says what the list is.
func (configShowCommand) Help() string {
	return "Example: splneno config show\n" +
		"What stands first wins: a flag, the environment, the file of settings, a credential of systemd, the default.\n" +
		"Secrets are shown as ******."
}

// Run prints them.
func (configShowCommand) Run(ctx *kong.Context, c *command, w *world) error {
	file := cmp.Or(c.conf.file, "none; looked for "+strings.Join(configPlaces, " and "))
	if _, err := fmt.Fprintln(w.out, "File of settings:", file); err != nil {
		return err
	}
	table := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	values := map[string]*kong.Flag{}
	for _, f := range ctx.Flags() {
		values[f.Name] = f
	}
	for _, s := range c.conf.settings {
		if f := values[s.Name]; f != nil {
			fmt.Fprintf(table, "%s\t%s\t%s\n", s.Name, oneLine(shown(s, f.Target)), cmp.Or(c.conf.from[s.Name], "default"))
		}
	}
	return table.Flush()
}

// shown gives a value for people, without what nobody is to see.
func shown(s setting, v reflect.Value) string {
	text := fmt.Sprint(v.Interface())
	if list, is := v.Interface().([]string); is {
		text = strings.Join(list, ", ")
	}
	switch {
	case text == "":
		return "-"
	case !s.secret(), strings.HasPrefix(text, "sqlite:"):
		return text
	case mask(text) != text || strings.Contains(text, "://"):
		return mask(text)
	}
	return "******" // whatever it is, it is no address
}

// configExampleCommand prints a file to begin from.
type configExampleCommand struct{}

// Help says where to put it.
func (configExampleCommand) Help() string {
	return "Example: splneno config example > splneno.yaml"
}

// Run prints it.
func (configExampleCommand) Run(c *command, w *world) error {
	var b strings.Builder
	b.WriteString("# Settings of Splneno. Every line is the default, or shows the form of a value;\n" +
		"# take the # away from what you change. Flags and the environment go over it.\n" +
		"# Lists are written as [one, two]. File names are seen from the folder the program runs in.\n")
	part := false
	for _, s := range c.conf.settings {
		if s.serve && !part {
			part = true
			b.WriteString("\n# What only the server (splneno serve) and the doctor need.\n")
		}
		b.WriteString(s.example())
	}
	_, err := fmt.Fprint(w.out, b.String())
	return err
}

// example gives the lines of one setting.
func (s setting) example() string {
	value := cmp.Or(s.Default, strings.Trim(s.PlaceHolder, `"`), "VALUE")
	if s.IsSlice() {
		value = "[" + value + "]"
	}
	text := fmt.Sprintf("\n# %s\n# Environment: %s\n#%s: %s\n", s.Help, s.env(), s.Name, value)
	if s.secret() {
		text += fmt.Sprintf("# Instead of the whole in a file of its own, or of the password alone:\n#%s-file: /etc/splneno/%s\n#%s-password-file: /etc/splneno/%s-password\n", s.Name, s.Name, s.Name, s.Name)
	}
	return text
}
