package engine

import (
	"fmt"
	"slices"
	"time"
)

// Import confirms a draft: the plan with its activities, and an organisation
// for every party that is not known yet. Of an evaluation it also makes a
// closed season whose entries carry the printed results, as the coordinator's
// own act. slug makes ids of names; a plan that is there already is refused.
func Import(d PlanDraft, known []Organisation, plans []Plan, slug func(string) string, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator imports a plan")
	}
	if d.Plan.ID == "" || len(d.Activities) == 0 {
		return Change{}, Errorf(Invalid, "the file holds no activities; import a plan or an evaluation")
	}
	if slices.ContainsFunc(plans, func(p Plan) bool { return p.ID == d.Plan.ID }) {
		return Change{}, Errorf(Conflict, "plan %s is here already; nothing was changed", d.Plan.ID)
	}
	c := Change{At: now, Actor: who, Event: "imported", Subject: d.Plan.ID, Plans: []Plan{d.Plan}}
	reg := registry{slug: slug, byName: map[string]string{}, ids: map[string]bool{}}
	for _, o := range known {
		reg.learn(o)
	}
	for _, o := range d.Organisations {
		if !reg.ids[o.ID] {
			reg.learn(o)
			c.Organisations = append(c.Organisations, o)
		}
	}
	for i, a := range d.Activities {
		act := a.Activity
		act.Plan, act.Position = d.Plan.ID, i+1
		act.Responsible = slices.Clone(act.Responsible)
		for j, p := range act.Responsible {
			id, added := reg.find(p)
			if added != nil {
				c.Organisations = append(c.Organisations, *added)
			}
			act.Responsible[j].Organisation = id
		}
		c.Activities = append(c.Activities, act)
	}
	if d.Plan.Kind == EvaluationPlan {
		if err := c.importResults(d, who, now); err != nil {
			return Change{}, err
		}
	}
	c.Detail = map[string]string{"title": d.Plan.Title, "activities": fmt.Sprint(len(c.Activities)), "organisations": fmt.Sprint(len(c.Organisations)), "warnings": fmt.Sprint(len(d.Warnings))}
	return c, nil
}

// importResults adds the season and the entries of an imported evaluation. A
// result is reached by the steps of the lifecycle like any other.
func (c *Change) importResults(d PlanDraft, who Actor, now time.Time) error {
	c.Seasons = []Season{{Plan: d.Plan.ID, Period: d.Period, State: SeasonClosed, OpenedAt: now, ClosedAt: now}}
	for _, a := range d.Activities {
		e := Entry{EntryKey: EntryKey{d.Plan.ID, d.Period.ID, a.ID}, State: Planned, Qualifier: a.Qualifier, Narrative: a.Narrative, Source: "import",
			AnsweredAt: now, ApprovedAt: now, ApprovedBy: who.Name}
		if a.Status == StateUnknown || a.Status == "" {
			e.State = StateUnknown
			c.Entries = append(c.Entries, e)
			continue
		}
		event, err := EventTo(Planned, a.Status)
		if err != nil {
			return Errorf(Invalid, "%s: %w", a.ID, err)
		}
		if event != "" {
			if e.State, err = Step(e.State, event); err != nil {
				return err
			}
		}
		c.Entries = append(c.Entries, e)
	}
	return nil
}

// A registry finds organisations by the names they are known by.
type registry struct {
	slug   func(string) string
	byName map[string]string // slug of a name or alias → id
	ids    map[string]bool
}

func (r *registry) learn(o Organisation) {
	r.ids[o.ID] = true
	for _, name := range append([]string{o.Name}, o.Aliases...) {
		if key := r.slug(name); r.byName[key] == "" {
			r.byName[key] = o.ID
		}
	}
}

// find gives the id of a party's organisation, and the new one if it was not known.
func (r *registry) find(p Party) (string, *Organisation) {
	if r.ids[p.Organisation] {
		return p.Organisation, nil
	}
	slug := r.slug(p.Name)
	if id := r.byName[slug]; id != "" {
		return id, nil
	}
	if r.ids[slug] { // the name it was first known by, before it was renamed
		return slug, nil
	}
	o := Organisation{ID: slug, Name: p.Name, Kind: p.Kind}
	r.learn(o)
	return o.ID, &o
}
