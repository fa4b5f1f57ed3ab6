package czech

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

func TestWithoutContacts(t *testing.T) {
	for text, want := range map[string]string{
		"Napište na jana.novakova+kpss@charita.example.cz.":        "Napište na (kontakt neuveden).",
		"mailto:info@mesto.example":                                "(kontakt neuveden)",
		"info (zavináč) mesto.example, info[at]mesto.example":      "(kontakt neuveden), (kontakt neuveden)",
		"Volejte +420 376 347 111 nebo 00420 602123456.":           "Volejte (kontakt neuveden) nebo (kontakt neuveden).",
		"tel. 376 347 111, 602\u00a0123\u00a0456; mobil 602123456": "tel. (kontakt neuveden), (kontakt neuveden); mobil (kontakt neuveden)",
		"tel.: 602-123-456":                                        "tel.: (kontakt neuveden)",
		"r. č. 855214/1234":                                        "r. č. (kontakt neuveden)",
	} {
		if got := withoutContacts(text); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
	for _, text := range []string{"", "123 456 789 Kč", "602 123 456 korun", "123456789,- Kč", "1 234 567 Kč", "CZ.03.2.63/0.0/0.0/16_063/0006556", "2008–2013, 376 míst",
		"v letech 2021 2022 2023", "IČO 12345678", "at je to jak chce", "opatření 1.2/3"} {
		if got := withoutContacts(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestNames(t *testing.T) {
	n := names{}
	for _, name := range []string{"Mgr. Jana Nováková, DiS.", "Petr Černý", "Dvořák Tomáš", "Ing. Marie Anna Svobodová-Krátká", "Podatelna", "", "Josef Němec"} {
		n.add(name)
	}
	for text, want := range map[string]string{
		"Zajistila Jana Nováková.":               "Zajistila (jméno neuvedeno).",
		"poděkování Mgr. Janě Novákové za pomoc": "poděkování Mgr. (jméno neuvedeno) za pomoc",
		"s Janou Novákovou a Petrem Černým":      "s (jméno neuvedeno) a (jméno neuvedeno)",
		"paní Nováková":                          "paní (jméno neuvedeno)",
		"Nováková zajistila":                     "(jméno neuvedeno) zajistila",
		"NOVÁKOVÁ JANA":                          "(jméno neuvedeno)",
		"jana nováková volala":                   "(jméno neuvedeno) volala",
		"od pana Černého":                        "od pana (jméno neuvedeno)",
		"u Tomáše Dvořáka a k Dvořákovi":         "u (jméno neuvedeno) a k (jméno neuvedeno)",
		"s Josefem Němcem":                       "s (jméno neuvedeno)",
		"Nováková, Jana":                         "(jméno neuvedeno)",
		"Novakova Jana":                          "(jméno neuvedeno)",
		"Bc. Černý přišel":                       "Bc. (jméno neuvedeno) přišel",
	} {
		if got := n.without(text); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
	for _, text := range []string{"", "černý trh", "Podatelna přijímá", "Nové byty", "Černý trh nechceme.", "Jana Veselá", "Novákovi nikdo nepsal, ale jana ano", "Pomohli v němčině."} {
		if got := n.without(text); got != text && text != "Novákovi nikdo nepsal, ale jana ano" {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// A planter fills whatever it is given: every text holds all that must not be
// told.
type planter struct{ n int }

var canaries = []string{"tajna.adresa@canary.example", "602 765 431", "Hermínou Kanárkovou", "2 klientům", "tři nové uživatelky"}

func (p *planter) fill(v reflect.Value) {
	p.n++
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(fmt.Sprintf("Text %d: %s.", p.n, strings.Join(canaries, ", ")))
		}
	case reflect.Int, reflect.Int64:
		v.SetInt(2)
	case reflect.Float64:
		v.SetFloat(3)
	case reflect.Slice:
		if v.Type().Elem() == reflect.TypeFor[engine.PartDeadline]() || v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		p.fill(v.Index(0))
	case reflect.Map:
		if v.Type() == reflect.TypeFor[map[string]string]() {
			v.Set(reflect.ValueOf(map[string]string{"fulfilled": "splněno s " + canaries[2]}))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				p.fill(v.Field(i))
			}
		}
	}
}

// planted is a record with the canaries in every text of whatever an evaluation
// is made of, answers, drafts, notes and contacts included.
func planted() engine.Record {
	var r engine.Record
	p := &planter{}
	for _, part := range []any{&r.Municipality, &r.Plan, &r.Activities, &r.Organisations, &r.Entries, &r.Requests, &r.Proposals, &r.Supplement} {
		p.fill(reflect.ValueOf(part).Elem())
	}
	r.Plan.ID, r.Plan.Areas[0].Code, r.Plan.Measures[0].Code, r.Plan.Measures[0].Area = "kpss", "1", "1.1", "1"
	r.Period = engine.Year(2023)
	key := engine.EntryKey{Plan: "kpss", Period: "2023", Activity: "1.1/1"}
	a := &r.Activities[0]
	a.Plan, a.ID, a.Area, a.Measure, a.Dropped, a.CarriedFrom, a.Carried = "kpss", "1.1/1", "1", "1.1", "", "", nil
	a.Indicators[0].Unit = "osob"
	person := r.Organisations[0]
	person.ID, person.Kind, person.Name, person.Contacts[0].Name, person.Aliases = "osoba", engine.KindPerson, "Jan Ptáček", "Hermína Kanárková", nil
	charita := engine.Organisation{ID: "charita", Name: "Oblastní charita", Kind: engine.KindOrganisation, Contacts: []engine.Contact{{Name: "Mgr. Hermína Kanárková", Email: "x@canary.example"}}}
	r.Organisations = []engine.Organisation{person, charita}
	a.Responsible = []engine.Party{{Name: "Jan Ptáček", Kind: engine.KindPerson}, {Name: "Oblastní charita", Organisation: "charita"}}
	a.Answers = engine.EachAnswers
	e := &r.Entries[0]
	e.EntryKey, e.State, e.Askees, e.NextStep, e.Onward.How = key, engine.Partial, []string{"osoba", "charita"}, engine.CarryOver, engine.CarryRephrase
	e.ApprovedAt, e.Numbers[0].Unit = time.Date(2024, 1, 20, 0, 0, 0, 0, time.UTC), "klientů"
	r.Proposals[0].EntryKey, r.Proposals[0].Organisation, r.Proposals[0].Revision = key, "charita", 1
	q := r.Requests[0]
	q.Organisation, q.Written, q.Activities = "osoba", []engine.Date{"2024-01-10"}, []string{"1.1/1"}
	r.Requests = []engine.Request{q}
	return r
}

// told is the evaluation of that record, with the canaries in what people write
// into an evaluation, too.
func toldOf(r engine.Record) engine.Evaluation {
	e := engine.Evaluate(r, time.Date(2024, 2, 15, 0, 0, 0, 0, time.UTC))
	p := &planter{}
	for _, part := range []*string{&e.Foreword, &e.Conclusion, &e.Reason, &e.FrozenBy} {
		p.fill(reflect.ValueOf(part).Elem())
	}
	p.fill(reflect.ValueOf(&e.Edits).Elem())
	e.Edits[0].Key = "foreword"
	return e
}

func TestNothingGetsOut(t *testing.T) {
	r := planted()
	e := toldOf(r)
	before, _ := json.Marshal(e)
	got := Public(e, r.Organisations)
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range append([]string{"canary.example", "765 431", "Kan\u00e1r", "Herm\u00edn", "Pt\u00e1\u010dek", `"Value":3`, `"Planned":3`}, canaries...) {
		if strings.Contains(string(text), c) {
			at := strings.Index(string(text), c)
			t.Errorf("%q gets out: …%s…", c, text[max(0, at-120):min(len(text), at+60)])
		}
		if !strings.Contains(string(before), c) {
			t.Errorf("%q was never in: the test tries nothing", c)
		}
	}
	row := got.Rows()[0]
	if row.Responsible != SomePerson+"; Oblastní charita" || row.Silent[0] != SomePerson || row.Answers[0].Organisation != "Oblastní charita" || got.Unheard[0].Organisation != SomePerson {
		t.Errorf("bodies: %q, silent %q, answers of %q, unheard %q", row.Responsible, row.Silent, row.Answers[0].Organisation, got.Unheard[0].Organisation)
	}
	if n := row.Numbers[0]; n.Below != 5 || n.Value != 0 || row.Answers[0].Text+row.Answers[0].TextHash != "" || row.ApprovedBy != CoordinatorName || !got.Publicized {
		t.Errorf("row %+v", row)
	}
	if after, _ := json.Marshal(e); string(after) != string(before) {
		t.Error("the evaluation itself was changed")
	}
	if again, _ := json.Marshal(Public(got, r.Organisations)); string(again) != string(text) {
		t.Error("done twice it changes more")
	}
	was, _ := e.Digest()
	if is, err := got.Digest(); err != nil || is == was {
		t.Errorf("digest %s, %v", is, err)
	}
}

// Whoever was a contact when the evaluation was approved and has left since is
// still not told.
func TestPeopleWhoHaveLeft(t *testing.T) {
	r := planted()
	e := toldOf(r)
	e.People = People(e, r.Organisations, "Nikdo Nezminěný")
	if want := []string{"Hermína Kanárková", "Jan Ptáček", "Mgr. Hermína Kanárková"}; !slices.Equal(e.People, want) {
		t.Errorf("people %q, want %q", e.People, want)
	}
	gone := []engine.Organisation{{ID: "charita", Name: "Oblastní charita", Kind: engine.KindOrganisation}}
	text, err := json.Marshal(Public(e, gone))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{"Kanár", "Hermín", "Ptáček"} {
		if strings.Contains(string(text), c) {
			t.Errorf("%q gets out", c)
		}
	}
	if !strings.Contains(string(text), "Oblastní charita") {
		t.Error("a body is taken for a person")
	}
}

func BenchmarkPublic(b *testing.B) {
	r := planted()
	for i := range 500 {
		r.Organisations = append(r.Organisations, engine.Organisation{ID: fmt.Sprint(i), Name: fmt.Sprintf("Organizace %d", i), Contacts: []engine.Contact{{Name: fmt.Sprintf("Jana Zkoušená%d", i)}}})
	}
	e := toldOf(r)
	row := engine.ActivityResult{ID: "1.1/2", Title: "Rozšířit odlehčovací a pečovatelskou službu v obcích regionu", Responsible: "Organizace 7; Organizace 8", Deadline: "do 31. 12. 2023",
		Missing: strings.Repeat("Chybí peníze na víkendový provoz. ", 4), Numbers: []engine.Number{{Name: "Počet klientů", Unit: "osob", Value: 3}}, Answers: make([]engine.GivenAnswer, 2)}
	row.Narrative = strings.Repeat("Služba proběhla podle plánu v šesti obcích a využilo ji 120 klientů. ", 6)
	for range 4000 {
		e.Areas[0].Measures[0].Activities = append(e.Areas[0].Measures[0].Activities, row)
	}
	for b.Loop() {
		Public(e, r.Organisations)
	}
}
