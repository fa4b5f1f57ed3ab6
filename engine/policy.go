package engine

import (
	"slices"
	"sync"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/cz"
)

// A Rung is one step of the ladder a request climbs while nobody answers.
type Rung struct {
	Kind LetterKind // LetterReminder to the organisation, LetterEscalation to the coordinator
	Days int        // working days from the answer-by day; negative is before
}

// A Policy says how insistently a municipality asks.
type Policy struct {
	AnswerDays    int    // working days an organisation has to answer
	Ladder        []Rung // in order of Days
	DeadlineAhead []int  // days before a due day on which a reminder is written, falling
	SeasonCap     int    // mails one organisation may get in one season
}

// DefaultPolicy is what a municipality starts with: three weeks to answer, a
// reminder a week before the end, a last one after it with a week more, and
// then the coordinator.
func DefaultPolicy() Policy {
	return Policy{
		AnswerDays:    15,
		Ladder:        []Rung{{LetterReminder, -5}, {LetterReminder, 1}, {LetterEscalation, 7}},
		DeadlineAhead: []int{60, 14},
		SeasonCap:     8,
	}
}

// Workdays knows which days are worked: not weekends, not Czech public
// holidays (Act 245/2000), not the municipality's own days off.
type Workdays struct{ off []Date }

var holidays = func() *cal.Calendar {
	c := &cal.Calendar{}
	c.AddHoliday(cz.Holidays...)
	return c
}()

// NewWorkdays gives the working days of a municipality.
func NewWorkdays(daysOff []Date) Workdays { return Workdays{off: daysOff} }

// asked remembers the answers of the holiday rules, of which a forecast asks
// for the same few hundred days many thousand times.
var asked sync.Map // Date → string

// Holiday gives the name of the public holiday on d, "" when it is none.
func Holiday(d Date) string {
	if name, known := asked.Load(d); known {
		return name.(string)
	}
	name := ""
	if actual, _, h := holidays.IsHoliday(d.utc()); actual && h != nil {
		name = h.Name
	}
	asked.Store(d, name)
	return name
}

// Holidays lists the public holidays of a year.
func Holidays(year int) (days []Date) {
	for d := NewDate(year, 1, 1); d.Year() == year; d = d.AddDays(1) {
		if Holiday(d) != "" {
			days = append(days, d)
		}
	}
	return days
}

// Works reports whether d is a working day.
func (w Workdays) Works(d Date) bool {
	if day := d.Weekday(); day == 0 || day == 6 {
		return false
	}
	return !slices.Contains(w.off, d) && Holiday(d) == ""
}

// OnOrAfter gives the first working day from d on.
func (w Workdays) OnOrAfter(d Date) Date {
	for !w.Works(d) {
		d = d.AddDays(1)
	}
	return d
}

// Add gives the n-th working day after d, before it when n is negative.
func (w Workdays) Add(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.AddDays(step)
		if w.Works(d) {
			n--
		}
	}
	return d
}
