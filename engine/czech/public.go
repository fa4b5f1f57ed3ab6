package czech

import (
	"reflect"
	"slices"
	"strings"

	"splneno/engine"
)

// smallest is the least count of persons that is told to everybody: of fewer it
// can be guessed who they are.
const smallest = 5

// The words that stand for what is not for everybody.
const (
	Unnamed    = "(jméno neuvedeno)"
	Uncontact  = "(kontakt neuveden)"
	SomePerson = "fyzická osoba"
)

// Public gives the evaluation as everybody may read it: what was approved,
// without the answers in their own words, without the names and contacts of
// people, and without counts of persons from 1 to 4. bodies are all that were
// asked: their own names stay, unless they are people; the names of their
// contacts go, in whatever case they stand, and those the evaluation keeps of
// when it was approved: who has left since is still not told. Done twice it
// changes nothing more.
//
// Only what is told is looked at, word by word: a person no body names, and a
// count without a word for persons beside it, are not recognised. Nothing adds
// persons up, so that no sum gives a count away that was left out.
func Public(e engine.Evaluation, bodies []engine.Organisation) engine.Evaluation {
	m := newMask(bodies)
	for _, name := range e.People {
		m.names.add(name)
	}
	e = m.copied(reflect.ValueOf(e.Told()), "").Interface().(engine.Evaluation)
	e.Publicized = true
	if e.FrozenBy != "" {
		e.FrozenBy = CoordinatorName
	}
	for _, a := range e.Areas {
		for _, measure := range a.Measures {
			for i := range measure.Activities {
				m.row(&measure.Activities[i])
			}
		}
	}
	for i := range e.Unheard {
		e.Unheard[i].Organisation = m.body(e.Unheard[i].Organisation)
	}
	for i := range e.Next.Rows {
		e.Next.Rows[i].Responsible = m.bodiesOf(e.Next.Rows[i].Responsible)
	}
	return e
}

// People gives those of some names, and of the people among the bodies and their
// contacts, that the texts of an evaluation may hold.
func People(e engine.Evaluation, bodies []engine.Organisation, others ...string) []string {
	m := newMask(bodies)
	m.met = map[string]bool{}
	for _, b := range bodies {
		if b.Kind == engine.KindPerson {
			others = append(append(others, b.Name), b.Aliases...)
		}
		for _, c := range b.Contacts {
			others = append(others, c.Name)
		}
	}
	m.copied(reflect.ValueOf(e.Told()), "")
	slices.Sort(others)
	return slices.DeleteFunc(slices.Compact(others), func(name string) bool {
		alone := names{}
		alone.add(name)
		for form := range alone {
			if m.met[form] {
				return false
			}
		}
		return true
	})
}

// A mask leaves out of texts what is not for everybody.
type mask struct {
	names  names
	bodies map[string]string // name of a body → what everybody is told
	met    map[string]bool   // words of the texts, where they are only looked through
}

func newMask(bodies []engine.Organisation) mask {
	m := mask{names: names{}, bodies: map[string]string{}}
	for _, b := range bodies {
		for _, name := range append([]string{b.Name}, b.Aliases...) {
			m.bodies[name] = name
			if b.Kind == engine.KindPerson {
				m.bodies[name] = SomePerson
				m.names.add(name)
			}
		}
		for _, c := range b.Contacts {
			m.names.add(c.Name)
		}
	}
	return m
}

// row sets right what in a row is no prose.
func (m mask) row(r *engine.ActivityResult) {
	r.Responsible = m.bodiesOf(r.Responsible)
	if r.ApprovedBy != "" {
		r.ApprovedBy = CoordinatorName
	}
	for i := range r.Answers {
		r.Answers[i].Organisation = m.body(r.Answers[i].Organisation)
		r.Answers[i].TextHash = "" // of a short answer it can be guessed
	}
	for i := range r.Silent {
		r.Silent[i] = m.body(r.Silent[i])
	}
	for i, n := range r.Numbers {
		if few(n.Name, n.Unit, n.Value) {
			r.Numbers[i].Value, r.Numbers[i].Below = 0, smallest
		}
	}
	for i, n := range r.Planned {
		if few(n.Name, n.Unit, n.Planned) {
			r.Planned[i].Planned = 0
		}
	}
}

// body gives the name of a body as everybody may read it.
func (m mask) body(name string) string {
	if told, known := m.bodies[name]; known {
		return told
	}
	return m.text(name)
}

// bodiesOf does so for bodies apart from one another.
func (m mask) bodiesOf(text string) string {
	parts := strings.Split(text, "; ")
	for i := range parts {
		parts[i] = m.body(parts[i])
	}
	return strings.Join(parts, "; ")
}

// text leaves out of prose what is not for everybody.
func (m mask) text(text string) string {
	if m.met != nil {
		for _, w := range wordsOf(unseen.Replace(text)) {
			m.met[w.folded] = true
		}
		return text
	}
	return withoutFew(m.names.without(withoutContacts(unseen.Replace(text))))
}

// unseen takes out the signs that print nothing: between the letters of a name
// they would keep it from being found.
var unseen = strings.NewReplacer("\u00ad", "", "\u200b", "", "\u200c", "", "\u200d", "", "\u200e", "", "\u200f", "", "\u2060", "", "\ufeff", "")

// apart are the fields whose words are keys, hashes, or names of bodies.
var apart = map[string]bool{"ID": true, "Plan": true, "Code": true, "From": true, "Key": true, "Hash": true, "TextHash": true, "Continues": true, "Changes": true,
	"Fields": true, "Activities": true, "Responsible": true, "Organisation": true, "Silent": true, "Period": true, "ApprovedBy": true, "FrozenBy": true}

// copied gives a value of its own with every text masked, but those apart.
func (m mask) copied(v reflect.Value, field string) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && (!apart[field] || m.met != nil) {
			out.SetString(m.text(v.String()))
		}
	case reflect.Slice:
		if v.IsNil() {
			break
		}
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(m.copied(v.Index(i), field))
		}
	case reflect.Map:
		if v.IsNil() {
			break
		}
		out.Set(reflect.MakeMap(v.Type()))
		for it := v.MapRange(); it.Next(); {
			out.SetMapIndex(it.Key(), m.copied(it.Value(), field))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() { // an instant has none
				out.Field(i).Set(m.copied(v.Field(i), f.Name))
			}
		}
	}
	return out
}
