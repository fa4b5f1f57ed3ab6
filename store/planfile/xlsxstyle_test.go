package planfile

import "testing"

func TestShowsDay(t *testing.T) {
	for code, want := range map[string]bool{
		"General":             false, // as LibreOffice writes it into every file
		"@":                   false,
		"0.00":                false,
		`0" dní"`:             false,
		"[Red]0":              false,
		`0\d`:                 false,
		"#,##0.00":            false,
		"d. m. yyyy":          true,
		"yyyy-mm-dd":          true,
		"d.m.rrrr":            true,
		"[$-405]d. mmmm yyyy": true,
	} {
		if got := showsDay(code); got != want {
			t.Errorf("%s: %v, want %v", code, got, want)
		}
	}
}
