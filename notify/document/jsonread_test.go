package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// everything gives an evaluation with something in every field.
func everything() engine.Evaluation {
	var e engine.Evaluation
	n := 0
	fill(reflect.ValueOf(&e).Elem(), &n)
	e.State = engine.EvaluationApproved
	return e
}

// fill puts a value of its own into everything below v.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2024, 2, 1, 8, 30, *n, 5000, time.UTC)))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"fulfilled": "naplněno", "partial": "zčásti"}))
	case reflect.String:
		v.SetString(fmt.Sprintf("ř <&> \" \\ %d", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 3)
	default:
		panic("no way to fill a " + v.Kind().String())
	}
}

// Every field survives the way into the file and back, and so does the digest.
func TestEveryFieldSurvives(t *testing.T) {
	for name, e := range map[string]engine.Evaluation{"whole": everything(), "ours": evaluation(), "draft": {Plan: "p", State: engine.EvaluationDraft, MadeAt: time.Date(2024, 2, 1, 8, 0, 0, 0, time.FixedZone("", 3600))}} {
		data, err := maker(t).set(engine.Print{Evaluation: e, Sign: sealer(1)}).openData()
		if err != nil {
			t.Fatal(err)
		}
		got, err := ReadEvaluation(data)
		if err != nil {
			t.Fatal(err)
		}
		want := e.Told()
		want.Version = 0 // of the row in the store: nobody's business
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		was, _ := e.Digest()
		if is, err := got.Digest(); err != nil || is != was {
			t.Errorf("%s: digest %s from the file, %s from the evaluation (%v)", name, is, was, err)
		}
	}
}

// What an organisation wrote stays inside; its hash goes out.
func TestAnswersKeepTheirWords(t *testing.T) {
	e := evaluation()
	a := &e.Areas[0].Measures[0].Activities[0].Answers[0]
	a.Text, a.TextHash = "Kanárek zpívá.", "ab12"
	data, err := carried(engine.Print{Evaluation: e})
	if err != nil || bytes.Contains(data, []byte("zpívá")) || !bytes.Contains(data, []byte(`"text":"","text_hash":"ab12"`)) {
		t.Errorf("the words are told, or their hash is not: %v", err)
	}
}

func TestReadRefuses(t *testing.T) {
	data, err := carried(engine.Print{Evaluation: evaluation()})
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for what, bad := range map[string]string{
		"nothing":       "",
		"another thing": `{"name":"x"}`,
		"empty":         `{}`,
		"a list":        `[]`,
		"a newer field": strings.Replace(text, `{"plan":`, `{"mood":"good","plan":`, 1),
		"twice":         strings.Replace(text, `{"plan":`, `{"number":7,"plan":`, 1),
		"twice in case": strings.Replace(text, `{"plan":`, `{"Number":7,"plan":`, 1),
		"cut off":       text[:len(text)/2],
		"something on":  text + `{"plan":"x"}`,
		"no UTF-8":      strings.Replace(text, "Noclehárna", "Nocleh\xe1rna", 1),
		"a deep nest":   strings.Repeat(`{"plan":`, 100_000),
		"a wrong type":  strings.Replace(text, `"number":2`, `"number":"2"`, 1),
	} {
		if _, err := ReadEvaluation([]byte(bad)); engine.CodeOf(err) != engine.Invalid || len(err.Error()) > 300 {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := ReadEvaluation(make([]byte, maxData+1)); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("too large: %v", err)
	}
	older := map[string]any{}
	if err := json.Unmarshal(data, &older); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"made_at", "territory", "approvals", "asking", "unheard", "years", "services", "projects", "next", "edits", "publicized", "digest", "seal"} {
		delete(older, name)
	}
	text0, _ := json.Marshal(older)
	e, err := ReadEvaluation(text0)
	was, _ := evaluation().Digest()
	if is, _ := e.Digest(); err != nil || is != was {
		t.Errorf("a file of an older version is not read: %v", err)
	}
}

func FuzzReadEvaluation(f *testing.F) {
	small := everything() // of a large one only a few are tried
	small.Areas = small.Areas[:1]
	small.Areas[0].Measures = small.Areas[0].Measures[:1]
	small.Areas[0].Measures[0].Activities = small.Areas[0].Measures[0].Activities[:1]
	data, err := carried(engine.Print{Evaluation: small, Sign: sealer(1)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"plan":"p","areas":[{"measures":[null]}],"seal":{}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := ReadEvaluation(data)
		if err != nil {
			if engine.CodeOf(err) != engine.Invalid {
				t.Fatal(err)
			}
			return
		}
		again, err := carried(engine.Print{Evaluation: e})
		if err != nil {
			t.Skip() // a year beyond 9999
		}
		back, err := ReadEvaluation(again)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(e.Told(), back); diff != "" && e.State == engine.EvaluationApproved && !slices.Contains([]string{e.Plan, e.Municipality}, "") {
			t.Error(diff)
		}
	})
}
