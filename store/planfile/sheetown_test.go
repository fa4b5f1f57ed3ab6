package planfile_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"splneno/engine"
	"splneno/engine/czech"
	"splneno/store/planfile"
)

// writers are the four formats of export, CSV in both of its variants.
var writers = []struct {
	name  string
	write func(io.Writer, engine.PlanDraft) error
}{
	{"plan.yaml", planfile.WriteYAML},
	{"plan.json", planfile.WriteJSONFile},
	{"plan.xlsx", planfile.WriteXLSX},
	{"plan.csv", func(w io.Writer, d engine.PlanDraft) error { return planfile.WriteCSV(w, d, false) }},
	{"excel.csv", func(w io.Writer, d engine.PlanDraft) error { return planfile.WriteCSV(w, d, true) }},
}

// TestExportReadsBack writes random drafts in every format, wants them back
// unchanged, and the same bytes when they are written again.
func TestExportReadsBack(t *testing.T) {
	const rounds = 50
	for seed := range uint64(rounds) {
		d := randomDraft(rand.New(rand.NewPCG(seed, 7)))
		for _, w := range writers {
			var first, second bytes.Buffer
			if err := w.write(&first, d); err != nil {
				t.Fatalf("seed %d, %s: %v", seed, w.name, err)
			}
			again, err := planfile.Read(w.name, first.Bytes(), nil)
			if err != nil {
				t.Fatalf("seed %d, %s: %v", seed, w.name, err)
			}
			if diff := cmp.Diff(d, again, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("seed %d, %s: %s", seed, w.name, diff)
			}
			if err := w.write(&second, again); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Fatalf("seed %d, %s: written again it is another file", seed, w.name)
			}
		}
	}
}

