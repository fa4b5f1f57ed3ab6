package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"splneno/engine"
)

// leaves walks what JSON holds; set puts something else in the place of a value.
func leaves(v any, path string, see func(path string, value any, set func(any))) {
	one := func(at string, value any, set func(any)) {
		switch value.(type) {
		case map[string]any, []any:
			leaves(value, at, see)
		default:
			see(at, value, set)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			one(path+"/"+k, v[k], func(x any) { v[k] = x })
		}
	case []any:
		for i := range v {
			one(fmt.Sprint(path, "/", i), v[i], func(x any) { v[i] = x })
		}
	}
}

// Whatever is changed in the data, one value at a time, does not pass. Of when
// the file was made nobody says anything, and how the hash was made (first) is
// proven by the hash itself.
func TestNoValueCanBeChanged(t *testing.T) {
	e := everything()
	e.State, e.Publicized = engine.EvaluationApproved, false
	e.First = false // its rows say what version 0.1.0 did not know: with or without it the hash is the same
	e.Areas = e.Areas[:1]
	var err error
	if e.Hash, err = e.Digest(); err != nil {
		t.Fatal(err)
	}
	data, err := maker(t).set(engine.Print{Evaluation: e, Sign: sealer(1)}).openData()
	if err != nil {
		t.Fatal(err)
	}
	if f := opened(t, "e.json", data); len(f.Faults) > 0 {
		t.Fatal(f.Faults)
	}
	var root any
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	tried := 0
	leaves(root, "", func(path string, value any, set func(any)) {
		var other any
		switch v := value.(type) {
		case string:
			other = v + "x"
		case float64:
			other = v + 1
		case bool:
			other = !v
		}
		set(other)
		forged, err := json.Marshal(root)
		set(value)
		if err != nil {
			t.Fatal(err)
		}
		if f, err := maker(t).Open("e.json", forged); err == nil && len(f.Faults) == 0 && path != "/made_at" && path != "/frozen/first" {
			t.Errorf("%s: %v became %v, and nobody saw it", path, value, other)
		}
		tried++
	})
	if tried < 200 {
		t.Errorf("only %d values were tried", tried)
	}
}

// A file cannot call itself more than it is.
func TestStatesCannotBeClaimed(t *testing.T) {
	data, err := maker(t).set(engine.Print{Evaluation: frozen(t), Sign: sealer(1)}).openData()
	if err != nil {
		t.Fatal(err)
	}
	var j map[string]any
	if err := json.Unmarshal(data, &j); err != nil {
		t.Fatal(err)
	}
	j["seal"], j["digest"] = nil, ""
	for _, c := range []struct {
		state  string
		public bool
	}{{"draft", true}, {"approved, sealed and public", false}, {"Approved", false}, {"public", false}, {"", false}} {
		j["state"], j["publicized"] = c.state, c.public
		forged, err := json.Marshal(j)
		if err != nil {
			t.Fatal(err)
		}
		if f, err := maker(t).Open("e.json", forged); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%q, public %v: %v, %v, %v", c.state, c.public, f.State(), f.Faults, err)
		}
	}
}

// What is wrong with the data is wrong with the table beside them.
func TestTableBesideForgedData(t *testing.T) {
	p := engine.Print{Evaluation: frozen(t), Sign: sealer(1)}
	p.Evaluation.Areas[0].Measures[0].Activities[0].Status = engine.Unfulfilled
	data, err := maker(t).set(p).openData()
	if err != nil {
		t.Fatal(err)
	}
	csv, err := table(p)
	if err != nil {
		t.Fatal(err)
	}
	f, err := maker(t).Beside(opened(t, "e.csv", csv), opened(t, "e.json", data))
	if err != nil || !slices.Contains(f.Faults, FaultHash) {
		t.Errorf("%v %v", f.Faults, err)
	}
}

// A workbook to which something was added, or in which something was hidden, is
// not as it was made.
func TestWorkbookWithMore(t *testing.T) {
	made, _ := workbookOf(t, frozen(t))
	for what, c := range map[string]struct {
		change func(*excelize.File) error
		want   Fault
	}{
		"another version":   {func(b *excelize.File) error { return b.SetCellStr(carryName, "A1", carryMark+"9") }, FaultVersion},
		"a sheet":           {func(b *excelize.File) error { _, err := b.NewSheet("Opravy"); return err }, FaultChanged},
		"a sheet is hidden": {func(b *excelize.File) error { return b.SetSheetVisible("Aktivity", false) }, FaultChanged},
		"a formula":         {func(b *excelize.File) error { return b.SetCellFormula("Aktivity", "H3", `="x"`) }, FaultChanged},
		"a note": {func(b *excelize.File) error {
			return b.AddComment("Aktivity", excelize.Comment{Cell: "H3", Text: "jinak"})
		}, FaultChanged},
	} {
		b, err := excelize.OpenReader(bytes.NewReader(made))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.change(b); err != nil {
			t.Fatal(what, err)
		}
		var out bytes.Buffer
		if err := b.Write(&out); err != nil {
			t.Fatal(err)
		}
		if f := opened(t, "e.xlsx", out.Bytes()); !slices.Contains(f.Faults, c.want) {
			t.Errorf("%s: %v", what, f.Faults)
		}
	}
}

// What is no honest bundle is refused before it is read; words nobody sealed
// are not taken in.
func TestBundlesThatLie(t *testing.T) {
	m := maker(t)
	e := frozen(t)
	file, err := m.WriteBundle(engine.Bundle{Name: "Klatovy", District: "Klatovy", Region: "kraj", Evaluation: e})
	if err != nil {
		t.Fatal(err)
	}
	text := string(file.Data)
	for what, forged := range map[string]string{
		"twice":     strings.Replace(text, `"district":`, `"name":"Domazlice","district":`, 1),
		"follows":   text + text,
		"no UTF-8":  strings.Replace(text, "Klatovy", "Klat\xff", 1),
		"too deep":  strings.Replace(text, `"district":`, `"x":`+strings.Repeat("[", 5000)+strings.Repeat("]", 5000)+`,"district":`, 1),
		"truncated": text[:len(text)/2],
	} {
		if _, err := m.ReadBundle([]byte(forged)); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	b, err := m.ReadBundle(file.Data)
	if err != nil {
		t.Fatal(err)
	}
	b.Evaluation.Areas[0].Measures[0].Activities[0].Answers = []engine.GivenAnswer{{Text: "nikdy", TextHash: strings.Repeat("ab", 32)}}
	if b.Evaluation.WordsFit() {
		t.Error("words nobody sealed fit")
	}
}
