package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"splneno/engine"
)

// meetingRoutes are the meetings of the steering group about a season.
func (s *site) meetingRoutes() []route {
	const meetings = "/stul/vyhodnoceni/{plan}/{period}/jednani"
	return []route{
		{pattern: "GET " + meetings, right: engine.RightFollow, desk: s.showMeetings},
		{pattern: "POST " + meetings, right: engine.RightDecide, desk: s.postMeetings},
		{pattern: "GET " + meetings + "/{id}", right: engine.RightFollow, desk: s.showMeeting},
		{pattern: "POST " + meetings + "/{id}", right: engine.RightDecide, desk: s.postMeeting},
		{pattern: "GET " + meetings + "/{id}/soubor/{name}", right: engine.RightFollow, desk: s.meetingFile},
	}
}

// ticksShown is how many activities the form offers to tick; more are named in a
// field by their codes.
const ticksShown = 40

// A meetingsPage lists the meetings about a season, with a form to call one.
type meetingsPage struct {
	seasonPlace
	List   []engine.Meeting
	Form   meetingForm
	Reason string // why the last form was not taken, key of the catalogue
}

// A meetingForm is a meeting as typed.
type meetingForm struct {
	Body, Day, Time, Place, Agenda, SendOn string
	Never                                  bool // the papers do not leave by themselves
	Sent                                   bool // they have left already
	Ticks                                  []itemTick
	Codes                                  string // further activities
	Faults                                 map[string]string
}

// An itemTick is an activity the form offers, chosen or not.
type itemTick struct {
	engine.Placed
	Chosen bool
}

func readMeetings(v visit) (meetingsPage, error) {
	place, err := v.place()
	if err != nil {
		return meetingsPage{}, err
	}
	p := meetingsPage{seasonPlace: place}
	p.List, err = v.office.Records.Meetings(v.r.Context(), place.Season.Plan, place.Season.Period.ID)
	slices.Reverse(p.List)
	return p, err
}

func (s *site) showMeetings(v visit) error {
	p, err := readMeetings(v)
	if err != nil {
		return err
	}
	if p.Decides && p.Season.Begun() == nil {
		m, err := v.office.ProposeMeeting(v.r.Context(), p.Season.Plan, p.Season.Period.ID)
		if err != nil {
			return err
		}
		m.Time = "14:00"
		if p.Form, err = v.meetingForm(m, m.Items); err != nil {
			return err
		}
	}
	return s.show(v.w, v.r, http.StatusOK, "meetings", p)
}

// CanCall reports whether a meeting can be called about the season.
func (p meetingsPage) CanCall() bool { return p.Decides && p.Season.Begun() == nil }

