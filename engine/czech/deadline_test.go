package czech_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
	"splneno/engine/czech"
)

// TestReadDeadlineWhole compares every field, those of the parts too.
func TestReadDeadlineWhole(t *testing.T) {
	year := engine.Deadline{Raw: "2023", Kind: engine.DeadlineYear, Start: "2023-01-01", Due: "2023-12-31", Years: []int{2023}, Certain: true}
	tests := []engine.Deadline{
		{Raw: " 2023 A PRŮBĚŽNĚ ", Kind: engine.DeadlineYear, Start: "2023-01-01", Due: "2023-12-31", Years: []int{2023}, Ongoing: true, Certain: true},
		{Raw: "každoročně do 31. 3.", Kind: engine.DeadlineRecurring, Due: "2022-03-31", Recurrence: "yearly by 03-31", Ongoing: true, Certain: true},
		{Raw: "a), b) 2023 c) trvale", Kind: engine.DeadlineParts, Due: "2023-12-31", Ongoing: true, Certain: true,
			Parts: []engine.PartDeadline{
				{Labels: []string{"a)", "b)"}, Deadline: year},
				{Labels: []string{"c)"}, Deadline: engine.Deadline{Raw: "trvale", Kind: engine.DeadlineOngoing, Ongoing: true, Certain: true}},
			}},
	}
	for _, want := range tests {
		if diff := cmp.Diff(want, czech.ReadDeadline(want.Raw, 2022)); diff != "" {
			t.Errorf("%q: %s", want.Raw, diff)
		}
	}
}

func TestYearlyDeadlineFallsDueEveryYear(t *testing.T) {
	d := czech.ReadDeadline("každoročně do 31. 3.", 2022)
	for year, want := range map[int]engine.Date{2022: "2022-03-31", 2023: "2023-03-31", 2030: "2030-03-31"} {
		if got := d.DueIn(engine.Year(year)); got != want {
			t.Errorf("in %d it is due %q", year, got)
		}
	}
	if got := czech.ReadDeadline("měsíčně", 2022).DueIn(engine.Year(2022)); got != "" {
		t.Errorf("a monthly duty is due %s", got)
	}
}

func TestDayOff(t *testing.T) {
	for day, want := range map[engine.Date]string{
		"2023-04-07": "Velký pátek", "2024-06-30": "neděle", "2023-12-30": "sobota", "2023-06-30": "", "": "", "x": "",
	} {
		if got := czech.DayOff(day); got != want {
			t.Errorf("%s is off for %q", day, got)
		}
	}
}

func FuzzReadDeadline(f *testing.F) {
	for _, p := range deadlinePhrases {
		f.Add(p.text, 2023)
	}
	f.Fuzz(func(t *testing.T, s string, year int) {
		began := time.Now()
		d := czech.ReadDeadline(s, year)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%q took %v", s, took)
		}
		if d.Raw != s {
			t.Errorf("raw %q became %q", s, d.Raw)
		}
		checkDeadline(t, d)
		if diff := cmp.Diff(d, czech.ReadDeadline(s, year)); diff != "" {
			t.Errorf("%q reads otherwise the second time: %s", s, diff)
		}
	})
}

// checkDeadline wants days that exist, in order, and nothing sure of what is unknown.
func checkDeadline(t *testing.T, d engine.Deadline) {
	t.Helper()
	for _, day := range []engine.Date{d.Start, d.Due} {
		if _, err := engine.ParseDate(string(day)); day != "" && err != nil {
			t.Errorf("%q: %v", d.Raw, err)
		}
	}
	if d.Start != "" && d.Due != "" && d.Due < d.Start {
		t.Errorf("%q is due %s before its start %s", d.Raw, d.Due, d.Start)
	}
	if d.Kind == engine.DeadlineUnknown && (d.Certain || d.Due != "" || d.Start != "") {
		t.Errorf("%q is unknown and yet %+v", d.Raw, d)
	}
	for _, p := range d.Parts {
		if d.Certain && !p.Deadline.Certain || len(p.Labels) == 0 {
			t.Errorf("%q is surer than its parts", d.Raw)
		}
		checkDeadline(t, p.Deadline)
	}
}
