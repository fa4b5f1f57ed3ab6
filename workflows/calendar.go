package workflows

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/robfig/cron/v3"

	"splneno/engine"
	"splneno/engine/pattern"
)

// A CatchUp says what happens to occurrences that fell due while nothing ran.
type CatchUp int

// The policies. None forgets silently: every occurrence is in the ledger.
const (
	OnceMerged CatchUp = iota // the newest does the work of all, and is late
	All                       // each is made up for
	Skip                      // only one of the same day is still worth running
)

// A Rule is one line of the calendar: when something happens, and what. At most
// one occurrence a day: the day is its natural key.
type Rule struct {
	Name    string
	Spec    map[engine.Preset]string // cron, in local time
	CatchUp CatchUp
	Run     func(o *Office, ctx context.Context, occ engine.Occurrence) (note string, err error)
	Own     func(s engine.Season) engine.Date // the day a season has instead of the calendar's, "" for none; nil where none can
}

// daily is a rule that runs alike in both presets.
func daily(spec string) map[engine.Preset]string {
	return map[engine.Preset]string{engine.AfterYear: spec, engine.Autumn: spec}
}

// Calendar is everything that happens by itself. The yearly days are those of
// domain.md chapter 5; a municipality may move any of them (Municipality.Schedule).
func Calendar() []Rule {
	return []Rule{
		{"purge", daily("0 4 * * *"), OnceMerged, (*Office).purge, nil},
		{"ask", map[engine.Preset]string{engine.AfterYear: "0 7 10 1 *", engine.Autumn: "0 7 1 9 *"}, All, (*Office).ask, func(s engine.Season) engine.Date { return s.AskOn }},
		{"digest", daily("30 7 * * *"), Skip, (*Office).digest, nil},
		{"letters", daily("0 8 * * *"), OnceMerged, (*Office).letters, nil},
		{"pack", daily("0 9 * * *"), OnceMerged, (*Office).pack, nil},
		{"witness", daily("30 16 * * *"), OnceMerged, (*Office).witness, nil},
		{"draft", map[engine.Preset]string{engine.AfterYear: "0 6 15 2 *", engine.Autumn: "0 6 15 10 *"}, All, (*Office).draft, func(s engine.Season) engine.Date { return s.DraftOn }},
	}
}

// spec gives the schedule of the rule in a municipality.
func (r Rule) spec(m engine.Municipality) string {
	if s := m.Schedule[r.Name]; s != "" {
		return s
	}
	if m.Preset == engine.Autumn {
		return r.Spec[engine.Autumn]
	}
	return r.Spec[engine.AfterYear]
}

// ruleNamed gives a rule of the calendar.
func ruleNamed(name string) Rule {
	rules := Calendar()
	return rules[slices.IndexFunc(rules, func(r Rule) bool { return r.Name == name })]
}

// serves reports whether an occurrence of the rule on day is one of the season:
// its own day, where it has one, else the calendar's.
func (r Rule) serves(m engine.Municipality, s engine.Season, day engine.Date) bool {
	if r.Own != nil && r.Own(s) != "" {
		return r.Own(s) == day
	}
	return m.Preset.Serves(s.Period, day)
}

