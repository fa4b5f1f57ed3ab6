package czech_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine/czech"
)

// spellFigure writes a reading on one line: "2011: 50..60 klient/rok ~ (klientů ročně)".
func spellFigure(r czech.IndicatorReading) string {
	s := fmt.Sprintf("%d: %g", r.Year, r.Low)
	if r.High != r.Low {
		s += fmt.Sprintf("..%g", r.High)
	}
	if s += " " + r.Unit; r.Per != "" {
		s += "/" + r.Per
	}
	for _, mark := range []struct {
		is   bool
		text string
	}{{r.Approximate, " ~"}, {r.Change, " change"}, {r.Shared, " shared"}} {
		if mark.is {
			s += mark.text
		}
	}
	return s
}

func TestReadIndicators(t *testing.T) {
	for text, want := range map[string]string{
		"2011: 235 klientů":                                    "2011: 235 klient",
		"rok 2009 i rok 2010: 230 klientů":                     "2009: 230 klient shared; 2010: 230 klient shared",
		"rok 2011 – 307 klientů":                               "2011: 307 klient",
		"2009-55 klientů, 2010-37 klientů":                     "2009: 55 klient; 2010: 37 klient",
		"V roce 2012 přišlo 12 nových rodin.":                  "2012: 12 rodina",
		"v letech 2010 a 2011 to bylo 95 klientů":              "2010: 95 klient shared; 2011: 95 klient shared",
		"V letech 2009–2011 využilo službu šest klientů ročně": "2009: 6 klient/rok shared; 2010: 6 klient/rok shared; 2011: 6 klient/rok shared",
		"50–60":                          "0: 50..60 ",
		"kapacita 50–60, obložnost":      "0: 50..60 ",
		"šest klientů ročně":             "0: 6 klient/rok",
		"cca 75 klientů":                 "0: 75 klient ~",
		"přibližně 1 200 hodin":          "0: 1200 hodina ~",
		"1,5 úvazku":                     "0: 1.5 úvazek",
		"2 774 600,- Kč":                 "0: 2.7746e+06 Kč",
		"pro žádného klienta":            "0: 0 klient",
		"denně 15 klientů":               "0: 15 klient/den",
		"15 klientů denně":               "0: 15 klient/den",
		"za téměř 96% účasti":            "0: 96 % ~",
		"1 – 2 pečující osoby":           "0: 1..2 osoba",
		"dva až tři dobrovolníci":        "0: 2..3 dobrovolník",
		"meziroční nárůst 2 klienti":     "0: 2 klient change",
		"snížení zhruba o 25 osob":       "0: 25 osoba ~ change",
		"20 zaměstnaných osob":           "0: 20 osoba",
		"Rok 2010. Přišlo 12 seniorů.":   "0: 12 senior",
		"2010: 12 seniorů\n\n15 seniorů": "2010: 12 senior; 0: 15 senior",

		"rok 2011":                  "",
		"v letech 2009–2011":        "",
		"zákon č. 108/2006 Sb.":     "",
		"12. 4. 2018 v 15:00":       "",
		"opatření 1.1 a 3.2":        "",
		"ve věku 15–26 let":         "",
		"tel. 376 347 111":          "",
		"v roce 2011 klientů bylo":  "",
		"klientů bylo mnoho":        "",
		"":                          "",
		"5 minut chůze od zastávky": "",
	} {
		var got []string
		for _, r := range czech.ReadIndicators(text) {
			got = append(got, spellFigure(r))
			if text[r.Start:r.End] != r.Raw {
				t.Errorf("%q: raw %q is not at %d..%d", text, r.Raw, r.Start, r.End)
			}
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%q\n got %s\nwant %s", text, s, want)
		}
	}
}

func TestIndicatorSaysWhereAndWhat(t *testing.T) {
	got := czech.ReadIndicators("První řádek.\nSlužbu využily cca 1 – 2 pečující osoby ročně.")
	want := []czech.IndicatorReading{{Name: "pečující osoby", Unit: "osoba", Per: "rok", Value: 1.5, Low: 1, High: 2, Approximate: true,
		Start: 32, End: 65, Line: 2, Raw: "cca 1 – 2 pečující osoby ročně"}}
	want[0].Start = strings.Index("První řádek.\nSlužbu využily cca", "cca")
	want[0].End = want[0].Start + len(want[0].Raw)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestContradictions(t *testing.T) {
	before := czech.ReadIndicators("2009: 230 klientů, 2010: 240 klientů, 2011: 50–60 osob. Denně 15 klientů.")
	for text, want := range map[string]int{
		"2009: 235 klientů":                    1,
		"2009: 230 klientů":                    0,
		"2009: cca 235 klientů":                0,
		"2009: cca 300 klientů":                1,
		"2009: 235 osob":                       0,
		"2012: 235 klientů":                    0,
		"2011: 55 osob":                        0,
		"2011: 61 osob":                        1,
		"2009 denně 12 klientů":                0,
		"235 klientů":                          0,
		"2009: nárůst 5 klientů":               0,
		"2009: 12 klientů. 2010: 12 klientů":   2,
		"rok 2009 i rok 2010: 235 klientů":     2,
		"2009: 235 klientů, z toho 12 seniorů": 1,
	} {
		if got := czech.Contradictions(czech.ReadIndicators(text), before); len(got) != want {
			t.Errorf("%q contradicts %d times: %+v", text, len(got), got)
		}
	}
}

func FuzzReadIndicators(f *testing.F) {
	for _, s := range []string{"2011: 235 klientů", "2009-55 klientů, 2010-37 klientů", "1 – 2 pečující osoby", "2 774 600,- Kč", "za téměř 96% účasti"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		began := time.Now()
		found := czech.ReadIndicators(s)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%d bytes took %v", len(s), took)
		}
		for _, r := range found {
			if s[r.Start:r.End] != r.Raw || r.Low > r.Value || r.Value > r.High || r.Line < 1 || r.Line > 1+strings.Count(s, "\n") {
				t.Errorf("%q gives %+v", s, r)
			}
		}
		if len(czech.Contradictions(found, found)) > 0 {
			t.Errorf("%q contradicts itself", s)
		}
	})
}
