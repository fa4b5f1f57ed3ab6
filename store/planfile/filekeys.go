package planfile

import (
	"maps"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"

	"splneno/engine"
	"splneno/engine/spell"
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
				nearest, _ := spell.Nearest(key.Value, maps.Keys(fields))
				return engine.Errorf(engine.Invalid, "%s line %d: unknown key %q; the nearest known one is %q",
					name, key.Line, key.Value, nearest)
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
