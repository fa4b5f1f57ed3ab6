package czech_test

import (
	"strings"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
)

func TestReadStatus(t *testing.T) {
	tests := []struct {
		text      string
		state     engine.State
		qualifier string
	}{
		{"splněno", engine.Fulfilled, ""},
		{" Splněno.\n", engine.Fulfilled, ""},
		{"splněno \n(jinou \nformou) ", engine.Fulfilled, engine.AnotherForm},
		{"splněno jinou formou", engine.Fulfilled, engine.AnotherForm},
		{"≈ splněno (jinou formou)", engine.Fulfilled, engine.AnotherForm},
		{"◐částečně splněno", engine.Partial, ""},
		{"✘ nesplněno", engine.Unfulfilled, ""},
		{"částečně", engine.Partial, ""},
		{"částečně\nsplněno", engine.Partial, ""},
		{"NESPLNĚNO", engine.Unfulfilled, ""},
		{"ne-\nsplněno", engine.Unfulfilled, ""},
		{"ne splněno", engine.Unfulfilled, ""},
		{"nesplneno", engine.Unfulfilled, ""},
		{"probíhá", engine.InProgress, ""},
		{"", engine.StateUnknown, ""},
		{"nebylo splněno", engine.StateUnknown, ""},
		{"splněno nesplněno", engine.StateUnknown, ""},
		{"ne, splněno", engine.StateUnknown, ""},
		{"splněno z části?", engine.StateUnknown, ""},
	}
	for _, tt := range tests {
		state, qualifier, certain := czech.ReadStatus(tt.text)
		if state != tt.state || qualifier != tt.qualifier || certain != (tt.state != engine.StateUnknown) {
			t.Errorf("%q read as %s %s %v", tt.text, state, qualifier, certain)
		}
	}
}

func TestStatusWord(t *testing.T) {
	tests := []struct {
		state           engine.State
		qualifier, want string
	}{
		{engine.Fulfilled, "", "splněno"},
		{engine.Fulfilled, engine.AnotherForm, "splněno (jinou formou)"},
		{engine.Partial, "", "částečně splněno"},
		{engine.Unfulfilled, "", "nesplněno"},
		{engine.InProgress, "", "probíhá"},
		{engine.Planned, "", "dosud nezahájeno"},
		{engine.StateUnknown, "", "neuvedeno"},
		{engine.Partial, "other", "částečně splněno"},
	}
	for _, tt := range tests {
		got := czech.StatusWord(tt.state, tt.qualifier)
		if got != tt.want {
			t.Errorf("StatusWord(%s, %s) = %q", tt.state, tt.qualifier, got)
		}
		if back, _, ok := czech.ReadStatus(got); ok && back != tt.state {
			t.Errorf("%q reads back as %s", got, back)
		}
	}
}

func TestCutStatus(t *testing.T) {
	tests := []struct {
		line, before, status, rest string
		ok                         bool
	}{
		{"částečně MěÚSS poskytuje", "", "částečně", "MěÚSS poskytuje", true},
		{"Měčín částečně Sama obec", "Měčín", "částečně", "Sama obec", true},
		{"výběrové řízení splněno", "výběrové řízení", "splněno", "", true},
		{"částečně splněno Text", "", "částečně splněno", "Text", true},
		{"síť splněno, nebyla", "", "", "", false},
		{"probíhá", "", "", "", false},
	}
	for _, tt := range tests {
		before, status, rest, ok := czech.CutStatus(tt.line)
		if before != tt.before || status != tt.status || rest != tt.rest || ok != tt.ok {
			t.Errorf("%q cut into %q, %q, %q, %v", tt.line, before, status, rest, ok)
		}
	}
}

// FuzzReadStatus wants no reading of a negated word as its opposite.
func FuzzReadStatus(f *testing.F) {
	f.Add("nesplněno")
	f.Add("ne\u00adsplněno (jinou formou)")
	f.Fuzz(func(t *testing.T, s string) {
		state, _, _ := czech.ReadStatus(s)
		if strings.HasPrefix(czech.Fold(s), "ne") && (state == engine.Fulfilled || state == engine.Partial) {
			t.Errorf("%q read as %s", s, state)
		}
	})
}
