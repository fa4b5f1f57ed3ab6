package web

import (
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/pattern"
)

// reading says how a term is understood.
func (t *tongue) reading(d engine.Deadline) string {
	kind := d.Kind
	if kind == "" {
		kind = engine.DeadlineNone
	}
	var years []string
	for _, y := range d.Years {
		years = append(years, strconv.Itoa(y))
	}
	text := t.say("planterm."+string(kind), "Due", t.date(d.Due), "Start", t.date(d.Start), "Years", strings.Join(years, ", "), "How", t.recurrence(d.Recurrence))
	if kind == engine.DeadlineRange && (d.Start == "" || d.Due == "") {
		text = t.say("planterm.since", "Start", t.date(d.Start))
		if d.Start == "" {
			text = t.say("planterm.date", "Due", t.date(d.Due))
		}
	}
	for _, p := range d.Parts {
		text += " " + strings.Join(p.Labels, ", ") + " " + t.reading(p.Deadline)
	}
	if d.Ongoing && kind != engine.DeadlineOngoing && kind != engine.DeadlineRecurring {
		text += " " + t.say("planterm.ongoing")
	}
	return text
}

// recurrence says how often, in the words of a deadline's recurrence.
func (t *tongue) recurrence(how string) string {
	if text := t.say("planevery." + how); text != "" {
		return text
	}
	if day, ok := strings.CutPrefix(how, "yearly by "); ok {
		month, of, _ := strings.Cut(day, "-")
		m, _ := strconv.Atoi(month)
		d, _ := strconv.Atoi(of)
		return t.say("planevery.by", "Day", d, "Month", m)
	}
	for _, form := range []struct{ key, before, behind string }{{"planevery.least", "at least ", " per year"}, {"planevery.times", "", " per year"}, {"planevery.years", "every ", " years"}} {
		rest, starts := strings.CutPrefix(how, form.before)
		number, ends := strings.CutSuffix(rest, form.behind)
		if n, err := strconv.Atoi(number); starts && ends && err == nil {
			return t.count(form.key, n)
		}
	}
	return how
}

var isoDay = pattern.New(`\b\d{4}-\d\d-\d\d\b`)

// dated writes the days in a value as the language does.
func (t *tongue) dated(value string) string {
	return isoDay.ReplaceAllStringFunc(value, func(day string) string { return t.date(engine.Date(day)) })
}