// meetingForm fills the form with a meeting; offered are the activities it shows
// to tick, those of the meeting first.
func (v visit) meetingForm(m engine.Meeting, offered []string) (meetingForm, error) {
	f := meetingForm{Body: m.Body, Day: string(m.Day), Time: m.Time, Place: m.Place, Agenda: strings.Join(m.Agenda, "\n"), SendOn: string(m.SendOn),
		Never: m.ID > 0 && m.SendOn == "" && m.Sending == 0, Sent: m.Sending > 0}
	ids := slices.Clone(m.Items)
	for _, id := range offered {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	shown := ids[:min(len(ids), ticksShown)]
	rows, err := v.placed(m, shown)
	for _, row := range rows {
		f.Ticks = append(f.Ticks, itemTick{row, slices.Contains(m.Items, row.Activity.ID)})
	}
	f.Codes = strings.Join(slices.DeleteFunc(slices.Clone(m.Items), func(id string) bool { return slices.Contains(shown, id) }), " ")
	return f, err
}

// placed gives activities with their entries, in the order of ids; what is not
// there is left out.
func (v visit) placed(m engine.Meeting, ids []string) ([]engine.Placed, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	activities, err := v.office.Records.Activities(v.r.Context(), m.Plan, ids...)
	if err != nil {
		return nil, err
	}
	entries, err := v.office.Records.Entries(v.r.Context(), m.Plan, m.Period, ids...)
	if err != nil {
		return nil, err
	}
	var out []engine.Placed
	for _, id := range ids {
		a := slices.IndexFunc(activities, func(a engine.Activity) bool { return a.ID == id })
		e := slices.IndexFunc(entries, func(e engine.Entry) bool { return e.Activity == id })
		if a >= 0 && e >= 0 {
			out = append(out, engine.Placed{Activity: activities[a], Entry: entries[e]})
		}
	}
	return out, nil
}

// postMeetings calls a meeting.
func (s *site) postMeetings(v visit) error {
	p, err := readMeetings(v)
	if err != nil {
		return err
	}
	typed, faults := v.typedMeeting(engine.Meeting{Plan: p.Season.Plan, Period: p.Season.Period.ID})
	if err := v.proposeSending(&typed, faults); err != nil {
		return err
	}
	var m engine.Meeting
	if len(faults) == 0 {
		if m, err = v.office.CallMeeting(v.r.Context(), typed, v.who); err == nil {
			return v.back(p.meetingWay(m.ID), flash("jednani-svolano"))
		}
		if faults = meetingFaults(err); faults == nil {
			return err
		}
	}
	proposed, err := v.office.ProposeMeeting(v.r.Context(), p.Season.Plan, p.Season.Period.ID)
	if err != nil {
		return err
	}
	if p.Form, err = v.typedForm(typed, proposed.Items, faults); err != nil {
		return err
	}
	p.Reason = "fault.form"
	return s.show(v.w, v.r, http.StatusUnprocessableEntity, "meetings", p)
}

// proposeSending fills in the day the papers leave where it was left empty.
func (v visit) proposeSending(m *engine.Meeting, faults map[string]string) (err error) {
	if m.Sending == 0 && m.SendOn == "" && faults["den"] == "" && v.r.PostForm.Get("neposilat") == "" {
		m.SendOn, err = v.office.SendDay(v.r.Context(), m.Day)
	}
	return err
}

// meetingWay gives the way to a meeting of the season.
func (p seasonPlace) meetingWay(id int) string { return p.Address() + "/jednani/" + strconv.Itoa(id) }

// typedForm gives the form as it was typed, whatever of it could be taken.
func (v visit) typedForm(typed engine.Meeting, offered []string, faults map[string]string) (meetingForm, error) {
	f, err := v.meetingForm(typed, offered)
	get := v.r.PostForm.Get
	f.Body, f.Day, f.Time, f.Place, f.Agenda = clean(get("organ")), get("den"), clean(get("cas")), clean(get("misto")), clean(get("program"))
	f.SendOn, f.Never, f.Faults = get("odeslat"), get("neposilat") != "", faults
	if faults["dalsi"] != "" {
		f.Codes = clean(get("dalsi"))
	}
	return f, err
}

// typedMeeting reads the form into a meeting, and finds what is wrong in a field
// before anybody is asked.
func (v visit) typedMeeting(m engine.Meeting) (engine.Meeting, map[string]string) {
	get, faults := v.r.PostForm.Get, map[string]string{}
	m.Body, m.Day, m.Time, m.Place = clean(get("organ")), engine.Date(get("den")), clean(get("cas")), clean(get("misto"))
	m.Agenda = strings.Split(clean(get("program")), "\n")
	m.Items = slices.Concat(v.r.PostForm["polozka"], strings.FieldsFunc(clean(get("dalsi")), func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\n' || r == '\t' }))
	m.Items = unique(m.Items)
	if m.Body == "" || len(m.Body) > engine.MaxTitle {
		faults["organ"] = "fault.body"
	}
	if _, err := engine.ParseDate(get("den")); err != nil {
		m.Day, faults["den"] = "", "fault.date"
	} else if m.Day < v.today() {
		faults["den"] = "fault.meeting_past"
	}
	if !engine.IsClock(m.Time) {
		faults["cas"] = "fault.clock"
	}
	if m.Place == "" || len(m.Place) > engine.MaxTitle {
		faults["misto"] = "fault.place"
	}
	if n := len(m.Agenda); strings.TrimSpace(get("program")) == "" || n > engine.MaxPoints || slices.ContainsFunc(m.Agenda, func(s string) bool { return len(s) > engine.MaxTitle }) {
		faults["program"] = "fault.agenda"
	}
	if m.SendOn = engine.Date(get("odeslat")); m.SendOn != "" {
		if _, err := engine.ParseDate(string(m.SendOn)); err != nil {
			m.SendOn, faults["odeslat"] = "", "fault.date"
		}
	}
	if get("neposilat") != "" {
		m.SendOn = ""
	}
	return m, faults
}

func unique(list []string) (out []string) {
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// meetingFaults blames the field of a meeting that is refused, nil when the
// error is about something else. The fields were looked at one by one before:
// what is left is the day of sending, and the codes.
func meetingFaults(err error) map[string]string {
	var e *engine.Error
	switch {
	case !errors.As(err, &e):
	case e.Code == engine.NotFound:
		return map[string]string{"dalsi": "fault.codes"}
	case e.Code == engine.Invalid && strings.Contains(err.Error(), "activities at most"):
		return map[string]string{"dalsi": "fault.many_items"}
	case e.Code == engine.Invalid:
		return map[string]string{"odeslat": "fault.send_on"}
	}
	return nil
}

// meetingFile hands out one of the papers of a meeting.
func (s *site) meetingFile(v visit) error {
	p, err := readMeeting(v)
	if err != nil {
		return err
	}
	files, err := v.office.PackFiles(v.r.Context(), p.Meeting)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(files, func(f engine.Attachment) bool { return f.Name == v.r.PathValue("name") })
	if i < 0 {
		return engine.Errorf(engine.NotFound, "the meeting has no paper %q", v.r.PathValue("name"))
	}
	return handPaper(v, files[i])
}

// ResolveWay gives the way to the form in which the decisions are written down.
func (p meetingPage) ResolveWay() string {
	return p.Address() + "/usneseni?" + url.Values{"jednani": {strconv.Itoa(p.Meeting.ID)}}.Encode()
}
