package engine

import "slices"

// A Difference is one value an amendment changed, as people read it. Of a thing
// that is new, Field is "" and After its title.
type Difference struct {
	Thing         Thing
	ID, Title     string
	Field         string // as in a merge: "title", "deadline"
	Before, After string
}

// Differences says what the amendment of this number changed, from what stands
// now and the amendments of the same things: the plan first, then areas,
// measures and activities.
func Differences(p Plan, activities []Activity, amendments []Amendment, number int) []Difference {
	all := steps(p, activities, amendments)
	i := slices.IndexFunc(all, func(s amended) bool { return s.Number == number })
	if i < 0 {
		return nil
	}
	var out []Difference
	s := all[i]
	if s.PlanAs != nil {
		was, is := *s.PlanAs, s.plansAfter[0]
		out = slices.Concat(amendedPlan.compare(s.plans, s.plansAfter), areas.compare(was.Areas, is.Areas), measures.compare(was.Measures, is.Measures))
	}
	return append(out, amendable.compare(s.Before, s.after)...)
}

// Compare says what is not the same in two versions of an activity.
func Compare(before, after Activity) []Difference {
	return amendable.compare([]Activity{before}, []Activity{after})
}

// compare says what is not the same in two versions of a list.
func (k kind[T]) compare(before, after []T) (out []Difference) {
	was := k.index(before)
	for _, a := range after {
		d := Difference{Thing: k.thing}
		d.ID, d.Title = k.name(a)
		i, old := was[d.ID]
		if !old {
			d.After = d.Title
			out = append(out, d)
			continue
		}
		for _, f := range k.fields {
			if f.spell(before[i]) != f.spell(a) {
				d.Field, d.Before, d.After = f.name, f.say(before[i]), f.say(a)
				out = append(out, d)
			}
		}
	}
	return out
}
