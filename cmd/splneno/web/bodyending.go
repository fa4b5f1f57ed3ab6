package web

import (
	"net/http"
	"strings"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/workflows"
)

// An endingPage is the page on which an organisation ends, is merged into
// another one, or has its end taken back. Nothing happens before the preview.
type endingPage struct {
	Body       engine.Organisation
	How        string // "nastupce", "bez", "spojit", "obnovit"
	Day        string // as typed
	Heir       string // as typed
	Candidates []engine.Organisation
	Chosen     *engine.Organisation
	Preview    *shiftView
	Faults     map[string]string // by field, keys of the catalogue
	Problem    string
}

// Path gives the page of an organisation.
func (endingPage) Path(id string) string { return bodyPath(id) }

// On gives the day of the end.
func (p endingPage) On() engine.Date { return engine.Date(p.Day) }

// mostCandidates bounds how many organisations a part of a name may mean.
const mostCandidates = 12

func (s *site) showEnding(v visit) error {
	o, all, err := bodyOf(v)
	if err != nil {
		return err
	}
	p := endingPage{Body: o, How: "nastupce", Day: string(v.today())}
	if o.Ended != "" {
		p.How = "obnovit"
		if err := p.preview(v, all); err != nil {
			return err
		}
	}
	return s.show(v.w, v.r, http.StatusOK, "body-end", p)
}

// postEnding shows what an end would do, and does it when that was seen.
func (s *site) postEnding(v visit) error {
	o, all, err := bodyOf(v)
	if err != nil {
		return err
	}
	get := v.r.PostForm.Get
	p := endingPage{Body: o, How: get("jak"), Day: strings.TrimSpace(get("den")), Heir: strings.TrimSpace(get("nastupce")), Faults: map[string]string{}}
	p.judge(all, v.today())
	if len(p.Faults) > 0 {
		p.Problem = "ending.faults"
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "body-end", p)
	}
	switch get("action") {
	case "zpet":
		return s.show(v.w, v.r, http.StatusOK, "body-end", p)
	case "nahled":
		err = p.preview(v, all)
		if err == nil {
			return s.show(v.w, v.r, http.StatusOK, "body-end", p)
		}
	case "potvrdit":
		if err = persist(func() error { return v.office.ChangeBodies(v.r.Context(), p.decision(v)) }); err == nil {
			return v.back(bodyPath(o.ID), flash(p.word()))
		}
	default:
		return engine.Errorf(engine.Invalid, "the form does not say whether to show or to end")
	}
	return s.endingAgain(v, p, err)
}

// endingAgain shows the page with why the decision was not taken.
func (s *site) endingAgain(v visit, p endingPage, err error) error {
	switch code := engine.CodeOf(err); code {
	case engine.Invalid:
		p.Problem, p.Faults = "ending.faults", map[string]string{"nastupce": "ending.no_heir"}
		if p.How == "bez" {
			p.Faults = map[string]string{"jak": "ending.not_this"}
		}
		return s.show(v.w, v.r, statuses[code], "body-end", p)
	case engine.Conflict:
		p.Problem = "ending.moved"
		return s.show(v.w, v.r, statuses[code], "body-end", p)
	}
	return err
}

// word gives the code word of what was done.
func (p endingPage) word() string {
	switch p.How {
	case "spojit":
		return "organizace-spojena"
	case "obnovit":
		return "organizace-obnovena"
	}
	return "organizace-ukoncena"
}

// judge checks the fields and finds the successor that was meant.
func (p *endingPage) judge(all map[string]engine.Organisation, today engine.Date) {
	switch p.How {
	case "nastupce", "spojit":
		p.choose(all)
	case "bez", "obnovit":
	default:
		p.Faults["jak"] = "ending.how"
	}
	if p.How == "nastupce" || p.How == "bez" {
		if day, err := engine.ParseDate(p.Day); err != nil || day > today {
			p.Faults["den"] = "ending.day"
		}
	}
}

// choose finds the one organisation a name, an id or a part of a name means.
func (p *endingPage) choose(all map[string]engine.Organisation) {
	var near []engine.Organisation
	for _, o := range all {
		if o.ID == p.Body.ID || o.Ended != "" || isGroup(o) || p.Heir == "" {
			continue
		}
		if o.ID == p.Heir || czech.Fold(o.Name) == czech.Fold(p.Heir) {
			p.Chosen = &o
			return
		}
		if matchesBody(o, p.Heir) {
			near = append(near, o)
		}
	}
	czech.Sort(near, func(o engine.Organisation) string { return o.Name })
	switch {
	case len(near) == 1:
		p.Chosen = &near[0]
	case len(near) == 0:
		p.Faults["nastupce"] = "ending.no_heir"
	default:
		p.Faults["nastupce"] = "ending.several"
		p.Candidates = near[:min(len(near), mostCandidates)]
	}
}

// decision gives what is to be done, on the organisations as they stand.
func (p endingPage) decision(v visit) workflows.BodyDecision {
	return func(all map[string]engine.Organisation) (engine.Change, error) {
		now, heir := v.office.Now().In(v.office.Zone), ""
		if p.Chosen != nil {
			heir = p.Chosen.ID
		}
		switch p.How {
		case "spojit":
			return engine.MergeBody(all, p.Body.ID, heir, v.who, now)
		case "obnovit":
			return engine.ReviveBody(all, p.Body.ID, v.who, now)
		}
		return engine.EndBody(all, p.Body.ID, engine.Date(p.Day), heir, v.who, now)
	}
}

func (p *endingPage) preview(v visit, all map[string]engine.Organisation) error {
	shifts, err := v.office.PreviewBodies(v.r.Context(), p.decision(v))
	if err != nil {
		return err
	}
	view, err := viewShifts(v, shifts, all)
	p.Preview = &view
	return err
}
