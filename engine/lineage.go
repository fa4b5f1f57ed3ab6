package engine

import (
	"slices"
	"strings"
	"time"
)

// A CarryHow says how an older promise came into a newer plan.
type CarryHow string

// The ways.
const (
	CarryAsIs     CarryHow = "carry"
	CarryRephrase CarryHow = "rephrase"
	CarrySplit    CarryHow = "split" // one older promise became several
	CarryMerge    CarryHow = "merge" // several older promises became one
)

// A Carry is a link from an activity to its predecessor in an older plan, as
// the coordinator made it.
type Carry struct {
	From string // "plan/id"
	How  CarryHow
}

// Ref names an activity among all plans: "plan/id".
func (a Activity) Ref() string { return a.Plan + "/" + a.ID }

// SplitRef takes "plan/id" apart; ok is false when it is none.
func SplitRef(ref string) (plan, id string, ok bool) {
	plan, id, ok = strings.Cut(ref, "/")
	return plan, id, ok && plan != "" && id != ""
}

// Predecessors gives the "plan/id" of every activity this one continues: what
// its file says first, then what the coordinator linked.
func (a Activity) Predecessors() []string {
	var out []string
	if a.CarriedFrom != "" {
		out = append(out, a.CarriedFrom)
	}
	for _, c := range a.Carried {
		if !slices.Contains(out, c.From) {
			out = append(out, c.From)
		}
	}
	return out
}

// A Lineage says how long a promise has been in the plans of a town. It is the
// zero value for one without a predecessor.
type Lineage struct {
	Since   int // year in which the oldest plan that promised it began, 0 when not known
	Carried int // how often it went on to a newer plan, by the longest way
}

// Lineages follows promises back through plans.
type Lineages struct {
	plans map[string]Plan
	from  map[string][]string // "plan/id" → predecessors
}

// NewLineages takes the plans of a town and the activities of all of them.
func NewLineages(plans []Plan, activities []Activity) Lineages {
	l := Lineages{plans: map[string]Plan{}, from: map[string][]string{}}
	for _, p := range plans {
		l.plans[p.ID] = p
	}
	for _, a := range activities {
		l.from[a.Ref()] = a.Predecessors()
	}
	return l
}

// Of gives the lineage of an activity. A predecessor that is not known counts
// as one step; files that point at each other in a circle are followed once.
func (l Lineages) Of(ref string) Lineage {
	if len(l.from[ref]) == 0 {
		return Lineage{}
	}
	return l.back(ref, map[string]bool{})
}

func (l Lineages) back(ref string, on map[string]bool) Lineage {
	var out Lineage
	if plan, _, ok := SplitRef(ref); ok && l.plans[plan].Start != "" {
		out.Since = l.plans[plan].Start.Year()
	}
	on[ref] = true
	for _, from := range l.from[ref] {
		if on[from] {
			continue
		}
		older := l.back(from, on)
		out.Carried = max(out.Carried, older.Carried+1)
		if older.Since != 0 && (out.Since == 0 || older.Since < out.Since) {
			out.Since = older.Since
		}
	}
	delete(on, ref)
	return out
}

// reaches reports whether to is among the predecessors of ref, however far back.
func (l Lineages) reaches(ref, to string, seen map[string]bool) bool {
	if ref == to {
		return true
	}
	if seen[ref] {
		return false
	}
	seen[ref] = true
	return slices.ContainsFunc(l.from[ref], func(from string) bool { return l.reaches(from, to, seen) })
}

// LinkCarry links an activity of a newer plan to its predecessor. A second
// predecessor must be a merge, a second successor a split; a promise is never
// its own ancestor. The result of the older one stays as it is: what became of
// it and that it goes on are two facts.
func LinkCarry(plans []Plan, all []Activity, newer, older string, how CarryHow, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator carries an activity over")
	}
	find := func(ref string) int { return slices.IndexFunc(all, func(a Activity) bool { return a.Ref() == ref }) }
	to, from := find(newer), find(older)
	for ref, i := range map[string]int{newer: to, older: from} {
		if i < 0 {
			return Change{}, Errorf(NotFound, "activity %s is not known; write it as PLAN/ID", ref)
		}
	}
	l := NewLineages(plans, all)
	if err := l.checkCarry(all[to], older, how); err != nil {
		return Change{}, err
	}
	for _, a := range all {
		if a.Ref() != newer && slices.Contains(a.Predecessors(), older) && how != CarrySplit {
			return Change{}, Errorf(Conflict, "%s already goes on as %s; when it became several, link with --how split", older, a.Ref())
		}
	}
	a := all[to]
	a.Carried = append(slices.Clone(a.Carried), Carry{older, how})
	return Change{At: now, Actor: who, Event: "carried", Subject: newer, Activities: []Activity{a},
		Detail: map[string]string{"predecessor": older, "how": string(how)}}, nil
}

// checkCarry says why the activity cannot continue the older one, if it cannot.
func (l Lineages) checkCarry(a Activity, older string, how CarryHow) error {
	oldPlan, _, _ := SplitRef(older)
	before := a.Predecessors()
	switch {
	case !slices.Contains([]CarryHow{CarryAsIs, CarryRephrase, CarrySplit, CarryMerge}, how):
		return Errorf(Invalid, "%q is no way to carry over; use carry, rephrase, split or merge", how)
	case slices.Contains(before, older):
		return Errorf(Conflict, "%s already continues %s", a.Ref(), older)
	case l.reaches(older, a.Ref(), map[string]bool{}):
		return Errorf(Conflict, "%s is itself continued by %s; a promise cannot be its own predecessor", a.Ref(), older)
	case l.plans[oldPlan].Start > l.plans[a.Plan].Start && l.plans[a.Plan].Start != "":
		return Errorf(Invalid, "plan %s begins after plan %s; name the newer activity first, then the older", oldPlan, a.Plan)
	case len(before) > 0 && how != CarryMerge:
		return Errorf(Conflict, "%s already continues %s; when several became one, link with --how merge", a.Ref(), before[0])
	}
	return nil
}

// CarriedAs says how the activity continues one of its predecessors.
func (a Activity) CarriedAs(from string) CarryHow {
	for _, c := range a.Carried {
		if c.From == from {
			return c.How
		}
	}
	return CarryAsIs
}
