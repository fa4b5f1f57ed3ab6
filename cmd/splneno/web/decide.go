package web

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"splneno/engine"
	"splneno/workflows"
)

// A decisionForm is what the coordinator decided about one answer, as typed.
type decisionForm struct {
	Action    string
	Ref       answerRef // with the revision on her screen
	Typed     typed
	NextStep  engine.NextStep
	Postponed string
	Question  string
	Note      string
	Back      string // where to go on
	Faults    map[string]string
}

func readDecision(r *http.Request) decisionForm {
	get := r.PostForm.Get
	if place, ref, ok := strings.Cut(get("schvalit"), " "); ok { // straight from the queue
		view, _, _ := strings.Cut(get("kam"), "#")
		return decisionForm{Action: "schvalit", Ref: readRef(ref), Back: view + "#" + place}
	}
	return decisionForm{Action: get("action"), Ref: readRef(get("odpoved")), NextStep: engine.NextStep(get("dalsi")), Postponed: get("odlozeno"),
		Question: clean(get("otazka")), Note: clean(get("poznamka")), Back: get("kam")}
}

// postDecision approves, approves with edits, or returns one answer, or notes
// something about it. What cannot be done is shown with both revisions and
// everything typed.
func (s *site) postDecision(v visit) error {
	f := readDecision(v.r)
	item, err := v.office.Answered(v.r.Context(), f.Ref.Key, f.Ref.Organisation)
	if err != nil {
		return err
	}
	f.Typed = fields(v.r.PostForm.Get, "", len(item.Activity.Indicators))
	f.check(item)
	if len(f.Faults) > 0 {
		return s.showDecision(v, f, item, nil)
	}
	if err := decide(v, f, item); err != nil {
		return s.showDecision(v, f, item, err)
	}
	return f.goOn(v)
}

// goOn leads to the next answer, and says what was done with this one.
func (f decisionForm) goOn(v visit) error {
	if f.Action == "poznamenat" {
		return v.back(f.Ref.Page()+"#historie", nil)
	}
	query, place := readBack(f.Back)
	done := flashCount("vraceno", 1)
	if f.Action != "vratit" {
		done = flashCount("schvaleno", 1)
		k := f.Ref.Key
		done.Set("naposledy", k.Plan+"/"+k.Period+"/"+k.Activity)
	}
	return v.back(queuePath+"#"+place, merged(query, done))
}

func merged(all ...url.Values) url.Values {
	out := url.Values{}
	for _, q := range all {
		maps.Copy(out, q)
	}
	return out
}

// check finds what is wrong in a field before anybody is asked.
func (f *decisionForm) check(item workflows.QueueItem) {
	f.Faults = map[string]string{}
	switch f.Action {
	case "vratit":
		if f.Question == "" {
			f.Faults["otazka"] = "fault.question"
		}
		return
	case "poznamenat":
		if f.Note == "" {
			f.Faults["poznamka"] = "fault.note"
		} else if utf8.RuneCountInString(f.Note) > engine.MaxNote {
			f.Faults["poznamka"] = "fault.long"
		}
		return
	case "schvalit":
		if !item.Proposal.Answer.Status.Known() {
			f.Faults["stav"] = "fault.status"
		}
	case "upravit":
		f.Faults = f.Typed.faults(item.Activity.Indicators)
		if item.Proposal.Channel.ByMail() { // whether its text may be missing is for her to say
			maps.DeleteFunc(f.Faults, func(_, key string) bool { return key == "fault.hotovo" || key == "fault.chybi" })
		}
	}
	if f.NextStep == engine.Postpone {
		if _, err := engine.ParseDate(f.Postponed); err != nil {
			f.Faults["odlozeno"] = "fault.date"
		}
	}
}

func decide(v visit, f decisionForm, item workflows.QueueItem) error {
	ctx, k, body := v.r.Context(), f.Ref.Key, f.Ref.Organisation
	verdict := engine.Verdict{Shown: f.Ref.Revision, Answer: item.Proposal.Answer, NextStep: f.NextStep}
	if f.NextStep == engine.Postpone {
		verdict.PostponedTo = engine.Date(f.Postponed)
	}
	switch f.Action {
	case "schvalit":
		return v.office.Approve(ctx, k, body, verdict, v.who)
	case "upravit":
		verdict.Answer = f.Typed.answer(item.Activity.Indicators)
		return v.office.Approve(ctx, k, body, verdict, v.who)
	case "vratit":
		return v.office.Return(ctx, k, body, f.Ref.Revision, f.Question, v.who)
	case "poznamenat":
		return v.office.Note(ctx, k, f.Note, v.who)
	}
	return engine.Errorf(engine.Invalid, "the form does not say what to do with the answer")
}
