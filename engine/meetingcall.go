package engine

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// The bounds of a meeting: what people read before they come.
const (
	MaxPoints = 40  // of the agenda
	MaxItems  = 200 // activities to be decided about
)

// packAhead is how many days before a meeting its papers leave.
const packAhead = 7

// SendDay proposes the day the papers of a meeting leave: a week before it, on
// a working day; where that is too late, the next working day. It is "" when no
// working day is left before the meeting.
func SendDay(day, today Date, w Workdays) Date {
	send := w.OnOrBefore(day.AddDays(-packAhead))
	if send <= today {
		send = w.OnOrAfter(today.AddDays(1))
	}
	if send >= day {
		return ""
	}
	return send
}

// OnOrBefore gives the last working day up to d.
func (w Workdays) OnOrBefore(d Date) Date {
	for !w.Works(d) {
		d = d.AddDays(-1)
	}
	return d
}

// A Calling is what it takes to decide about a meeting.
type Calling struct {
	Before   []Meeting // of the season
	Entries  []Entry   // those of its items
	Workdays Workdays
	Now      time.Time // local
}

func (c Calling) today() Date { return DateOf(c.Now) }

// Call calls a meeting. Its ID is the next of the season.
func (c Calling) Call(m Meeting, who Actor) (Change, error) {
	if err := MayDecide(who); err != nil {
		return Change{}, err
	}
	m = m.tidied()
	if err := c.check(m, ""); err != nil {
		return Change{}, err
	}
	m.ID = 1
	for _, other := range c.Before {
		m.ID = max(m.ID, other.ID+1)
	}
	m.SentAt, m.Sending, m.Told, m.CancelledAt, m.Reason, m.Version = time.Time{}, 0, Invitation{}, time.Time{}, "", 0
	return c.changed(m, "meeting_called", who), nil
}

// Amend changes a meeting as it was read. Papers that were to leave on the
// proposed day leave on the one proposed for the new day; when the members were
// told another day, hour or place, the papers leave again on the next working
// day. A Change that says nothing new is empty.
func (c Calling) Amend(was, m Meeting, who Actor) (Change, error) {
	if err := MayDecide(who); err != nil {
		return Change{}, err
	}
	if err := c.open(was); err != nil {
		return Change{}, err
	}
	m.ID, m.Plan, m.Period, m.Version = was.ID, was.Plan, was.Period, was.Version
	m.SentAt, m.Sending, m.Told, m.CancelledAt, m.Reason = was.SentAt, was.Sending, was.Told, was.CancelledAt, was.Reason
	m = m.tidied()
	if m.SendOn == was.SendOn {
		m.SendOn = c.resend(was, m)
	}
	if err := c.check(m, was.SendOn); err != nil {
		return Change{}, err
	}
	if m.Body == was.Body && m.SendOn == was.SendOn && m.Invitation().same(was.Invitation()) {
		return Change{}, nil
	}
	return c.changed(m, "meeting_changed", who), nil
}

// resend gives the day the papers leave when nobody chose another one.
func (c Calling) resend(was, m Meeting) Date {
	switch {
	case m.Misleads() && m.SendOn == "":
		if next := c.Workdays.OnOrAfter(c.today().AddDays(1)); next <= m.Day {
			return next
		}
	case was.Sending > 0 && !m.Misleads() && was.Misleads():
		return "" // it is as they were told again
	case was.Day != m.Day && was.SendOn != "" && was.SendOn == SendDay(was.Day, min(c.today(), was.SendOn.AddDays(-1)), c.Workdays):
		return SendDay(m.Day, c.today(), c.Workdays)
	}
	return m.SendOn
}

// Cancel says that a meeting does not take place.
func (c Calling) Cancel(m Meeting, reason string, who Actor) (Change, error) {
	if err := MayDecide(who); err != nil {
		return Change{}, err
	}
	if m.Cancelled() {
		return Change{}, Errorf(Conflict, "the meeting of %s is cancelled already", m.Day)
	}
	if reason = strings.Join(strings.Fields(reason), " "); reason == "" || len(reason) > MaxTitle {
		return Change{}, Errorf(Invalid, "say in a few words why the meeting is cancelled")
	}
	if m.Sending > 0 && m.Day >= c.today() {
		m.Sending, m.SentAt = m.Sending+1, c.Now // the members are told
	}
	m.SendOn, m.CancelledAt, m.Reason = "", c.Now, reason
	ch := c.changed(m, "meeting_cancelled", who)
	ch.Detail["reason"] = reason
	return ch, nil
}

// Forget says that papers which never left need not trouble anybody any more:
// the meeting is over, and its members had them another way.
func (c Calling) Forget(m Meeting, who Actor) (Change, error) {
	if err := MayDecide(who); err != nil {
		return Change{}, err
	}
	if !m.Missed(c.today()) {
		return Change{}, Errorf(Conflict, "no papers of the meeting of %s were missed", m.Day)
	}
	m.SendOn = ""
	return c.changed(m, "meeting_changed", who), nil
}

