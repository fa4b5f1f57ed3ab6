package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store/planfile"
	"splneno/workflows"
)

// newOffice opens an office on an empty database.
func newOffice(t testing.TB) *workflows.Office {
	dir := t.TempDir()
	c := command{DB: "sqlite:" + filepath.Join(dir, "plan.db"), Key: filepath.Join(dir, "plan.key"), URL: "http://127.0.0.1:8080"}
	in, err := c.open(context.Background(), func() time.Time { return time.Date(2024, 1, 10, 8, 0, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.db.Close() })
	o := in.office("mesto")
	_, err = o.SetUp(context.Background(), clerk, func(m *engine.Municipality) {
		m.Name, m.Sender, m.Coordinator.Email = "Město", "plan@mesto.example", "kpss@mesto.example"
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

var clerk = engine.Actor{Kind: engine.ActorCoordinator, Name: "Jana Vymyšlená"}

// loadFile reads a file as the command does and says what importing it does.
func loadFile(t testing.TB, o *workflows.Office, name string, data []byte) engine.Merge {
	t.Helper()
	known, err := o.Records.Organisations(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	d, err := planfile.Read(name, data, known)
	if err != nil {
		t.Fatal(err)
	}
	m, err := o.PreviewImport(context.Background(), d, engine.Decisions{}, clerk)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A real document that comes in again, now that its organisations are known,
// changes nothing.
func TestSeedsAgain(t *testing.T) {
	seeds, err := filepath.Glob("../../../shared/seeds/*.txt")
	if err != nil || len(seeds) == 0 {
		t.Skip("the seed documents are not here")
	}
	for _, file := range seeds {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			o := newOffice(t)
			if d, err := planfile.Read(file, data, nil); err != nil || len(d.Activities) == 0 {
				t.Skip("it holds no activities: ", err)
			}
			if err := o.ConfirmImport(context.Background(), loadFile(t, o, file, data)); err != nil {
				t.Fatal(err)
			}
			again := loadFile(t, o, file, data)
			for _, i := range again.Items {
				if i.Fate != engine.Same || slices.ContainsFunc(i.Values, func(v engine.ValueMerge) bool { return v.Outcome != engine.Kept }) {
					t.Errorf("%+v", i)
				}
			}
			if again.Change.Event != "" || len(again.Taken) > 0 {
				t.Errorf("it changes something: %+v", again.Taken)
			}
		})
	}
}

// BenchmarkMerge merges a large plan with itself, one title edited.
func BenchmarkMerge(b *testing.B) {
	o := newOffice(b)
	d := engine.PlanDraft{Plan: engine.Plan{ID: "kpss", Title: "Plán", Kind: engine.MediumTermPlan, Measures: []engine.Measure{{Code: "1.1"}}}}
	for i := range 4000 {
		d.Activities = append(d.Activities, engine.ActivityDraft{Activity: engine.Activity{ID: fmt.Sprint("1.1/", i), Measure: "1.1", Title: fmt.Sprint("Činnost ", i),
			Responsible: []engine.Party{{Name: fmt.Sprint("Organizace ", i%200), Kind: engine.KindOrganisation}}}})
	}
	if err := o.Import(context.Background(), d, clerk); err != nil {
		b.Fatal(err)
	}
	d.Activities[0].Title = "Jiná"
	for b.Loop() {
		m, err := o.PreviewImport(context.Background(), d, engine.Decisions{}, clerk)
		if err != nil || len(m.Change.Activities) != 1 {
			b.Fatal(len(m.Change.Activities), err)
		}
	}
}
