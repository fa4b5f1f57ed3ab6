package web

import (
	"strings"

	"splneno/engine"
)

// A groundsForm is what a change of a plan rests on, as typed.
type groundsForm struct {
	Day, Body, Reason string
	Faults            map[string]string
	Today             engine.Date
}

// newGrounds gives the fields of a form that nobody has filled in yet.
func newGrounds(v visit) groundsForm {
	return groundsForm{Day: string(v.today()), Today: v.today(), Faults: map[string]string{}}
}

// groundsFrom reads them; what is wrong stands in Faults.
func groundsFrom(v visit) groundsForm {
	get := func(name string) string { return clean(v.r.PostForm.Get(name)) }
	g := groundsForm{Day: get("od"), Body: get("rozhodl"), Reason: get("proc"), Today: v.today(), Faults: map[string]string{}}
	day, err := engine.ParseDate(g.Day)
	switch {
	case err != nil:
		g.Faults["od"] = "fault.date"
	case day > g.Today:
		g.Faults["od"] = "fault.plan-future"
	}
	if strings.TrimSpace(g.Reason) == "" {
		g.Faults["proc"] = "fault.plan-reason"
	}
	return g
}

func (g groundsForm) grounds() engine.Grounds {
	return engine.Grounds{Day: engine.Date(g.Day), Body: g.Body, Reason: g.Reason}
}
