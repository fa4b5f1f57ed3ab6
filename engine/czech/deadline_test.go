package czech_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/engine/czech"
)

func TestReadDeadline(t *testing.T) {
	year := func(raw string) engine.Deadline {
		return engine.Deadline{Raw: raw, Kind: engine.DeadlineYear, Start: "2023-01-01", Due: "2023-12-31", Years: []int{2023}, Certain: true}
	}
	ongoing := year("2023 a průběžně dle potřeby")
	ongoing.Ongoing = true
	span := func(raw string) engine.Deadline {
		return engine.Deadline{Raw: raw, Kind: engine.DeadlineRange, Start: "2023-01-01", Due: "2025-12-31", Certain: true}
	}
	date := func(raw string, due engine.Date) engine.Deadline {
		return engine.Deadline{Raw: raw, Kind: engine.DeadlineDate, Due: due, Certain: true}
	}
	list := engine.Deadline{Kind: engine.DeadlineYears, Start: "2023-01-01", Due: "2024-12-31", Years: []int{2023, 2024}, Certain: true}
	listed := func(raw string) engine.Deadline { d := list; d.Raw = raw; return d }
	unknown := func(raw string) engine.Deadline { return engine.Deadline{Raw: raw, Kind: engine.DeadlineUnknown} }
	tests := []engine.Deadline{
		span("2023–2025"), span("2023 - 2025"), span("v letech 2023—2025"),
		listed("2023, 2024"), listed("2024 a 2023"),
		year("2023"), year("rok 2023"), year(" v roce 2023. "),
		ongoing,
		{Raw: "Průběžně", Kind: engine.DeadlineOngoing, Ongoing: true, Certain: true},
		{Raw: "do konce roku 2023", Kind: engine.DeadlineYear, Due: "2023-12-31", Years: []int{2023}, Certain: true},
		{Raw: "a), b) 2023 c) 2024", Kind: engine.DeadlineParts, Start: "2023-01-01", Due: "2024-12-31", Certain: true,
			Parts: []engine.PartDeadline{
				{Labels: []string{"a)", "b)"}, Deadline: year("2023")},
				{Labels: []string{"c)"}, Deadline: engine.Deadline{Raw: "2024", Kind: engine.DeadlineYear,
					Start: "2024-01-01", Due: "2024-12-31", Years: []int{2024}, Certain: true}},
			}},
		date("30. 6. 2023", "2023-06-30"), date("do 30.6.2023", "2023-06-30"),
		date("do konce dubna 2023", "2023-04-30"), date("do konce února", "2022-02-28"),
		date("v měsíci červnu 2018", "2018-06-30"),
		{Raw: "1. 2. 2023 – 30. 6. 2023", Kind: engine.DeadlineRange, Start: "2023-02-01", Due: "2023-06-30", Certain: true},
		{Raw: "", Kind: engine.DeadlineNone, Certain: true},
		{Raw: " – ", Kind: engine.DeadlineNone, Certain: true},
		unknown("31. 2. 2023"), unknown("2025–2023"), unknown("dle potřeb"), unknown("a) 2023 b) brzy"),
		unknown("min. 3x ročně"), unknown("2023/2024"), unknown("do konce prázdnin 2023"),
	}
	for _, want := range tests {
		t.Run(want.Raw, func(t *testing.T) {
			if diff := cmp.Diff(want, czech.ReadDeadline(want.Raw, 2022)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadDeadlineWithoutYear(t *testing.T) {
	if d := czech.ReadDeadline("do konce dubna", 0); d.Certain || d.Kind != engine.DeadlineUnknown {
		t.Errorf("a month without a year was read as %+v", d)
	}
}

func FuzzReadDeadline(f *testing.F) {
	for _, s := range []string{"2023–2025", "a), b) 2023 c) 2024", "do konce dubna 2023", "2023 a průběžně", "30. 6. 2023"} {
		f.Add(s, 2023)
	}
	f.Fuzz(func(t *testing.T, s string, year int) {
		if year < 1 || year > 9999 {
			year = 2023
		}
		d := czech.ReadDeadline(s, year)
		if d.Raw != s {
			t.Errorf("raw %q became %q", s, d.Raw)
		}
		if d.Start != "" && d.Due != "" && d.Due < d.Start {
			t.Errorf("%q is due %s before its start %s", s, d.Due, d.Start)
		}
		if d.Certain == (d.Kind == engine.DeadlineUnknown) {
			t.Errorf("%q: kind %s, certain %v", s, d.Kind, d.Certain)
		}
	})
}
