package web

import (
	"net/http"
	"unicode/utf8"

	"splneno/engine"
)

// postEntry reopens an entry, decides what follows it, records what the
// coordinator knows herself, or keeps a note about it.
func (s *site) postEntry(v visit) error {
	p, err := readEntry(v)
	if err != nil {
		return err
	}
	get := v.r.PostForm.Get
	f := entryForm{Action: get("action"), Reason: clean(get("duvod")), Source: clean(get("zdroj")), Note: clean(get("poznamka")),
		Typed: fields(get, "", len(p.Activity.Indicators)), NextStep: engine.NextStep(get("dalsi")), Until: get("odlozeno")}
	word, ok := entryWords[f.Action]
	if !ok {
		return engine.Errorf(engine.Invalid, "the form does not say what to do with the activity")
	}
	if f.check(p.Activity); len(f.Faults) == 0 {
		err = f.act(v, p.Activity)
	}
	if err == nil && len(f.Faults) == 0 {
		return v.back(p.Path(), flash(word))
	}
	status, reason := http.StatusUnprocessableEntity, "decision.fields"
	if err != nil {
		if engine.CodeOf(err) != engine.Conflict {
			return err
		}
		status, reason = http.StatusConflict, "activities.moved"
	}
	if p, err = readEntry(v); err != nil {
		return err
	}
	p.Reason, p.Form = reason, f
	return s.show(v.w, v.r, status, "entry", p)
}

// entryWords are the forms of an entry, with what is told when one is done.
var entryWords = map[string]string{"otevrit": "otevreno", "rozhodnout": "rozhodnuto", "zaznamenat": "zaznamenano", "poznamenat": "poznamenano"}

// check finds what is wrong in a field before anybody is asked.
func (f *entryForm) check(a engine.Activity) {
	f.Faults = map[string]string{}
	switch f.Action {
	case "otevrit":
		if f.Reason == "" {
			f.Faults["duvod"] = "fault.reason"
		}
	case "poznamenat":
		if f.Note == "" {
			f.Faults["poznamka"] = "fault.note"
		} else if utf8.RuneCountInString(f.Note) > engine.MaxNote {
			f.Faults["poznamka"] = "fault.long"
		}
	case "rozhodnout":
		if _, err := engine.ParseDate(f.Until); f.NextStep == engine.Postpone && err != nil {
			f.Faults["odlozeno"] = "fault.date"
		}
	case "zaznamenat":
		if f.Faults = f.Typed.faults(a.Indicators); f.Source == "" {
			f.Faults["zdroj"] = "fault.source"
		}
	}
}

func (f entryForm) act(v visit, a engine.Activity) error {
	ctx, k := v.r.Context(), entryKey(v)
	switch f.Action {
	case "otevrit":
		return v.office.Reopen(ctx, k, f.Reason, v.who)
	case "poznamenat":
		return v.office.Note(ctx, k, f.Note, v.who)
	case "rozhodnout":
		until := engine.Date("")
		if f.NextStep == engine.Postpone {
			until = engine.Date(f.Until)
		}
		return v.office.Decide(ctx, k, f.NextStep, until, v.who)
	default:
		return v.office.Report(ctx, k, f.Typed.answer(a.Indicators), f.NextStep, f.Source, v.who)
	}
}
