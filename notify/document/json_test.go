package document

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"splneno/engine"
)

func TestOpenDataFollowsItsSchema(t *testing.T) {
	var root map[string]any
	if err := json.Unmarshal(Schema(), &root); err != nil {
		t.Fatal(err)
	}
	draft := evaluation()
	draft.State = engine.EvaluationDraft
	for name, e := range map[string]engine.Evaluation{"approved": evaluation(), "draft": draft, "empty": {State: engine.EvaluationDraft, Number: 1, Period: engine.Year(2024)}} {
		data := documents(t, e)[".json"]
		var v any
		if err := json.Unmarshal([]byte(data), &v); err != nil {
			t.Fatal(err)
		}
		for _, fault := range check(root, root, v, name) {
			t.Error(fault)
		}
		if strings.Contains(data, `"frozen": null`) != (e.State == engine.EvaluationDraft) || strings.Count(data, ": null") > 2 {
			t.Errorf("%s: null stands elsewhere than for the missing approval and seal", name)
		}
	}
	bad := map[string]any{"plan": 1, "surplus": true, "frozen": "x", "totals": map[string]any{"all": -1.5}, "areas": []any{"x"}, "state": "done", "period_start": "1. 1. 2023"}
	if n := len(check(root, root, bad, "bad")); n < 20 {
		t.Errorf("the check finds only %d faults in nonsense", n)
	}
}

// check compares a value with the parts of JSON Schema our schema uses.
func check(root, s map[string]any, v any, at string) (faults []string) {
	say := func(f string, a ...any) { faults = append(faults, at+": "+fmt.Sprintf(f, a...)) }
	if ref, ok := s["$ref"].(string); ok {
		return check(root, root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any), v, at)
	}
	if of, ok := s["oneOf"].([]any); ok {
		fits := 0
		for _, o := range of {
			if len(check(root, o.(map[string]any), v, at)) == 0 {
				fits++
			}
		}
		if fits != 1 {
			say("fits %d alternatives", fits)
		}
	}
	if enum, ok := s["enum"].([]any); ok && !slices.Contains(enum, v) {
		say("%v is not one of %v", v, enum)
	}
	switch s["type"] {
	case "object":
		o, ok := v.(map[string]any)
		if !ok {
			say("%v is no object", v)
		}
		props := s["properties"].(map[string]any)
		for _, r := range s["required"].([]any) {
			if _, ok := o[r.(string)]; !ok {
				say("%s is missing", r)
			}
		}
		for name, value := range o {
			if p, ok := props[name].(map[string]any); ok {
				faults = append(faults, check(root, p, value, at+"."+name)...)
			} else {
				say("%s is not in the schema", name)
			}
		}
	case "array":
		list, ok := v.([]any)
		if !ok {
			say("%v is no list", v)
		}
		for i, item := range list {
			faults = append(faults, check(root, s["items"].(map[string]any), item, fmt.Sprintf("%s[%d]", at, i))...)
		}
	case "string":
		text, ok := v.(string)
		if !ok {
			say("%v is no text", v)
		}
		if p, ok := s["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(text) {
			say("%q does not match %s", text, p)
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			say("%v is no boolean", v)
		}
	case "integer", "number":
		n, ok := v.(float64)
		if !ok || s["type"] == "integer" && (n != float64(int(n)) || n < 0) {
			say("%v is no %s", v, s["type"])
		}
	case "null":
		if v != nil {
			say("%v is not null", v)
		}
	}
	return faults
}
