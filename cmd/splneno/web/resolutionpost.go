package web

import (
	"net/http"
	"slices"
	"strconv"

	"splneno/engine"
)

func (s *site) showResolution(v visit) error {
	p, err := readResolution(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "resolution", p)
}

// postResolution corrects a resolution: its head, or what it says of activities.
func (s *site) postResolution(v visit) error {
	p, err := readResolution(v)
	if err != nil {
		return err
	}
	next := p.Resolution
	word := "usneseni-opraveno"
	switch v.r.PostForm.Get("action") {
	case "hlavicka":
		f, typed := v.resolutionForm()
		p.Form = f
		if len(f.Faults) > 0 {
			return s.resolutionAgain(v, p, http.StatusUnprocessableEntity, "decision.fields")
		}
		next.Number, next.Body, next.Day, next.Verb, next.Text = typed.Number, typed.Body, typed.Day, typed.Verb, typed.Text
	case "polozky":
		if !p.typedItems(v, &next) {
			return s.resolutionAgain(v, p, http.StatusUnprocessableEntity, "decision.fields")
		}
		word = "usneseni-polozky"
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the resolution")
	}
	if v.r.PostForm.Get("verze") != strconv.Itoa(p.Resolution.Version) {
		return s.resolutionAgain(v, p, http.StatusConflict, "resolution.moved")
	}
	_, err = v.office.Resolve(v.r.Context(), next, v.who)
	if engine.CodeOf(err) == engine.Conflict {
		return s.resolutionAgain(v, p, http.StatusConflict, "resolution.moved")
	}
	if err != nil {
		return err
	}
	return v.back(p.Address()+"/usneseni/"+strconv.Itoa(next.ID), flash(word))
}

func (s *site) resolutionAgain(v visit, p resolutionPage, status int, reason string) error {
	p.Reason = reason
	return s.show(v.w, v.r, status, "resolution", p)
}

// typedItems takes what was typed about the activities on the page into the
// resolution: "" leaves an activity out. It reports whether all can be taken.
func (p *resolutionPage) typedItems(v visit, next *engine.Resolution) bool {
	next.Items = slices.Clone(next.Items)
	good := true
	for _, lines := range [][]resolutionLine{p.Items, p.Offered} {
		for i := range lines {
			good = lines[i].read(v, next) && good
		}
	}
	return good
}

// read takes one line. A line whose select was not on the form stays as it is.
func (l *resolutionLine) read(v visit, next *engine.Resolution) bool {
	form, id := v.r.PostForm, l.Activity.ID
	if !form.Has("krok-" + id) {
		return true
	}
	l.Next, l.Until, l.Note = form.Get("krok-"+id), form.Get("den-"+id), clean(form.Get("pozn-"+id))
	next.Items = slices.DeleteFunc(next.Items, func(i engine.ResolutionItem) bool { return i.Activity == id })
	item := engine.ResolutionItem{Activity: id, Next: engine.NextStep(l.Next), Note: l.Note}
	switch {
	case l.Next == "" && l.Note == "":
		return true
	case l.Next == string(engine.Postpone):
		if _, err := engine.ParseDate(l.Until); err != nil {
			l.Fault = "fault.date"
			return false
		}
		item.Until = engine.Date(l.Until)
	case l.Next != "" && !slices.Contains(engine.NextSteps(), item.Next):
		l.Fault = "fault.way"
		return false
	}
	if len(l.Note) > engine.MaxTitle {
		l.Fault = "fault.long"
		return false
	}
	next.Items = append(next.Items, item)
	return true
}
