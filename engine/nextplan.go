package engine

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Next is what [NextPlan] decides on.
type Next struct {
	Old        Plan
	Activities []Activity        // of the old plan
	Entries    []Entry           // what was decided of them: the newest of each
	ID, Title  string            // of the new plan
	Period     Period            // from when to when it is to run
	Plan       *Plan             // the new plan as it was prepared before, nil for none
	Made       []Activity        // its activities
	Spell      func(Date) string // writes a day as plans print it
}

// NextPlan prepares the plan that follows: areas and measures as they were, and
// every promise that was decided to go on, linked to the one it continues. What
// runs on keeps its deadline, what was postponed has the day it was postponed
// to, anything else is left for the coordinator to set. Numbers stay, gaps
// included. Done again, it adds only what is not there yet, whatever was edited
// meanwhile; when nothing is missing, the Change is empty (its Event is "").
func NextPlan(n Next, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator prepares a plan")
	}
	if err := n.check(); err != nil {
		return Change{}, err
	}
	x := n.extension()
	for _, a := range n.Activities {
		x.carry(a)
	}
	if len(x.changed) == 0 {
		if n.Plan == nil {
			return Change{}, Errorf(Invalid, "nothing of plan %s was decided to go on; decide first", n.Old.ID)
		}
		return Change{}, nil
	}
	c := Change{At: now, Actor: who, Event: "plan_prepared", Subject: n.ID,
		Detail: map[string]string{"from": n.Old.ID, "title": x.plan.Title, "activities": itoa(len(x.changed))}}
	for _, i := range x.changed {
		c.Activities = append(c.Activities, x.made[i])
	}
	if x.grown {
		c.Plans = []Plan{x.plan}
	}
	return c, nil
}

func (n Next) check() error {
	switch {
	case n.ID == "" || strings.TrimSpace(n.Title) == "":
		return Errorf(Invalid, "the new plan needs a title")
	case n.ID == n.Old.ID:
		return Errorf(Conflict, "the new plan would have the id of the old one; give it another title")
	case n.Period.Start == "" || n.Period.End < n.Period.Start:
		return Errorf(Invalid, "the new plan needs the day it begins and a later day it ends")
	case n.Old.Start != "" && n.Period.Start <= n.Old.Start:
		return Errorf(Invalid, "the new plan would begin before the one it follows")
	case n.Plan != nil && !slices.Contains(olderPlans(n.Made)[n.ID], n.Old.ID):
		return Errorf(Conflict, "plan %s is here already and does not continue %s; give the new one another title", n.ID, n.Old.ID)
	}
	return nil
}

// A nextPlan is the new plan as it grows.
type nextPlan struct {
	Next
	plan    Plan
	grown   bool // the plan itself is new or changed
	made    []Activity
	changed []int            // of made: new ones, and those with a new link
	heirs   map[string][]int // of made: by "plan/id" of what they continue
	merged  map[string]int   // of made: by the title several promises were merged under
	taken   map[string]bool  // ids
	last    int              // highest position
	entries map[string]Entry // by activity
}

func (n Next) extension() *nextPlan {
	x := &nextPlan{Next: n, made: slices.Clone(n.Made), heirs: map[string][]int{}, merged: map[string]int{}, taken: map[string]bool{}, entries: map[string]Entry{}}
	if n.Plan != nil {
		x.plan = *n.Plan
		x.plan.Areas, x.plan.Measures = slices.Clone(x.plan.Areas), slices.Clone(x.plan.Measures)
	} else {
		x.grown, x.plan = true, n.fresh()
	}
	for i, a := range x.made {
		for _, from := range a.Predecessors() {
			x.heirs[from] = append(x.heirs[from], i)
		}
		x.taken[a.ID], x.last = true, max(x.last, a.Position)
	}
	for _, e := range n.Entries {
		x.entries[e.Activity] = e
	}
	return x
}

// fresh gives the new plan without promises. Who approved the old one, and who
// paid for it, says nothing about the new one.
func (n Next) fresh() Plan {
	p := Plan{ID: n.ID, Title: strings.TrimSpace(n.Title), Kind: n.Old.Kind, Territory: n.Old.Territory, Start: n.Period.Start, End: n.Period.End,
		Parent: n.Old.Parent, Levels: n.Old.Levels, Areas: slices.Clone(n.Old.Areas), Measures: slices.Clone(n.Old.Measures)}
	if p.Kind == EvaluationPlan {
		p.Kind = MediumTermPlan
	}
	return p
}

// carry takes one promise over as it was decided, if it was.
func (x *nextPlan) carry(a Activity) {
	e, ok := x.entries[a.ID]
	if !ok {
		return
	}
	switch {
	case e.NextStep == Continue:
		x.one(a, a.Title, CarryAsIs, a.Deadline.after(x.Period.Start))
	case e.NextStep == Postpone && e.PostponedTo >= x.Period.Start:
		x.one(a, a.Title, CarryAsIs, Deadline{Raw: x.Spell(e.PostponedTo), Kind: DeadlineDate, Due: e.PostponedTo, Certain: true})
	case e.NextStep != CarryOver:
	case e.Onward.How == CarrySplit:
		x.split(a, e.Onward.Titles)
	case e.Onward.How == CarryMerge:
		x.merge(a, e.Onward.Titles[0])
	case e.Onward.How == CarryRephrase:
		x.one(a, e.Onward.Titles[0], CarryRephrase, a.Deadline.after(x.Period.Start))
	default:
		x.one(a, a.Title, CarryAsIs, a.Deadline.after(x.Period.Start))
	}
}

