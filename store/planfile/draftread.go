package planfile

import (
	"encoding/json"

	"splneno/engine"
	"splneno/engine/czech"
)

// readDraftJSON reads the JSON of [WriteJSON] back. It holds less than our own
// file does: no organisations, contacts, target groups, indicators or lines.
func readDraftJSON(name, text string) (engine.PlanDraft, error) {
	var f jsonDraft
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return engine.PlanDraft{}, engine.Errorf(engine.Invalid, "%s is no JSON of a plan: %s", name, oneLine(err))
	}
	if f.Plan.Kind == "" || len(f.Activities)+len(f.Plans) == 0 {
		return engine.PlanDraft{}, engine.Errorf(engine.Invalid,
			"%s is JSON without a plan and its activities; give the JSON of export or of import --dry-run", name)
	}
	r := fileReader{name: name}
	r.draft.Plan = r.fromJSONNamed(jsonNamed{f.Plan, f.Areas, f.Measures})
	r.draft.Plans = convert(f.Plans, r.fromJSONNamed)
	r.draft.Groups = convert(f.Groups, r.group)
	r.draft.Documents = convert(f.Documents, r.document)
	r.draft.Events = convert(f.Events, r.event)
	r.draft.Services = convert(f.Services, func(s jsonService) engine.Service {
		return engine.Service{Provider: s.Provider, Name: s.Name, Capacity: s.Capacity, Scope: s.Scope, Beds: s.Beds}
	})
	r.draft.Projects = convert(f.Projects, func(x jsonProject) engine.Project { return engine.Project(x) })
	r.draft.Warnings = convert(f.Warnings, func(w jsonWarning) engine.Warning { return engine.Warning(w) })
	r.draft.Activities = convert(f.Activities, r.fromJSON)
	if r.check(); r.err != nil {
		return engine.PlanDraft{}, r.err
	}
	return r.finish(), nil
}

func (r *fileReader) fromJSON(f jsonActivity) engine.ActivityDraft {
	a := engine.ActivityDraft{
		Status: engine.State(f.Status), Qualifier: f.Qualifier, Narrative: f.Narrative,
		CarriedOver: f.CarriedOver, Unsure: convert(f.Unsure, same),
	}
	if len(f.Sources) > 0 {
		a.Sources = f.Sources
	}
	a.ID, a.Area, a.Measure, a.Label, a.Title = f.ID, f.Area, f.Measure, f.Label, f.Title
	a.Details, a.Tags = convert(f.Details, same), convert(f.Tags, same)
	a.ResponsibleRaw, a.StatusRaw = f.ResponsibleRaw, f.StatusRaw
	a.Responsible = convert(f.Responsible, func(p jsonParty) engine.Party {
		r.kind(p.Kind, p.Name)
		return engine.Party{Name: p.Name, Kind: engine.PartyKind(p.Kind)}
	})
	a.Deadline = czech.ReadDeadline(f.DeadlineRaw, r.draft.Plan.Year())
	for _, p := range f.Deadline.Parts {
		if p.Text != "" {
			a.Parts = append(a.Parts, engine.Part{Label: p.Label, Text: p.Text})
		}
	}
	a.Parts = shareTerm(a.Parts, a.Deadline)
	return a
}