// pieces are what texts of people, and of people who mean harm, are made of.
var pieces = []string{"Péče o seniory", " ", "\n", "=1+1", "+420", "-", "@x", "'", "''", "\"", ";", ",", "|", " | ", `\`, `\n`, `\0`,
	"\t", "\r\n", "\r", "\x00", "\x0b", "_x000D_", "_x005F_", "<b>&amp;</b>", "1.1", "007", "2023-01-01", "1,5", "ano", "splněno", "~", "null",
	"ﬀ", "e\u0301", "\u200b", "＝2", "👍", "#", ": ", "- ", "{", "…", "\ufeff", "ř"}

type source struct{ *rand.Rand }

func (r source) text() string {
	s := ""
	for range r.IntN(4) {
		s += pieces[r.IntN(len(pieces))]
	}
	return s
}

func (r source) some(f func()) {
	for range r.IntN(3) {
		f()
	}
}

func (r source) texts() (out []string) {
	r.some(func() { out = append(out, r.text()) })
	return out
}

func (r source) day() engine.Date {
	if r.IntN(2) == 0 {
		return ""
	}
	return engine.NewDate(1990+r.IntN(60), 1, 1).AddDays(r.IntN(365))
}

func oneOf[T any](r source, list ...T) T { return list[r.IntN(len(list))] }

func (r source) deadline(year int) engine.Deadline {
	d := czech.ReadDeadline(oneOf(r, "", "2023", "Průběžně", "a), b) 2023 c) 2024", "do konce června", r.text()), year)
	if r.IntN(3) == 0 { // somebody read it otherwise
		d.Kind, d.Due, d.Certain = engine.DeadlineDate, r.day(), true
	}
	return d
}

func randomDraft(rng *rand.Rand) engine.PlanDraft {
	r := source{rng}
	var d engine.PlanDraft
	d.Plan = engine.Plan{ID: "plan-1", Title: r.text(), Kind: oneOf(r, engine.MediumTermPlan, engine.ActionPlan, engine.EvaluationPlan),
		Territory: r.text(), Start: r.day(), End: r.day(), OpenEnd: r.text(), ApprovedBy: r.text(), ApprovedOn: r.day(), ApprovedAt: r.text(),
		Parent: r.text(), Funding: r.text(), Levels: engine.Levels{Above: r.text(), Measure: r.text()}}
	r.some(func() {
		d.Plan.Approvals = append(d.Plan.Approvals, engine.Approval{Body: r.text(), Verb: engine.VerbExtended, Day: r.day(), What: r.text(), Until: r.day()})
	})
	for i := range 1 + r.IntN(3) {
		area, measure := fmt.Sprint(i+1), fmt.Sprintf("%d.1", i+1)
		d.Plan.Areas = append(d.Plan.Areas, engine.Area{Code: area, Title: r.text(), Above: r.text()})
		d.Plan.Measures = append(d.Plan.Measures, engine.Measure{Code: measure, Title: r.text(), Area: area, CrossCutting: r.IntN(2) == 0, Description: r.text()})
		for n := range 1 + r.IntN(3) {
			a := r.activity(d.Plan.Start.Year())
			a.Area, a.Measure, a.ID = area, measure, fmt.Sprintf("%s/%d", measure, n+1)
			a.Plan, a.Position = d.Plan.ID, len(d.Activities)+1
			d.Activities = append(d.Activities, a)
		}
	}
	r.some(func() {
		d.Services = append(d.Services, engine.Service{Provider: "P" + r.text(), Name: r.text(), Capacity: r.text(), Scope: r.text(), Beds: r.IntN(99)})
	})
	r.some(func() {
		d.Projects = append(d.Projects, engine.Project{Title: "T" + r.text(), Implementer: r.text(), Term: r.text()})
	})
	d.Organisations = append(d.Organisations, engine.Organisation{ID: "charita", Name: r.text(), Kind: engine.KindOrganisation, Aliases: r.texts(),
		Contacts: []engine.Contact{{Name: r.text(), Email: "a@b.cz", Role: r.text(), Deputy: r.IntN(2) == 0}}, Ended: r.day()})
	if r.IntN(2) == 0 {
		d.Period = engine.Year(2023)
	}
	r.some(func() {
		d.Events = append(d.Events, engine.Occasion{Kind: engine.OccasionHeld, Name: r.text(), Day: r.day(), Programme: r.texts()})
	})
	r.some(func() {
		d.Warnings = append(d.Warnings, engine.Warning{Line: len(d.Warnings), Text: r.text(), Reason: r.text() + "!"})
	})
	return d
}

func (r source) activity(year int) engine.ActivityDraft {
	a := engine.ActivityDraft{Status: oneOf(r, append(engine.States(), engine.StateUnknown)...), Narrative: r.text(), CarriedOver: r.IntN(2) == 0,
		Unsure: r.texts(), Line: r.IntN(99)}
	if a.Status == engine.Fulfilled && r.IntN(2) == 0 {
		a.Qualifier = engine.AnotherForm
	}
	if r.IntN(2) == 0 {
		a.Sources = map[string]string{"title": r.text(), "deadline": "List1!C7"}
	}
	a.Label, a.Title, a.Details, a.TargetGroup, a.ResponsibleRaw = r.text(), r.text(), r.texts(), r.text(), r.text()
	a.StatusRaw, a.CarriedFrom = r.text(), r.text()
	r.some(func() {
		a.Responsible = append(a.Responsible, engine.Party{Name: r.text(), Kind: engine.KindOpenGroup, Role: oneOf(r, "", engine.RoleLead), Organisation: oneOf(r, "", "charita")})
	})
	r.some(func() {
		a.Indicators = append(a.Indicators, engine.Indicator{Name: r.text(), Unit: r.text(), Planned: oneOf(r, 0, 1, 2.5, 0.1+0.2, 1e-12, 1e20)})
	})
	a.Answers, a.Dropped = oneOf(r, engine.AnyAnswers, engine.LeadAnswers), r.text()
	r.some(func() { a.Carried = append(a.Carried, engine.Carry{From: "p/" + r.text(), How: engine.CarrySplit}) })
	a.Deadline = r.deadline(year)
	r.some(func() {
		a.Parts = append(a.Parts, engine.Part{Label: oneOf(r, "a)", "b)", ""), Text: r.text(), Deadline: r.deadline(year)})
	})
	return a
}
