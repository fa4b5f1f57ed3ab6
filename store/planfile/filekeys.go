package planfile

import (
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"splneno/engine"
)

// checkNode refuses keys that type t does not have, and anchors, which a plan
// has no use for and which can blow a small file up.
func checkNode(name string, n *yaml.Node, t reflect.Type) error {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return engine.Errorf(engine.Invalid, "%s line %d: anchors and aliases are not supported; write the value out", name, n.Line)
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var fields map[string]reflect.Type
	if t.Kind() == reflect.Struct {
		fields = keysOf(t)
	}
	for i, c := range n.Content {
		inner := t
		switch {
		case n.Kind == yaml.MappingNode && fields != nil:
			key := n.Content[i-i%2]
			field, ok := fields[key.Value]
			if !ok {
				return engine.Errorf(engine.Invalid, "%s line %d: unknown key %q; the nearest known one is %q",
					name, key.Line, key.Value, nearest(key.Value, fields))
			}
			inner = field
			if i%2 == 0 {
				inner = reflect.TypeFor[string]()
			}
		case n.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
			inner = t.Elem()
		}
		if err := checkNode(name, c, inner); err != nil {
			return err
		}
	}
	return nil
}

func keysOf(t reflect.Type) map[string]reflect.Type {
	keys := map[string]reflect.Type{}
	for f := range t.Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		keys[key] = f.Type
	}
	return keys
}

// nearest gives the known key that takes the fewest edits.
func nearest(key string, known map[string]reflect.Type) string {
	var names []string
	for k := range known {
		names = append(names, k)
	}
	slices.Sort(names)
	return slices.MinFunc(names, func(a, b string) int { return edits(key, a) - edits(key, b) })
}

// edits counts the letters to insert, delete or change to make b of a. A key
// longer than any real one is cut: the count only picks a suggestion.
func edits(a, b string) int {
	a = a[:min(len(a), 40)]
	before := make([]int, len(b)+1)
	for j := range before {
		before[j] = j
	}
	for i := range len(a) {
		now := make([]int, len(b)+1)
		now[0] = i + 1
		for j := range len(b) {
			change := before[j]
			if a[i] != b[j] {
				change++
			}
			now[j+1] = min(change, before[j+1]+1, now[j]+1)
		}
		before = now
	}
	return before[len(b)]
}
