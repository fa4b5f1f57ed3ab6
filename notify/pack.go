package notify

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"splneno/engine"
	"splneno/engine/czech"
)

// itemsTold is how many activities the letter about a meeting lists; its papers
// list all of them.
const itemsTold = 30

// agenda gives the points of a meeting that takes place.
func (s *speaker) agenda(l engine.Letter) (out []entry) {
	if l.Pack == nil || l.Pack.Meeting.Cancelled() {
		return nil
	}
	for i, point := range l.Pack.Meeting.Agenda {
		out = append(out, s.entry("point", i+1, point))
	}
	return out
}

// A decidable is an activity a meeting is to decide about, in words.
type decidable struct{ ID, Title, Word, Why string }

// decisions gives what a meeting is to decide about.
func (s *speaker) decisions(l engine.Letter) (out []entry) {
	if l.Pack == nil || l.Pack.Meeting.Cancelled() {
		return nil
	}
	for i, row := range l.Pack.Items {
		if i == itemsTold {
			return append(out, s.entry("decide more", 0, len(l.Pack.Items)-itemsTold))
		}
		word := czech.NoAnswer
		if !row.NoAnswer {
			word = czech.StatusWord(row.Status, row.Qualifier)
		}
		out = append(out, s.entry("decide", 0, decidable{row.ID, row.Title, cmp.Or(l.Pack.Names[row.Result()], word), cmp.Or(row.Missing, row.Narrative)}))
	}
	return out
}

// maxWhy is how much of a reason a letter repeats.
const maxWhy = 300

// cleanPack makes every text about a meeting one line.
func cleanPack(p *engine.Pack) *engine.Pack {
	if p == nil {
		return nil
	}
	out := *p
	m := &out.Meeting
	for _, s := range []*string{&m.Body, &m.Time, &m.Place, &m.Reason, &m.Told.Time, &m.Told.Place} {
		*s = oneLine(*s, maxName)
	}
	m.Agenda = slices.Clone(m.Agenda)
	for i := range m.Agenda {
		m.Agenda[i] = oneLine(m.Agenda[i], maxText)
	}
	out.Items = slices.Clone(out.Items)
	for i := range out.Items {
		row := &out.Items[i]
		row.ID, row.Title = oneLine(row.ID, maxName), oneLine(row.Title, maxText)
		row.Missing, row.Narrative = oneLine(row.Missing, maxWhy), oneLine(row.Narrative, maxWhy)
	}
	return &out
}

// meetingLength is how long calendars are told a meeting lasts: nobody says.
const meetingLength = 2 * time.Hour

// withEvent adds the file that puts the meeting into a calendar (RFC 5545). Its
// UID is the same in every letter about the meeting, so that a later one moves
// the event instead of adding another.
func (c *Composer) withEvent(l engine.Letter) engine.Letter {
	if l.Pack == nil {
		return l
	}
	m := l.Pack.Meeting
	clock, err := time.Parse("15:04", m.Time)
	if err != nil {
		return l
	}
	at := func(t time.Time) string { return t.UTC().Format("20060102T150405Z") }
	start := m.Day.In(c.zone, clock.Hour(), clock.Minute())
	status := "CONFIRMED"
	if m.Cancelled() {
		status = "CANCELLED"
	}
	lines := []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Splneno//CS", "METHOD:PUBLISH", "BEGIN:VEVENT", "UID:" + l.Pack.UID,
		"DTSTAMP:" + at(l.Date.In(c.zone, 8, 0)), "SEQUENCE:" + strconv.Itoa(max(m.Sending-1, 0)), "STATUS:" + status,
		"DTSTART:" + at(start), "DTEND:" + at(start.Add(meetingLength)), "SUMMARY:" + escaped(m.Body), "LOCATION:" + escaped(m.Place)}
	if len(m.Agenda) > 0 {
		lines = append(lines, "DESCRIPTION:"+escaped(strings.Join(m.Agenda, "\n")))
	}
	var b strings.Builder
	for _, line := range append(lines, "END:VEVENT", "END:VCALENDAR") {
		b.WriteString(folded(line) + "\r\n")
	}
	l.Attachments = append(slices.Clone(l.Attachments), engine.Attachment{Name: "jednani.ics", Type: "text/calendar; charset=utf-8", Data: []byte(b.String())})
	return l
}

// escaped writes a text as a value of RFC 5545.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// folded breaks a line at 75 octets, never inside a letter.
func folded(line string) string {
	var b strings.Builder
	for room := 75; len(line) > room; room = 74 {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line = line[cut:]
	}
	return b.String() + line
}
