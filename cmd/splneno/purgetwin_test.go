package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/cmd/splneno/country"
	"splneno/engine"
	"splneno/workflows"
)

// Two towns with the same years behind them go on alike. One lets everything go
// as soon as it may, at random times; the other keeps it for ever. What is
// official, what is to come and the documents never differ, and both journals
// stay whole.
func TestPurgeTwins(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		g := generateCommand{Towns: 1, Activities: 6, Years: 2, Seed: seed + 11, Until: 2024}
		file := filepath.Join(t.TempDir(), "keeps.db")
		c := generated(t, g, "sqlite:"+file)
		keeps := c
		c.DB = "sqlite:" + filepath.Join(filepath.Dir(file), "purges.db")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(strings.TrimPrefix(c.DB, "sqlite:"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2025, 2, 3, 7, 0, 0, 0, time.UTC)
		now := func() time.Time { return at }
		town := country.New(g.Seed, 0).ID
		keeper, purger := twinOffice(t, keeps, now, town), twinOffice(t, c, now, town)
		rng := rand.New(rand.NewPCG(2024, seed))
		before := purgedOf(t, keeper) // while the years were made up
		for range 4 {
			at = at.AddDate(0, 0, 1+rng.IntN(250))
			keep, short := engine.Retention{}, engine.Retention{}
			for _, rule := range engine.KeepRules() {
				keep[rule.Kind], short[rule.Kind] = engine.KeepForever, 1+rng.IntN(4)
			}
			setRetention(t, keeper, keep)
			setRetention(t, purger, short)
			for _, o := range []*workflows.Office{keeper, purger} {
				if err := o.Tick(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if d := cmp.Diff(officialOf(t, keeper), officialOf(t, purger)); d != "" {
				t.Fatalf("seed %d, %s (-keeps +purges):\n%.3000s", seed, at, d)
			}
		}
		if purgedOf(t, purger) == before || purgedOf(t, keeper) > before {
			t.Errorf("seed %d: nothing went, or something went where all is kept", seed)
		}
	}
}

func twinOffice(t *testing.T, c command, now func() time.Time, town string) *workflows.Office {
	t.Helper()
	in, err := c.open(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.db.Close() })
	return in.office(town)
}

func setRetention(t *testing.T, o *workflows.Office, keep engine.Retention) {
	t.Helper()
	m, err := o.Records.Municipality(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m.Keep = keep
	err = o.Records.Commit(t.Context(), engine.Change{At: o.Now(), Actor: asker, Event: "periods", Subject: o.Records.Tenant(), Municipality: &m})
	if err != nil {
		t.Fatal(err)
	}
}

// officialOf gives what no purge may touch: evaluations with their documents,
// results, answers, what the calendar will say, and whether all of it holds.
func officialOf(t *testing.T, o *workflows.Office) string {
	t.Helper()
	ctx := t.Context()
	var all []any
	keep := func(v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	seasons, err := o.Records.Seasons(ctx)
	keep(seasons, err)
	for _, s := range seasons {
		evaluations, err := o.Records.Evaluations(ctx, s.Plan, s.Period.ID)
		keep(evaluations, err)
		for _, e := range evaluations {
			p, err := o.Print(ctx, e)
			keep(p.Evaluation, err)
			for _, file := range o.Documents.Names(p.Evaluation) {
				if strings.HasSuffix(file.Name, ".json") || strings.HasSuffix(file.Name, ".csv") {
					document, err := o.Documents.Document(p, file.Name)
					keep(string(document.Data), err)
				}
			}
		}
		entries, err := o.Records.Entries(ctx, s.Plan, s.Period.ID)
		keep(entries, err)
		answers, err := o.Records.Proposals(ctx, s.Plan, s.Period.ID)
		keep(answers, err)
		requests, err := o.Records.Requests(ctx, s.Plan, s.Period.ID)
		keep(requests, err)
	}
	keep(o.Forecast(ctx, workflows.Question{Until: engine.DateOf(o.Now()).AddDays(200), Prepared: true}))
	v, err := o.Verify(ctx)
	v.Lines, v.Head = 0, "" // a purge has lines of its own
	keep(v, err)
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// purgedOf counts the lines of the journal about what went.
func purgedOf(t *testing.T, o *workflows.Office) (n int) {
	t.Helper()
	err := o.Records.Journal(t.Context(), 1, func(l engine.JournalLine) error {
		if l.Event == "purged" {
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
