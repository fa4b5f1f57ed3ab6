package engine

import "slices"

// A Record is everything an evaluation is made of.
type Record struct {
	Municipality  Municipality
	Plan          Plan
	Period        Period
	Activities    []Activity
	Organisations []Organisation
	Entries       []Entry
	Requests      []Request
	Proposals     []Proposal // every revision, oldest first
	Lineages      Lineages
	Supplement    Supplement
	AskedOn       Date              // the day the status requests were made, "" before
	Past          []YearTotals      // earlier periods, oldest first
	Proofs        map[string]Proof  // by activity
	Successor     Plan              // the plan that follows, where it is prepared; see [Successor]
	Made          []Activity        // its activities
	Spell         func(Date) string // writes a day as plans print it
	Demo          bool

	index index
}

// An index finds what belongs to a row without looking at everything.
type index struct {
	entries    map[string]Entry        // by activity
	newest     map[[2]string]Proposal  // by activity and organisation
	answered   map[string][]string     // organisations that answered, by activity
	requests   map[string][]Request    // by organisation
	activities map[string][]Activity   // by measure
	each       map[string]bool         // activities each body answers about
	names      map[string]Organisation // by id
}

func (r Record) indexed() Record {
	x := index{entries: map[string]Entry{}, answered: map[string][]string{}, newest: map[[2]string]Proposal{}, requests: map[string][]Request{},
		activities: map[string][]Activity{}, each: map[string]bool{}, names: OrganisationsByID(r.Organisations)}
	for _, e := range r.Entries {
		x.entries[e.Activity] = e
	}
	for _, p := range r.Proposals {
		if k := [2]string{p.Activity, p.Organisation}; p.Revision > x.newest[k].Revision {
			if x.newest[k].Revision == 0 {
				x.answered[p.Activity] = append(x.answered[p.Activity], p.Organisation)
			}
			x.newest[k] = p
		}
	}
	for _, q := range r.Requests {
		x.requests[q.Organisation] = append(x.requests[q.Organisation], q)
	}
	for _, a := range r.Activities {
		x.activities[a.Measure] = append(x.activities[a.Measure], a)
		x.each[a.ID] = a.Answers == EachAnswers
	}
	r.index = x
	return r
}

// AncestorPlans gives a plan with those its activities were carried over from,
// however far back. all holds the activities of every plan.
func AncestorPlans(plan string, all []Activity) []string {
	older := olderPlans(all)
	out := []string{plan}
	for i := 0; i < len(out); i++ {
		for _, p := range older[out[i]] {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// Successor gives the plan that follows another, with its activities: of those
// that hold promises of it, the one that begins first; the zero Plan for none.
func Successor(plan string, plans []Plan, all []Activity) (next Plan, made []Activity) {
	older := olderPlans(all)
	for _, p := range plans {
		if slices.Contains(older[p.ID], plan) && (next.ID == "" || p.Start < next.Start) {
			next = p
		}
	}
	for _, a := range all {
		if next.ID != "" && a.Plan == next.ID {
			made = append(made, a)
		}
	}
	return next, made
}

// olderPlans gives by plan the others its activities were carried over from, sorted.
func olderPlans(all []Activity) map[string][]string {
	out := map[string][]string{}
	for _, a := range all {
		for _, ref := range a.Predecessors() {
			if older, _, ok := SplitRef(ref); ok && older != a.Plan && !slices.Contains(out[a.Plan], older) {
				out[a.Plan] = append(out[a.Plan], older)
			}
		}
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out
}
