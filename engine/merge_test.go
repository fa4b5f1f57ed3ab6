package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// shelf keeps one plan through its imports, as a store would.
type shelf struct {
	t             *testing.T
	plans         []engine.Plan
	activities    []engine.Activity
	organisations []engine.Organisation
	base          engine.Imported
}

func (s *shelf) preview(d engine.PlanDraft, by engine.Decisions) (engine.Merge, error) {
	return engine.Import(engine.Incoming{Draft: d, Organisations: s.organisations, Plans: s.plans, Activities: s.activities, Base: s.base,
		Slug: slug, Expand: expand, Decisions: by}, jana, at("2023-01-10"))
}

// expand knows one abbreviation.
func expand(name string) string { return slug(strings.ReplaceAll(name, "MSS", "Městské středisko")) }

func (s *shelf) load(d engine.PlanDraft, by engine.Decisions) engine.Merge {
	s.t.Helper()
	m, err := s.preview(d, by)
	if err != nil {
		s.t.Fatal(err)
	}
	c := m.Change
	for _, p := range c.Plans {
		p.Version++
		s.plans = []engine.Plan{p}
	}
	for _, a := range c.Activities {
		a.Version++
		s.activities = replace(s.activities, a, func(b engine.Activity) bool { return a.ID == b.ID })
	}
	for _, o := range c.Organisations {
		o.Version++
		s.organisations = replace(s.organisations, o, func(b engine.Organisation) bool { return o.ID == b.ID })
	}
	for _, i := range c.Imported {
		i.Version++
		s.base = i
	}
	slices.SortFunc(s.activities, func(a, b engine.Activity) int { return a.Position - b.Position })
	return m
}

func replace[T any](list []T, v T, is func(T) bool) []T {
	if i := slices.IndexFunc(list, is); i >= 0 {
		list[i] = v
		return list
	}
	return append(list, v)
}

// said gives what a merge says of everything that is not left alone.
func said(m engine.Merge) (out []string) {
	for _, i := range m.Items {
		if i.Fate != engine.Same {
			out = append(out, fmt.Sprintf("%s %s %s", i.Thing, i.ID, i.Fate))
		}
		for _, v := range i.Values {
			out = append(out, fmt.Sprintf("%s %s: %q %q %q", i.Name(v.Field), v.Outcome, v.Base, v.Ours, v.File))
		}
	}
	return out
}

func twoRows() engine.PlanDraft {
	return engine.PlanDraft{Plan: plan(), Activities: []engine.ActivityDraft{row("1.1/1", "", "Městské středisko"), row("1.1/2", "", "Oblastní charita")}}
}

