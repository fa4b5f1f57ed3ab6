package workflows

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // Prague must be known wherever the tests run

	"github.com/google/go-cmp/cmp"
	"github.com/robfig/cron/v3"

	"splneno/engine"
)

var prague = mustZone("Europe/Prague")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// clockChanges gives every instant at which Prague's offset changes in the years.
func clockChanges(from, to int) (out []time.Time) {
	offset := func(t time.Time) int { _, o := t.In(prague).Zone(); return o }
	for t := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC); t.Year() <= to; t = t.Add(time.Hour) {
		if offset(t) != offset(t.Add(-time.Hour)) {
			out = append(out, t)
		}
	}
	return out
}

// A day of the oracle: the instant of each minute of the day, found by walking
// through every minute that passes around a change of clocks.
type walked struct {
	from, to time.Time
	first    map[engine.Date]*[24 * 60]time.Time // zero: the clock never showed it
}

// walk looks at the clock every minute from a day and a half before the change
// to a day and a half after it.
func walk(change time.Time) walked {
	w := walked{from: change.Add(-36 * time.Hour), to: change.Add(36 * time.Hour), first: map[engine.Date]*[24 * 60]time.Time{}}
	for t := w.from; !t.After(w.to); t = t.Add(time.Minute) {
		local := t.In(prague)
		day := w.first[engine.DateOf(local)]
		if day == nil {
			day = new([24 * 60]time.Time)
			w.first[engine.DateOf(local)] = day
		}
		if m := local.Hour()*60 + local.Minute(); day[m].IsZero() {
			day[m] = t
		}
	}
	return w
}

// daily gives when a daily schedule at minute m must run within (from, to]: the
// first time the clock shows it, or, when it never does, the first instant the
// clock shows something later.
func (w walked) daily(m int) (out []time.Time) {
	for _, day := range slices.Sorted(maps.Keys(w.first)) {
		minutes := w.first[day]
		at := m
		for at < len(minutes) && minutes[at].IsZero() {
			at++
		}
		earlier := slices.ContainsFunc(minutes[:m], func(t time.Time) bool { return !t.IsZero() })
		switch {
		case at == len(minutes), at != m && !earlier: // outside the minutes walked through
		case minutes[at].After(w.from):
			out = append(out, minutes[at])
		}
	}
	return out
}

// Every daily schedule, minute by minute, at each of the 202 changes of clocks
// from 2000 to 2100. The hours 0-2 cannot be set; the function keeps its word
// there too.
func TestOccurrencesAtEveryChangeOfClocks(t *testing.T) {
	changes := clockChanges(2000, 2100)
	if len(changes) != 202 {
		t.Fatalf("Prague changes its clocks %d times, want 202", len(changes))
	}
	days := make([]walked, len(changes))
	for i, change := range changes {
		days[i] = walk(change)
	}
	for m := range 24 * 60 {
		spec := fmt.Sprintf("%d %d * * *", m%60, m/60)
		s, err := cron.ParseStandard(spec)
		if m >= 3*60 {
			s, err = ParseSchedule(spec)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range days {
			got := Occurrences(s, prague, day.from, day.to)
			if want := day.daily(m); !slices.EqualFunc(got, want, time.Time.Equal) {
				t.Fatalf("%q around %s:\n got %s\nwant %s", spec, day.from.Add(36*time.Hour).In(prague), got, want)
			}
		}
	}
}

func instants(t *testing.T, list ...string) (out []time.Time) {
	t.Helper()
	for _, s := range list {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, at)
	}
	return out
}

