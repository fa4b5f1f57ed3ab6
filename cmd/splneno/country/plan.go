package country

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"splneno/engine"
	"splneno/engine/czech"
)

// A Plan is one community plan of a town: what is imported, and the years it is
// evaluated for.
type Plan struct {
	Draft       engine.PlanDraft
	First, Last int
}

// Plans invents the plans of a town for some years, each of three or four; two
// thirds of the promises of one go on in the next. The first brings the town's
// bodies with it.
func (t Town) Plans(from, years, activities int) []Plan {
	r := dice(t.seed, t.ID, "plans")
	var out []Plan
	for year := from; year < from+years; {
		last := year + 2 + r.IntN(2)
		var before *engine.PlanDraft
		if len(out) > 0 {
			before = &out[len(out)-1].Draft
		}
		out = append(out, Plan{Draft: t.plan(r, year, last, activities, before), First: year, Last: min(last, from+years-1)})
		year = last + 1
	}
	return out
}

func (t Town) plan(r *rand.Rand, first, last, activities int, before *engine.PlanDraft) engine.PlanDraft {
	w := words()
	p := engine.Plan{ID: fmt.Sprintf("plan-%d", first), Title: fmt.Sprintf(w.Plan, t.Name, first, last), Kind: engine.MediumTermPlan,
		Territory: fmt.Sprintf(w.Territory, t.short), Start: engine.NewDate(first, 1, 1), End: engine.NewDate(last, 12, 31),
		ApprovedBy: fmt.Sprintf(w.Council, t.short), ApprovedOn: engine.NewDate(first-1, 12, 10+r.IntN(8)), Funding: w.Funding}
	d := engine.PlanDraft{Period: engine.Period{ID: p.ID, Start: p.Start, End: p.End}}
	if before == nil {
		d.Organisations = t.Bodies
	}
	measures := max(1, min(activities/4, 15))
	areas := min(measures, 4)
	for i := range areas {
		p.Areas = append(p.Areas, engine.Area{Code: strconv.Itoa(i + 1), Title: w.Areas[i]})
	}
	for i := range measures {
		area := strconv.Itoa(i*areas/measures + 1)
		code := area + "." + strconv.Itoa(i+1)
		p.Measures = append(p.Measures, engine.Measure{Code: code, Title: w.Measures[i%len(w.Measures)], Area: area})
		for n := i * activities / measures; n < (i+1)*activities/measures; n++ {
			a := t.activity(r, p, area, code, n-i*activities/measures+1)
			if before != nil && n < len(before.Activities) && r.IntN(3) > 0 {
				a = carried(a, before.Activities[n], before.Plan.ID)
			}
			d.Activities = append(d.Activities, a)
		}
	}
	d.Plan = p
	return d
}

// carried gives an activity that goes on with what an older one promised.
func carried(a, older engine.ActivityDraft, plan string) engine.ActivityDraft {
	a.Title, a.Responsible, a.ResponsibleRaw, a.Answers = older.Title, older.Responsible, older.ResponsibleRaw, older.Answers
	a.CarriedFrom = plan + "/" + older.ID
	return a
}

func (t Town) activity(r *rand.Rand, p engine.Plan, area, measure string, n int) engine.ActivityDraft {
	w := words()
	year := p.Start.Year() + r.IntN(p.End.Year()-p.Start.Year()+1)
	a := engine.Activity{Plan: p.ID, ID: measure + "/" + strconv.Itoa(n), Area: area, Measure: measure, Label: strconv.Itoa(n) + ".",
		Title: one(r, w.Verbs) + " " + one(r, w.Services) + " " + one(r, w.Groups), TargetGroup: one(r, w.Targets)}
	a.Deadline = t.deadline(r, p, year)
	if r.IntN(4) == 0 {
		a.Details = []string{one(r, w.Details)}
	}
	if r.IntN(3) == 0 {
		i := one(r, w.Indicators)
		i.Planned = float64(5 + r.IntN(60))
		a.Indicators = []engine.Indicator{i}
	}
	for i, at := range r.Perm(len(t.Bodies))[:1+r.IntN(3)] {
		b := t.Bodies[at]
		party := engine.Party{Name: b.Name, Kind: b.Kind, Organisation: b.ID}
		if i == 0 {
			party.Role = engine.RoleLead
		} else {
			a.ResponsibleRaw += "; "
		}
		a.ResponsibleRaw += b.Name
		a.Responsible = append(a.Responsible, party)
	}
	if len(a.Responsible) > 1 && r.IntN(10) == 0 {
		a.Answers = engine.EachAnswers
	}
	return engine.ActivityDraft{Activity: a}
}

// deadline invents a term as plans print them.
func (t Town) deadline(r *rand.Rand, p engine.Plan, year int) engine.Deadline {
	raw := one(r, words().Deadlines)
	for i, y := range []int{p.Start.Year(), p.End.Year(), year} {
		raw = replaceVerb(raw, i+1, strconv.Itoa(y))
	}
	return czech.ReadDeadline(raw, p.Year())
}
