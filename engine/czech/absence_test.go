package czech_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"splneno/engine"
	"splneno/engine/czech"
)

// The texts of testdata/absence.txt came on Thursday 30 July 2026.
const cameOn = engine.Date("2026-07-30")

func TestAbsences(t *testing.T) {
	rows := readRows(t, "absence.txt")
	var b strings.Builder
	for _, row := range rows {
		a := czech.ReadAbsence(row.text, cameOn)
		got := strings.TrimSpace(fmt.Sprintf("%s | %s | %s", a.Until, a.Deputy.Name, a.Deputy.Email))
		if got != row.want && !*update {
			t.Errorf("%q\n is %s\nnot %s", row.text, got, row.want)
		}
		fmt.Fprintf(&b, "%s => %s\n", strings.ReplaceAll(row.text, "\n", `\n`), got)
		if plain := czech.ReadAbsence(withoutMarks(row.text), cameOn); plain.Until != a.Until || plain.Deputy.Email != a.Deputy.Email {
			t.Errorf("%q without diacritics is %v, not %v", row.text, plain, a)
		}
	}
	if *update {
		if err := os.WriteFile("testdata/absence.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if len(rows) < 50 {
		t.Errorf("only %d absences", len(rows))
	}
}

func TestAYearIsInferredFromTheDayOfArrival(t *testing.T) {
	for _, tt := range []struct {
		text           string
		received, want engine.Date
	}{
		{"Jsem mimo kancelář do 5. 1.", "2026-12-20", "2027-01-05"},
		{"Jsem mimo kancelář do 5. 1.", "2026-01-05", "2026-01-05"},
		{"Jsem mimo kancelář do 5. 1.", "2026-01-10", ""}, // a message nobody switched off
		{"Jsem mimo kancelář do 29. 2.", "2028-02-01", "2028-02-29"},
		{"Jsem mimo kancelář do 29. 2.", "2026-02-01", ""},
		{"Jsem mimo kancelář do konce února.", "2027-02-01", "2027-02-28"},
		{"Jsem mimo kancelář do 5. 1. 2030", "2026-01-10", ""},
		{"Jsem mimo kancelář do 5. 8. 2026", "", ""},
	} {
		if got := czech.ReadAbsence(tt.text, tt.received).Until; got != tt.want {
			t.Errorf("%q received on %s is until %q, want %q", tt.text, tt.received, got, tt.want)
		}
	}
}

func FuzzReadAbsence(f *testing.F) {
	for _, row := range readRows(f, "absence.txt") {
		f.Add(row.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := czech.ReadAbsence(text, cameOn)
		if a.Until != "" && (a.Until < cameOn || a.Until.Sub(cameOn) > 366) {
			t.Errorf("%q is until %s", text, a.Until)
		}
		if e := a.Deputy.Email; e != strings.ToLower(e) || e != "" && !strings.Contains(e, "@") {
			t.Errorf("%q names %q", text, e)
		}
	})
}
