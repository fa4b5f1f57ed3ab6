package engine

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Incoming is what [Import] decides on: a draft, and what is here already. Slug
// makes ids of names; Expand does too, with abbreviations written out.
type Incoming struct {
	Draft         PlanDraft
	Organisations []Organisation // all that are known
	Plans         []Plan         // all that are here
	Activities    []Activity     // of this plan, where it is here
	Entries       []Entry        // of an evaluation: its results
	Base          Imported       // its last import
	Slug, Expand  func(string) string
	Decisions     Decisions
}

// Import says what a draft does to what is here, and does it as a Change: the
// plan with its activities, and an organisation for every party that is not
// known yet. A plan that is here already is merged: what changed only in the
// file is taken, what changed only here is kept, what changed in both is a
// conflict until it is decided. Of an evaluation it also makes a closed season
// whose entries carry the printed results, as the coordinator's own act.
func Import(in Incoming, who Actor, now time.Time) (Merge, error) {
	d := in.Draft
	if who.Kind != ActorCoordinator {
		return Merge{}, Errorf(Forbidden, "only a coordinator imports a plan")
	}
	if d.Plan.ID == "" || len(d.Activities) == 0 {
		return Merge{}, nothingToTrack(d)
	}
	m := &merger{Decisions: in.Decisions, used: map[string]bool{}, reread: map[string]string{}}
	in.keepReading(m)
	known, items := in.mergeOrganisations(m)
	reg := newRegistry(in, known)
	file := in.read(reg)
	out := Merge{Taken: reg.taken}
	c := Change{At: now, Actor: who, Event: "imported", Subject: d.Plan.ID, Detail: map[string]string{"title": d.Plan.Title}}
	i := slices.IndexFunc(in.Plans, func(p Plan) bool { return p.ID == d.Plan.ID })
	if i < 0 {
		in.Base = Imported{}
	} else {
		c.Event = "reimported"
		out.Plan = in.Plans[i]
	}
	out.mergePlan(m, in, i >= 0, &c)
	if err := out.mergeActivities(m, in, file, &c); err != nil {
		return Merge{}, err
	}
	out.Items = append(out.Items, reg.items(items)...)
	c.Organisations = reg.changed(items)
	if err := m.check(); err != nil {
		return Merge{}, err
	}
	next := in.imported(file)
	if i >= 0 && next.saysTheSame(in.Base) && len(c.Organisations)+len(m.used) == 0 || len(out.Conflicts()) > 0 {
		return out, nil
	}
	c.Imported = []Imported{next}
	if i < 0 && d.Plan.Kind == EvaluationPlan {
		c.Seasons = []Season{{Plan: d.Plan.ID, Period: d.Period, State: SeasonClosed, OpenedAt: now, ClosedAt: now}}
	}
	out.describe(in, &c)
	out.Change = c
	return out, nil
}

// describe fills in what a reader of the journal needs.
func (m Merge) describe(in Incoming, c *Change) {
	c.Detail["activities"], c.Detail["organisations"] = fmt.Sprint(len(c.Activities)), fmt.Sprint(len(c.Organisations))
	c.Detail["warnings"] = fmt.Sprint(len(in.Draft.Warnings))
	add := func(key string, list []string) {
		if len(list) > 0 {
			c.Detail[key] = strings.Join(list, ", ")
		}
	}
	if c.Event == "reimported" {
		var taken []string
		for _, i := range m.Items {
			for _, v := range i.Values {
				if v.Outcome == Taken {
					taken = append(taken, i.Name(v.Field))
				}
			}
		}
		add("taken", taken)
	}
	add("kept", in.Decisions.Ours)
	add("dropped", in.Decisions.Drop)
	if len(in.Decisions.Drop) > 0 {
		c.Detail["reason"] = strings.TrimSpace(in.Decisions.Reason)
	}
}

