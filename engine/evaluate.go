package engine

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Evaluate rolls a record up into a draft. It invents nothing: a unit nobody
// answered about has no answer, whatever its state.
func Evaluate(r Record, now time.Time) Evaluation {
	e := Evaluation{Municipality: r.Municipality.Name, Plan: r.Plan.ID, PlanTitle: r.Plan.Title, Funding: r.Municipality.FundingOf(r.Plan),
		Levels: r.Plan.Levels, Period: r.Period, State: EvaluationDraft, Number: 1, MadeAt: now, Demo: r.Demo,
		StatusNames: maps.Clone(r.Municipality.Settings.StatusNames), Continues: olderPlans(r.Activities)[r.Plan.ID],
		Territory: r.Plan.Territory, Approvals: r.Plan.decisions(), Services: r.Supplement.Services, Projects: r.Supplement.Projects}
	r = r.indexed()
	e.Asking, e.Unheard, e.Next = r.asking(), r.unheard(), r.nextPart()
	spoke := map[string]bool{}
	for _, p := range r.Proposals {
		spoke[p.Organisation] = true
	}
	for _, q := range r.Requests {
		if len(q.Written) == 0 {
			continue
		}
		e.Asked++
		switch {
		case spoke[q.Organisation]:
			e.Answered++
		case slices.ContainsFunc(q.Activities, func(id string) bool { return r.silentAbout(id, q) }):
			e.Silent++
		}
	}
	r.Plan = r.whole()
	for _, a := range append(slices.Clone(r.Plan.Areas), Area{}) {
		if area := r.area(a); len(area.Measures) > 0 {
			e.Areas = append(e.Areas, area)
		}
	}
	for _, row := range e.Rows() {
		e.Totals.Add(row)
	}
	e.Years = append(slices.Clone(r.Past), YearTotals{r.Period.ID, e.Totals})
	return e
}

// decisions gives what bodies decided about the plan, its own approval first.
func (p Plan) decisions() []Approval {
	if p.ApprovedBy == "" && p.ApprovedOn == "" {
		return p.Approvals
	}
	return append([]Approval{{Body: p.ApprovedBy, Verb: VerbApproved, Day: p.ApprovedOn}}, p.Approvals...)
}

// silentAbout reports whether an activity lacks the answer of this body: where
// each answers, another's does not stand for it.
func (r Record) silentAbout(activity string, q Request) bool {
	e, ok := r.index.entries[activity]
	return ok && (e.silent() || r.index.each[activity] && slices.Contains(e.Askees, q.Organisation))
}

// whole gives the plan with the measures and areas its activities name and it
// does not list: a unit must never fall out of its evaluation.
func (r Record) whole() Plan {
	p := r.Plan
	p.Measures, p.Areas = slices.Clone(p.Measures), slices.Clone(p.Areas)
	known := map[string]bool{}
	for _, m := range p.Measures {
		known[m.Code] = true
	}
	for _, a := range r.Activities {
		if !known[a.Measure] {
			known[a.Measure] = true
			p.Measures = append(p.Measures, Measure{Code: a.Measure, Area: a.Area, CrossCutting: a.Area == ""})
		}
	}
	for _, m := range p.Measures {
		if m.Area != "" && !slices.ContainsFunc(p.Areas, func(a Area) bool { return a.Code == m.Area }) {
			p.Areas = append(p.Areas, Area{Code: m.Area})
		}
	}
	return p
}

// area evaluates the measures of one area; the area without a code holds the
// cross-cutting ones.
func (r Record) area(a Area) AreaResult {
	out := AreaResult{Code: a.Code, Title: a.Title}
	for _, m := range r.Plan.Measures {
		if m.Area != a.Code {
			continue
		}
		res := MeasureResult{Code: m.Code, Title: m.Title, CrossCutting: m.CrossCutting}
		for _, act := range r.index.activities[m.Code] {
			if e, ok := r.index.entries[act.ID]; ok {
				row := r.row(act, e)
				res.Activities = append(res.Activities, row)
				res.Totals.Add(row)
				out.Totals.Add(row)
			}
		}
		if len(res.Activities) > 0 {
			out.Measures = append(out.Measures, res)
		}
	}
	return out
}

func (r Record) row(a Activity, e Entry) ActivityResult {
	row := ActivityResult{ID: a.ID, Label: a.Label, Title: a.Title, Details: a.Details, Tags: a.Tags,
		Responsible: a.responsible(), Deadline: a.Deadline.Raw, Due: a.Deadline.DueIn(r.Period),
		Status: e.State, Qualifier: e.Qualifier, Narrative: e.Narrative, Missing: e.Missing, Numbers: e.Numbers,
		NextStep: e.NextStep, ApprovedBy: e.ApprovedBy, ApprovedAt: e.ApprovedAt, Answered: !e.AnsweredAt.IsZero(),
		Planned: a.Indicators, PostponedTo: e.PostponedTo, Onward: e.Onward, From: a.Predecessors()}
	if !e.ApprovedAt.IsZero() {
		row.Proof = r.Proofs[a.ID]
	}
	row.NoAnswer = e.silent()
	row.Lineage = r.Lineages.Of(a.Ref())
	for _, id := range r.heard(e) {
		p, ok := r.index.newest[[2]string{e.Activity, id}]
		if ok {
			row.Answers = append(row.Answers, GivenAnswer{Organisation: r.index.names[id].Name, Status: p.Answer.Status, Qualifier: p.Answer.Qualifier,
				Text: answerText(p.Answer), TextHash: textHash(answerText(p.Answer)), Channel: p.Channel, At: p.At, Decision: p.State})
		}
		for _, q := range r.index.requests[id] {
			switch {
			case row.NoAnswer:
				row.AskedOn = append(row.AskedOn, q.Written...)
			case a.Answers == EachAnswers && !ok && len(q.Written) > 0:
				row.Silent = append(row.Silent, r.index.names[id].Name)
			}
		}
	}
	slices.Sort(row.AskedOn)
	row.AskedOn = slices.Compact(row.AskedOn)
	return row
}

func answerText(a Answer) string {
	return strings.Join(slices.DeleteFunc([]string{a.Done, a.Missing}, func(s string) bool { return s == "" }), "\n")
}

// silent reports whether nobody said anything about the entry.
func (e Entry) silent() bool { return e.AnsweredAt.IsZero() && e.ApprovedAt.IsZero() }

// Newest keeps the newest revision of each organisation's answer about each entry.
func Newest(all []Proposal) []Proposal {
	type key struct {
		EntryKey
		organisation string
	}
	at := map[key]int{}
	var out []Proposal
	for _, p := range all {
		k := key{p.EntryKey, p.Organisation}
		i, seen := at[k]
		switch {
		case !seen:
			at[k] = len(out)
			out = append(out, p)
		case p.Revision > out[i].Revision:
			out[i] = p
		}
	}
	return out
}
