package web

import (
	"net/http"
	"slices"
	"strconv"

	"splneno/engine"
	"splneno/engine/czech"
)

// A meetingPage is one meeting: what the members are told, who got it, and what
// was decided.
type meetingPage struct {
	meetingsPage
	Meeting    engine.Meeting
	Today      engine.Date
	Items      []meetingItem
	Pager      pager // of Items
	Open       int   // items without a resolution
	Decided    []engine.Resolution
	Members    []memberLetter
	Unsent     int // members who have not got the newest papers
	Letter     engine.Message
	Files      []paper
	Why        string // of a cancellation, as typed
	WhyMissing string
}

// A meetingItem is an activity to be decided about, with the resolution that
// decided.
type meetingItem struct {
	engine.Placed
	Resolution *engine.Resolution
	Said       engine.ResolutionItem
}

// A memberLetter is what became of the letter to a member.
type memberLetter struct {
	Name  string
	State engine.MessageState // "" when none was written
}

// Over reports whether the day of the meeting has passed.
func (p meetingPage) Over() bool { return p.Meeting.Day < p.Today }

// Missed reports whether the papers should have left and never will.
func (p meetingPage) Missed() bool { return p.Meeting.Missed(p.Today) }

// CanChange reports whether the meeting can still be changed and sent.
func (p meetingPage) CanChange() bool { return p.Decides && !p.Over() && !p.Meeting.Cancelled() }

// itemsOfMeeting is how many activities of a meeting are shown at a time.
const itemsOfMeeting = 30

func readMeeting(v visit) (meetingPage, error) {
	all, err := readMeetings(v)
	if err != nil {
		return meetingPage{}, err
	}
	p := meetingPage{meetingsPage: all, Today: v.today()}
	id, err := strconv.Atoi(v.r.PathValue("id"))
	i := slices.IndexFunc(all.List, func(m engine.Meeting) bool { return m.ID == id })
	if err != nil || i < 0 {
		return p, engine.Errorf(engine.NotFound, "season %s has no meeting %q", p.Season.Period.ID, v.r.PathValue("id"))
	}
	p.Meeting = all.List[i]
	return p, nil
}

// whole reads the rest of what the page shows.
func (p *meetingPage) whole(v visit) error {
	var err error
	if p.Decided, err = resolutionsOf(v, p.Meeting); err != nil {
		return err
	}
	p.Open = len(undecided(p.Meeting, p.Decided))
	p.Pager = newPager(v.r, itemsOfMeeting, len(p.Meeting.Items))
	rows, err := v.placed(p.Meeting, paged(p.Pager, p.Meeting.Items))
	if err != nil {
		return err
	}
	for _, row := range rows {
		item := meetingItem{Placed: row}
		for r := range p.Decided {
			for _, said := range p.Decided[r].Items {
				if said.Activity == row.Activity.ID {
					item.Resolution, item.Said = &p.Decided[r], said
				}
			}
		}
		p.Items = append(p.Items, item)
	}
	if err := p.readLetters(v); err != nil || !p.Decides {
		return err
	}
	if p.Letter, err = v.office.PreviewMeeting(v.r.Context(), p.Meeting); err != nil {
		return err
	}
	proposed, err := v.office.ProposeMeeting(v.r.Context(), p.Season.Plan, p.Season.Period.ID)
	if err == nil {
		p.Form, err = v.meetingForm(p.Meeting, proposed.Items)
	}
	return err
}

// readLetters finds who got the newest papers.
func (p *meetingPage) readLetters(v visit) error {
	town, err := v.office.Records.Municipality(v.r.Context())
	if err != nil {
		return err
	}
	var keys []string
	for _, member := range town.SteeringGroup {
		keys = append(keys, p.Meeting.PackKey(member.Email))
	}
	states, err := v.office.Records.MessageStates(v.r.Context(), keys)
	for i, member := range town.SteeringGroup {
		m := memberLetter{Name: member.Name, State: states[keys[i]]}
		if m.Name == "" {
			m.Name = member.Email
		}
		if m.State == "" {
			p.Unsent++
		}
		p.Members = append(p.Members, m)
	}
	for _, ext := range []string{"pdf", "docx"} {
		p.Files = append(p.Files, paperOf(engine.Attachment{Name: "pack-" + czech.Slug(p.Season.Period.ID) + "." + ext}))
	}
	return err
}

// resolutionsOf gives the resolutions made at a meeting.
func resolutionsOf(v visit, m engine.Meeting) ([]engine.Resolution, error) {
	all, err := v.office.Records.Resolutions(v.r.Context(), m.Plan, m.Period)
	return slices.DeleteFunc(all, func(r engine.Resolution) bool { return r.Meeting != m.ID }), err
}

