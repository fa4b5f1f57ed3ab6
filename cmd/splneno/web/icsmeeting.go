package web

import (
	"context"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"splneno/engine"
	"splneno/workflows"
)

// meetings takes up the meetings of the steering group from a day on, whatever
// has become of their seasons. Their names are those of the events the members
// get by mail, so that no calendar shows one twice.
func meetings(ctx context.Context, o *workflows.Office, t *tongue, from engine.Date) (list []term, err error) {
	all, err := o.Records.MeetingsFrom(ctx, from)
	for _, m := range all {
		title := t.say("feed.meeting", "Body", m.Body)
		if m.Cancelled() {
			title = t.say("feed.meeting_off", "Body", m.Body)
		}
		list = append(list, term{day: m.Day, title: title, text: strings.Join(m.Agenda, "\n"), at: m.Day.In(time.UTC, 0, 0), sequence: m.Version,
			meeting: &m, start: startOf(m, o.Zone)})
	}
	return list, err
}

// startOf gives the instant a meeting begins.
func startOf(m engine.Meeting, zone *time.Location) time.Time {
	clock, err := time.Parse("15:04", m.Time)
	if err != nil { // nothing else was ever taken
		return m.Day.In(zone, 0, 0)
	}
	return m.Day.In(zone, clock.Hour(), clock.Minute())
}

// meetingLength is how long calendars are told a meeting lasts: nobody says.
const meetingLength = 2 * time.Hour

// setMeeting gives an event the hour and the place of a meeting.
func (t term) setMeeting(e *ical.Event, tenant string) {
	e.Props.SetText(ical.PropUID, t.meeting.UID(tenant))
	e.Props.SetDateTime(ical.PropDateTimeStart, t.start.UTC())
	e.Props.SetDateTime(ical.PropDateTimeEnd, t.start.Add(meetingLength).UTC())
	e.Props.SetText(ical.PropLocation, oneLine(t.meeting.Place))
	e.Props.SetText(ical.PropTransparency, "OPAQUE")
	if e.SetStatus(ical.EventConfirmed); t.meeting.Cancelled() {
		e.SetStatus(ical.EventCancelled)
	}
}
