package engine_test

import (
	"testing"
	"time"

	"splneno/engine"
)

func TestMonthEnd(t *testing.T) {
	tests := []struct {
		year  int
		month time.Month
		want  engine.Date
	}{
		{2023, time.January, "2023-01-31"}, {2023, time.February, "2023-02-28"}, {2024, time.February, "2024-02-29"},
		{2000, time.February, "2000-02-29"}, {2100, time.February, "2100-02-28"}, {2023, time.April, "2023-04-30"},
		{2023, time.December, "2023-12-31"},
	}
	for _, tt := range tests {
		if got := engine.MonthEnd(tt.year, tt.month); got != tt.want {
			t.Errorf("%s %d ends on %s, want %s", tt.month, tt.year, got, tt.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, s := range []string{"2023-02-29", "2023-04-31", "2023-13-01", "2023-1-1", "1. 1. 2023", "", "2023-00-10", "02023-01-01", "2023-01-01 "} {
		_, err := engine.ParseDate(s)
		if engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%q: %v, want it refused", s, err)
		}
	}
	for _, s := range []string{"2024-02-29", "0001-01-01", "9999-12-31"} {
		if d, err := engine.ParseDate(s); string(d) != s || err != nil {
			t.Errorf("%q: %q, %v", s, d, err)
		}
	}
}

// Near midnight Prague has another day than UTC; the day is the one people see.
func TestDateOfIsTheLocalDay(t *testing.T) {
	tests := []struct {
		utc  string
		want engine.Date
	}{
		{"2026-06-29T22:00:00Z", "2026-06-30"}, {"2026-06-29T21:59:59Z", "2026-06-29"},
		{"2023-12-31T23:00:00Z", "2024-01-01"}, {"2023-12-31T22:59:59Z", "2023-12-31"},
		{"2024-02-28T23:30:00Z", "2024-02-29"},
	}
	for _, tt := range tests {
		instant, err := time.Parse(time.RFC3339, tt.utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := engine.DateOf(instant.In(prague)); got != tt.want {
			t.Errorf("%s is %s in Prague, want %s", tt.utc, got, tt.want)
		}
	}
	if got := engine.DateOf(time.Time{}); got != "" {
		t.Errorf("no instant is day %q", got)
	}
}

// Every day of two centuries, next to time.Time's own arithmetic in UTC.
func TestDateArithmetic(t *testing.T) {
	day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	first := engine.DateOf(day)
	for n, d := 0, first; d < "2100-12-31"; n, d, day = n+1, d.AddDays(1), day.AddDate(0, 0, 1) {
		if d != engine.DateOf(day) || d.Sub(first) != n || d.AddDays(-n) != first || d.Weekday() != day.Weekday() || d.Year() != day.Year() {
			t.Fatalf("day %d: %s, %s from the first, year %d", n, d, d.AddDays(-n), d.Year())
		}
		if back := engine.DateOf(d.In(prague, 0, 30)); back != d {
			t.Fatalf("%s half an hour after midnight in Prague is %s", d, back)
		}
	}
}

func TestDeadlineDueIn(t *testing.T) {
	year := func(y int) engine.Deadline {
		return engine.Deadline{Kind: engine.DeadlineYear, Years: []int{y}, Start: engine.NewDate(y, 1, 1), Due: engine.NewDate(y, 12, 31)}
	}
	// "a), b) 2023 c) 2024", Klatovsko 4.2
	parts := engine.Deadline{Kind: engine.DeadlineParts, Due: "2024-12-31",
		Parts: []engine.PartDeadline{{Labels: []string{"a", "b"}, Deadline: year(2023)}, {Labels: []string{"c"}, Deadline: year(2024)}}}
	tests := []struct {
		name string
		d    engine.Deadline
		year int
		want engine.Date
	}{
		{"none", engine.Deadline{Kind: engine.DeadlineNone}, 2023, ""},
		{"ongoing", engine.Deadline{Kind: engine.DeadlineOngoing, Ongoing: true}, 2023, ""},
		{"the year", year(2023), 2023, "2023-12-31"},
		{"the year before", year(2023), 2022, ""},
		{"the year after", year(2023), 2024, ""},
		{"range, in its middle", engine.Deadline{Kind: engine.DeadlineRange, Start: "2023-01-01", Due: "2025-12-31"}, 2024, ""},
		{"range, in its last year", engine.Deadline{Kind: engine.DeadlineRange, Start: "2023-01-01", Due: "2025-12-31"}, 2025, "2025-12-31"},
		{"first day of the period", by("2023-01-01"), 2023, "2023-01-01"},
		{"parts a and b", parts, 2023, "2023-12-31"},
		{"part c", parts, 2024, "2024-12-31"},
		{"parts, neither year", parts, 2025, ""},
		{"the latest part counts", engine.Deadline{Parts: []engine.PartDeadline{{Deadline: by("2023-09-30")}, {Deadline: by("2023-06-30")}}}, 2023, "2023-09-30"},
		{"parts stand for the whole", engine.Deadline{Due: "2023-12-31", Parts: []engine.PartDeadline{{Deadline: by("2023-06-30")}}}, 2023, "2023-06-30"},
	}
	for _, tt := range tests {
		if got := tt.d.DueIn(engine.Year(tt.year)); got != tt.want {
			t.Errorf("%s: due in %d on %q, want %q", tt.name, tt.year, got, tt.want)
		}
	}
}
