package web

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"splneno/engine"
)

// A planForm is the page on which the data of a plan, or the heading of one of
// its areas or measures, is changed.
type planForm struct {
	Plan          engine.Plan
	Address, Back string
	Seen          string
	Text          planText
	Node          *planNode // the heading, nil for the plan
	Measure       bool      // the heading is a measure's
	Grounds       groundsForm
	Faults        map[string]string
	Moved         bool
}

// A planText is what stands in the fields.
type planText struct {
	Title, Description, Funding string
	Levels                      engine.Levels
	Until, What                 string // of an extension
}

func readPlanForm(v visit) (planForm, error) {
	f := planForm{Grounds: newGrounds(v), Faults: map[string]string{}}
	var err error
	if f.Plan, err = v.office.Records.Plan(v.r.Context(), v.r.PathValue("plan")); err != nil {
		return f, err
	}
	f.Seen, f.Back = strconv.Itoa(f.Plan.Version), planPath(f.Plan.ID)
	f.Address = planPath(f.Plan.ID, "upravit")
	f.Text = planText{Title: f.Plan.Title, Funding: f.Plan.Funding, Levels: f.Plan.Levels}
	return f, nil
}

// readHeading builds the page of a heading: a measure's, or with ?oblast=1 an area's.
func readHeading(v visit) (planForm, error) {
	f, err := readPlanForm(v)
	if err != nil {
		return f, err
	}
	b, code := planBook{visit: v, plan: f.Plan}, v.r.PathValue("code")
	f.Address = planPath(f.Plan.ID, "nadpis", code)
	if v.r.URL.Query().Get("oblast") != "" {
		f.Address += "?oblast=1"
		i := slices.IndexFunc(f.Plan.Areas, func(a engine.Area) bool { return a.Code == code })
		if i < 0 {
			return f, engine.Errorf(engine.NotFound, "plan %s has no area %s", f.Plan.ID, code)
		}
		a := f.Plan.Areas[i]
		f.Node, f.Text.Title = &planNode{Level: b.level(a), Own: b.own(a), Code: code, Title: a.Title, Href: planPath(f.Plan.ID, "oblast", code)}, a.Title
	} else {
		m, ok := f.Plan.MeasureByCode(code)
		if !ok {
			return f, engine.Errorf(engine.NotFound, "plan %s has no measure %s", f.Plan.ID, code)
		}
		f.Node, f.Measure, f.Text.Title, f.Text.Description = b.measure(m), true, m.Title, m.Description
	}
	f.Back = f.Node.Href
	return f, nil
}

func (s *site) showPlanForm(v visit) error {
	f, err := readPlanForm(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "planform", f)
}

func (s *site) showHeading(v visit) error {
	f, err := readHeading(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "planform", f)
}

func (s *site) postPlanForm(v visit) error {
	f, err := readPlanForm(v)
	if err != nil {
		return err
	}
	return s.savePlan(v, f, f.intoPlan)
}

func (s *site) postHeading(v visit) error {
	f, err := readHeading(v)
	if err != nil {
		return err
	}
	return s.savePlan(v, f, f.intoHeading)
}

// savePlan takes the form of the plan or of a heading.
func (s *site) savePlan(v visit, f planForm, into func(planText, groundsForm, *engine.Plan) error) error {
	get := func(name string) string { return clean(v.r.PostForm.Get(name)) }
	f.Grounds = groundsFrom(v)
	f.Text = planText{Title: get("nazev"), Description: get("popis"), Funding: get("publicita"), Until: get("do"), What: get("slova"),
		Levels: engine.Levels{Above: get("nad"), Area: get("oblast"), Measure: get("opatreni"), Activity: get("aktivita")}}
	maps.Copy(f.Faults, f.Grounds.Faults)
	f.check()
	seen := get("verze")
	if len(f.Faults) > 0 {
		f.Seen = seen
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "planform", f)
	}
	version, _ := strconv.Atoi(seen) // 0 is no version: then it is a conflict
	err := persist(func() error {
		return v.office.AmendPlan(v.r.Context(), f.Plan.ID, version, f.Grounds.grounds(), v.who, func(p *engine.Plan) error { return into(f.Text, f.Grounds, p) })
	})
	if engine.CodeOf(err) == engine.Conflict {
		f.Moved = true
		return s.show(v.w, v.r, http.StatusConflict, "planform", f)
	}
	if err != nil {
		return err
	}
	return v.back(f.Back, flash("plan-ulozeno"))
}

// check finds what is wrong in a field before anybody is asked.
func (f planForm) check() {
	if f.Text.Title == "" {
		f.Faults["nazev"] = "fault.plan-title"
	}
	if f.Text.Until == "" {
		return
	}
	day, err := engine.ParseDate(f.Text.Until)
	switch {
	case err != nil:
		f.Faults["do"] = "fault.date"
	case day <= f.Plan.ValidUntil():
		f.Faults["do"] = "fault.plan-until"
	}
	if f.Grounds.Body == "" {
		f.Faults["rozhodl"] = "fault.plan-who"
	}
}

func (planForm) intoPlan(t planText, g groundsForm, p *engine.Plan) error {
	p.Title, p.Funding, p.Levels = t.Title, t.Funding, t.Levels
	if t.Until != "" {
		what := t.What
		if what == "" {
			what = g.Reason
		}
		p.Approvals = append(p.Approvals, engine.Approval{Body: g.Body, Verb: engine.VerbExtended, Day: engine.Date(g.Day), What: what, Until: engine.Date(t.Until)})
	}
	return nil
}

func (f planForm) intoHeading(t planText, _ groundsForm, p *engine.Plan) error {
	for i := range p.Areas {
		if !f.Measure && p.Areas[i].Code == f.Node.Code {
			p.Areas[i].Title = t.Title
		}
	}
	for i := range p.Measures {
		if f.Measure && p.Measures[i].Code == f.Node.Code {
			p.Measures[i].Title, p.Measures[i].Description = t.Title, t.Description
		}
	}
	return nil
}
