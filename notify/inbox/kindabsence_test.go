package inbox

import (
	"testing"

	"splneno/engine"
)

// The subject of our own letter names a day too; it is not the day somebody
// comes back.
func TestAbsence(t *testing.T) {
	const head = "Return-Path: <>\r\nFrom: jana@charita.example.cz\r\nSubject: "
	tests := []struct {
		subject, text string
		until         engine.Date
	}{
		{"Automaticka odpoved: Mesto Vzorov: odpovezte do 30. 1. 2026", "Jsem mimo kancelar do 16. 1. 2026.", "2026-01-16"},
		{"Automaticka odpoved: Mesto Vzorov: odpovezte do 30. 1. 2026", "Jsem mimo kancelar.", ""},
		{"Mimo kancelar do 16. 1. 2026: Mesto Vzorov", "Ozvu se potom.", "2026-01-16"},
		{"Nepritomnost", "Dovolena do 16. 1. 2026", "2026-01-16"},
	}
	for _, tt := range tests {
		m := readMail(t, &Reader{}, engine.Inbound{Raw: []byte(head + tt.subject + "\r\n\r\n" + tt.text + "\r\n")})
		if m.Absence == nil || m.Absence.Until != tt.until {
			t.Errorf("%q %q: %+v", tt.subject, tt.text, m.Absence)
		}
	}
	m, _ := readSample(t, "testdata/kind/automatic/exchange-cs.eml")
	if m.Absence == nil || *m.Absence != (engine.Absence{Until: "2026-01-16", Deputy: m.Absence.Deputy}) || m.Absence.Deputy.Email != "petr.zastera@charita.example.cz" {
		t.Errorf("%+v", m.Absence)
	}
}
