package web

import (
	"slices"
	"strconv"

	"splneno/engine"
)

// atMeeting prepares the form for a resolution of the meeting the address names,
// "jednani": its body and day are filled in, and its activities without a
// resolution are listed, some at a time. Without such a name it does nothing.
func (p *resolutionsPage) atMeeting(v visit) error {
	name := v.r.URL.Query().Get("jednani")
	if name == "" || !p.Decides {
		return nil
	}
	id, err := strconv.Atoi(name)
	if err != nil {
		return engine.Errorf(engine.NotFound, "there is no meeting %q", name)
	}
	m, err := v.office.Meeting(v.r.Context(), p.Season.Plan, p.Season.Period.ID, id)
	if err != nil {
		return err
	}
	p.Meeting, p.Form.Body = &m, m.Body
	p.Form.Day = string(min(m.Day, v.today()))
	made := slices.DeleteFunc(slices.Clone(p.List), func(r engine.Resolution) bool { return r.Meeting != m.ID })
	open := undecided(m, made)
	shown := open[:min(len(open), itemsOnPage)]
	p.More = len(open) - len(shown)
	rows, err := v.placed(m, shown)
	for i, row := range rows {
		p.Items = append(p.Items, resolutionLine{Placed: row, N: i})
	}
	return err
}

// typedAt takes what was typed about the activities of the meeting into its
// resolution. It reports whether all can be taken.
func (p *resolutionsPage) typedAt(v visit, r *engine.Resolution) bool {
	if p.Meeting == nil {
		return true
	}
	r.Meeting = p.Meeting.ID
	good := true
	for i := range p.Items {
		good = p.Items[i].read(v, r) && good
	}
	return good
}

// Action gives where the form goes, with the meeting it is about.
func (p resolutionsPage) Action() string {
	if p.Meeting == nil {
		return p.Address() + "/usneseni"
	}
	return p.Address() + "/usneseni?jednani=" + strconv.Itoa(p.Meeting.ID)
}
