package web

import (
	"maps"
	"net/http"
	"strconv"

	"splneno/engine"
	"splneno/workflows"
)

// A decisionForm is what the coordinator decided about one answer, as typed.
type decisionForm struct {
	Action       string
	Key          engine.EntryKey
	Organisation string
	Shown        int // revision on her screen
	Typed        typed
	NextStep     engine.NextStep
	Postponed    string
	Question     string
	Faults       map[string]string
}

func readDecision(r *http.Request) decisionForm {
	get := r.PostForm.Get
	f := decisionForm{Action: get("action"), Key: engine.EntryKey{Plan: get("plan"), Period: get("obdobi"), Activity: get("aktivita")},
		Organisation: get("organizace"), NextStep: engine.NextStep(get("dalsi")), Postponed: get("odlozeno"), Question: clean(get("otazka"))}
	f.Shown, _ = strconv.Atoi(get("revize")) // 0 is no revision: then it is a conflict
	return f
}

// postDecision approves, approves with edits, or returns one answer. What
// cannot be done is shown with both revisions and everything typed.
func (s *site) postDecision(v visit) error {
	f := readDecision(v.r)
	item, err := v.office.Answered(v.r.Context(), f.Key, f.Organisation)
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
	word := "schvaleno"
	if f.Action == "vratit" {
		word = "vraceno"
	}
	return v.back("/stul", flashCount(word, 1))
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
	ctx := v.r.Context()
	verdict := engine.Verdict{Shown: f.Shown, Answer: item.Proposal.Answer, NextStep: f.NextStep}
	if f.NextStep == engine.Postpone {
		verdict.PostponedTo = engine.Date(f.Postponed)
	}
	switch f.Action {
	case "schvalit":
		return v.office.Approve(ctx, f.Key, f.Organisation, verdict, v.who)
	case "upravit":
		verdict.Answer = f.Typed.answer(item.Activity.Indicators)
		return v.office.Approve(ctx, f.Key, f.Organisation, verdict, v.who)
	case "vratit":
		return v.office.Return(ctx, f.Key, f.Organisation, f.Shown, f.Question, v.who)
	}
	return engine.Errorf(engine.Invalid, "the form does not say what to do with the answer")
}
