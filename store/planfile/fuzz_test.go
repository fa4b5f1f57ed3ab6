package planfile_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"splneno/engine"
	"splneno/store/planfile"
)

// FuzzReadText wants no panic, a sentence instead of an internal error, and a
// status only where a status word is printed.
func FuzzReadText(f *testing.F) {
	f.Add(fixture(f, "akcni-plan.txt"))
	f.Add(fixture(f, "vyhodnoceni.txt"))
	f.Add(fixture(f, "barvy.txt"))
	f.Add(fixture(f, "kraj.txt"))
	f.Add(fixture(f, "zapis.txt"))
	f.Add([]byte("Opatření 1.1: X\nAktivity Odpovědný\n1. A\n(b\n\nsplněno (jinou\n c)\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := planfile.Read("x.txt", data, nil)
		if err != nil {
			if engine.CodeOf(err) != engine.Invalid {
				t.Errorf("internal error: %v", err)
			}
			return
		}
		for _, a := range d.Activities {
			if a.ID == "" || d.Plan.Kind == engine.EvaluationPlan && a.Status.Final() && a.StatusRaw == "" {
				t.Errorf("%+v", a)
			}
		}
	})
}

// FuzzReadYAML wants what was read to be written and read back unchanged.
func FuzzReadYAML(f *testing.F) {
	f.Add([]byte(smallFile))
	f.Add([]byte(`{"splneno": 1, "plan": {"kind": "plan"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := planfile.Read("x.yaml", data, nil)
		if err != nil {
			if engine.CodeOf(err) != engine.Invalid {
				t.Errorf("internal error: %v", err)
			}
			return
		}
		var b bytes.Buffer
		if err := planfile.WriteYAML(&b, d); err != nil {
			t.Fatal(err)
		}
		again, err := planfile.Read("x.yaml", b.Bytes(), nil)
		if err != nil {
			t.Fatalf("%v in\n%s", err, b.String())
		}
		if diff := cmp.Diff(d, again, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s\n%s", diff, b.String())
		}
	})
}
