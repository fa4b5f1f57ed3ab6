package engine

import (
	"fmt"
	"time"
)

// A Date is a calendar day without a zone, written "2023-12-31"; "" is no day.
// Dates compare and sort as strings. It is no time.Time on purpose: a day
// stored as an instant moves to the day before when it meets UTC.
type Date string

// NewDate gives the day; values out of range carry over as time.Date does.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf gives the day that t shows in t's own zone.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return ""
	}
	return Date(t.Format(time.DateOnly))
}

// ParseDate reads an ISO day, and refuses one that does not exist.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", Errorf(Invalid, "%q is not a day; write it as 2023-12-31", s)
	}
	return Date(s), nil
}

// MonthEnd gives the last day of the month.
func MonthEnd(year int, month time.Month) Date { return NewDate(year, month+1, 0) }

// In gives the instant the clock shows hour:minute on day d in zone.
func (d Date) In(zone *time.Location, hour, minute int) time.Time {
	t := d.utc()
	return time.Date(t.Year(), t.Month(), t.Day(), hour, minute, 0, 0, zone)
}

// Start gives the first instant of d in zone, zero for no day.
func (d Date) Start(zone *time.Location) time.Time {
	if d == "" {
		return time.Time{}
	}
	return d.In(zone, 0, 0)
}

// AddDays gives the day n days later, earlier when n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.utc().AddDate(0, 0, n)) }

// Sub gives the number of days from o to d.
func (d Date) Sub(o Date) int { return int(d.utc().Sub(o.utc()) / (24 * time.Hour)) }

// Year gives the calendar year, 0 for no day.
func (d Date) Year() int {
	if d == "" {
		return 0
	}
	return d.utc().Year()
}

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// utc is midnight UTC of d. A Date that is not a day is a programming error.
func (d Date) utc() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		panic(fmt.Sprintf("engine: %q is not a date", string(d)))
	}
	return t
}
