package web

import (
	"bytes"
	"cmp"
	"context"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"splneno/engine"
	"splneno/workflows"
)

// How much a calendar holds: what others subscribe to is fetched every hour.
const (
	feedDays  = 730 // days ahead
	feedAlone = 20  // terms of one day that stand one by one; more are told in one event
)

// A term is one event of a feed: on a whole day, or a meeting with its hour.
type term struct {
	id       string // stable, within the installation
	day      engine.Date
	title    string
	text     string
	at       time.Time // when it came to be
	sequence int
	meeting  *engine.Meeting // nil on a whole day
	start    time.Time       // of a meeting
}

// showFeed gives the calendar behind a secret name: terms and days to answer by,
// without any person's data. Who has the name may read it, until it is revoked.
func (s *site) showFeed(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	name, ok := strings.CutSuffix(r.PathValue("name"), ".ics")
	var m engine.Municipality
	var body string
	office, err := s.townOf(r, func(o *workflows.Office) (err error) {
		if m, err = o.Records.Municipality(ctx); err != nil {
			return err
		}
		known := false
		if body, known = s.Signer.FeedOf(o.Records.Tenant(), name, m.Settings.LinkSerial); !ok || !known {
			return engine.Errorf(engine.NotFound, "there is no such calendar")
		}
		return nil
	})
	if err != nil {
		return err
	}
	t := s.tongues["cs"] // a calendar is the municipality's, as its letters are
	title := t.say("feed.town", "Town", m.Name)
	if body != "" {
		found, err := office.Records.Organisations(ctx, body)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return engine.Errorf(engine.NotFound, "there is no such calendar")
		}
		title = t.say("feed.body", "Name", found[0].Name)
	}
	terms, err := s.terms(ctx, office, t, body)
	if err != nil {
		return err
	}
	text, err := calendarText(office.Records.Tenant(), title, terms)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", ical.MIMEType+"; charset=utf-8")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": "splneno.ics"}))
	_, err = w.Write(text)
	return err
}

// feedOf gives the address of the calendar of a body, "" for the town's.
func (s *site) feedOf(v visit, body string) (string, error) {
	m, err := v.office.Records.Municipality(v.r.Context())
	return s.Signer.FeedURL(s.Signer.FeedToken(v.tenant, body, m.Settings.LinkSerial)), err
}

// terms gathers the events of open seasons: of one body, or of the town.
func (s *site) terms(ctx context.Context, o *workflows.Office, t *tongue, body string) (list []term, err error) {
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return nil, err
	}
	for _, season := range seasons {
		if season.State != engine.SeasonOpen {
			continue
		}
		f := feed{tongue: t, season: season, from: engine.DateOf(o.Now().In(o.Zone)).AddDays(-feedDays)}
		f.until = f.from.AddDays(2 * feedDays)
		if body == "" {
			err = f.town(ctx, o)
		} else {
			err = f.body(ctx, o, body)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, f.list...)
	}
	if body == "" {
		called, err := meetings(ctx, o, t, engine.DateOf(o.Now().In(o.Zone)).AddDays(-feedDays))
		if err != nil {
			return nil, err
		}
		list = append(list, called...)
	}
	slices.SortFunc(list, func(a, b term) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.id, b.id)) })
	return list, nil
}

// A feed gathers the events of one season.
type feed struct {
	*tongue
	season      engine.Season
	from, until engine.Date
	list        []term
}

// add takes an event up if it lies within the bounds.
func (f *feed) add(kind string, day engine.Date, sequence int, title, text string) {
	if day >= f.from && day <= f.until {
		f.list = append(f.list, term{id: kind + "/" + f.season.Plan + "/" + f.season.Period.ID, day: day, title: title, text: text, at: f.season.OpenedAt, sequence: sequence})
	}
}

// town takes up the terms of every activity, and the days of the season.
func (f *feed) town(ctx context.Context, o *workflows.Office) error {
	activities, err := o.Records.Terms(ctx, f.season.Plan)
	if err != nil {
		return err
	}
	period := f.season.Period.ID
	if f.season.AskedOn != "" {
		f.add("ask", f.season.AskedOn, 0, f.say("feed.asked", "Period", period), "")
	}
	f.due(slices.DeleteFunc(activities, func(a engine.Activity) bool { return a.Dropped != "" }))
	return nil
}