// undecided gives the activities of a meeting that none of its resolutions names.
func undecided(m engine.Meeting, decided []engine.Resolution) []string {
	return slices.DeleteFunc(slices.Clone(m.Items), func(id string) bool {
		return slices.ContainsFunc(decided, func(r engine.Resolution) bool {
			return slices.ContainsFunc(r.Items, func(i engine.ResolutionItem) bool { return i.Activity == id })
		})
	})
}

func (s *site) showMeeting(v visit) error {
	p, err := readMeeting(v)
	if err == nil {
		err = p.whole(v)
	}
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "meeting", p)
}

// postMeeting changes a meeting, sends its papers, cancels it, or stops asking
// about papers that were missed.
func (s *site) postMeeting(v visit) error {
	p, err := readMeeting(v)
	if err != nil {
		return err
	}
	if v.r.PostForm.Get("verze") != strconv.Itoa(p.Meeting.Version) {
		if v.r.PostForm.Get("action") == "ulozit" {
			typed, faults := v.typedMeeting(p.Meeting)
			return s.typedAgain(v, typed, faults, http.StatusConflict, "meeting.moved")
		}
		return s.meetingAgain(v, p, http.StatusConflict, "meeting.moved")
	}
	word := ""
	switch v.r.PostForm.Get("action") {
	case "ulozit":
		return s.saveMeeting(v, p)
	case "poslat":
		word = "jednani-odeslano"
		_, err = v.office.SendMeeting(v.r.Context(), p.Meeting, v.who)
		if engine.CodeOf(err) == engine.Invalid {
			return s.meetingAgain(v, p, http.StatusUnprocessableEntity, "meeting.nobody")
		}
	case "zrusit":
		word = "jednani-zruseno"
		if p.Why = clean(v.r.PostForm.Get("duvod")); p.Why == "" || len(p.Why) > engine.MaxTitle {
			p.WhyMissing = "fault.meeting_why"
			return s.meetingAgain(v, p, http.StatusUnprocessableEntity, "fault.form")
		}
		err = v.office.CancelMeeting(v.r.Context(), p.Meeting, p.Why, v.who)
	case "vyridit":
		word = "jednani-vyrizeno"
		err = v.office.ForgetPack(v.r.Context(), p.Meeting, v.who)
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the meeting")
	}
	if engine.CodeOf(err) == engine.Conflict {
		return s.meetingAgain(v, p, http.StatusConflict, "meeting.moved")
	}
	if err != nil {
		return err
	}
	return v.back(p.meetingWay(p.Meeting.ID), flash(word))
}

// saveMeeting changes the meeting to what was typed.
func (s *site) saveMeeting(v visit, p meetingPage) error {
	typed, faults := v.typedMeeting(p.Meeting)
	if err := v.proposeSending(&typed, faults); err != nil {
		return err
	}
	if len(faults) == 0 {
		m, err := v.office.ChangeMeeting(v.r.Context(), typed, v.who)
		if err == nil {
			word := "jednani-ulozeno"
			if m.Misleads() && m.SendOn != "" {
				word = "jednani-znovu"
			}
			return v.back(p.meetingWay(m.ID), flash(word))
		}
		if engine.CodeOf(err) == engine.Conflict {
			return s.typedAgain(v, typed, faults, http.StatusConflict, "meeting.moved")
		}
		if faults = meetingFaults(err); faults == nil {
			return err
		}
	}
	return s.typedAgain(v, typed, faults, http.StatusUnprocessableEntity, "fault.form")
}

// typedAgain shows the meeting as it is stored now, and the form as it was typed.
func (s *site) typedAgain(v visit, typed engine.Meeting, faults map[string]string, status int, reason string) error {
	p, err := readMeeting(v)
	if err == nil {
		err = p.whole(v)
	}
	if err != nil {
		return err
	}
	offered := make([]string, len(p.Form.Ticks))
	for i, t := range p.Form.Ticks {
		offered[i] = t.Activity.ID
	}
	if p.Form, err = v.typedForm(typed, offered, faults); err != nil {
		return err
	}
	p.Reason = reason
	return s.show(v.w, v.r, status, "meeting", p)
}

func (s *site) meetingAgain(v visit, p meetingPage, status int, reason string) error {
	if err := p.whole(v); err != nil {
		return err
	}
	p.Reason = reason
	return s.show(v.w, v.r, status, "meeting", p)
}
