package engine_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"splneno/engine"
)

// filled gives an evaluation with something in every field, read back from JSON.
func filled(t *testing.T) engine.Evaluation {
	t.Helper()
	var e engine.Evaluation
	fill(reflect.ValueOf(&e).Elem())
	e.State = engine.EvaluationDraft
	return e
}

// fill puts a value other than the zero one into everything below v.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(at("2024-02-15")))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"fulfilled": "naplněno"}))
	default:
		change(v)
	}
}

// change gives a leaf another value.
func change(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "ř")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Float64:
		v.SetFloat(v.Float() + 0.5)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"fulfilled": "dosaženo"}))
	case reflect.Struct: // an instant
		v.Set(reflect.ValueOf(v.Interface().(time.Time).Add(time.Second)))
	default:
		panic("no way to change a " + v.Kind().String())
	}
}

// leaves calls f for every value below v that is no composite, with its path.
func leaves(path string, v reflect.Value, f func(string, reflect.Value)) {
	switch {
	case v.Kind() == reflect.Slice:
		leaves(path, v.Index(0), f)
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		for i := range v.NumField() {
			leaves(path+"."+v.Type().Field(i).Name, v.Field(i), f)
		}
	default:
		f(path, v)
	}
}

func digest(t *testing.T, e engine.Evaluation) string {
	t.Helper()
	d, err := e.Digest()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Whatever is told changes the digest; how far the document is does not, nor do
// the answers' own words: their hashes do.
func TestDigestCoversWhatIsTold(t *testing.T) {
	e := filled(t)
	before := digest(t, e)
	untold := []string{".State", ".MadeAt", ".FrozenAt", ".FrozenBy", ".Hash", ".First", ".People", ".Version", ".Areas.Measures.Activities.Answers.Text"}
	n := 0
	leaves("", reflect.ValueOf(&e).Elem(), func(path string, v reflect.Value) {
		was := reflect.New(v.Type()).Elem()
		was.Set(v)
		change(v)
		if same := digest(t, e) == before; same != slices.Contains(untold, path) {
			t.Errorf("%s changed: digest the same %v", path, same)
		}
		v.Set(was)
		n++
	})
	if n < 60 || digest(t, e) != before {
		t.Errorf("%d fields tried", n)
	}
}

// The digest can be computed again from the published JSON, and in any zone the
// instants are read in, as long as they are written alike.
func TestDigestSurvivesJSON(t *testing.T) {
	for name, e := range map[string]engine.Evaluation{"filled": filled(t), "empty": {}, "a year": engine.Evaluate(record(), at("2024-02-15"))} {
		body, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back engine.Evaluation
		if err := json.Unmarshal(body, &back); err != nil {
			t.Fatal(err)
		}
		if digest(t, e) != digest(t, back) {
			t.Errorf("%s: another digest after JSON", name)
		}
	}
}
