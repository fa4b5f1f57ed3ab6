package engine_test

import (
	"testing"
	"time"

	"splneno/engine"
)

// easter gives Easter Sunday by the method of Gauss, with its two exceptions:
// an oracle of another kind than the one the calendar library uses.
func easter(year int) engine.Date {
	a, b, c := year%19, year%4, year%7
	k := year / 100
	p, q := (13+8*k)/25, k/4
	m, n := (15-p+k-q)%30, (4+k-q)%7
	d := (19*a + m) % 30
	e := (2*b + 4*c + 6*d + n) % 7
	switch {
	case d == 29 && e == 6:
		return engine.NewDate(year, time.April, 19)
	case d == 28 && e == 6 && (11*m+11)%30 < 19:
		return engine.NewDate(year, time.April, 18)
	}
	return engine.NewDate(year, time.March, 22+d+e)
}

// Easter Sundays as almanacs print them: the oracle itself is held to account.
func TestEasterOracle(t *testing.T) {
	for _, d := range []engine.Date{"2000-04-23", "2008-03-23", "2011-04-24", "2016-03-27", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25",
		"2049-04-18", "2076-04-19"} {
		if got := easter(d.Year()); got != d {
			t.Errorf("Easter %d on %s, want %s", d.Year(), got, d)
		}
	}
}

// lawful reports whether Act 245/2000 names d, from 2016 on with Good Friday.
func lawful(d engine.Date) bool {
	sunday := easter(d.Year())
	if d == sunday.AddDays(1) || d == sunday.AddDays(-2) {
		return true
	}
	switch string(d)[5:] {
	case "01-01", "05-01", "05-08", "07-05", "07-06", "09-28", "10-28", "11-17", "12-24", "12-25", "12-26":
		return true
	}
	return false
}

func TestHolidaysAreThoseOfTheLaw(t *testing.T) {
	for d := engine.Date("2000-01-01"); d <= "2100-12-31"; d = d.AddDays(1) {
		if d.Year() < 2016 && d == easter(d.Year()).AddDays(-2) {
			continue // Good Friday is a holiday since 2016; nothing is asked before that
		}
		if got := engine.Holiday(d) != ""; got != lawful(d) {
			t.Errorf("%s: holiday %v, by the law %v", d, got, lawful(d))
		}
	}
	if name := engine.Holiday("2023-04-07"); name != "Velký pátek" {
		t.Errorf("7 April 2023 is %q", name)
	}
}

func TestWorks(t *testing.T) {
	w := engine.NewWorkdays([]engine.Date{"2023-12-27"})
	tests := map[engine.Date]bool{"2023-12-22": true, "2023-12-23": false, "2023-12-24": false, "2023-12-25": false, "2023-12-26": false,
		"2023-12-27": false, "2023-12-28": true, "2024-01-01": false, "2024-03-29": false, "2024-04-01": false, "2024-04-02": true}
	for d, want := range tests {
		if got := w.Works(d); got != want {
			t.Errorf("%s works: %v, want %v", d, got, want)
		}
	}
}

// Add against counting the working days between one by one.
func TestWorkdaysAdd(t *testing.T) {
	w := engine.NewWorkdays([]engine.Date{"2023-12-27", "2024-01-02"})
	r := dice(t, 1)
	for range 500 {
		d, n := engine.Date("2023-01-01").AddDays(r.IntN(700)), r.IntN(61)-30
		got := w.Add(d, n)
		worked, step := 0, 1
		if n < 0 {
			step = -1
		}
		for day := d; day != got; {
			day = day.AddDays(step)
			if w.Works(day) {
				worked += step
			}
		}
		if worked != n || (n != 0 && !w.Works(got)) {
			t.Fatalf("%d working days from %s gives %s: %d are worked between", n, d, got, worked)
		}
		if on := w.OnOrAfter(d); !w.Works(on) || on < d || (w.Works(d) && on != d) {
			t.Fatalf("first working day from %s is %s", d, on)
		}
	}
}

func TestPresetServes(t *testing.T) {
	tests := []struct {
		preset engine.Preset
		period engine.Period
		day    engine.Date
		want   bool
	}{
		{engine.AfterYear, engine.Year(2023), "2024-01-10", true}, {engine.AfterYear, engine.Year(2023), "2023-01-10", false},
		{engine.AfterYear, engine.Year(2023), "2025-01-10", false}, {engine.Autumn, engine.Year(2023), "2023-09-01", true},
		{engine.Autumn, engine.Year(2023), "2024-09-01", false},
		{engine.AfterYear, engine.Period{ID: "2008-2013", Start: "2008-01-01", End: "2013-12-31"}, "2014-01-10", true},
	}
	for _, tt := range tests {
		if got := tt.preset.Serves(tt.period, tt.day); got != tt.want {
			t.Errorf("%s serves %s on %s: %v", tt.preset, tt.period.ID, tt.day, got)
		}
	}
}