// instants lists when the rule occurs in (from, to]: by its schedule, and on the
// days seasons have of their own, at the same hour.
func (r Rule) instants(m engine.Municipality, seasons []engine.Season, zone *time.Location, from, to time.Time) ([]time.Time, error) {
	s, err := ParseSchedule(r.spec(m))
	if err != nil {
		return nil, err
	}
	list := Occurrences(s, zone, from, to)
	for _, season := range seasons {
		if r.Own == nil || r.Own(season) == "" {
			continue
		}
		if t := r.at(m, r.Own(season), zone); t.After(from) && !t.After(to) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	return slices.CompactFunc(list, time.Time.Equal), nil
}

// at gives the instant of the rule's hour on a day.
func (r Rule) at(m engine.Municipality, day engine.Date, zone *time.Location) time.Time {
	hour, minute := 0, 0
	if f := grammar.FindStringSubmatch(r.spec(m)); f != nil {
		minute, _ = strconv.Atoi(f[1])
		hour, _ = strconv.Atoi(f[2])
	}
	return day.In(zone, hour, minute)
}

// grammar admits five fields with one minute and one hour between 3 and 23:
// once a day at most, and never in the hours a change of clocks takes away or
// repeats. Descriptors, zones and @every are not admitted: robfig/cron panics
// on some and runs others every second.
var grammar = pattern.New(`^([0-5]?\d) (3|4|5|6|7|8|9|1\d|2[0-3]) (\*|[\d,\-/*]+) (\*|[\d,\-/*]+) (\*|[\d,\-/*]+)$`)

// horizon is how far ahead a schedule must occur to be admitted: 29 February
// may be eight years away.
const horizon = 9

// longest is the length of the longest schedule anybody can mean.
const longest = 200

// ParseSchedule reads a schedule as a municipality may set it.
func ParseSchedule(spec string) (cron.Schedule, error) {
	if len(spec) > longest {
		return nil, engine.Errorf(engine.Invalid, "a schedule of %d characters is too long", len(spec))
	}
	f := grammar.FindStringSubmatch(spec)
	if f == nil {
		return nil, engine.Errorf(engine.Invalid, "schedule %q is not one minute and one hour (3-23) followed by day, month and weekday, as in \"0 8 10 1 *\"", spec)
	}
	if f[3] != "*" && f[5] != "*" { // robfig/cron takes either day for some of these and both for others
		return nil, engine.Errorf(engine.Invalid, "schedule %q names both a day of the month and a weekday; use one of them", spec)
	}
	s, err := parseCron(spec)
	if err != nil {
		return nil, engine.Errorf(engine.Invalid, "schedule %q: %w", spec, err)
	}
	from := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	if t := s.Next(from); t.IsZero() || t.Year() > from.Year()+horizon {
		return nil, engine.Errorf(engine.Invalid, "schedule %q names a day that never comes", spec)
	}
	return s, nil
}

// parseCron shields against the panics robfig/cron's parser is known for.
func parseCron(spec string) (s cron.Schedule, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = engine.Errorf(engine.Invalid, "not understood")
		}
	}()
	return cron.ParseStandard(spec)
}

// Occurrences lists the instants in (from, to] at which the schedule's wall
// clock shows in zone. Schedules are walked as wall time, because robfig/cron
// skips the night that clocks go forward and runs twice when they go back: a
// time that does not exist becomes the first instant after the gap, a time that
// exists twice is the first of the two.
func Occurrences(s cron.Schedule, zone *time.Location, from, to time.Time) []time.Time {
	var out []time.Time
	last := from
	for w := s.Next(wall(from, zone).Add(-3 * time.Hour)); !w.IsZero() && !w.After(wall(to, zone).Add(3*time.Hour)); w = s.Next(w) {
		if t := instant(w, zone); t.After(last) && !t.After(to) {
			out = append(out, t)
			last = t
		}
	}
	return out
}

// wall gives what the clock in zone shows at t, as if it were UTC.
func wall(t time.Time, zone *time.Location) time.Time {
	t = t.In(zone)
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// instant gives the first moment the clock in zone shows w or has passed it.
func instant(w time.Time, zone *time.Location) time.Time {
	_, before := w.AddDate(0, 0, -1).In(zone).Zone()
	_, after := w.AddDate(0, 0, 1).In(zone).Zone()
	for _, offset := range []int{max(before, after), min(before, after)} { // the larger offset is the earlier instant
		t := w.Add(-time.Duration(offset) * time.Second)
		if wall(t, zone).Equal(w) {
			return t.In(zone)
		}
	}
	t := w.Add(-time.Duration(before) * time.Second).In(zone)
	start, _ := t.ZoneBounds()
	return start.In(zone)
}
