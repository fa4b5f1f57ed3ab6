package engine

import (
	"slices"
	"time"
)

// A Meeting is a gathering of the steering group about the results of a season.
// Its papers leave to the members on a day of the calendar.
type Meeting struct {
	Plan, Period string
	ID           int // from 1, per season
	Body         string
	Day          Date
	Time         string // "14:00", local
	Place        string
	Agenda       []string   // points in order
	Items        []string   // ids of the activities to be decided about, in order
	SendOn       Date       // the day the papers leave, "" for never by itself, or not again
	SentAt       time.Time  // when they left the last time
	Sending      int        // how often they left
	Told         Invitation // what the members were told the last time
	CancelledAt  time.Time
	Reason       string // why it was cancelled
	Version      int
}

// An Invitation is what the members are told of a meeting.
type Invitation struct {
	Day         Date
	Time, Place string
	Agenda      []string
	Items       []string
}

// Invitation gives what the members would be told now.
func (m Meeting) Invitation() Invitation {
	return Invitation{Day: m.Day, Time: m.Time, Place: m.Place, Agenda: m.Agenda, Items: m.Items}
}

// What of an invitation may have changed since the members got it.
const (
	ChangedDay    = "day"
	ChangedTime   = "time"
	ChangedPlace  = "place"
	ChangedAgenda = "agenda"
	ChangedItems  = "items"
)

// Changes says what differs from what the members were told, the most pressing
// first; nothing while they were told nothing.
func (m Meeting) Changes() (out []string) {
	if m.Sending == 0 {
		return nil
	}
	for _, c := range []struct {
		name string
		same bool
	}{
		{ChangedDay, m.Day == m.Told.Day}, {ChangedTime, m.Time == m.Told.Time}, {ChangedPlace, m.Place == m.Told.Place},
		{ChangedAgenda, slices.Equal(m.Agenda, m.Told.Agenda)}, {ChangedItems, slices.Equal(m.Items, m.Told.Items)},
	} {
		if !c.same {
			out = append(out, c.name)
		}
	}
	return out
}

// Misleads reports whether a member who keeps to what he was told comes to the
// wrong place or at the wrong time.
func (m Meeting) Misleads() bool {
	return m.Sending > 0 && (m.Day != m.Told.Day || m.Time != m.Told.Time || m.Place != m.Told.Place)
}

// Cancelled reports whether the meeting does not take place.
func (m Meeting) Cancelled() bool { return !m.CancelledAt.IsZero() }

// Waits reports whether its papers are still to leave by themselves.
func (m Meeting) Waits() bool { return m.SendOn != "" && !m.Cancelled() }

// Due reports whether its papers leave on a day: they never do once the day of
// the meeting has passed.
func (m Meeting) Due(today Date) bool {
	return m.Waits() && m.SendOn <= today && today <= m.Day
}

// Missed reports whether its papers should have left by themselves and never will.
func (m Meeting) Missed(today Date) bool { return m.Waits() && m.Day < today }

// UID names the meeting in the calendars of those who come, for ever.
func (m Meeting) UID(tenant string) string {
	return MessageID(tenant, "calendar/"+m.key(), "splneno.invalid")
}

// key tells the meeting from every other thing of the municipality.
func (m Meeting) key() string { return "meeting/" + m.Plan + "/" + m.Period + "/" + itoa(m.ID) }

// Subject gives what the journal says of the meeting is about.
func (m Meeting) Subject() string { return m.Plan + "/" + m.Period + "/meeting/" + itoa(m.ID) }

// PackKey gives the natural key of the letter of a sending to a member.
func (m Meeting) PackKey(email string) string {
	return "pack/" + m.Plan + "/" + m.Period + "/" + itoa(m.ID) + "/" + itoa(m.Sending) + "/" + email
}

// A Pack is what the letter to the members says of a meeting.
type Pack struct {
	Meeting Meeting
	UID     string
	Changes []string // what differs from the letter before; see [Meeting.Changes]
	Items   []ActivityResult
	Names   map[string]string // the municipality's own words of results; see [Settings]
	Draft   bool              // the evaluation is not approved yet
	TooBig  bool              // the papers are too large for a mail
}

// ItemsOf gives the rows a meeting is to decide about, in its order. What the
// evaluation does not hold is left out.
func (e Evaluation) ItemsOf(m Meeting) []ActivityResult {
	at := map[string]int{}
	for i, id := range m.Items {
		at[id] = i
	}
	var out []ActivityResult
	for _, row := range e.Rows() {
		if _, named := at[row.ID]; named {
			out = append(out, row)
		}
	}
	slices.SortFunc(out, func(a, b ActivityResult) int { return at[a.ID] - at[b.ID] })
	return out
}
