package web

import (
	"net/http"

	"splneno/engine"
	"splneno/workflows"
)

// dayShiftsShown is how many differences the page lists.
const dayShiftsShown = 60

// A calendarPage is the settings of the year, and what a change of them does.
type calendarPage struct {
	Form     calendarForm
	Holidays []holiday
	Compared bool // the difference was asked for
	Shifts   []dayShiftRow
	More     int
	Silent   []string // seasons nobody would be asked about
	Reason   string
}

// A holiday is a public holiday with its name.
type holiday struct {
	Day  engine.Date
	Name string
}

// A dayShiftRow is one difference.
type dayShiftRow struct{ workflows.DayShift }

// Word gives the key of the catalogue that names the occasion.
func (r dayShiftRow) Word() string { return occasionWord(r.Key) }

// Months lists the numbers of the months as the catalogue names them.
func (calendarPage) Months() []string {
	return []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
}

// Faulty reports whether a field was not taken.
func (p calendarPage) Faulty() bool { return len(p.Form.Faults) > 0 }

func (s *site) showCalendar(v visit) error {
	m, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	return s.calendarWith(v, http.StatusOK, calendarPage{Form: newCalendarForm(m)})
}

func (s *site) calendarWith(v visit, status int, p calendarPage) error {
	for year := v.today().Year(); year <= v.today().Year()+1; year++ {
		for _, d := range engine.Holidays(year) {
			p.Holidays = append(p.Holidays, holiday{d, engine.Holiday(d)})
		}
	}
	return s.show(v.w, v.r, status, "calendar", p)
}

// postCalendar shows what the settings typed would change, or stores them.
func (s *site) postCalendar(v visit) error {
	ctx := v.r.Context()
	m, err := v.office.Records.Municipality(ctx)
	if err != nil {
		return err
	}
	p := calendarPage{Form: readCalendarForm(v.r.PostForm, m)}
	changed := p.Form.apply(m)
	if len(p.Form.Faults) > 0 {
		p.Reason = "fault.form"
		return s.calendarWith(v, http.StatusUnprocessableEntity, p)
	}
	if v.r.PostForm.Get("action") != "ulozit" {
		if err := p.compare(v, changed); err != nil {
			return err
		}
		return s.calendarWith(v, http.StatusOK, p)
	}
	switch err := v.office.SetCalendar(ctx, changed, v.who); engine.CodeOf(err) {
	case "":
		return v.back("/stul/nastaveni/kalendar", flash("kalendar-ulozen"))
	case engine.Conflict:
		p.Form.Version, p.Reason = m.Version, "calendar.moved"
		return s.calendarWith(v, http.StatusConflict, p)
	case engine.Invalid:
		p.Reason = "calendar.refused"
		return s.calendarWith(v, http.StatusUnprocessableEntity, p)
	default:
		return err
	}
}

// compare finds what the changed settings do to what is coming.
func (p *calendarPage) compare(v visit, changed engine.Municipality) error {
	ctx, q := v.r.Context(), workflows.Question{Until: v.today().AddDays(ahead), Prepared: true}
	before, err := v.office.Forecast(ctx, q)
	if err != nil {
		return err
	}
	q.As = &changed
	after, err := v.office.Forecast(ctx, q)
	if err != nil {
		return err
	}
	p.Compared = true
	for _, shift := range workflows.Difference(before.Mailings, after.Mailings) {
		if len(p.Shifts) == dayShiftsShown {
			p.More++
			continue
		}
		p.Shifts = append(p.Shifts, dayShiftRow{shift})
	}
	for _, d := range after.Days {
		if d.Rule == "ask" && d.Day == "" && d.Late {
			p.Silent = append(p.Silent, d.Period)
		}
	}
	return nil
}