func TestMerge(t *testing.T) {
	retitle := func(title string) func(*engine.PlanDraft) {
		return func(d *engine.PlanDraft) { d.Activities[0].Title = title }
	}
	here := func(title string) func(*shelf) { return func(s *shelf) { s.activities[0].Title = title } }
	old := "Zajištění provozu"
	tests := []struct {
		name    string
		here    func(*shelf)
		file    func(*engine.PlanDraft)
		by      engine.Decisions
		want    []string
		title   string // of the first activity afterwards
		changes bool
	}{
		{name: "nothing new", title: old},
		{name: "changed only in the file", file: retitle("Nový"), title: "Nový", changes: true,
			want: []string{"activity 1.1/1 changed", fmt.Sprintf("1.1/1.title taken: %q %q %q", old, old, "Nový")}},
		{name: "changed only here", here: here("Náš"), title: "Náš",
			want: []string{fmt.Sprintf("1.1/1.title kept: %q %q %q", old, "Náš", old)}},
		{name: "both the same", here: here("Nový"), file: retitle("Nový"), title: "Nový", changes: true},
		{name: "both different", here: here("Náš"), file: retitle("Nový"), title: "Náš",
			want: []string{fmt.Sprintf("1.1/1.title conflict: %q %q %q", old, "Náš", "Nový")}},
		{name: "decided for the file", here: here("Náš"), file: retitle("Nový"), title: "Nový", changes: true,
			by:   engine.Decisions{Theirs: []string{"1.1/1.title"}},
			want: []string{"activity 1.1/1 changed", fmt.Sprintf("1.1/1.title taken: %q %q %q", old, "Náš", "Nový")}},
		{name: "decided for us", here: here("Náš"), file: retitle("Nový"), title: "Náš", changes: true,
			by:   engine.Decisions{Ours: []string{"1.1/1.title"}},
			want: []string{fmt.Sprintf("1.1/1.title kept: %q %q %q", old, "Náš", "Nový")}},
		{name: "one more, in between", title: old, changes: true, want: []string{"activity 1.1/3 created", "organisation obec created"},
			file: func(d *engine.PlanDraft) { d.Activities = slices.Insert(d.Activities, 1, row("1.1/3", "", "Obec")) }},
		{name: "one less", title: old, changes: false, want: []string{"activity 1.1/2 no longer in the file"},
			file: func(d *engine.PlanDraft) { d.Activities = d.Activities[:1] }},
		{name: "one dropped", title: old, changes: true, want: []string{"activity 1.1/2 dropped"},
			by:   engine.Decisions{Drop: []string{"1.1/2"}, Reason: "zrušeno radou"},
			file: func(d *engine.PlanDraft) { d.Activities = d.Activities[:1] }},
		{name: "plan, area and measure", title: old, changes: true,
			want: []string{"plan kpss-dubovice changed", `plan.title taken: "Střednědobý plán rozvoje sociálních služeb" "Střednědobý plán rozvoje sociálních služeb" "Plán"`,
				"area 2 changed", `area/2.title taken: "Rodiny s dětmi" "Rodiny s dětmi" "Rodiny"`, "measure A no longer in the file"},
			file: func(d *engine.PlanDraft) {
				d.Plan.Title, d.Plan.Areas[1].Title, d.Plan.Measures = "Plán", "Rodiny", d.Plan.Measures[:2]
			}},
		{name: "another party", title: old, changes: true,
			want: []string{"activity 1.1/2 changed", `1.1/2.responsible taken: "" "" ""`, "organisation obec created"},
			file: func(d *engine.PlanDraft) { d.Activities[1].Responsible = row("", "", "Obec").Responsible }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &shelf{t: t}
			s.load(twoRows(), engine.Decisions{})
			if tt.here != nil {
				tt.here(s)
			}
			d := twoRows()
			if tt.file != nil {
				tt.file(&d)
			}
			m := s.load(d, tt.by)
			if diff := cmp.Diff(tt.want, said(m)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if s.activities[0].Title != tt.title || (m.Change.Event != "") != tt.changes {
				t.Errorf("title %q, change %q", s.activities[0].Title, m.Change.Event)
			}
			if tt.changes {
				if again := s.load(d, engine.Decisions{}); again.Change.Event != "" {
					t.Errorf("the same file again changes: %v", said(again))
				}
			}
		})
	}
}

func TestMergeRefusesUselessDecisions(t *testing.T) {
	s := &shelf{t: t}
	s.load(twoRows(), engine.Decisions{})
	for _, by := range []engine.Decisions{{Theirs: []string{"1.1/1.title"}}, {Ours: []string{"9"}}, {Drop: []string{"1.1/2"}, Reason: "x"}} {
		_, err := s.preview(twoRows(), by)
		wantCode(t, err, engine.Invalid)
	}
	less := twoRows()
	less.Activities = less.Activities[:1]
	_, err := s.preview(less, engine.Decisions{Drop: []string{"1.1/2"}, Reason: " "})
	wantCode(t, err, engine.Invalid)
}

// The same words are the same parties, however they are read today, until it is
// decided otherwise.
func TestMergeKeepsTheReadingOfTheSameWords(t *testing.T) {
	s, d := &shelf{t: t}, twoRows()
	d.Activities[0].ResponsibleRaw = "Městské středisko Oblastní charita"
	s.load(d, engine.Decisions{})
	d = twoRows()
	d.Activities[0] = row("1.1/1", "", "Městské středisko", "Oblastní charita")
	d.Activities[0].ResponsibleRaw = "Městské středisko Oblastní charita"
	m, err := s.preview(d, engine.Decisions{})
	want := []string{`1.1/1.responsible kept: "" "Městské středisko Oblastní charita" "Městské středisko; Oblastní charita"`}
	if diff := cmp.Diff(want, said(m)); err != nil || diff != "" || m.Change.Event != "" {
		t.Errorf("%v %q (-want +got):\n%s", err, m.Change.Event, diff)
	}
	s.load(d, engine.Decisions{Theirs: []string{"1.1/1.responsible"}})
	if got := s.activities[0].Responsible; len(got) != 2 {
		t.Errorf("decided for the file: %+v", got)
	}
}

