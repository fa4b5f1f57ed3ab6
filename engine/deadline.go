package engine

import (
	"fmt"
	"strings"
)

// A DeadlineKind says how a deadline is meant.
type DeadlineKind string

// The kinds of deadline.
const (
	DeadlineNone      DeadlineKind = "none"      // nothing printed
	DeadlineDate      DeadlineKind = "date"      // one day
	DeadlineYear      DeadlineKind = "year"      // by the end of one year
	DeadlineYears     DeadlineKind = "years"     // a list of years
	DeadlineRange     DeadlineKind = "range"     // from – to; a month, quarter or half-year too
	DeadlineOngoing   DeadlineKind = "ongoing"   // průběžně: no due day, still asked every year
	DeadlineRecurring DeadlineKind = "recurring" // každoročně: Recurrence says how often
	DeadlineParts     DeadlineKind = "parts"     // each lettered part has its own
	DeadlineUnknown   DeadlineKind = "unknown"   // printed, not understood, or no day by itself
)

// A Deadline is a term as the plan prints it (Raw) and as it is read. Due is the
// last day, "" where there is none. A reading two coordinators could dispute is
// not Certain.
//
// Recurrence is "yearly", "half-yearly", "quarterly", "monthly", "weekly",
// "daily", "3 per year", "at least 3 per year", "every 2 years", or
// "yearly by 03-31" where a day of every year is named.
type Deadline struct {
	Raw        string
	Kind       DeadlineKind
	Start, Due Date
	Years      []int
	Recurrence string
	Ongoing    bool
	Parts      []PartDeadline
	Certain    bool
}

// A PartDeadline is the term of the parts with these labels.
type PartDeadline struct {
	Labels   []string
	Deadline Deadline
}

// DueIn gives the last day inside the period on which something of d falls due,
// "" when nothing does: then a progress question is fitting, never a reminder
// that the time is up.
func (d Deadline) DueIn(p Period) Date {
	var last Date
	take := func(day Date) {
		if day >= p.Start && day <= p.End && day > last {
			last = day
		}
	}
	if len(d.Parts) == 0 {
		take(d.Due)
		take(d.yearlyDay(p.End.Year()))
	}
	for _, part := range d.Parts {
		take(part.Deadline.DueIn(p))
	}
	return last
}

// yearlyBy begins the recurrence of a deadline with a day of every year.
const yearlyBy = "yearly by "

// YearlyBy is the recurrence of what falls due every year on the month and day of d.
func YearlyBy(d Date) string { return yearlyBy + strings.TrimPrefix(string(d), d.YearString()+"-") }

// yearlyDay gives the day of a yearly deadline in the year, "" when d has none
// there: another recurrence, a 29 February, or a year d does not run in.
func (d Deadline) yearlyDay(year int) Date {
	day, ok := strings.CutPrefix(d.Recurrence, yearlyBy)
	if !ok {
		return ""
	}
	date, err := ParseDate(fmt.Sprintf("%04d-%s", year, day))
	if err != nil || d.Start != "" && date < d.Start {
		return ""
	}
	return date
}
