package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// undecided is a year of a plan that goes on, with one activity of each kind.
func undecided() engine.Record {
	r := whole()
	r.Activities[0].Deadline = engine.Deadline{Raw: "průběžně", Ongoing: true}
	r.Activities[1].Deadline = engine.Deadline{Raw: "do 30. 6. 2023", Due: "2023-06-30"}
	r.Activities = append(r.Activities, promise("2.1/9", "2.1", mess, engine.Deadline{Raw: "2024", Start: "2024-01-01", Due: "2024-12-31"}),
		promise("2.1/10", "2.1", mess, engine.Deadline{Raw: "2025", Start: "2025-01-01", Due: "2025-12-31"}),
		promise("2.1/11", "2.1", mess, engine.Deadline{Raw: "2022"})) // an earlier season has closed it
	return r
}

// decide sets what follows each entry, in order.
func decide(r engine.Record, next ...engine.NextStep) engine.Record {
	for i, n := range next {
		r.Entries[i].NextStep = n
	}
	return r
}

func rowsOf(p engine.NextPart) map[string]engine.NextRow {
	out := map[string]engine.NextRow{}
	for _, row := range p.Rows {
		out[row.ID+" "+row.Title] = row
	}
	return out
}

func TestNextPartOfAPlanThatGoesOn(t *testing.T) {
	r := decide(undecided(), "", engine.Continue, engine.Postpone, engine.Close, engine.Drop)
	r.Entries[2].PostponedTo = "2024-06-30"
	r.Activities[8].Dropped = "Není peněz."
	next := engine.Evaluate(r, at("2024-02-15")).Next
	var ids, deadlines []string
	for _, row := range next.Rows {
		ids, deadlines = append(ids, row.ID), append(deadlines, row.Deadline)
	}
	if d := cmp.Diff([]string{"1.1/1", "1.1/2", "1.1/3", "2.1/3", "A/1", "A/2", "2.1/9"}, ids); d != "" {
		t.Errorf("rows (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"průběžně", "", "dne 2024-06-30", "", "", "", "2024"}, deadlines); d != "" {
		t.Errorf("deadlines (-want +got):\n%s", d)
	}
	if last := next.Rows[len(next.Rows)-1]; next.Year != 2024 || next.Title != "" || last.From != nil || next.Rows[0].From[0] != "1.1/1" {
		t.Errorf("next %+v", next)
	}
}

func TestNextPartOfAPlanThatEnds(t *testing.T) {
	r := decide(undecided(), engine.CarryOver, engine.CarryOver, engine.CarryOver, engine.CarryOver, engine.CarryOver)
	r.Plan.End = "2023-12-31"
	r.Entries[0].Onward = engine.Onward{How: engine.CarrySplit, Titles: []string{"První část", "Druhá část"}}
	r.Entries[1].Onward = engine.Onward{How: engine.CarryMerge, Titles: []string{"Společně"}}
	r.Entries[2].Onward = engine.Onward{How: engine.CarryRephrase, Titles: []string{"Jinými slovy"}}
	r.Entries[3].Onward = engine.Onward{How: engine.CarryMerge, Titles: []string{"společně"}}
	next := engine.Evaluate(r, at("2024-02-15")).Next
	got := rowsOf(next)
	if len(got) != 5 || len(next.Rows) != 5 {
		t.Fatalf("%d rows: %+v", len(next.Rows), next.Rows)
	}
	for key, from := range map[string][]string{"1.1/1 První část": {"1.1/1"}, " Druhá část": {"1.1/1"}, "1.1/2 Společně": {"1.1/2", "2.1/1"},
		"1.1/3 Jinými slovy": {"1.1/3"}, "2.1/2 " + r.Activities[4].Title: {"2.1/2"}} {
		if d := cmp.Diff(from, got[key].From); d != "" {
			t.Errorf("%s (-want +got):\n%s", key, d)
		}
	}
}

func TestNextPartOfAPlanThatIsPrepared(t *testing.T) {
	r := decide(undecided(), engine.CarryOver, engine.CarryOver, engine.CarryOver)
	r.Plan.End = "2023-12-31"
	heir := func(id, title string, from ...string) engine.Activity {
		a := engine.Activity{Plan: "novy", ID: id, Title: title}
		for _, ref := range from {
			a.Carried = append(a.Carried, engine.Carry{From: ref, How: engine.CarryMerge})
		}
		return a
	}
	all := append(r.Activities, heir("1.1/7", "Nová služba"), heir("1.1/1", "Obojí", "kpss-dubovice/1.1/1", "kpss-dubovice/1.1/2"),
		heir("1.1/8", "Odjinud", "jiny/3.3"), heir("1.1/9", "Zase ne", "kpss-dubovice/A/1"))
	all[len(all)-1].Dropped = "Nakonec ne."
	plans := []engine.Plan{r.Plan, {ID: "pozdeji", Start: "2030-01-01"}, {ID: "novy", Title: "Nový plán", Start: "2025-01-01"}}
	all = append(all, engine.Activity{Plan: "pozdeji", ID: "1", CarriedFrom: "kpss-dubovice/1.1/1"})
	r.Successor, r.Made = engine.Successor(r.Plan.ID, plans, all)
	next := engine.Evaluate(r, at("2024-02-15")).Next
	want := engine.NextPart{Title: "Nový plán", Year: 2025, Rows: []engine.NextRow{{ID: "1.1/7", Title: "Nová služba"}, {ID: "1.1/1", Title: "Obojí", From: []string{"1.1/1", "1.1/2"}},
		{ID: "1.1/3", Title: r.Activities[2].Title, From: []string{"1.1/3"}}}}
	if d := cmp.Diff(want, next); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if p, made := engine.Successor("novy", plans, all); p.ID != "" || made != nil {
		t.Errorf("nothing follows, and yet %s", p.ID)
	}
	if got := engine.AncestorPlans("novy", append(all, engine.Activity{Plan: "kpss-dubovice", ID: "0", CarriedFrom: "jeste-starsi/1"})); !cmp.Equal([]string{"novy", "jiny", "kpss-dubovice", "jeste-starsi"}, got) {
		t.Errorf("older plans %v", got)
	}
}
