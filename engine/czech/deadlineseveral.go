package czech

import (
	"slices"
	"strings"

	"splneno/engine"
)

// rangeMarks stand between the two ends of a range.
var rangeMarks = []string{"-", " az do ", " az ", " do ", ", do "}

// several reads a range or a list that begins with m.
func (r *termReader) several(m moment, after string, s side) (engine.Deadline, bool) {
	if s != byEnd {
		if d, ok := r.between(m, after); ok {
			return d, true
		}
	}
	if s == onward {
		return engine.Deadline{}, false
	}
	return r.list(m, after, s)
}

// between reads a range whose first end is m.
func (r *termReader) between(m moment, after string) (engine.Deadline, bool) {
	for _, mark := range rangeMarks {
		rest, ok := strings.CutPrefix(after, mark)
		if !ok {
			continue
		}
		closed, named := cutWords(rest, "konce")
		if !named {
			closed, named = cutWords(rest, "do konce")
		}
		to, tail, ok := momentAt(closed)
		if !ok || tail != "" || m.unit == unitDay && to.unit == unitYear && !named {
			continue
		}
		return r.ends(m, to)
	}
	return engine.Deadline{}, false
}

// ends reads a range from its two ends; one lends the other its year.
func (r *termReader) ends(from, to moment) (engine.Deadline, bool) {
	if to.year == 0 && from.year == 0 {
		from.year = r.year
	}
	lent := from.year == 0 || to.year == 0
	year := max(from.year, to.year)
	start, _, ok1 := from.days(year)
	_, due, ok2 := to.days(year)
	if ok1 && ok2 && lent && due < start { // "1. 11. – 31. 3. 2024" runs over the new year, probably
		r.doubt = true
		if from.year == 0 {
			start, _, ok1 = from.days(year - 1)
		} else {
			_, due, ok2 = to.days(year + 1)
		}
	}
	if !ok1 || !ok2 || start > due {
		return engine.Deadline{}, false
	}
	r.doubt = r.doubt || from.doubt || to.doubt
	return engine.Deadline{Kind: engine.DeadlineRange, Start: start, Due: due}, true
}

type listMark struct {
	mark  string
	doubt bool
}

// listMarks stand between the items of a list; some leave open what is meant.
var listMarks = []listMark{
	{", nebo ", true}, {" nebo ", true}, {", pripadne ", true}, {" pripadne ", true}, {", prip. ", true}, {" prip. ", true},
	{", event. ", true}, {" event. ", true}, {", a ", false}, {", ", false}, {"; ", false}, {" a v ", false}, {" a ", false},
	{" i ", false}, {" + ", false}, {"+", false}, {" ", true},
}

// list reads "2023, 2024 a 2026". A list of years is sure; of days and months
// the span is kept and not certain.
func (r *termReader) list(m moment, after string, s side) (engine.Deadline, bool) {
	items := []moment{m}
	for after != "" {
		i := slices.IndexFunc(listMarks, func(l listMark) bool { return strings.HasPrefix(after, l.mark) })
		if i < 0 {
			return engine.Deadline{}, false
		}
		r.doubt = r.doubt || listMarks[i].doubt
		next, rest, ok := momentAt(strings.TrimPrefix(after, listMarks[i].mark))
		if !ok {
			return engine.Deadline{}, false
		}
		if to, tail, ok := yearAfterDash(next, rest); ok { // "2023, 2025–2027"
			next.laterYears, rest = to-next.year, tail
		}
		items, after = append(items, next), rest
	}
	return r.listed(items, s)
}

func yearAfterDash(from moment, rest string) (year int, tail string, ok bool) {
	rest, dashed := strings.CutPrefix(rest, "-")
	to, tail, ok := momentAt(rest)
	return to.year, tail, dashed && ok && from.unit == unitYear && to.unit == unitYear && to.year > from.year
}

func (r *termReader) listed(items []moment, s side) (engine.Deadline, bool) {
	d := engine.Deadline{Kind: engine.DeadlineYears}
	year := r.year
	for i := len(items) - 1; i >= 0; i-- { // the year stands at the last item and holds for those before
		m := items[i]
		if m.year > 0 {
			year = m.year
		}
		start, due, ok := m.days(year)
		if !ok {
			return engine.Deadline{}, false
		}
		if d.Start == "" || start < d.Start {
			d.Start = start
		}
		d.Due = max(d.Due, due)
		for y := start.Year(); y <= due.Year() && m.unit == unitYear; y++ {
			d.Years = append(d.Years, y)
		}
		if m.unit != unitYear {
			d.Kind = engine.DeadlineRange
		}
	}
	if d.Kind == engine.DeadlineRange || s == byEnd {
		r.doubt, d.Years = true, nil
		d.Kind = engine.DeadlineRange
		return d, true
	}
	slices.Sort(d.Years)
	d.Years = slices.Compact(d.Years)
	return d, true
}