// body takes up the terms of one body, and the day it is to answer by.
func (f *feed) body(ctx context.Context, o *workflows.Office, id string) error {
	r, err := o.Records.Request(ctx, f.season.Plan, f.season.Period.ID, id)
	if engine.CodeOf(err) == engine.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	activities, err := o.Records.Activities(ctx, f.season.Plan, r.Activities...)
	if err != nil {
		return err
	}
	if r.AnswerBy != "" && r.AnsweredAt.IsZero() {
		f.add("answer/"+id, r.AnswerBy, r.Version, f.say("feed.answer", "Period", f.season.Period.ID), f.count("feed.answer_text", len(r.Activities)))
	}
	f.due(activities)
	return nil
}

// due takes up what falls due in the period, a day with very many in one event.
func (f *feed) due(activities []engine.Activity) {
	byDay, counts := map[engine.Date][]engine.Activity{}, map[engine.Date]int{}
	for _, a := range activities {
		day := a.Deadline.DueIn(f.season.Period)
		if day == "" {
			continue
		}
		if counts[day]++; counts[day] <= feedAlone {
			byDay[day] = append(byDay[day], a)
		}
	}
	for day, list := range byDay {
		if counts[day] <= feedAlone {
			for _, a := range list {
				f.add("due/"+a.ID, day, a.Version, f.say("feed.due", "Title", a.ID+" "+a.Title), "")
			}
			continue
		}
		var text []string
		for _, a := range list {
			text = append(text, a.ID+" "+a.Title)
		}
		f.add("due/"+string(day), day, 0, f.count("feed.due_many", counts[day]), strings.Join(text, "\n")+"\n…")
	}
}

// calendarText writes a calendar as RFC 5545 wants it.
func calendarText(tenant, title string, terms []term) ([]byte, error) {
	cal := ical.NewCalendar()
	cal.Props.SetText(ical.PropVersion, "2.0")
	cal.Props.SetText(ical.PropProductID, "-//Splneno//CS")
	cal.Props.SetText("X-WR-CALNAME", oneLine(title))
	cal.Props.SetText("METHOD", "PUBLISH")
	for _, t := range terms {
		e := ical.NewEvent()
		e.Props.SetText(ical.PropUID, uid(tenant, t.id))
		e.Props.SetDateTime(ical.PropDateTimeStamp, t.at.UTC().Truncate(time.Second))
		e.Props.SetDate(ical.PropDateTimeStart, t.day.In(time.UTC, 0, 0))
		e.Props.SetDate(ical.PropDateTimeEnd, t.day.AddDays(1).In(time.UTC, 0, 0))
		e.Props.SetText(ical.PropSummary, oneLine(t.title))
		if t.text != "" {
			e.Props.SetText(ical.PropDescription, printableLines(t.text))
		}
		e.Props.SetText(ical.PropTransparency, "TRANSPARENT")
		sequence := ical.NewProp(ical.PropSequence)
		sequence.Value = strconv.Itoa(t.sequence)
		e.Props.Set(sequence)
		if t.meeting != nil {
			t.setMeeting(e, tenant)
		}
		cal.Children = append(cal.Children, e.Component)
	}
	var b bytes.Buffer
	if len(terms) == 0 { // the library refuses a calendar without events, which is what one holds at first
		b.WriteString("BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nPRODID:-//Splneno//CS\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
	} else if err := ical.NewEncoder(&b).Encode(cal); err != nil {
		return nil, err
	}
	return folded(b.Bytes()), nil
}

// uid names an event for ever: the same in every copy, of no other town.
func uid(tenant, id string) string {
	return engine.MessageID(tenant, "calendar/"+id, "splneno.invalid")
}

func oneLine(s string) string { return printable(strings.Join(strings.Fields(s), " ")) }

// printableLines keeps line ends, which the format knows how to write.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = oneLine(lines[i])
	}
	return strings.Join(lines, "\n")
}

// lineOctets is how long a line of the format may be.
const lineOctets = 75

// folded breaks long lines, never inside a letter; the library does not.
func folded(text []byte) []byte {
	var b bytes.Buffer
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, "\r\n")
		for room := lineOctets; len(line) > room; room = lineOctets - 1 {
			cut := room
			for !utf8.RuneStart(line[cut]) {
				cut--
			}
			b.Write(line[:cut])
			b.WriteString("\r\n ")
			line = line[cut:]
		}
		b.Write(line)
		b.WriteString("\r\n")
	}
	return b.Bytes()
}
