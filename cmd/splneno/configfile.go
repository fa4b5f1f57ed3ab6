package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"strings"

	"go.yaml.in/yaml/v4"

	"splneno/engine"
	"splneno/engine/pattern"
	"splneno/engine/spell"
)

// smallFile is more than any file of settings or secrets needs.
const smallFile = 256 << 10

// readSmall reads a whole small file. What is no plain file is not opened: a
// pipe keeps its reader waiting for ever, and a device has no end.
func readSmall(file string) ([]byte, error) {
	st, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &engine.Error{Code: engine.Invalid, Msg: "there is no file " + file, Err: err}
	}
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, engine.Errorf(engine.Invalid, "%s is no plain file; write what is meant into one", file)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, smallFile+1))
	if err == nil && len(text) > smallFile {
		err = engine.Errorf(engine.Invalid, "%s is larger than %d KB", file, smallFile>>10)
	}
	return text, err
}

// readFile takes what the file says of each setting, and reports whether a
// secret stands in it.
func (conf *configuration) readFile(text []byte) (secret bool) {
	var root yaml.Node
	if err := yaml.Load(text, &root); err != nil {
		if strings.TrimSpace(withoutComments(text)) != "" {
			conf.fault("%s cannot be read as YAML: %s; %s", conf.file, whyNoYAML(err), howWritten)
		}
		return false
	}
	if root.Kind == yaml.DocumentNode && len(root.Content) == 1 {
		root = *root.Content[0]
	}
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return false
	}
	if root.Kind != yaml.MappingNode {
		conf.fault("%s is no list of settings; %s", conf.file, howWritten)
		return false
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		secret = conf.readKey(root.Content[i], root.Content[i+1]) || secret
	}
	return secret
}

// howWritten is what most files that cannot be read do not keep to.
const howWritten = "write each setting on a line of its own, from its first column, with a space after the colon, as in url: https://plan.mesto.cz"

// placeOfYAML is how the reader of YAML says where and in which of its parts
// something went wrong.
var placeOfYAML = pattern.New(`^.*?(?: at|:) (?:L(\d+)\.C\d+\S*|<unknown position>): (?:yaml: )?`)

// whyNoYAML says what the reader of YAML found, for people who do not know it.
func whyNoYAML(err error) string {
	text := oneLine(err.Error())
	where := placeOfYAML.FindStringSubmatch(text)
	if where == nil {
		return text
	}
	if text = text[len(where[0]):]; where[1] != "" {
		text = "line " + where[1] + ": " + text
	}
	return text
}

// withoutComments leaves what YAML would look at: a file of comments says
// nothing, and that is no fault.
func withoutComments(text []byte) string {
	var out strings.Builder
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			out.WriteString(line)
		}
	}
	return out.String()
}

// readKey takes one setting, and reports whether it holds a secret.
func (conf *configuration) readKey(key, n *yaml.Node) (secret bool) {
	where := fmt.Sprintf("%s line %d", conf.file, key.Line)
	s, known := conf.key(key.Value)
	switch {
	case !known && conf.flags[key.Value] != "":
		conf.fault("%s: %s is no setting but a flag of splneno %s; give it there", where, key.Value, conf.flags[key.Value])
		return false
	case !known:
		conf.fault("%s: there is no setting %s; did you mean %s?", where, oneLine(key.Value), conf.nearest(key.Value))
		return false
	case conf.said[key.Value].value != nil:
		conf.fault("%s: %s is given again; it stands in %s already", where, key.Value, conf.said[key.Value].where)
		return false
	}
	value, why := valueOf(n)
	if list, is := value.([]any); is && (s.Name != key.Value || !s.IsSlice()) {
		why = fmt.Sprintf("takes one value and has a list of %d", len(list))
	}
	if why == "" && s.Name == key.Value && !s.takes(value) {
		why = "must be " + s.kind()
	}
	if why != "" {
		conf.fault("%s: %s %s", where, key.Value, why)
		return false
	}
	conf.said[key.Value] = given{value, where}
	return s.secret() && s.Name == key.Value && holdsPassword(fmt.Sprint(value))
}

// key finds the setting that a key of the file is about: its own name, or that
// of a file with its secret.
func (conf *configuration) key(name string) (setting, bool) {
	for _, s := range conf.settings {
		if name == s.Name || s.secret() && (name == s.Name+"-file" || name == s.Name+"-password-file") {
			return s, true
		}
	}
	return setting{}, false
}

// valueOf gives the value of a key, or why it is none.
func valueOf(n *yaml.Node) (value any, why string) {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return nil, "uses an anchor; write the value out"
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		return nil, "has no value; leave the line out, or write one"
	case n.Kind == yaml.ScalarNode:
		return n.Value, ""
	case n.Kind == yaml.MappingNode:
		return nil, "holds further keys; settings are flat, named as the long flags"
	}
	list := []any{}
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode || item.Tag == "!!null" || item.Anchor != "" {
			return nil, "has a list whose items are no plain values"
		}
		list = append(list, item.Value)
	}
	return list, ""
}

// kind says what a value of the setting is.
func (s setting) kind() string {
	switch {
	case s.IsBool():
		return "true or false"
	case s.Enum != "":
		return "one of " + strings.ReplaceAll(s.Enum, ",", ", ")
	case s.Target.Type().String() == "time.Duration":
		return "a time as 30s or 5m"
	case s.IsSlice():
		return "a list"
	}
	return "a plain value"
}

// nearest gives the key that takes the fewest edits.
func (conf *configuration) nearest(name string) string {
	keys := map[string]bool{}
	for _, s := range conf.settings {
		keys[s.Name] = true
		if s.secret() {
			keys[s.Name+"-file"], keys[s.Name+"-password-file"] = true, true
		}
	}
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	nearest, _ := spell.Nearest(name, maps.Keys(keys))
	return nearest
}