// Send says that the papers leave now. The messages are for whoever writes them.
func (c Calling) Send(m Meeting, who Actor) (Change, error) {
	if who.Kind != ActorCoordinator && who.Kind != ActorCalendar {
		return Change{}, Errorf(Forbidden, "only a coordinator sends the papers of a meeting, or the calendar")
	}
	if err := c.open(m); err != nil {
		return Change{}, err
	}
	m.SendOn, m.SentAt, m.Sending, m.Told = "", c.Now, m.Sending+1, m.Invitation()
	return c.changed(m, "meeting_sent", who), nil
}

// open refuses a meeting that is over or cancelled.
func (c Calling) open(m Meeting) error {
	switch {
	case m.Cancelled():
		return Errorf(Conflict, "the meeting of %s is cancelled; call another one", m.Day)
	case m.Day < c.today():
		return Errorf(Conflict, "the meeting of %s is over; call another one", m.Day)
	}
	return nil
}

func (c Calling) changed(m Meeting, event string, who Actor) Change {
	return Change{At: c.Now, Actor: who, Event: event, Subject: m.Subject(), Meetings: []Meeting{m},
		Detail: map[string]string{"body": m.Body, "day": string(m.Day), "time": m.Time, "place": m.Place, "send_on": string(m.SendOn),
			"points": itoa(len(m.Agenda)), "items": itoa(len(m.Items))}}
}

func (i Invitation) same(o Invitation) bool {
	return i.Day == o.Day && i.Time == o.Time && i.Place == o.Place && slices.Equal(i.Agenda, o.Agenda) && slices.Equal(i.Items, o.Items)
}

func (m Meeting) tidied() Meeting {
	line := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	m.Body, m.Place, m.Time = line(m.Body), line(m.Place), line(m.Time)
	lines := func(list []string) (out []string) {
		for _, s := range list {
			if s = line(s); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	m.Agenda, m.Items = lines(m.Agenda), lines(m.Items)
	return m
}

// clock is a time of day as people write it.
var clock = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

// IsClock reports whether s is a time of day, "14:00".
func IsClock(s string) bool { return clock.MatchString(s) }

// check says what is wrong with a meeting; sendOn is the day its papers were to
// leave before, which is not asked about again.
func (c Calling) check(m Meeting, sendOn Date) error {
	if _, err := ParseDate(string(m.Day)); err != nil {
		return err
	}
	switch {
	case m.Body == "" || len(m.Body) > MaxTitle:
		return Errorf(Invalid, "say in a few words which body meets")
	case m.Day < c.today():
		return Errorf(Invalid, "%s has passed; a meeting is called before it", m.Day)
	case !IsClock(m.Time):
		return Errorf(Invalid, "%q is no time of day; write it as 14:00", m.Time)
	case m.Place == "" || len(m.Place) > MaxTitle:
		return Errorf(Invalid, "say in a few words where the meeting is")
	case len(m.Agenda) == 0 || len(m.Agenda) > MaxPoints || slices.ContainsFunc(m.Agenda, func(s string) bool { return len(s) > MaxTitle }):
		return Errorf(Invalid, "an agenda has 1 to %d points, each of a few words", MaxPoints)
	}
	if err := c.checkItems(m); err != nil {
		return err
	}
	return c.checkSendOn(m, sendOn)
}

func (c Calling) checkItems(m Meeting) error {
	if len(m.Items) > MaxItems {
		return Errorf(Invalid, "a meeting decides about %d activities at most; call another one for the rest", MaxItems)
	}
	known := map[string]bool{}
	for _, e := range c.Entries {
		known[e.Activity] = e.Plan == m.Plan && e.Period == m.Period
	}
	for i, id := range m.Items {
		if !known[id] {
			return Errorf(NotFound, "season %s has no activity %s", m.Period, id)
		}
		if slices.Contains(m.Items[:i], id) {
			return Errorf(Invalid, "the meeting names %s twice", id)
		}
	}
	return nil
}

func (c Calling) checkSendOn(m Meeting, before Date) error {
	if m.SendOn == "" || m.SendOn == before && m.SendOn <= m.Day {
		return nil
	}
	if _, err := ParseDate(string(m.SendOn)); err != nil {
		return err
	}
	switch {
	case m.SendOn <= c.today():
		return Errorf(Invalid, "the papers leave by themselves from tomorrow on; send them yourself to have them leave today")
	case m.SendOn > m.Day:
		return Errorf(Invalid, "the papers must leave before the meeting of %s", m.Day)
	case !c.Workdays.Works(m.SendOn):
		return Errorf(Invalid, "nothing is sent on %s, which is no working day; choose another day", m.SendOn)
	}
	return nil
}
