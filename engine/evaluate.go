package engine

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

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

// Evaluate rolls a record up into a draft. It invents nothing: a unit nobody
// answered about has no answer, whatever its state.
func Evaluate(r Record, now time.Time) Evaluation {
	e := Evaluation{Municipality: r.Municipality.Name, Plan: r.Plan.ID, PlanTitle: r.Plan.Title, Funding: r.Municipality.FundingOf(r.Plan),
		Levels: r.Plan.Levels, Period: r.Period, State: EvaluationDraft, Number: 1, MadeAt: now, Demo: r.Demo,
		StatusNames: maps.Clone(r.Municipality.Settings.StatusNames), Continues: continued(r.Plan.ID, r.Activities)}
	r = r.indexed()
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
	return e
}

// silentAbout reports whether an activity lacks the answer of this body: where
// each answers, another's does not stand for it.
func (r Record) silentAbout(activity string, q Request) bool {
	e, ok := r.index.entries[activity]
	return ok && (e.silent() || r.index.each[activity] && slices.Contains(e.Askees, q.Organisation))
}

// continued gives the ids of the older plans that activities were carried over
// from, sorted.
func continued(plan string, activities []Activity) []string {
	var out []string
	for _, a := range activities {
		for _, ref := range a.Predecessors() {
			if older, _, ok := SplitRef(ref); ok && older != plan && !slices.Contains(out, older) {
				out = append(out, older)
			}
		}
	}
	slices.Sort(out)
	return out
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
		NextStep: e.NextStep, ApprovedBy: e.ApprovedBy, ApprovedAt: e.ApprovedAt, Answered: !e.AnsweredAt.IsZero()}
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

// SaveEvaluation stores a draft: in the place of the last one while that is a
// draft, else as the next restatement, for which reason must be given. A draft
// that says nothing new is an empty Change (its Event is "").
func SaveEvaluation(e Evaluation, before []Evaluation, reason string, who Actor) (Change, error) {
	if who.Kind != ActorCoordinator && who.Kind != ActorCalendar {
		return Change{}, Errorf(Forbidden, "only a coordinator drafts an evaluation, or the calendar")
	}
	if len(before) > 0 {
		last := before[len(before)-1]
		e.Foreword, e.Conclusion, e.Edits = last.Foreword, last.Conclusion, last.Edits
		if last.State == EvaluationDraft {
			e.Number, e.Version, e.Reason = last.Number, last.Version, last.Reason
			if r := strings.TrimSpace(reason); r != "" && len(before) > 1 {
				e.Reason = r
			}
			if len(before) > 1 {
				e.Changes = changedRows(before[len(before)-2], e)
			}
			if same, err := saysTheSame(last, e); same || err != nil {
				return Change{}, err
			}
		} else {
			e.Changes = changedRows(last, e)
			if len(e.Changes) == 0 {
				return Change{}, nil
			}
			if strings.TrimSpace(reason) == "" {
				return Change{}, Errorf(Invalid, "evaluation %d of %s is frozen; say why it is restated", last.Number, e.Period.ID)
			}
			e.Number, e.Reason = last.Number+1, strings.TrimSpace(reason)
		}
	}
	return Change{At: e.MadeAt, Actor: who, Event: "evaluation_drafted", Subject: e.Plan + "/" + e.Period.ID, Evaluations: []Evaluation{e},
		Detail: map[string]string{"number": itoa(e.Number), "units": itoa(e.Totals.All), "no_answer": itoa(e.Totals.NoAnswer)}}, nil
}

// saysTheSame reports whether a reader of both evaluations is told the same.
func saysTheSame(a, b Evaluation) (bool, error) {
	was, err := a.Digest()
	if err != nil {
		return false, err
	}
	is, err := b.Digest()
	return was == is, err
}

// changedRows gives the ids of the units on which two evaluations differ.
func changedRows(before, after Evaluation) []string {
	old := map[string]ActivityResult{}
	for _, row := range before.Rows() {
		old[row.ID] = row
	}
	var ids []string
	for _, row := range after.Rows() {
		if was, ok := old[row.ID]; !ok || !sameRow(was, row) {
			ids = append(ids, row.ID)
		}
		delete(old, row.ID)
	}
	for id := range old {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// sameRow compares what a reader is told; instants by what they name.
func sameRow(a, b ActivityResult) bool {
	same := a.Title == b.Title && a.Status == b.Status && a.Qualifier == b.Qualifier && a.NoAnswer == b.NoAnswer &&
		a.Narrative == b.Narrative && a.Missing == b.Missing && a.NextStep == b.NextStep && a.ApprovedBy == b.ApprovedBy &&
		a.Lineage == b.Lineage && slices.Equal(a.Silent, b.Silent)
	return same && (len(a.Numbers) == 0 && len(b.Numbers) == 0 || reflect.DeepEqual(a.Numbers, b.Numbers))
}

// Freeze makes a draft final: it gets its hash, the season closes, and with it
// the links of its requests. draft is the evaluation as it was shown.
func Freeze(e Evaluation, s Season, who Actor, now time.Time) (Change, error) {
	if who.Kind != ActorCoordinator {
		return Change{}, Errorf(Forbidden, "only a coordinator approves an evaluation")
	}
	if e.State != EvaluationDraft {
		return Change{}, Errorf(Conflict, "evaluation %d of %s is already approved", e.Number, e.Period.ID)
	}
	e.State, e.FrozenAt, e.FrozenBy = EvaluationApproved, now, who.Name
	hash, err := e.Digest()
	if err != nil {
		return Change{}, err
	}
	e.Hash = hash
	c := Change{At: now, Actor: who, Event: "evaluation_approved", Subject: e.Plan + "/" + e.Period.ID, Evaluations: []Evaluation{e},
		Detail: map[string]string{"number": itoa(e.Number), "hash": hash}}
	if s.State == SeasonOpen {
		s.State, s.ClosedAt = SeasonClosed, now
		c.Seasons = []Season{s}
	}
	return c, nil
}
