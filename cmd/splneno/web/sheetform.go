package web

import (
	"maps"
	"net/url"
	"strings"
	"unicode/utf8"

	"splneno/engine"
)

// maxName is how long the name of a writer may be, in characters.
const maxName = 200

// A sheetForm is an answer page as it was sent: only the items whose fields
// were on it. Two people of one organisation may have the page open, so a field
// that was not there says nothing about what the other one wrote.
type sheetForm struct {
	By    string
	Items map[string]typed // by activity id
	Clear map[string]bool  // items shown from the draft and emptied by hand
}

func readSheet(c engine.Case, form url.Values) sheetForm {
	f := sheetForm{By: clean(form.Get("kdo")), Items: map[string]typed{}, Clear: map[string]bool{}}
	for i, a := range c.Activities {
		prefix := fieldPrefix(i + 1)
		if !form.Has(prefix + "hotovo") {
			continue
		}
		t := fields(form.Get, prefix, len(a.Indicators))
		f.Items[a.ID] = t
		f.Clear[a.ID] = t.empty() && form.Has(prefix+"koncept")
	}
	return f
}

// draft gives the saved page with what was typed now laid over it.
func (f sheetForm) draft(c engine.Case, saved engine.Draft) engine.Draft {
	d := engine.Draft{By: saved.By, Answers: maps.Clone(saved.Answers)}
	if d.Answers == nil {
		d.Answers = map[string]engine.Answer{}
	}
	if f.By != "" {
		d.By = f.By
	}
	for _, a := range c.Activities {
		t, ok := f.Items[a.ID]
		switch {
		case ok && !t.empty():
			d.Answers[a.ID] = t.answer(a.Indicators)
		case f.Clear[a.ID]:
			delete(d.Answers, a.ID)
		}
	}
	return d
}

// submission gives the items that were filled in.
func (f sheetForm) submission(c engine.Case) engine.Submission {
	s := engine.Submission{By: f.By, Channel: engine.ByLink, Answers: map[string]engine.Answer{}}
	for _, a := range c.Activities {
		if t, ok := f.Items[a.ID]; ok && !t.empty() {
			s.Answers[a.ID] = t.answer(a.Indicators)
		}
	}
	return s
}

// refill shows a sheet as it was typed.
func (f sheetForm) refill(s *sheet) {
	if f.By != "" {
		s.By = f.By
	}
	s.each(func(i *sheetItem) {
		if t, ok := f.Items[i.Activity.ID]; ok {
			i.Typed, i.Form = t, true
		}
	})
}

// judge marks what is wrong with what was typed. Sending asks for everything,
// saving only for what could not be kept as it is.
func (f sheetForm) judge(s *sheet, sending bool) {
	s.each(func(i *sheetItem) {
		t, ok := f.Items[i.Activity.ID]
		if !ok || t.empty() {
			return
		}
		i.Faults = t.faults(i.Activity.Indicators)
		if !sending {
			maps.DeleteFunc(i.Faults, func(_, key string) bool { return key != "fault.number" && key != "fault.long" })
		}
		names := []string{"stav", "hotovo", "chybi"}
		for k := range i.Activity.Indicators {
			names = append(names, strings.TrimPrefix(i.NumberField(k), fieldPrefix(i.Number)))
		}
		for _, name := range names {
			if key := i.Faults[name]; key != "" {
				s.Faults = append(s.Faults, fault{Number: i.Number, Anchor: i.Field(name), Message: key})
			}
		}
	})
	switch {
	case utf8.RuneCountInString(f.By) > maxName:
		s.ByFault = "fault.name_long"
	case sending && f.By == "":
		s.ByFault = "fault.name"
	}
	if s.ByFault != "" {
		s.Faults = append(s.Faults, fault{Anchor: "kdo", Message: s.ByFault})
	}
}

func (s *sheet) each(do func(*sheetItem)) {
	for g := range s.Groups {
		for i := range s.Groups[g].Items {
			do(&s.Groups[g].Items[i])
		}
	}
}