// after gives a deadline that still means something in a plan that begins on the day.
func (d Deadline) after(begins Date) Deadline {
	if d.Ongoing || d.Recurrence != "" || d.Due >= begins {
		return d
	}
	return Deadline{Kind: DeadlineNone, Certain: true}
}

// one adds the heir of a promise that has none yet.
func (x *nextPlan) one(a Activity, title string, how CarryHow, d Deadline) {
	if len(x.heirs[a.Ref()]) == 0 {
		x.add(a, a.ID, title, how, d)
	}
}

// split adds a part for every title that is beyond the parts already there. The
// first keeps the number.
func (x *nextPlan) split(a Activity, titles []string) {
	for k := len(x.heirs[a.Ref()]); k < len(titles); k++ {
		id := a.ID
		if k > 0 {
			id = ""
		}
		x.add(a, id, titles[k], CarrySplit, a.Deadline.after(x.Period.Start))
	}
}

// merge adds the promise several become, or one more link to it.
func (x *nextPlan) merge(a Activity, title string) {
	if len(x.heirs[a.Ref()]) > 0 {
		x.merged[mergeKey(title)] = x.heirs[a.Ref()][0]
		return
	}
	i, there := x.merged[mergeKey(title)]
	if !there {
		i, there = x.mergedBefore(title)
	}
	if !there {
		x.merged[mergeKey(title)] = x.add(a, a.ID, title, CarryMerge, a.Deadline.after(x.Period.Start))
		return
	}
	x.merged[mergeKey(title)] = i
	x.join(i, a)
}

func mergeKey(title string) string { return strings.ToLower(title) }

// mergedBefore finds what other promises were merged into under this title when
// the plan was prepared before.
func (x *nextPlan) mergedBefore(title string) (int, bool) {
	for _, other := range x.Activities {
		e := x.entries[other.ID]
		if e.NextStep == CarryOver && e.Onward.How == CarryMerge && mergeKey(e.Onward.Titles[0]) == mergeKey(title) && len(x.heirs[other.Ref()]) > 0 {
			return x.heirs[other.Ref()][0], true
		}
	}
	return 0, false
}

// join makes one more promise part of the i-th.
func (x *nextPlan) join(i int, a Activity) {
	m := &x.made[i]
	m.Carried = append(slices.Clone(m.Carried), Carry{a.Ref(), CarryMerge})
	m.Details, m.Tags = union(m.Details, a.Details), union(m.Tags, a.Tags)
	m.Responsible = slices.Clone(m.Responsible)
	for _, p := range a.Responsible {
		if !slices.ContainsFunc(m.Responsible, func(o Party) bool { return o.Name == p.Name }) {
			m.Responsible = append(m.Responsible, p)
		}
	}
	m.ResponsibleRaw = strings.Join(union([]string{m.ResponsibleRaw}, []string{a.ResponsibleRaw}), ", ")
	m.Indicators = slices.Clone(m.Indicators)
	for _, in := range a.Indicators {
		if !slices.ContainsFunc(m.Indicators, func(o Indicator) bool { return o.Name == in.Name }) {
			m.Indicators = append(m.Indicators, in)
		}
	}
	x.heirs[a.Ref()] = append(x.heirs[a.Ref()], i)
	if !slices.Contains(x.changed, i) {
		x.changed = append(x.changed, i)
	}
}

// union gives the texts of both lists, each once and none empty.
func union(a, b []string) []string {
	var out []string
	for _, s := range slices.Concat(a, b) {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// add puts the heir of a promise at the end of the new plan, under the number
// given when that is free.
func (x *nextPlan) add(a Activity, id, title string, how CarryHow, d Deadline) int {
	heir := a
	heir.Plan, heir.Title, heir.Deadline, heir.Version = x.ID, title, d, 0
	heir.CarriedFrom, heir.Carried, heir.StatusRaw, heir.Dropped = "", []Carry{{a.Ref(), how}}, "", ""
	heir.ID, heir.Position = id, x.last+1
	if id == "" || x.taken[id] {
		heir.ID, heir.Label = x.free(a.Measure)
	}
	heir.Parts = slices.Clone(a.Parts)
	for i, p := range heir.Parts {
		heir.Parts[i].Deadline = p.Deadline.after(x.Period.Start)
	}
	x.last++
	x.place(a)
	i := len(x.made)
	x.made, x.changed = append(x.made, heir), append(x.changed, i)
	x.heirs[a.Ref()], x.taken[heir.ID] = append(x.heirs[a.Ref()], i), true
	return i
}

// place brings the measure and the area of a promise along when the new plan
// does not have them any more.
func (x *nextPlan) place(a Activity) {
	if _, ok := x.plan.MeasureByCode(a.Measure); ok || a.Measure == "" {
		return
	}
	m, ok := x.Old.MeasureByCode(a.Measure)
	if !ok {
		return // the old plan does not list it either
	}
	x.plan.Measures, x.grown = append(x.plan.Measures, m), true
	for _, area := range x.Old.Areas {
		if area.Code == m.Area && !slices.ContainsFunc(x.plan.Areas, func(o Area) bool { return o.Code == area.Code }) {
			x.plan.Areas = append(x.plan.Areas, area)
		}
	}
}

// free gives the next number of a measure that neither plan has used: numbers
// are never given twice.
func (x *nextPlan) free(measure string) (id, label string) {
	highest := 0
	for _, list := range [][]Activity{x.Activities, x.made} {
		for _, a := range list {
			if rest, ok := strings.CutPrefix(a.ID, measure+"/"); ok {
				if n, err := strconv.Atoi(rest); err == nil {
					highest = max(highest, n)
				}
			}
		}
	}
	n := itoa(highest + 1)
	return measure + "/" + n, n + "."
}
