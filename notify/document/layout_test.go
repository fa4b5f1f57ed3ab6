package document

import (
	"testing"

	"splneno/engine"
)

func TestExampleLayoutHoldsEveryPlaceholder(t *testing.T) {
	data, err := ExampleLayout()
	if err != nil {
		t.Fatal(err)
	}
	findings, usable, err := CheckLayout(data)
	if err != nil || !usable {
		t.Fatalf("%v, %v, %v", findings, usable, err)
	}
	found := map[string]bool{}
	for _, f := range findings {
		if f.Fault != "" {
			t.Errorf("%+v", f)
		}
		found[f.Name] = true
	}
	for _, p := range Placeholders() {
		if !found[p.Name] && !p.All || p.About == "" {
			t.Errorf("%+v is not in the example, or says nothing of itself", p)
		}
	}
}

func TestCheckLayoutOfWhatIsNone(t *testing.T) {
	if _, _, err := CheckLayout([]byte("none")); engine.CodeOf(err) != engine.Invalid {
		t.Errorf("%v", err)
	}
	if len(knownPlaceholders().Parts)+len(knownPlaceholders().Fields) != len(Placeholders()) {
		t.Error("a placeholder is listed twice")
	}
	if _, known := knownPlaceholders().Parts["souhrn"]; !known {
		t.Error("the summary is no part")
	}
}