// mergePlan merges the plan with its areas and measures.
func (m *Merge) mergePlan(by *merger, in Incoming, here bool, c *Change) {
	file, ours := in.Draft.Plan, m.Plan
	item := MergeItem{Thing: ThePlan, ID: file.ID, Title: file.Title, Fate: Created}
	merged := file
	if here {
		var base *Plan
		if in.Base.Plan.ID != "" {
			base = &in.Base.Plan
		}
		merged, item = mergeThing(by, item, planFields, base, ours, file)
	}
	var inAreas, inMeasures []MergeItem
	merged.Areas, inAreas = areas.merge(by, in.Base.Plan.Areas, ours.Areas, file.Areas)
	merged.Measures, inMeasures = measures.merge(by, in.Base.Plan.Measures, ours.Measures, file.Measures)
	m.Items = slices.Concat([]MergeItem{item}, inAreas, inMeasures)
	if item.Fate != Same || !areas.same(ours.Areas, merged.Areas) || !measures.same(ours.Measures, merged.Measures) {
		c.Plans = []Plan{merged}
	}
	m.Plan = merged
}

// mergeActivities merges the activities, and makes the results of new ones.
func (m *Merge) mergeActivities(by *merger, in Incoming, file []ImportedActivity, c *Change) error {
	ours := in.here()
	merged, items := activities.merge(by, in.Base.Activities, ours, file)
	at := activities.index(ours)
	fates := map[string]Fate{}
	for i, item := range items {
		if item.Fate == Missing && slices.Contains(by.Drop, item.ID) {
			items[i].Fate, by.used[item.ID] = Dropped, true
		}
		if now, ok := by.reread[item.ID]; ok && item.Fate != Created {
			v := ValueMerge{Field: "responsible", Ours: ours[at[item.ID]].responsible(), File: now, Outcome: Kept}
			items[i].Values = append(item.Values, v)
		}
		fates[item.ID] = items[i].Fate
	}
	for i, a := range merged {
		old, here := at[a.ID]
		switch {
		case fates[a.ID] == Dropped:
			a.Dropped = strings.TrimSpace(by.Reason)
		case here && fates[a.ID] != Changed && ours[old].Position == i+1:
			continue
		}
		a.Position = i + 1
		c.Activities = append(c.Activities, a.Activity)
		if !here && in.Draft.Plan.Kind == EvaluationPlan {
			e, err := result(a, in.Draft.Period.ID, c.Actor, c.At)
			if err != nil {
				return err
			}
			c.Entries = append(c.Entries, e)
		}
	}
	m.Items = append(m.Items, slices.DeleteFunc(items, func(i MergeItem) bool {
		j, here := at[i.ID]
		return i.Fate == Missing && here && ours[j].Dropped != ""
	})...)
	return nil
}

// here gives the activities as they stand, with the results of an evaluation.
func (in Incoming) here() []ImportedActivity {
	results := map[string]Entry{}
	for _, e := range in.Entries {
		results[e.Activity] = e
	}
	var out []ImportedActivity
	for _, a := range in.Activities {
		e := results[a.ID]
		out = append(out, ImportedActivity{Activity: a, Status: e.State, Qualifier: e.Qualifier, Narrative: e.Narrative})
	}
	slices.SortStableFunc(out, func(a, b ImportedActivity) int { return a.Position - b.Position })
	return out
}

// read gives the activities of the file with their parties matched. A result is
// only ever that of an evaluation.
func (in Incoming) read(reg *registry) []ImportedActivity {
	var out []ImportedActivity
	for i, d := range in.Draft.Activities {
		a := ImportedActivity{Activity: d.Activity}
		if in.Draft.Plan.Kind == EvaluationPlan {
			a.Status, a.Qualifier, a.Narrative, a.CarriedOver = d.Status, d.Qualifier, d.Narrative, d.CarriedOver
			if a.Status == "" {
				a.Status = StateUnknown
			}
		}
		a.Plan, a.Position, a.Responsible = in.Draft.Plan.ID, i+1, slices.Clone(d.Responsible)
		for j, p := range a.Responsible {
			a.Responsible[j].Organisation = reg.find(p)
		}
		out = append(out, a)
	}
	return out
}

