package planfile

import (
	"slices"

	"splneno/engine"
)

// check refuses what a file cannot mean, and warns of what points nowhere.
func (r *fileReader) check() {
	orgs := r.checkOrganisations()
	ids := map[string]bool{}
	for _, a := range r.draft.Activities {
		if a.ID == "" || ids[a.ID] {
			r.fail("the activity %q (%s) needs an id of its own", a.ID, a.Title)
		}
		ids[a.ID] = true
		r.checkActivity(a, orgs)
	}
}

func (r *fileReader) checkActivity(a engine.ActivityDraft, orgs map[string]bool) {
	if a.Status != engine.StateUnknown && !a.Status.Known() {
		r.fail("%q is no status (of %s); use planned, in_progress, fulfilled, partial, unfulfilled or unknown", a.Status, a.ID)
	}
	if a.Qualifier != "" && (a.Qualifier != engine.AnotherForm || a.Status != engine.Fulfilled) {
		r.fail("%s has the qualifier %q; only a fulfilled activity has one, %q", a.ID, a.Qualifier, engine.AnotherForm)
	}
	for _, code := range append([]string{a.Measure}, a.Tags...) {
		if _, ok := r.draft.Plan.MeasureByCode(code); !ok {
			r.once(a.Line, a.ID, "names measure "+code+", which is not in this plan")
		}
	}
	if a.Answers != engine.AnyAnswers {
		oneOf(r, a.Answers, a.ID, "rule of answering", engine.LeadAnswers, engine.EachAnswers)
	}
	for _, c := range a.Carried {
		oneOf(r, c.How, a.ID, "way of carrying over", engine.CarryAsIs, engine.CarryRephrase, engine.CarrySplit, engine.CarryMerge)
	}
	for _, p := range a.Responsible {
		if p.Role != "" {
			oneOf(r, p.Role, p.Name, "role of a party", engine.RoleLead, engine.RoleImplementer, engine.RoleCooperating)
		}
		if p.Organisation != "" && !orgs[p.Organisation] {
			r.once(a.Line, a.ID, "names organisation "+p.Organisation+", which is not known")
		}
	}
}

// checkOrganisations gives the ids that exist, those already known included.
func (r *fileReader) checkOrganisations() map[string]bool {
	ids := map[string]bool{engine.CoordinatorID: true}
	for _, o := range r.known {
		ids[o.ID] = true
	}
	own := map[string]bool{}
	for _, o := range r.draft.Organisations {
		if o.ID == "" || own[o.ID] {
			r.fail("the organisation %q (%s) needs an id of its own", o.ID, o.Name)
		}
		own[o.ID], ids[o.ID] = true, true
	}
	for _, o := range r.draft.Organisations {
		for _, m := range append(slices.Clone(o.Members), o.Successor) {
			if m != "" && !ids[m] {
				r.once(0, o.Name, "names organisation "+m+", which is not known")
			}
		}
	}
	return ids
}

// once warns unless the file already carries the same warning, so that what was
// written is read back unchanged.
func (r *fileReader) once(line int, text, reason string) {
	w := engine.Warning{Line: line, Text: text, Reason: reason}
	if !slices.Contains(r.draft.Warnings, w) {
		r.draft.Warnings = append(r.draft.Warnings, w)
	}
}
