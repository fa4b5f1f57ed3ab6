package czech

import "splneno/engine"

// A side says which side of a moment a term means.
type side int

const (
	within  side = iota // from its first day to its last
	byEnd               // until its last day, which is named
	until               // "do března": with March or without
	onward              // from its first day on
	nearest             // about its beginning or its middle: no day can be told
)

// leads are the words before a moment; the first that fits and leaves something
// readable decides, so longer ones stand before shorter.
var leads = []struct {
	words string
	side  side
}{
	{"do konce", byEnd}, {"ke konci", byEnd}, {"na konci", byEnd}, {"koncem", byEnd}, {"konec", byEnd},
	{"do zacatku", nearest}, {"zacatkem", nearest}, {"na zacatku", nearest}, {"zacatek", nearest},
	{"pocatkem", nearest}, {"na pocatku", nearest}, {"pocatek", nearest}, {"zaverem", nearest},
	{"do poloviny", nearest}, {"v polovine", nearest}, {"polovina", nearest}, {"uprostred", nearest},
	{"na prelomu", nearest}, {"prelom", nearest}, {"kolem", nearest}, {"okolo", nearest},
	{"od zacatku", onward}, {"od pocatku", onward}, {"ode dne", onward}, {"pocinaje", onward}, {"od", onward},
	{"do dne", until}, {"ke dni", until}, {"ke", until}, {"k", until}, {"do", until},
	{"v prubehu", within}, {"prubeh", within}, {"behem", within}, {"v obdobi", within}, {"za obdobi", within},
	{"na obdobi", within}, {"obdobi", within}, {"v ramci", within}, {"dne", within}, {"pro", within},
	{"ve", within}, {"v", within}, {"na", within}, {"za", within}, {"o", within}, {"", within},
}

// expression reads what is left of a term when the words around it are gone.
func (r *termReader) expression(s string) (engine.Deadline, bool) {
	for _, lead := range leads {
		rest, ok := cutWords(s, lead.words)
		if !ok || rest == "" {
			continue
		}
		m, after, ok := momentAt(rest)
		switch {
		case !ok:
			continue
		case after == "":
			return r.single(m, lead.side)
		case lead.side == within || lead.side == onward || lead.side == byEnd:
			if d, ok := r.several(m, after, lead.side); ok {
				return d, true
			}
		}
	}
	if rest, ok := cutWords(s, "z"); ok { // "z roku 2022 do 2024" is said of a range only
		if m, after, ok := momentAt(rest); ok && after != "" {
			return r.between(m, after)
		}
	}
	return engine.Deadline{}, false
}

// single reads a term of one moment.
func (r *termReader) single(m moment, s side) (engine.Deadline, bool) {
	if r.since {
		s = onward
	}
	if m.year == 0 && r.recurrence != "" && r.year == 0 {
		return r.yearly(m, s)
	}
	start, due, ok := m.days(r.year)
	if !ok {
		return engine.Deadline{}, false
	}
	r.doubt = r.doubt || m.doubt || !weekdayFits(m.weekday, due) || !weekdayFits(r.weekday, due)
	d := engine.Deadline{Kind: engine.DeadlineRange, Start: start, Due: due}
	switch m.unit {
	case unitDay:
		d.Kind, d.Start = engine.DeadlineDate, ""
		if s == byEnd || s == nearest {
			return engine.Deadline{}, false
		}
	case unitYear:
		d.Kind, d.Years = engine.DeadlineYear, []int{due.Year()}
	}
	if r.recurrence != "" && m.year == 0 {
		return r.everyYear(d, s)
	}
	return r.sided(d, m, s, start), true
}

// sided leaves of a moment what the words before it mean.
func (r *termReader) sided(d engine.Deadline, m moment, s side, start engine.Date) engine.Deadline {
	switch s {
	case byEnd, until:
		d.Start = ""
		r.doubt = r.doubt || s == until && m.unit != unitDay && !r.inclusive
		if m.unit == unitPart {
			d.Kind = engine.DeadlineDate
		}
	case onward:
		return engine.Deadline{Kind: engine.DeadlineOngoing, Start: start, Ongoing: true}
	case nearest:
		r.doubt, d.Due = true, ""
	}
	return d
}

// yearly reads the day of every year when no year is known.
func (r *termReader) yearly(m moment, s side) (engine.Deadline, bool) {
	_, due, ok := m.days(leapYear - 1)
	if !ok || m.unit == unitYear || s == nearest || s == onward {
		return engine.Deadline{}, false
	}
	d, ok := r.everyYear(engine.Deadline{Due: due}, s)
	r.doubt = r.doubt || m.doubt || s == until && m.unit != unitDay
	d.Start, d.Due = "", ""
	return d, ok
}

// leapYear is some leap year; the year before it has no 29 February, which no
// term of every year can name.
const leapYear = 2024

// everyYear makes the term of a year one of every year.
func (r *termReader) everyYear(d engine.Deadline, s side) (engine.Deadline, bool) {
	if s == nearest || s == onward {
		return engine.Deadline{}, false
	}
	d.Kind, d.Years = engine.DeadlineRecurring, nil
	if s != within {
		d.Start = ""
	}
	if r.recurrence == yearly {
		d.Recurrence = engine.YearlyBy(d.Due)
	}
	return d, true
}

// weekdayFits reports whether the weekday printed beside a day, if any, is its own.
func weekdayFits(printed string, d engine.Date) bool {
	w, ok := weekdayOf(printed)
	return !ok || d.Weekday() == w
}
