package web

import (
	"net/url"
	"strconv"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
)

// An activityText is the text of an activity as it stands in the fields.
type activityText struct {
	Title, Details, Tags, TargetGroup, Responsible string
	Answers                                        string
	Deadline                                       string
	As, Day                                        string // how the term is to be taken instead of as it reads
	Read                                           string // the term whose reading was shown
	Parties                                        []partyText
	Indicators                                     []indicatorText
	Parts                                          []partText
}

// The rows of an activity; a row left empty is none.
type (
	partyText     struct{ Name, Organisation, Role string }
	indicatorText struct{ Name, Unit, Planned string }
	partText      struct{ Label, Text, Deadline string }
)

// sparePlanRows is how many empty rows stand behind those there are.
const sparePlanRows = 2

// textOf puts an activity into fields.
func textOf(a engine.Activity, names map[string]engine.Organisation) activityText {
	t := activityText{Title: a.Title, Details: strings.Join(a.Details, "\n"), Tags: strings.Join(a.Tags, ", "), TargetGroup: a.TargetGroup,
		Responsible: a.ResponsibleRaw, Answers: string(a.Answers), Deadline: a.Deadline.Raw, Read: a.Deadline.Raw}
	for _, p := range a.Responsible {
		t.Parties = append(t.Parties, partyText{p.Name, names[p.Organisation].Name, string(p.Role)})
	}
	for _, in := range a.Indicators {
		row := indicatorText{Name: in.Name, Unit: in.Unit}
		if in.Planned != 0 {
			row.Planned = formatNumber(in.Planned)
		}
		t.Indicators = append(t.Indicators, row)
	}
	for _, p := range a.Parts {
		t.Parts = append(t.Parts, partText{p.Label, p.Text, p.Deadline.Raw})
	}
	return t.padded()
}

// padded adds the spare rows.
func (t activityText) padded() activityText {
	t.Parties = append(t.Parties, make([]partyText, sparePlanRows)...)
	t.Indicators = append(t.Indicators, indicatorText{})
	t.Parts = append(t.Parts, partText{})
	return t
}

// maxPlanRows bounds the rows of one kind a form may send.
const maxPlanRows = 60

// textFrom reads the fields of a form; rows left empty are left out.
func textFrom(form url.Values) activityText {
	get := func(name string) string { return clean(form.Get(name)) }
	t := activityText{Title: get("nazev"), Details: get("podrobnosti"), Tags: get("stitky"), TargetGroup: get("skupina"), Responsible: get("odpovida"),
		Answers: get("pravidlo"), Deadline: get("termin"), As: get("termin-jak"), Day: get("termin-den"), Read: get("termin-cteny")}
	for i := range maxPlanRows {
		n := "-" + strconv.Itoa(i)
		if row := (partyText{get("strana" + n), get("organizace" + n), get("role" + n)}); row.Name+row.Organisation != "" {
			t.Parties = append(t.Parties, row)
		}
		if row := (indicatorText{get("ukazatel" + n), get("jednotka" + n), get("pocet" + n)}); row.Name+row.Unit+row.Planned != "" {
			t.Indicators = append(t.Indicators, row)
		}
		if row := (partText{get("cast" + n), get("cast-text" + n), get("cast-termin" + n)}); row.Label+row.Text+row.Deadline != "" {
			t.Parts = append(t.Parts, row)
		}
	}
	return t
}

// A textReader turns fields back into an activity. What was not touched keeps
// what an import read out of it.
type textReader struct {
	activityText
	plan   engine.Plan
	bodies []engine.Organisation
	faults map[string]string // by field
}

// into writes the fields into the activity they were made of.
func (r textReader) into(a *engine.Activity) {
	was := textOf(*a, engine.OrganisationsByID(r.bodies))
	a.Title, a.TargetGroup, a.ResponsibleRaw, a.Answers = r.Title, r.TargetGroup, r.Responsible, engine.AnswerRule(r.Answers)
	if r.Title == "" {
		r.faults["nazev"] = "fault.plan-title"
	}
	if r.Details != was.Details {
		a.Details = planLines(r.Details, "\n")
	}
	if r.Tags != was.Tags {
		a.Tags = r.tags()
	}
	a.Deadline = r.deadline(a.Deadline)
	a.Responsible = r.parties(a.Responsible)
	a.Indicators = r.indicators()
	a.Parts = r.parts(a.Parts)
}

