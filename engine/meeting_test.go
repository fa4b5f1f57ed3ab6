package engine_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

func meeting() engine.Meeting {
	return engine.Meeting{Plan: "p", Period: "2023", Body: "řídící  skupina", Day: "2024-03-15", Time: "14:00", Place: " zasedací síň ",
		Agenda: []string{"Zahájení", " ", "Vyhodnocení  plánu"}, Items: []string{"1", "2"}, SendOn: "2024-03-08"}
}

// called is what it takes to decide about a meeting on a day.
func called(day engine.Date, off ...engine.Date) engine.Calling {
	return engine.Calling{Before: []engine.Meeting{{ID: 3}}, Entries: resolved(), Workdays: engine.NewWorkdays(off), Now: at(day)}
}

func TestCallMeeting(t *testing.T) {
	c := must(t)(called("2024-02-20").Call(meeting(), jana))
	m := c.Meetings[0]
	if m.ID != 4 || m.Body != "řídící skupina" || m.Place != "zasedací síň" || !slices.Equal(m.Agenda, []string{"Zahájení", "Vyhodnocení plánu"}) ||
		c.Event != "meeting_called" || c.Subject != "p/2023/meeting/4" || c.Detail["send_on"] != "2024-03-08" {
		t.Errorf("%s %s %v: %+v", c.Event, c.Subject, c.Detail, m)
	}
	for name, spoil := range map[string]func(*engine.Meeting){
		"past":   func(m *engine.Meeting) { m.Day = "2024-02-19" },
		"no day": func(m *engine.Meeting) { m.Day = "15. 3." },
		"hour":   func(m *engine.Meeting) { m.Time = "25:00" },
		"place":  func(m *engine.Meeting) { m.Place = " " },
		"body":   func(m *engine.Meeting) { m.Body = "" },
		"agenda": func(m *engine.Meeting) { m.Agenda = []string{" "} },
		"points": func(m *engine.Meeting) {
			m.Agenda = make([]string, 0)
			m.Agenda = append(m.Agenda, strings.Split(strings.Repeat("x,", 41), ",")...)
		},
		"unknown":         func(m *engine.Meeting) { m.Items = []string{"9"} },
		"twice":           func(m *engine.Meeting) { m.Items = []string{"1", "1"} },
		"sent today":      func(m *engine.Meeting) { m.SendOn = "2024-02-20" },
		"sent on Sunday":  func(m *engine.Meeting) { m.SendOn = "2024-03-10" },
		"sent afterwards": func(m *engine.Meeting) { m.SendOn = "2024-03-18" },
		"another season":  func(m *engine.Meeting) { m.Period = "2022" },
	} {
		m := meeting()
		spoil(&m)
		if c, err := called("2024-02-20").Call(m, jana); engine.CodeOf(err) != engine.Invalid && engine.CodeOf(err) != engine.NotFound {
			t.Errorf("%s is taken: %+v", name, c)
		}
	}
	for _, who := range []engine.Actor{{Kind: engine.ActorCalendar}, {Kind: engine.ActorMember}, {Kind: engine.ActorAdministrator}} {
		if _, err := called("2024-02-20").Call(meeting(), who); engine.CodeOf(err) != engine.Forbidden {
			t.Errorf("%s calls a meeting", who.Kind)
		}
	}
	if _, err := called("2024-02-20", "2024-03-08").Call(meeting(), jana); engine.CodeOf(err) != engine.Invalid {
		t.Error("papers leave on a day off of the municipality")
	}
}

