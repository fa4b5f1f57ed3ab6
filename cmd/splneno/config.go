package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// configCommand is about the settings of this installation.
type configCommand struct {
	Check   configCheckCommand   `cmd:"" help:"Say what is wrong with the settings, one sentence each."`
	Show    configShowCommand    `cmd:"" help:"List every setting, its value without secrets, and where it comes from."`
	Example configExampleCommand `cmd:"" help:"Print a file of settings to begin from."`
}

// A setting is a flag that may also stand in the environment and in the file of
// settings: every flag that has a variable.
type setting struct {
	*kong.Flag
	serve bool // of serve alone
}

// env is the variable of a setting.
func (s setting) env() string { return s.Envs[0] }

// secret says that the value is an address that may hold a password.
func (s setting) secret() bool { return s.Tag.Has("secret") }

// credential is the name of the file systemd hands over, "" where none may.
func (s setting) credential() string {
	if s.secret() {
		return s.Name
	}
	if s.PlaceHolder == "FILE" {
		return strings.TrimSuffix(s.Name, "-file")
	}
	return ""
}

// A given value is what one place says of a setting. A list is []any of strings,
// as kong takes it.
type given struct {
	value any
	where string
}

// A configuration is all that the places outside the command line say: the
// environment, the file of settings, the credentials of systemd. It is read
// when the first flag asks for it.
type configuration struct {
	file     string // "" for none
	settings []setting
	flags    map[string]string // all flags that are no settings, and a command of each
	said     map[string]given  // what the file says, by key
	from     map[string]string // where a value comes from, by setting
	faults   []string          // whole sentences
	warnings []string
	loaded   bool
}

// The places a file of settings is looked for when none is named.
var configPlaces = []string{"splneno.yaml", "/etc/splneno/splneno.yaml"}

// Validate is no use of ours: kong calls it when all is resolved.
func (conf *configuration) Validate(*kong.Application) error { return nil }

// Resolve gives the value of a flag that is not on the command line, nil where
// kong is to take the environment or the default. What is wrong is kept, so
// that all of it can be said at once.
func (conf *configuration) Resolve(ctx *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if !conf.loaded {
		conf.load(ctx)
	}
	at := slices.IndexFunc(conf.settings, func(s setting) bool { return s.Flag == flag || s.Name == flag.Name && len(flag.Envs) > 0 })
	if at < 0 {
		return nil, nil
	}
	s := conf.settings[at]
	if _, set := os.LookupEnv(s.env()); set {
		conf.from[s.Name] = s.env()
		return nil, nil
	}
	g := conf.find(s)
	if g.value == nil {
		return nil, nil
	}
	conf.from[s.Name] = g.where
	return g.value, nil
}

// load learns the settings from the command line's own model and reads the file.
func (conf *configuration) load(ctx *kong.Context) {
	conf.loaded, conf.from, conf.said, conf.flags = true, map[string]string{}, map[string]given{}, map[string]string{}
	conf.learn(ctx.Model.Node, "")
	named := os.Getenv("SPLNENO_CONFIG")
	for _, p := range ctx.Path {
		if p.Flag != nil && p.Flag.Name == "config" || p.Positional != nil && p.Positional.Tag.Has("settings") {
			named = ctx.Value(p).String()
		}
	}
	conf.file = named
	if named == "" {
		at := slices.IndexFunc(configPlaces, func(file string) bool { _, err := os.Stat(file); return err == nil })
		if at < 0 {
			return
		}
		conf.file = configPlaces[at]
	}
	text, err := readSmall(conf.file)
	if err != nil {
		conf.fault("the file of settings cannot be read: %v", err)
		return
	}
	conf.warnOpen("the file of settings", conf.file, conf.readFile(text))
	for _, s := range conf.settings {
		whole, apart := conf.said[s.Name], conf.said[s.Name+"-file"]
		if s.secret() && whole.value != nil && apart.value != nil {
			conf.fault("%s: %s-file is given beside %s in %s; leave one of them out", apart.where, s.Name, s.Name, whole.where)
		}
	}
}

// learn collects the flags of a command and of those below it.
func (conf *configuration) learn(n *kong.Node, command string) {
	for _, f := range n.Flags {
		known := func(s setting) bool { return s.Name == f.Name }
		switch {
		case len(f.Envs) == 0 || f.Name == "config":
			if before := conf.flags[f.Name]; before == "" || strings.HasPrefix(before, "config ") {
				conf.flags[f.Name] = command
			}
		case !slices.ContainsFunc(conf.settings, known):
			conf.settings = append(conf.settings, setting{f, command != ""})
		}
	}
	for _, child := range n.Children {
		conf.learn(child, strings.TrimSpace(command+" "+child.Name))
	}
}

// find looks for the value of a setting everywhere but in its own variable:
// what stands first wins.
func (conf *configuration) find(s setting) given {
	if s.secret() {
		if file, set := os.LookupEnv(s.env() + "_FILE"); set {
			return conf.contents(s.env()+"_FILE", file)
		}
	}
	if g := conf.said[s.Name]; g.value != nil {
		return g
	}
	if g := conf.said[s.Name+"-file"]; s.secret() && g.value != nil {
		return conf.contents(g.where, fmt.Sprint(g.value))
	}
	file, there := credentialFile(s.credential())
	switch {
	case !there:
		return given{}
	case s.secret():
		return conf.contents("credential "+s.credential(), file)
	}
	return given{file, "credential " + s.credential()}
}

// fault keeps a sentence.
func (conf *configuration) fault(format string, args ...any) {
	conf.faults = append(conf.faults, fmt.Sprintf(format, args...))
}

// takes reports whether kong would take the value.
func (s setting) takes(value any) bool {
	target := reflect.New(s.Target.Type()).Elem()
	err := s.Parse(kong.Scan().PushTyped(value, kong.FlagValueToken), target)
	return err == nil && (s.Enum == "" || slices.Contains(strings.Split(s.Enum, ","), fmt.Sprint(value)))
}

// credentialFile gives the file that systemd hands over under a name.
func credentialFile(name string) (string, bool) {
	dir := os.Getenv("CREDENTIALS_DIRECTORY")
	if dir == "" || name == "" {
		return "", false
	}
	file := filepath.Join(dir, name)
	_, err := os.Stat(file)
	return file, err == nil
}
