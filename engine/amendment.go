package engine

import (
	"cmp"
	"slices"
	"time"
)

// An Amendment is one dated change of a plan after it was made: what stood
// before is kept whole, so that the plan can be shown as it was on any day.
type Amendment struct {
	Plan   string
	Number int // from 1, per plan
	Grounds
	Event   string // the word of the journal for the act it was: "amended", "reimported"
	By      string // who wrote it in
	At      time.Time
	PlanAs  *Plan      // the plan before, nil when only activities changed
	Before  []Activity // activities before
	Added   []string   // ids of new ones
	Touched int        // how many activities that were; they are not always read along
	Version int
}

// Grounds are what a change of a plan rests on.
type Grounds struct {
	Day    Date   // from which the new text holds
	Body   string // who decided it, "" when it only mends
	Reason string
}

// amendable is what an amendment keeps of an activity. How a promise came into
// the plan is no text of it, and its place among the others is none either.
var amendable = kind[Activity]{AnActivity, func(a Activity) (string, string) { return a.ID, a.Title }, amendedFields()}

func amendedFields() []field[Activity] {
	var out []field[Activity]
	for _, f := range activityFields {
		if f.fixed || slices.Contains([]string{"carried_from", "carried", "status_raw"}, f.name) {
			continue
		}
		out = append(out, field[Activity]{name: f.name,
			spell: func(a Activity) string { return f.spell(ImportedActivity{Activity: a}) },
			say:   func(a Activity) string { return f.say(ImportedActivity{Activity: a}) },
			take: func(to *Activity, from Activity) {
				whole := ImportedActivity{Activity: *to}
				f.take(&whole, ImportedActivity{Activity: from})
				*to = whole.Activity
			}})
		if last := &out[len(out)-1]; f.name == "responsible" { // here the bodies matched belong to it
			last.spell = func(a Activity) string { return spell(a.ResponsibleRaw) + spell(a.Responsible) }
		}
	}
	return out
}

var amendedPlan = kind[Plan]{ThePlan, func(p Plan) (string, string) { return p.ID, p.Title }, planFields}

// differs reports whether two versions of one thing say something else.
func (k kind[T]) differs(a, b T) bool {
	return slices.ContainsFunc(k.fields, func(f field[T]) bool { return f.spell(a) != f.spell(b) })
}

// turn does to list what turned before into after: what differs in those two is
// taken, all else stays. Nothing is altered in place.
func (k kind[T]) turn(list, before, after []T) []T {
	out, at := slices.Clone(list), k.index(list)
	was, is := k.index(before), k.index(after)
	for _, a := range after {
		id, _ := k.name(a)
		i, here := at[id]
		j, old := was[id]
		switch {
		case !here && !old:
			out = append(out, a)
		case here && old:
			for _, f := range k.fields {
				if f.spell(before[j]) != f.spell(a) {
					f.take(&out[i], a)
				}
			}
		}
	}
	return slices.DeleteFunc(out, func(t T) bool {
		id, _ := k.name(t)
		return has(was, id) && !has(is, id)
	})
}

// An amended is an amendment with what stood after it.
type amended struct {
	Amendment
	plans, plansAfter []Plan // none or one each
	after             []Activity
}

// steps gives what each amendment did, first to last. What stood after one is
// what stood before the next about the same thing, or what stands now.
func steps(p Plan, activities []Activity, amendments []Amendment) []amended {
	out := make([]amended, len(amendments))
	for i, a := range amendments {
		out[i].Amendment = a
	}
	slices.SortFunc(out, func(a, b amended) int { return cmp.Compare(a.Number, b.Number) })
	now := map[string]Activity{}
	for _, a := range activities {
		now[a.ID] = a
	}
	for i := len(out) - 1; i >= 0; i-- {
		s := &out[i]
		if s.PlanAs != nil {
			s.plans, s.plansAfter = []Plan{*s.PlanAs}, []Plan{p}
			p = *s.PlanAs
		}
		for _, b := range s.Before {
			if a, ok := now[b.ID]; ok {
				s.after = append(s.after, a)
			}
			now[b.ID] = b
		}
		for _, id := range s.Added {
			if a, ok := now[id]; ok {
				s.after = append(s.after, a)
			}
			delete(now, id)
		}
	}
	return out
}

// AsOf gives a plan and some of its activities as they were on a day, from what
// stands now and the amendments of all of these. An amendment takes back only
// what it changed itself, so that they may have been written in in any order.
func AsOf(p Plan, activities []Activity, amendments []Amendment, day Date) (Plan, []Activity) {
	all := steps(p, activities, amendments)
	turn := func(s amended, back bool) {
		was, is, before, after := s.plans, s.plansAfter, s.Before, s.after
		if back {
			was, is, before, after = is, was, after, before
		}
		activities = amendable.turn(activities, before, after)
		if len(was) > 0 {
			p = amendedPlan.turn([]Plan{p}, was, is)[0]
			p.Areas = areas.turn(p.Areas, was[0].Areas, is[0].Areas)
			p.Measures = measures.turn(p.Measures, was[0].Measures, is[0].Measures)
		}
	}
	later := func(s amended) bool { return s.Day > day }
	first := slices.IndexFunc(all, later)
	if first < 0 {
		return p, activities
	}
	for _, s := range slices.Backward(all[first:]) {
		turn(s, true)
	}
	for _, s := range all[first:] {
		if !later(s) {
			turn(s, false)
		}
	}
	return p, activities
}