// The two nights written out, so that the oracle is held to account too.
func TestOccurrencesInTheTwoNights(t *testing.T) {
	tests := []struct {
		spec, from, to string
		want           []string
	}{
		{"30 2 * * *", "2026-03-28T12:00:00+01:00", "2026-03-30T12:00:00+02:00", []string{"2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"}},
		{"30 2 * * *", "2026-10-24T12:00:00+02:00", "2026-10-26T12:00:00+01:00", []string{"2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"}},
		{"30 2 29 3 *", "2026-01-01T00:00:00+01:00", "2026-12-31T00:00:00+01:00", []string{"2026-03-29T03:00:00+02:00"}},
		{"*/30 2 * * *", "2026-03-29T00:00:00+01:00", "2026-03-29T12:00:00+02:00", []string{"2026-03-29T03:00:00+02:00"}},
		{"0 3 * * *", "2026-10-25T02:59:59+01:00", "2026-10-25T03:00:00+01:00", []string{"2026-10-25T03:00:00+01:00"}},
	}
	for _, tt := range tests {
		s, err := cron.ParseStandard(tt.spec)
		if err != nil {
			t.Fatal(err)
		}
		span := instants(t, tt.from, tt.to)
		got := Occurrences(s, prague, span[0], span[1])
		if want := instants(t, tt.want...); !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Errorf("%s: %s, want %s", tt.spec, got, want)
		}
	}
}

// However the time is cut into pieces, the pieces hold what the whole holds.
func TestOccurrencesInPieces(t *testing.T) {
	s, err := cron.ParseStandard("30 2 * * *")
	if err != nil {
		t.Fatal(err)
	}
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, prague), time.Date(2027, 1, 1, 0, 0, 0, 0, prague)
	whole := Occurrences(s, prague, from, to)
	if len(whole) != 365 {
		t.Fatalf("%d occurrences in a year", len(whole))
	}
	for _, step := range []time.Duration{7 * time.Minute, time.Hour, 90 * time.Minute, 25 * time.Hour, 40 * 24 * time.Hour} {
		var pieces []time.Time
		for at := from; at.Before(to); at = at.Add(step) {
			next := at.Add(step)
			if next.After(to) {
				next = to
			}
			pieces = append(pieces, Occurrences(s, prague, at, next)...)
		}
		if !slices.EqualFunc(whole, pieces, time.Time.Equal) {
			t.Errorf("in steps of %s: %d occurrences, not those of the whole", step, len(pieces))
		}
	}
}

// Month ends, leap days and the turn of the year, from 1999 to 2096.
func TestOccurrencesOfYearlyRules(t *testing.T) {
	tests := map[string]int{"0 8 29 2 *": 25, "0 8 31 12 *": 97, "0 8 31 * *": 97 * 7, "0 8 10 1 *": 97}
	for spec, want := range tests {
		s, err := ParseSchedule(spec)
		if err != nil {
			t.Fatal(err)
		}
		got := Occurrences(s, prague, time.Date(1999, 12, 31, 12, 0, 0, 0, prague), time.Date(2096, 12, 31, 12, 0, 0, 0, prague))
		if len(got) != want {
			t.Errorf("%s: %d times, want %d", spec, len(got), want)
		}
	}
}

func TestParseSchedule(t *testing.T) {
	for _, spec := range []string{"0 8 * * *", "59 23 31 12 *", "30 3 * * 1-5", "0 8 1,15 * *", "0 8 */2 * *", "0 8 29 2 *", "05 08 * * *"} {
		_, err := ParseSchedule(spec)
		if good := spec != "05 08 * * *"; (err == nil) != good {
			t.Errorf("%q: %v", spec, err)
		}
	}
	refused := []string{"", "* * * * *", "0 0 * * *", "30 2 * * *", "0 8,9 * * *", "*/5 8 * * *", "0 24 * * *", "60 8 * * *", "0 8 * *", "0 8 * * * *",
		"@daily", "@every 1h", "@every -1h", "TZ=UTC 0 8 * * *", "TZ=0", "TZ=UTC", "CRON_TZ=", "CRON_TZ=Europe/Prague 0 8 * * *",
		"0 8 30 2 *", "0 8 31 2,4,6,9,11 *", "0 8 0 1 *", "0 8 32 1 *", "0 8 1 13 *", "0 8 1 * 1", "0 8 */2 * 1", "0 8 1 * */2", "0 8 *,1 * 1", "0 8 * * 7", "0 8 L * *", "0 8 ? * *",
		"0 8 * * MON", "0 8 1 1 *\n", " 0 8 * * *", "0  8 * * *", "0 8 5-1 * *", "0 8 */0 * *", "0 8 99999999999999999999 * *", "0 8 1-31/99999999999999999999 * *",
		"٠ 8 * * *", "0 8 - * *", "0 8 " + strings.Repeat("1,", 50_000) + "1 * *", "0 8 " + strings.Repeat("*", 100_000) + " * *"}
	start := time.Now()
	for _, spec := range refused {
		if _, err := ParseSchedule(spec); engine.CodeOf(err) != engine.Invalid {
			t.Errorf("%.40q: %v, want it refused", spec, err)
		}
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("refusing took %s", took)
	}
}