// The same institution under an abbreviation is one organisation, said so; it
// is another one when the coordinator says that.
func TestMergeTakesAbbreviationsForTheirOrganisation(t *testing.T) {
	s := &shelf{t: t}
	s.load(twoRows(), engine.Decisions{})
	d := twoRows()
	d.Activities[1].Responsible = row("", "", "MSS").Responsible
	apart, err := s.preview(d, engine.Decisions{Apart: []string{"MSS"}})
	if err != nil || len(apart.Taken) != 0 || len(apart.Change.Organisations) != 1 || apart.Change.Organisations[0].ID != "mss" {
		t.Errorf("apart: %v, %+v, %+v", err, apart.Taken, apart.Change.Organisations)
	}
	m := s.load(d, engine.Decisions{})
	if diff := cmp.Diff([]engine.TakenFor{{Name: "MSS", Organisation: "Městské středisko"}}, m.Taken); diff != "" {
		t.Error(diff)
	}
	if got := s.activities[1].Responsible[0].Organisation; got != slug("Městské středisko") {
		t.Errorf("matched to %q", got)
	}
	if again := s.load(d, engine.Decisions{}); again.Change.Event != "" || len(again.Taken) != 0 {
		t.Errorf("said again: %v", again.Taken)
	}
}

// A printed result is never changed by a file; that it goes on is a fact beside it.
func TestMergeOfAnEvaluation(t *testing.T) {
	d := twoRows()
	d.Plan.Kind, d.Period = engine.EvaluationPlan, engine.Year(2008)
	d.Activities[0].Status, d.Activities[0].CarriedOver = engine.Fulfilled, true
	s := &shelf{t: t}
	first := s.load(d, engine.Decisions{})
	if e := first.Change.Entries[0]; e.State != engine.Fulfilled || e.NextStep != engine.CarryOver {
		t.Errorf("fulfilled and carried over is %s and %q", e.State, e.NextStep)
	}
	d.Activities[0].Status = engine.Partial
	m, err := engine.Import(engine.Incoming{Draft: d, Plans: s.plans, Activities: s.activities, Base: s.base, Entries: first.Change.Entries,
		Organisations: s.organisations, Slug: slug, Expand: expand}, jana, at("2023-01-10"))
	want := []string{`1.1/1.status not by import: "fulfilled" "fulfilled" "partial"`}
	if diff := cmp.Diff(want, said(m)); err != nil || diff != "" || len(m.Change.Entries) != 0 {
		t.Errorf("%v, %+v (-want +got):\n%s", err, m.Change.Entries, diff)
	}
}

// scramble edits a draft or what stands here, at random.
func scramble(r *rand.Rand, list []engine.Activity) {
	for i := range list {
		switch r.IntN(5) {
		case 0:
			list[i].Title = fmt.Sprint("Název ", r.IntN(3))
		case 1:
			list[i].Deadline = by(engine.Date(fmt.Sprintf("2023-0%d-28", 1+r.IntN(3))))
		case 2:
			list[i].Details = []string{fmt.Sprint(r.IntN(2))}
		}
	}
}

// Over random edits: the base again changes nothing, what was changed only here
// survives any file that equals the base, and a merge done twice is done once.
func TestRandomMerges(t *testing.T) {
	for seed := range uint64(200) {
		r := dice(t, seed)
		s, d := &shelf{t: t}, twoRows()
		for i := range r.IntN(5) {
			d.Activities = append(d.Activities, row(fmt.Sprint("2.1/", i), "", []string{"Obec", "Oblastní charita"}[r.IntN(2)]))
		}
		s.load(d, engine.Decisions{})
		scramble(r, s.activities)
		before := slices.Clone(s.activities)
		if m := s.load(d, engine.Decisions{}); m.Change.Event != "" {
			t.Fatalf("seed %d: the unchanged file changes %v", seed, said(m))
		}
		if diff := cmp.Diff(before, s.activities); diff != "" {
			t.Fatalf("seed %d: edits made here are lost:\n%s", seed, diff)
		}

		edited := d
		edited.Activities = slices.Clone(d.Activities)
		list := make([]engine.Activity, len(edited.Activities))
		for i, a := range edited.Activities {
			list[i] = a.Activity
		}
		scramble(r, list)
		for i := range list {
			edited.Activities[i].Activity = list[i]
		}
		r.Shuffle(len(edited.Activities), func(i, j int) {
			edited.Activities[i], edited.Activities[j] = edited.Activities[j], edited.Activities[i]
		})
		m, err := s.preview(edited, engine.Decisions{})
		if err != nil {
			t.Fatal(err)
		}
		var by engine.Decisions
		for _, name := range m.Conflicts() {
			if r.IntN(2) == 0 {
				by.Ours = append(by.Ours, name)
			} else {
				by.Theirs = append(by.Theirs, name)
			}
		}
		if len(by.Ours)+len(by.Theirs) > 0 && m.Change.Event != "" {
			t.Fatalf("seed %d: an undecided conflict would be written", seed)
		}
		s.load(edited, by)
		if again := s.load(edited, engine.Decisions{}); again.Change.Event != "" {
			t.Fatalf("seed %d: the same merge again changes %v", seed, said(again))
		}
	}
}
