package planfile

import (
	"cmp"
	"slices"

	"splneno/engine"
	"splneno/engine/czech"
)

// A builder collects a draft while a text is read.
type builder struct {
	draft engine.PlanDraft
	known []engine.Organisation
}

const longestExcerpt = 160

// warn keeps a line the reader is not sure of, or could not use.
func (b *builder) warn(line int, text, reason string) {
	if runes := []rune(text); len(runes) > longestExcerpt {
		text = string(runes[:longestExcerpt]) + "…"
	}
	b.draft.Warnings = append(b.draft.Warnings, engine.Warning{Line: line, Text: text, Reason: reason})
}

// responsible reads the parties of an activity, and keeps the members a group
// names as organisations of the draft.
func (b *builder) responsible(a *engine.ActivityDraft, raw string, line int) {
	a.ResponsibleRaw = raw
	list := czech.ReadPartyList(raw, b.known)
	a.Responsible = list.Parties
	if !list.Certain {
		a.Unsure = append(a.Unsure, "responsible")
		b.warn(line, raw, "the list of responsible parties was split by guess")
	}
	for i, p := range a.Responsible {
		if members := list.Members[p.Name]; len(members) > 0 {
			a.Responsible[i].Organisation = b.group(p, members)
		}
	}
}

// group keeps a group and its members as organisations, and gives its id.
func (b *builder) group(group engine.Party, members []engine.Party) string {
	var ids []string
	for _, m := range members {
		ids = append(ids, b.organisation(m, nil))
	}
	return b.organisation(group, ids)
}

func (b *builder) organisation(p engine.Party, members []string) string {
	if p.Organisation != "" {
		return p.Organisation
	}
	id := czech.Slug(p.Name)
	if !slices.ContainsFunc(b.draft.Organisations, func(o engine.Organisation) bool { return o.ID == id }) {
		b.draft.Organisations = append(b.draft.Organisations,
			engine.Organisation{ID: id, Name: p.Name, Kind: p.Kind, Members: members})
	}
	return id
}

// checkReferences warns of pointers to measures the plan does not have.
func (b *builder) checkReferences(lines []line) {
	for _, l := range lines {
		for _, code := range czech.References(l.text) {
			if _, ok := b.draft.Plan.MeasureByCode(code); !ok {
				b.warn(l.no, around(l.text, code), "refers to measure "+code+", which is not in this plan")
			}
		}
	}
}

// finish gives the plan an id if it has none, numbers the activities and puts
// the warnings in the order of the file.
func (b *builder) finish() engine.PlanDraft {
	if b.draft.Plan.ID == "" {
		b.draft.Plan.ID = planID(b.draft.Plan)
	}
	for i := range b.draft.Activities {
		b.draft.Activities[i].Plan = b.draft.Plan.ID
		b.draft.Activities[i].Position = i + 1
	}
	slices.SortStableFunc(b.draft.Warnings, func(x, y engine.Warning) int { return x.Line - y.Line })
	return b.draft
}

// planID names a plan by its territory and first year, "klatovsko-2023", so
// that the same document read twice is the same plan.
func planID(p engine.Plan) string {
	name := cmp.Or(czech.Slug(p.Territory), czech.Slug(p.Title), "plan")
	if p.Start == "" {
		return name
	}
	return name + "-" + p.Start.YearString()
}

// addArea and addMeasure keep the first place of a code and its latest title.
func (b *builder) addArea(a engine.Area) {
	areas := b.draft.Plan.Areas
	if i := slices.IndexFunc(areas, func(x engine.Area) bool { return x.Code == a.Code }); i >= 0 {
		areas[i] = a
		return
	}
	b.draft.Plan.Areas = append(areas, a)
}

func (b *builder) addMeasure(m engine.Measure) {
	measures := b.draft.Plan.Measures
	if i := slices.IndexFunc(measures, func(x engine.Measure) bool { return x.Code == m.Code }); i >= 0 {
		measures[i] = m
		return
	}
	b.draft.Plan.Measures = append(measures, m)
}