// keepReading gives activities whose responsible parties stand in the same words
// as at the last import the parties as they were read then. A list that lost its
// separators is split by the organisations that are known, so that the same
// words may be read otherwise today: that is shown, and taken when asked for.
func (in *Incoming) keepReading(m *merger) {
	at := activities.index(in.Base.Activities)
	in.Draft.Activities = slices.Clone(in.Draft.Activities)
	for i := range in.Draft.Activities {
		a := &in.Draft.Activities[i]
		j, ok := at[a.ID]
		if !ok || a.ResponsibleRaw == "" || a.ResponsibleRaw != in.Base.Activities[j].ResponsibleRaw {
			continue
		}
		name := MergeItem{Thing: AnActivity, ID: a.ID}.Name("responsible")
		switch before := in.Base.Activities[j]; {
		case spellParties(ImportedActivity{Activity: a.Activity}) == spellParties(before):
		case slices.Contains(m.Theirs, name):
			m.used[name] = true
		default:
			m.reread[a.ID] = a.responsible()
			a.Responsible = before.Responsible
		}
	}
}

// imported gives what the next import will be held against.
func (in Incoming) imported(file []ImportedActivity) Imported {
	next := Imported{Plan: in.Draft.Plan, Activities: activities.with(file, in.Base.Activities),
		Organisations: organisations.with(in.Draft.Organisations, in.Base.Organisations),
		Supplement:    in.Draft.Supplement.orElse(in.Base.Supplement), Version: in.Base.Version}
	next.Plan.Areas = areas.with(next.Plan.Areas, in.Base.Plan.Areas)
	next.Plan.Measures = measures.with(next.Plan.Measures, in.Base.Plan.Measures)
	return next
}

// saysTheSame reports whether two files say the same.
func (i Imported) saysTheSame(b Imported) bool {
	return spell(i.Supplement) == spell(b.Supplement) && !slices.ContainsFunc(planFields, func(f field[Plan]) bool { return f.spell(i.Plan) != f.spell(b.Plan) }) &&
		areas.same(i.Plan.Areas, b.Plan.Areas) && measures.same(i.Plan.Measures, b.Plan.Measures) &&
		activities.same(i.Activities, b.Activities) && organisations.same(i.Organisations, b.Organisations)
}

// result makes the entry of a printed result. It is reached by the steps of the
// lifecycle like any other; that the promise goes on in the next plan is a fact
// beside it.
func result(a ImportedActivity, period string, who Actor, now time.Time) (Entry, error) {
	e := Entry{EntryKey: EntryKey{a.Plan, period, a.ID}, State: Planned, Qualifier: a.Qualifier, Narrative: a.Narrative, Source: "import",
		AnsweredAt: now, ApprovedAt: now, ApprovedBy: who.Name}
	if a.CarriedOver {
		e.NextStep = CarryOver
	}
	if a.Status == StateUnknown {
		e.State = StateUnknown
		return e, nil
	}
	event, err := EventTo(Planned, a.Status)
	if err != nil {
		return e, Errorf(Invalid, "%s: %w", a.ID, err)
	}
	if event != "" {
		e.State, err = Step(e.State, event)
	}
	return e, err
}

// nothingToTrack says why a draft without activities is no plan to import.
func nothingToTrack(d PlanDraft) error {
	if len(d.Plans) > 0 {
		return Errorf(Invalid, "%q is a page about plans: it names %d, but holds no activity to track; "+
			"nothing was changed, import the plans themselves", d.Plan.Title, len(d.Plans))
	}
	return Errorf(Invalid, "the file holds no activities; import a plan or an evaluation")
}