// Whatever is admitted runs once a day at most, and within nine years.
func FuzzParseSchedule(f *testing.F) {
	for _, spec := range []string{"0 8 * * *", "TZ=", "CRON_TZ=UTC 0 8 * * *", "@every 0s", "0 8 30 2 *", "0 8 1 * 1", "0 8 */2 * */2", "59 23 29 2 *", "0 8 1-5/2,7 */3 *", "\x00"} {
		f.Add(spec)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		s, err := ParseSchedule(spec)
		if err != nil {
			if engine.CodeOf(err) != engine.Invalid {
				t.Fatalf("%q: %v is no error a person can act on", spec, err)
			}
			return
		}
		var last engine.Date
		for _, at := range Occurrences(s, prague, time.Date(2001, 1, 1, 0, 0, 0, 0, prague), time.Date(2011, 1, 1, 0, 0, 0, 0, prague)) {
			day := engine.DateOf(at)
			if day == last {
				t.Fatalf("%q runs twice on %s", spec, day)
			}
			last = day
		}
		if last == "" {
			t.Fatalf("%q was admitted and never runs", spec)
		}
	})
}

func TestEveryRuleHasASchedule(t *testing.T) {
	names := map[string]bool{}
	for _, rule := range Calendar() {
		for _, preset := range []engine.Preset{engine.AfterYear, engine.Autumn} {
			if _, err := ParseSchedule(rule.spec(engine.Municipality{Preset: preset})); err != nil {
				t.Errorf("%s, %s: %v", rule.Name, preset, err)
			}
		}
		if names[rule.Name] || rule.Run == nil {
			t.Errorf("rule %q stands twice or does nothing", rule.Name)
		}
		names[rule.Name] = true
		if got := rule.spec(engine.Municipality{Schedule: map[string]string{rule.Name: "5 9 * * *"}}); got != "5 9 * * *" {
			t.Errorf("%s: the municipality's own schedule gives way to %q", rule.Name, got)
		}
	}
}

// What became of missed occurrences, by policy: four days missed, and the last
// of them either today or yesterday.
func TestOwed(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2024, 1, day, 8, 0, 0, 0, prague) }
	missed := []time.Time{at(8), at(9), at(10), at(11)}
	due, merged, skipped := engine.Due, engine.Merged, engine.Skipped
	tests := []struct {
		name    string
		catchUp CatchUp
		now     time.Time
		want    []engine.OccurrenceState
	}{
		{"once merged", OnceMerged, at(11), []engine.OccurrenceState{merged, merged, merged, due}},
		{"once merged, the day after", OnceMerged, at(12).Add(-time.Hour), []engine.OccurrenceState{merged, merged, merged, due}},
		{"all", All, at(12), []engine.OccurrenceState{due, due, due, due}},
		{"skip, the same day", Skip, at(11).Add(9 * time.Hour), []engine.OccurrenceState{skipped, skipped, skipped, due}},
		{"skip, the day after", Skip, at(12).Add(-time.Hour), []engine.OccurrenceState{skipped, skipped, skipped, skipped}},
	}
	for _, tt := range tests {
		var states []engine.OccurrenceState
		for i, occ := range (Rule{Name: "letters", CatchUp: tt.catchUp}).owed(missed, tt.now) {
			states = append(states, occ.State)
			if occ.Rule != "letters" || occ.Day != engine.DateOf(missed[i]) || !occ.PlanAt.Equal(missed[i]) || (occ.State == due) == (occ.Note != "") {
				t.Errorf("%s: line %+v", tt.name, occ)
			}
		}
		if d := cmp.Diff(tt.want, states); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}