// planLines gives the parts of a text that are not empty.
func planLines(text, by string) (out []string) {
	for _, line := range strings.Split(text, by) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// tags are codes of measures of the plan.
func (r textReader) tags() []string {
	out := planLines(r.Tags, ",")
	for _, code := range out {
		if _, ok := r.plan.MeasureByCode(code); !ok {
			r.faults["stitky"] = "fault.plan-tag"
		}
	}
	return out
}

// deadline reads the term, or takes it as it is said to be meant. What cannot
// be read for sure must have been shown as it reads before it is taken.
func (r textReader) deadline(was engine.Deadline) engine.Deadline {
	if r.As == "" && r.Deadline == was.Raw {
		return was
	}
	d := czech.ReadDeadline(r.Deadline, r.plan.Year())
	switch r.As {
	case "den":
		day, err := engine.ParseDate(r.Day)
		if err != nil {
			r.faults["termin-den"] = "fault.date"
		}
		return engine.Deadline{Raw: r.Deadline, Kind: engine.DeadlineDate, Due: day, Certain: true}
	case "prubezne":
		return engine.Deadline{Raw: r.Deadline, Kind: engine.DeadlineOngoing, Ongoing: true, Certain: true}
	case "zadny":
		return engine.Deadline{Raw: r.Deadline, Kind: engine.DeadlineNone, Certain: true}
	}
	if !d.Certain && r.Read != r.Deadline {
		r.faults["termin"] = "fault.plan-unsure"
	}
	return d
}

// parties matches the bodies chosen; one whose name stays keeps its kind.
func (r textReader) parties(was []engine.Party) (out []engine.Party) {
	for i, row := range r.Parties {
		p := engine.Party{Name: row.Name, Kind: engine.KindOrganisation, Role: engine.PartyRole(row.Role)}
		for _, old := range was {
			if old.Name == row.Name {
				p.Kind = old.Kind
			}
		}
		if row.Organisation != "" {
			body, ok := r.body(row.Organisation)
			if !ok {
				r.faults["organizace-"+strconv.Itoa(i)] = "fault.plan-body"
			}
			p.Organisation = body.ID
			if p.Name == "" {
				p.Name, p.Kind = body.Name, body.Kind
			}
		}
		out = append(out, p)
	}
	return out
}

// body finds an organisation by a name it is known by.
func (r textReader) body(name string) (engine.Organisation, bool) {
	slug := czech.ExpandedSlug(name)
	for _, o := range r.bodies {
		if o.Name == name {
			return o, true
		}
	}
	for _, o := range r.bodies {
		for _, known := range append([]string{o.Name}, o.Aliases...) {
			if czech.ExpandedSlug(known) == slug {
				return o, true
			}
		}
	}
	return engine.Organisation{}, false
}

func (r textReader) indicators() (out []engine.Indicator) {
	for i, row := range r.Indicators {
		in := engine.Indicator{Name: row.Name, Unit: row.Unit}
		if row.Name == "" {
			r.faults["ukazatel-"+strconv.Itoa(i)] = "fault.plan-indicator"
		}
		if row.Planned != "" {
			v, ok := readNumber(row.Planned)
			if !ok {
				r.faults["pocet-"+strconv.Itoa(i)] = "fault.number"
			}
			in.Planned = v
		}
		out = append(out, in)
	}
	return out
}

// parts keeps the term of a part whose words stay.
func (r textReader) parts(was []engine.Part) (out []engine.Part) {
	for i, row := range r.Parts {
		p := engine.Part{Label: row.Label, Text: row.Text, Deadline: czech.ReadDeadline(row.Deadline, r.plan.Year())}
		if i < len(was) && was[i].Deadline.Raw == row.Deadline {
			p.Deadline = was[i].Deadline
		}
		out = append(out, p)
	}
	return out
}
