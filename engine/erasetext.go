package engine

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Addressed gives the erasure of the address alone: for texts in which the name
// may be a namesake's. Of a person known by name only it is the same.
func (e Erasure) Addressed() Erasure {
	if e.Email != "" {
		e.Name = ""
	}
	return e
}

// Without gives a value that is kept as a document without the person in any of
// its texts, however deep they stand. The keys of maps are ours and stay.
func Without[T any](e Erasure, v T) (T, bool) {
	text, err := json.Marshal(v)
	if err != nil {
		panic("a document cannot be written: " + err.Error())
	}
	read := json.NewDecoder(bytes.NewReader(text))
	read.UseNumber() // figures come back as they were
	var any any
	if err := read.Decode(&any); err != nil {
		panic("a document cannot be read: " + err.Error())
	}
	any, changed := e.within(any)
	if !changed {
		return v, false
	}
	var out T
	if text, err = json.Marshal(any); err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		panic("a document cannot be written back: " + err.Error())
	}
	return out, true
}

// within cleans every text of what JSON holds, in place.
func (e Erasure) within(v any) (any, bool) {
	changed := false
	switch v := v.(type) {
	case string:
		text := e.Clean(v)
		return text, text != v
	case []any:
		for i := range v {
			var one bool
			v[i], one = e.within(v[i])
			changed = changed || one
		}
	case map[string]any:
		for key := range v {
			var one bool
			v[key], one = e.within(v[key])
			changed = changed || one
		}
	}
	return v, changed
}

// A Circle is a person with the organisations the person wrote for: in what is
// about these a name is the person's, elsewhere it may be a namesake's.
type Circle struct {
	Erasure
	IDs, Names []string // of the organisations
}

// of gives what to erase in a text about these organisations.
func (c Circle) of(about func(organisation string) bool) Erasure {
	for i := range c.IDs {
		if about(c.IDs[i]) || about(c.Names[i]) {
			return c.Erasure
		}
	}
	return c.Addressed()
}

// Activity gives what an activity said before it was amended, without the
// person. What the plan says now is a document of the municipality and stays.
func (c Circle) Activity(a Activity) (Activity, bool) {
	return Without(c.of(func(organisation string) bool {
		return slices.ContainsFunc(a.Responsible, func(p Party) bool { return p.Organisation == organisation }) ||
			strings.Contains(a.ResponsibleRaw, organisation)
	}), a)
}

// Amendment gives an amendment without the person in its reason and in the plan
// as it was. Who wrote it in did so for the municipality.
func (c Circle) Amendment(a Amendment) (Amendment, bool) {
	by := a.By
	a.By = ""
	out, changed := Without(c.Addressed(), a)
	out.By = by
	return out, changed
}

// Entry gives an entry without the person in what was said when it was decided
// how the promise goes on. Its official result stays.
func (c Circle) Entry(e Entry) (Entry, bool) {
	asked := func(organisation string) bool { return slices.Contains(e.Askees, organisation) }
	var changed bool
	e.Onward, changed = Without(c.of(asked), e.Onward)
	return e, changed
}

// Resolution gives a resolution without the person in its text.
func (c Circle) Resolution(r Resolution) (Resolution, bool) {
	by := r.By
	r.By = ""
	out, changed := Without(c.Addressed(), r)
	out.By = by
	return out, changed
}

// Meeting gives a meeting without the person in its texts.
func (c Circle) Meeting(m Meeting) (Meeting, bool) { return Without(c.Addressed(), m) }

// Evaluation gives the draft of an evaluation without the person: it is made of
// answers and will be made again. One that was approved is a public record of
// the municipality and stays as it was approved.
func (c Circle) Evaluation(e Evaluation) (Evaluation, bool) {
	if e.State != EvaluationDraft {
		return e, false
	}
	out, changed := Without(c.Addressed(), e)
	for _, area := range out.Areas {
		for _, m := range area.Measures {
			for i, row := range m.Activities {
				if cleaned, erased := Without(c.of(row.isAbout), row); erased {
					cleaned.ApprovedBy = row.ApprovedBy // who decided did so for the municipality
					m.Activities[i], changed = cleaned, true
				}
				m.Activities[i].rehash()
			}
		}
	}
	return out, changed
}

// rehash makes the hashes of answers fit their texts again.
func (r ActivityResult) rehash() {
	for i, a := range r.Answers {
		if a.TextHash != "" {
			r.Answers[i].TextHash = textHash(a.Text)
		}
	}
}

// isAbout reports whether an organisation answers for the row, or answered.
func (r ActivityResult) isAbout(organisation string) bool {
	for _, a := range r.Answers {
		if a.Organisation == organisation {
			return true
		}
	}
	return strings.Contains(r.Responsible, organisation)
}
