package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"splneno/engine"
)

func TestOutlooks(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		all := db.AcrossTenants()
		town(t, db, "pisek")
		busy := town(t, db, "klatovy")
		for i, rule := range []string{"letters", "digest"} {
			if err := busy.AddStretches(ctx, stretch(rule, time.Time{}, noon.Add(time.Duration(i)*time.Hour), nil)); err != nil {
				t.Fatal(err)
			}
		}
		c := change("asked")
		c.Seasons = []engine.Season{{Plan: "p", Period: engine.Year(2023), State: engine.SeasonOpen}}
		c.Requests = []engine.Request{{Plan: "p", Period: "2023", Organisation: "a", NextOn: "2024-03-02"}, {Plan: "p", Period: "2023", Organisation: "b", NextOn: "2024-03-01"},
			{Plan: "p", Period: "2023", Organisation: "c"}}
		c.Messages = []engine.Message{{Key: "a", State: engine.Failed, NextAt: noon, CreatedAt: noon}}
		mustCommit(t, busy, c)
		got := get[[]engine.Outlook](t)(all.Outlooks(ctx, []string{"klatovy", "pisek", "nobody"}))
		want := []engine.Outlook{{Tenant: "klatovy", Rhythm: engine.Rhythm{Town: 1, Seasons: 1}, Rules: 2, From: noon, To: noon.Add(time.Hour),
			Letters: "2024-03-01", Trouble: true}, {Tenant: "pisek", Rhythm: engine.Rhythm{Town: 1}}}
		if d := gocmp.Diff(want, got); d != "" {
			t.Errorf("outlooks (-want +got):\n%s", d)
		}
	})
}

// TestAddToCalendars has two nodes add to the calendars of the same towns: one of
// them does, whole, and where a cursor was moved neither.
func TestAddToCalendars(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		all, later := db.AcrossTenants(), noon.Add(time.Hour)
		owed := map[string][]engine.Occurrence{}
		for _, id := range []string{"klatovy", "pisek"} {
			tn := town(t, db, id)
			for _, rule := range []string{"letters", "digest"} {
				if err := tn.AddStretches(ctx, stretch(rule, time.Time{}, noon, nil)); err != nil {
					t.Fatal(err)
				}
			}
			owed[id] = []engine.Occurrence{{Rule: "letters", Day: "2024-02-29", PlanAt: noon, State: engine.Done, RanAt: noon, Note: "0 letters"},
				{Rule: "digest", Day: "2024-02-29", PlanAt: noon, State: engine.Due}}
		}
		outsider := town(t, db, "susice")
		if err := outsider.AddStretches(ctx, stretch("letters", time.Time{}, noon, nil)); err != nil {
			t.Fatal(err)
		}
		if err := all.AddToCalendars(ctx, noon, later, 2, owed); err != nil {
			t.Fatal(err)
		}
		wantCode(t, all.AddToCalendars(ctx, noon, later.Add(time.Hour), 2, owed), engine.Conflict)
		if err := db.Tenant("pisek").AddStretches(ctx, stretch("letters", later, later.Add(time.Minute), nil)); err != nil {
			t.Fatal(err)
		}
		more := map[string][]engine.Occurrence{}
		for id := range owed {
			more[id] = []engine.Occurrence{{Rule: "letters", Day: "2024-03-01", PlanAt: later, State: engine.Due}}
		}
		wantCode(t, all.AddToCalendars(ctx, later, later.Add(time.Hour), 2, more), engine.Conflict)
		for id := range owed {
			if n := len(get[[]engine.Occurrence](t)(db.Tenant(id).Occurrences(ctx, 0))); n != 2 {
				t.Errorf("the ledger of %s has %d lines", id, n)
			}
			if at := get[map[string]time.Time](t)(db.Tenant(id).Cursors(ctx)); !at["digest"].Equal(later) {
				t.Errorf("the cursors of %s are at %v", id, at)
			}
		}
		if at := get[map[string]time.Time](t)(outsider.Cursors(ctx))["letters"]; !at.Equal(noon) {
			t.Errorf("the cursor of a town that was not named moved to %s", at)
		}
		var said []string
		watched := db.Watched(func(query string) { said = append(said, query) })
		crowd := map[string][]engine.Occurrence{}
		for id := range 30 {
			tn := town(t, db, fmt.Sprint("obec", id))
			if err := tn.AddStretches(ctx, stretch("letters", time.Time{}, noon, []engine.Occurrence{{Rule: "letters", Day: "2024-03-01", State: engine.Done, Note: "first"}}[:id%2])); err != nil {
				t.Fatal(err)
			}
			o := engine.Occurrence{Rule: "letters", Day: "2024-03-01", PlanAt: noon, State: engine.Done, Attempts: 1, RanAt: later, Note: "0 letters"}
			other := o
			other.Day, other.State, other.RanAt = "2024-03-02", engine.Due, time.Time{}
			crowd[tn.id] = []engine.Occurrence{o, other}[:1+id/15]
		}
		if err := watched.AcrossTenants().AddToCalendars(ctx, noon, later, 1, crowd); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(strings.Join(said, " "), "INSERT"); n != 2 {
			t.Errorf("%d statements for what 30 towns owe alike", n)
		}
		for id, owed := range crowd {
			var n int
			fmt.Sscanf(id, "obec%d", &n)
			want := slices.Clone(owed)
			for i := range want {
				want[i].NextAt = want[i].PlanAt
			}
			if n%2 == 1 { // what is there stays as it is
				want[0] = engine.Occurrence{Rule: "letters", Day: "2024-03-01", State: engine.Done, NextAt: time.Unix(0, 0).UTC(), Note: "first"}
			}
			got := get[[]engine.Occurrence](t)(db.Tenant(id).Occurrences(ctx, 0))
			if slices.SortFunc(got, func(a, b engine.Occurrence) int { return cmp.Compare(a.Day, b.Day) }); gocmp.Diff(want, got) != "" {
				t.Errorf("the ledger of %s (-want +got):\n%s", id, gocmp.Diff(want, got))
			}
		}
		bad := map[string][]engine.Occurrence{"klatovy": {{Rule: "letters\x00", Day: "2024-03-01"}}}
		wantCode(t, all.AddToCalendars(ctx, later, later.Add(time.Hour), 2, bad), engine.Invalid)
	})
}
