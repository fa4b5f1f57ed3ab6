package web

import (
	"net/http"

	"splneno/engine"
)

// postActivities reopens an entry, decides what follows it, or records what the coordinator knows herself.
func (s *site) postActivities(v visit) error {
	get := v.r.PostForm.Get
	f := entryForm{Action: get("action"), Activity: get("aktivita"), Reason: clean(get("duvod")), Source: clean(get("zdroj")),
		NextStep: engine.NextStep(get("dalsi")), Until: get("odlozeno"), Faults: map[string]string{}}
	key := engine.EntryKey{Plan: v.r.PathValue("plan"), Period: v.r.PathValue("period"), Activity: f.Activity}
	list, err := v.office.Records.Activities(v.r.Context(), key.Plan, key.Activity)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return engine.Errorf(engine.NotFound, "plan %s has no activity %s", key.Plan, key.Activity)
	}
	f.Typed = fields(get, "", len(list[0].Indicators))
	word := ""
	switch f.Action {
	case "otevrit":
		word = "otevreno"
		if f.Reason == "" {
			f.Faults["duvod"] = "fault.reason"
			break
		}
		err = v.office.Reopen(v.r.Context(), key, f.Reason, v.who)
	case "rozhodnout":
		word = "rozhodnuto"
		until := engine.Date("")
		if f.NextStep == engine.Postpone {
			if until, err = engine.ParseDate(f.Until); err != nil {
				f.Faults["odlozeno"], err = "fault.date", nil
				break
			}
		}
		err = v.office.Decide(v.r.Context(), key, f.NextStep, until, v.who)
	case "zaznamenat":
		word = "zaznamenano"
		if f.Faults = f.Typed.faults(list[0].Indicators); f.Source == "" {
			f.Faults["zdroj"] = "fault.source"
		}
		if len(f.Faults) == 0 {
			err = v.office.Report(v.r.Context(), key, f.Typed.answer(list[0].Indicators), f.NextStep, f.Source, v.who)
		}
	default:
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the activity")
	}
	if err != nil || len(f.Faults) > 0 {
		return s.activitiesAgain(v, f, err)
	}
	return v.back(seasonPath("aktivity", key.Plan, key.Period), flash(word))
}

// activitiesAgain shows the page with what was typed and why it was not taken.
func (s *site) activitiesAgain(v visit, f entryForm, err error) error {
	status, reason := http.StatusUnprocessableEntity, "decision.fields"
	if err != nil {
		if engine.CodeOf(err) != engine.Conflict {
			return err
		}
		status, reason = http.StatusConflict, "activities.moved"
	}
	p, err := readActivities(v, f)
	if err != nil {
		return err
	}
	p.Reason = reason
	return s.show(v.w, v.r, status, "activities", p)
}