// Papers are proposed for a working day, a week before at least, or as soon as
// can be; never for the day of the meeting or today.
func TestSendDay(t *testing.T) {
	for _, c := range []struct{ day, today, want engine.Date }{
		{"2024-03-15", "2024-02-20", "2024-03-08"}, {"2024-03-17", "2024-02-20", "2024-03-08"},
		{"2024-05-15", "2024-02-20", "2024-05-07"}, // 8 May is a holiday
		{"2024-03-15", "2024-03-08", "2024-03-11"}, {"2024-03-11", "2024-03-08", ""}, {"2024-03-12", "2024-03-08", "2024-03-11"},
	} {
		if got := engine.SendDay(c.day, c.today, engine.NewWorkdays(nil)); got != c.want {
			t.Errorf("a meeting on %s called on %s: papers on %q, want %q", c.day, c.today, got, c.want)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		today := engine.Date("2024-01-01").AddDays(r.IntN(400))
		day := today.AddDays(r.IntN(60))
		var off []engine.Date
		for range r.IntN(20) {
			off = append(off, day.AddDays(-r.IntN(30)))
		}
		w := engine.NewWorkdays(off)
		send := engine.SendDay(day, today, w)
		switch {
		case send == "":
			for d := today.AddDays(1); d < day; d = d.AddDays(1) {
				if w.Works(d) {
					t.Fatalf("meeting %s, today %s: %s would do", day, today, d)
				}
			}
		case !w.Works(send) || send <= today || send >= day:
			t.Fatalf("meeting %s, today %s, off %v: papers on %s", day, today, off, send)
		}
	}
}

func TestAmendMeeting(t *testing.T) {
	was := must(t)(called("2024-02-20").Call(meeting(), jana)).Meetings[0]
	sent := must(t)(called("2024-03-08").Send(was, jana)).Meetings[0]
	if sent.SendOn != "" || sent.Sending != 1 || len(sent.Changes()) > 0 || sent.Due("2024-03-08") {
		t.Fatalf("sent: %+v", sent)
	}
	for name, c := range map[string]struct {
		was     engine.Meeting
		change  func(*engine.Meeting)
		today   engine.Date
		sendOn  engine.Date
		changes []string
	}{
		"the proposed day moves along":       {was, func(m *engine.Meeting) { m.Day = "2024-03-29" }, "2024-02-21", "2024-03-22", nil},
		"a chosen day stays":                 {chosen(was, "2024-03-01"), func(m *engine.Meeting) { m.Day = "2024-03-29" }, "2024-02-21", "2024-03-01", nil},
		"another day is told again":          {sent, func(m *engine.Meeting) { m.Day = "2024-03-18" }, "2024-03-08", "2024-03-11", []string{"day"}},
		"another place too":                  {sent, func(m *engine.Meeting) { m.Place = "knihovna"; m.Time = "9:30" + "" }, "2024-03-08", "", nil},
		"another agenda waits for her":       {sent, func(m *engine.Meeting) { m.Agenda = []string{"Volby"} }, "2024-03-08", "", []string{"agenda"}},
		"too late to leave by itself":        {sent, func(m *engine.Meeting) { m.Place = "knihovna" }, "2024-03-15", "", []string{"place"}},
		"no change after all takes it back":  {moved(t, sent), func(m *engine.Meeting) { m.Day = "2024-03-15" }, "2024-03-08", "", nil},
		"never by itself":                    {was, func(m *engine.Meeting) { m.SendOn = "" }, "2024-02-21", "", nil},
		"other activities are told as items": {sent, func(m *engine.Meeting) { m.Items = []string{"2"} }, "2024-03-08", "", []string{"items"}},
	} {
		m := c.was
		c.change(&m)
		ch, err := called(c.today).Amend(c.was, m, jana)
		if name == "another place too" { // 9:30 lacks its zero
			if engine.CodeOf(err) != engine.Invalid {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := ch.Meetings[0]; got.SendOn != c.sendOn || cmp.Diff(got.Changes(), c.changes) != "" || got.ID != c.was.ID {
			t.Errorf("%s: papers on %q, changes %v", name, got.SendOn, got.Changes())
		}
	}
	if ch, err := called("2024-02-21").Amend(was, was, jana); err != nil || ch.Event != "" {
		t.Errorf("nothing new is a change: %v %v", ch.Event, err)
	}
}

func chosen(m engine.Meeting, day engine.Date) engine.Meeting {
	m.SendOn = day
	return m
}

func moved(t *testing.T, m engine.Meeting) engine.Meeting {
	t.Helper()
	to := m
	to.Day = "2024-03-18"
	return must(t)(called("2024-03-08").Amend(m, to, jana)).Meetings[0]
}

// What is over or cancelled stays as it is; papers that were missed trouble
// nobody once she has said so.
func TestMeetingIsOver(t *testing.T) {
	was := must(t)(called("2024-02-20").Call(meeting(), jana)).Meetings[0]
	off := must(t)(called("2024-03-01").Cancel(was, " nemoc ", jana)).Meetings[0]
	if off.Sending != 0 || off.Waits() || off.Due("2024-03-08") || off.Reason != "nemoc" {
		t.Errorf("cancelled before anybody was told: %+v", off)
	}
	for name, refused := range map[string]error{
		"amend cancelled": second(called("2024-03-01").Amend(off, was, jana)), "send cancelled": second(called("2024-03-01").Send(off, jana)),
		"cancel twice": second(called("2024-03-01").Cancel(off, "x", jana)), "send after": second(called("2024-03-18").Send(was, jana)),
		"amend after": second(called("2024-03-18").Amend(was, meeting(), jana)), "forget before": second(called("2024-03-15").Forget(was, jana)),
	} {
		if engine.CodeOf(refused) != engine.Conflict {
			t.Errorf("%s: %v", name, refused)
		}
	}
	if second(called("2024-03-01").Cancel(was, " ", jana)) == nil || second(called("2024-03-08").Send(was, engine.Actor{Kind: engine.ActorMember})) == nil {
		t.Error("cancelled without a reason, or sent by a member")
	}
	if !was.Due("2024-03-15") || was.Due("2024-03-16") || !was.Missed("2024-03-16") || was.Due("2024-03-07") {
		t.Error("due on the wrong days")
	}
	if m := must(t)(called("2024-03-18").Forget(was, jana)).Meetings[0]; m.Missed("2024-03-18") {
		t.Error("missed for ever")
	}
	sent := must(t)(called("2024-03-08").Send(was, jana)).Meetings[0]
	if m := must(t)(called("2024-03-11").Cancel(sent, "nemoc", jana)).Meetings[0]; m.Sending != 2 {
		t.Error("members who were invited are not told")
	}
	if m := must(t)(called("2024-03-18").Cancel(sent, "omyl", jana)).Meetings[0]; m.Sending != 1 {
		t.Error("members are told after the day that it is cancelled")
	}
}

func second[V any](_ V, err error) error { return err }

func TestItemsOfMeeting(t *testing.T) {
	e := engine.Evaluation{Areas: []engine.AreaResult{{Measures: []engine.MeasureResult{{Activities: []engine.ActivityResult{{ID: "1"}, {ID: "2"}, {ID: "3"}}}}}}}
	rows := e.ItemsOf(engine.Meeting{Items: []string{"3", "9", "1"}})
	if len(rows) != 2 || rows[0].ID != "3" || rows[1].ID != "1" {
		t.Errorf("%+v", rows)
	}
}
