package engine

// A DeadlineKind says how a deadline is meant.
type DeadlineKind string

// The kinds of deadline.
const (
	DeadlineNone    DeadlineKind = "none"    // nothing printed
	DeadlineDate    DeadlineKind = "date"    // one day
	DeadlineYear    DeadlineKind = "year"    // by the end of one year
	DeadlineYears   DeadlineKind = "years"   // a list of years
	DeadlineRange   DeadlineKind = "range"   // from – to
	DeadlineOngoing DeadlineKind = "ongoing" // průběžně: no due day, still asked every year
	DeadlineParts   DeadlineKind = "parts"   // each lettered part has its own
	DeadlineUnknown DeadlineKind = "unknown" // printed, not understood
)

// A Deadline is a term as the plan prints it (Raw) and as it is read. Due is the
// last day, "" where there is none. A reading two coordinators could dispute is
// not Certain.
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
	}
	for _, part := range d.Parts {
		take(part.Deadline.DueIn(p))
	}
	return last
}
