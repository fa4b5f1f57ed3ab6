package web

import (
	"maps"
	"net/http"
	"strconv"

	"splneno/engine"
	"splneno/engine/czech"
)

// An activityForm is the page on which an activity of a plan is changed or added.
type activityForm struct {
	Plan         engine.Plan
	Activity     engine.Activity // as it stands; when it is new, its place
	New          bool
	Address      string
	Back         string
	Seen         string // version of the activity, id offered to a new one
	Text         activityText
	Grounds      groundsForm
	Faults       map[string]string // all of them
	Reading      engine.Deadline   // how the typed term reads
	ShowsReading bool
	Conflict     []engine.Difference // what stands now and what was typed, when somebody was faster
	Names        []string            // of organisations, to choose from
	Action       string
}

// maxNames is how many bytes of names a page offers to choose from.
const maxNames = 22_000

// readActivityForm builds the page with what stands in the plan. It fits both
// ways to it: an activity's own, and that of a measure to add one to.
func readActivityForm(v visit) (activityForm, textReader, error) {
	f := activityForm{New: v.r.PathValue("code") != "", Faults: map[string]string{}, Grounds: newGrounds(v)}
	ctx, plan := v.r.Context(), v.r.PathValue("plan")
	r := textReader{faults: f.Faults}
	var err error
	if f.Plan, err = v.office.Records.Plan(ctx, plan); err != nil {
		return f, r, err
	}
	if f.New {
		f.Activity, err = v.office.NewActivity(ctx, plan, v.r.PathValue("code"))
		f.Seen, f.Address, f.Back = f.Activity.ID, planPath(plan, "pridat", f.Activity.Measure), planPath(plan, "opatreni", f.Activity.Measure)
	} else {
		f.Activity, err = v.office.Activity(ctx, plan, v.r.PathValue("id"))
		f.Seen, f.Address, f.Back = strconv.Itoa(f.Activity.Version), planPath(plan, "upravit", f.Activity.ID), planPath(plan, "aktivita", f.Activity.ID)
	}
	if err != nil {
		return f, r, err
	}
	r.plan = f.Plan
	if r.bodies, err = v.office.Records.Organisations(ctx); err != nil {
		return f, r, err
	}
	f.Text = textOf(f.Activity, engine.OrganisationsByID(r.bodies))
	f.Reading = f.Activity.Deadline
	size := 0
	for _, o := range r.bodies {
		if size += len(o.Name) + 20; o.Ended == "" && size < maxNames {
			f.Names = append(f.Names, o.Name)
		}
	}
	sorted(v.tongue, f.Names, func(s string) string { return s })
	return f, r, nil
}

func (s *site) showActivityForm(v visit) error {
	f, _, err := readActivityForm(v)
	if err != nil {
		return err
	}
	return s.show(v.w, v.r, http.StatusOK, "planactivity", f)
}

// postActivityForm takes the form, or only reads the term of it.
func (s *site) postActivityForm(v visit) error {
	f, r, err := readActivityForm(v)
	if err != nil {
		return err
	}
	f.Action, f.Grounds = v.r.PostForm.Get("action"), groundsFrom(v)
	seen := v.r.PostForm.Get("verze")
	if f.Action == "vypustit" || f.Action == "obnovit" {
		return s.dropActivity(v, f, seen)
	}
	r.activityText = textFrom(v.r.PostForm)
	after := f.Activity
	r.into(&after)
	f.Text, f.Reading, f.ShowsReading = r.padded(), after.Deadline, true
	if f.Text.As != "" {
		f.Reading = czech.ReadDeadline(f.Text.Deadline, f.Plan.Year())
	}
	f.Text.Read = f.Text.Deadline
	if f.Action == "precist" {
		clear(f.Faults)
		clear(f.Grounds.Faults)
		return s.show(v.w, v.r, http.StatusOK, "planactivity", f)
	}
	maps.Copy(f.Faults, f.Grounds.Faults)
	if len(f.Faults) > 0 {
		f.Seen = seen
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "planactivity", f)
	}
	return s.saveActivity(v, f, after, seen)
}

// saveActivity writes the amendment; when somebody was faster, both texts are
// shown and the next try is about what stands now.
func (s *site) saveActivity(v visit, f activityForm, after engine.Activity, seen string) error {
	set := func(a *engine.Activity) error { after.Version = a.Version; *a = after; return nil }
	err := amendActivity(v, f, seen, set)
	if engine.CodeOf(err) == engine.Conflict {
		f.Conflict = engine.Compare(f.Activity, after)
		if f.New {
			f.Conflict = nil
		}
		f.Faults["verze"] = "fault.plan-moved"
		return s.show(v.w, v.r, http.StatusConflict, "planactivity", f)
	}
	if err != nil {
		return err
	}
	word := "plan-pridano"
	if !f.New {
		word = "plan-ulozeno"
		if len(engine.Compare(f.Activity, after)) == 0 {
			word = "plan-nic"
		}
	}
	return v.back(planPath(after.Plan, "aktivita", after.ID), flash(word))
}

// amendActivity amends or adds. Another amendment of the plan in the same moment takes
// the number and is no conflict of this one.
func amendActivity(v visit, f activityForm, seen string, set func(*engine.Activity) error) error {
	ctx, g := v.r.Context(), f.Grounds.grounds()
	return persist(func() error {
		if f.New {
			return v.office.AddActivity(ctx, f.Plan.ID, f.Activity.Measure, seen, g, v.who, set)
		}
		version, _ := strconv.Atoi(seen) // 0 is no version: then it is a conflict
		return v.office.AmendActivity(ctx, f.Plan.ID, f.Activity.ID, version, g, v.who, set)
	})
}

// dropActivity says that an activity is promised no more, or that it is again.
func (s *site) dropActivity(v visit, f activityForm, seen string) error {
	maps.Copy(f.Faults, f.Grounds.Faults)
	if f.New {
		return engine.Errorf(engine.Invalid, "an activity that is not there yet cannot be dropped")
	}
	if len(f.Faults) > 0 {
		return s.show(v.w, v.r, http.StatusUnprocessableEntity, "planactivity", f)
	}
	dropped, word := f.Grounds.Reason, "plan-vypusteno"
	if f.Action == "obnovit" {
		dropped, word = "", "plan-obnoveno"
	}
	err := amendActivity(v, f, seen, func(a *engine.Activity) error { a.Dropped = dropped; return nil })
	if engine.CodeOf(err) == engine.Conflict {
		f.Faults["verze"] = "fault.plan-moved"
		return s.show(v.w, v.r, http.StatusConflict, "planactivity", f)
	}
	if err != nil {
		return err
	}
	return v.back(f.Back, flash(word))
}

// Roles lists what a body may do for an activity.
func (activityForm) Roles() []engine.PartyRole {
	return []engine.PartyRole{engine.RoleLead, engine.RoleImplementer, engine.RoleCooperating}
}

// Drop reports whether the form that was sent is the one about dropping.
func (f activityForm) Drop() bool { return f.Action == "vypustit" || f.Action == "obnovit" }

// DropGrounds and TextGrounds give the typed grounds to the form they came from.
func (f activityForm) DropGrounds() groundsForm { return f.groundsOf(f.Drop()) }

// TextGrounds gives those of the text.
func (f activityForm) TextGrounds() groundsForm { return f.groundsOf(!f.Drop()) }

func (f activityForm) groundsOf(its bool) groundsForm {
	if its {
		return f.Grounds
	}
	return groundsForm{Day: string(f.Grounds.Today), Today: f.Grounds.Today}
}

// DropFaults gives what is wrong in the form about dropping.
func (f activityForm) DropFaults() map[string]string {
	if f.Drop() {
		return f.Faults
	}
	return nil
}

// Problems gives what is wrong by the id of the field it stands beside.
func (f activityForm) Problems() map[string]string {
	if !f.Drop() {
		return f.Faults
	}
	out := map[string]string{}
	for name, fault := range f.Faults {
		out["v-"+name] = fault
	}
	return out
}

// Ways lists how a term may be meant, as it reads first.
func (activityForm) Ways() []string { return []string{"", "den", "prubezne", "zadny"} }

// Rules lists whose answer may settle an activity.
func (activityForm) Rules() []engine.AnswerRule {
	return []engine.AnswerRule{engine.AnyAnswers, engine.LeadAnswers, engine.EachAnswers}
}

// Nth counts rows from one.
func (activityForm) Nth(i int) int { return i + 1 }
