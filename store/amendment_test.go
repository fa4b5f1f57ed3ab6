package store

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// amendments of a plan: the first changes an activity and the plan, the second
// adds one activity and changes another.
func someAmendments() []engine.Amendment {
	p := engine.Plan{ID: "kpss", Title: "Starý název", Measures: []engine.Measure{{Code: "1.1", Title: "Služby"}}, Version: 1}
	a := func(id string) engine.Activity {
		return engine.Activity{Plan: "kpss", ID: id, Measure: "1.1", Title: "Původní " + id, Details: []string{"a"}, Version: 3}
	}
	return []engine.Amendment{
		{Plan: "kpss", Number: 1, Grounds: engine.Grounds{Day: "2024-02-01", Body: "Rada města", Reason: "oprava"}, Event: "amended", By: "Jana", At: noon,
			PlanAs: &p, Before: []engine.Activity{a("1.1/1")}, Touched: 1, Version: 1},
		{Plan: "kpss", Number: 2, Grounds: engine.Grounds{Day: "2024-02-10"}, Event: "reimported", By: "Jana", At: noon.Add(time.Hour),
			Before: []engine.Activity{a("1.1/2"), a("1.1/1")}, Added: []string{"1.1/3"}, Touched: 3, Version: 1}}
}

func TestAmendmentsComeBack(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn, other := town(t, db, "klatovy"), town(t, db, "susice")
		c := change("amended")
		want := someAmendments()
		for _, a := range want {
			a.Version = 0
			c.Amendments = append(c.Amendments, a)
		}
		mustCommit(t, tn, c)
		same := func(what string, got, want any) {
			t.Helper()
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s:\n%s", what, d)
			}
		}
		same("all", get[[]engine.Amendment](t)(tn.Amendments(ctx, "kpss")), want)
		same("of another town", len(get[[]engine.Amendment](t)(other.Amendments(ctx, "kpss"))), 0)
		same("last", get[int](t)(tn.LastAmendment(ctx, "kpss")), 2)
		same("last of none", get[int](t)(tn.LastAmendment(ctx, "jiny")), 0)
		ofPlan := want[0]
		ofPlan.Before = nil
		same("of the plan", get[[]engine.Amendment](t)(tn.AmendmentsOfPlan(ctx, "kpss")), []engine.Amendment{ofPlan})
		of := want[1]
		of.Before, of.Added = want[1].Before[:1], nil
		same("of an activity", get[[]engine.Amendment](t)(tn.AmendmentsOf(ctx, "kpss", []string{"1.1/2", "9"})), []engine.Amendment{of})
		same("of none", len(get[[]engine.Amendment](t)(tn.AmendmentsOf(ctx, "kpss", nil))), 0)
		head := want[0]
		head.PlanAs, head.Before = nil, nil
		same("a page", get[[]engine.Amendment](t)(tn.AmendmentPage(ctx, "kpss", 1, 1)), []engine.Amendment{head})
		same("what one changed", get[[]string](t)(tn.AmendedIn(ctx, "kpss", 2, 2, 1)), []string{"1.1/1", "1.1/3"})
		same("since", get[[]string](t)(tn.AmendedSince(ctx, "kpss", "2024-02-01")), []string{"1.1/1", "1.1/2", "1.1/3"})
		same("since the last", len(get[[]string](t)(tn.AmendedSince(ctx, "kpss", "2024-02-10"))), 0)

		c.Amendments = c.Amendments[1:]
		wantCode(t, tn.Commit(ctx, c), engine.Conflict)
	})
}

func found(t *testing.T, tn *Tenant, text string) string {
	t.Helper()
	return strings.Join(get[[]string](t)(tn.SearchActivities(ctx, text, 10)), " ")
}

func TestSearchKnowsNoDiacritics(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		tn, other := town(t, db, "klatovy"), town(t, db, "susice")
		c := change("plans")
		c.Plans = []engine.Plan{{ID: "kpss", Start: "2020-01-01"}, {ID: "ap", Start: "2023-01-01"}}
		c.Activities = []engine.Activity{
			{Plan: "kpss", ID: "1.1/10", Title: "Rozšířit PEČOVATELSKOU SLUŽBU", TargetGroup: "senioři", Position: 1},
			{Plan: "kpss", ID: "1.1/9", Title: "Katalog služeb", ResponsibleRaw: "Město Žďár", Position: 2, Details: []string{"100 % pokrytí", "pro_mile"}},
			{Plan: "ap", ID: "1.1/9", Title: "Pečovatelská služba v noci!", Details: []string{"přes noc"}}}
		mustCommit(t, tn, c)
		for text, want := range map[string]string{
			"pec sluz":       "ap/1.1/9 kpss/1.1/10",
			"SLUŽB peč":      "ap/1.1/9 kpss/1.1/10",
			"sluz seniori":   "kpss/1.1/10",
			"1.1/9":          "ap/1.1/9 kpss/1.1/9",
			"zdar katalog":   "kpss/1.1/9",
			"%":              "kpss/1.1/9",
			"100 %":          "kpss/1.1/9",
			"_":              "kpss/1.1/9",
			"noci!":          "ap/1.1/9",
			"!":              "ap/1.1/9",
			"'; DROP":        "",
			"":               "",
			" \u00a0 ":       "",
			"pec sluz kolin": "",
		} {
			if got := found(t, tn, text); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		if got := found(t, other, "pec"); got != "" {
			t.Errorf("another town finds %q", got)
		}
		a := get[[]engine.Activity](t)(tn.Activities(ctx, "ap"))[0]
		a.Title = "Noclehárna"
		c = change("renamed")
		c.Activities = []engine.Activity{a}
		mustCommit(t, tn, c)
		if got := found(t, tn, "noclehar") + found(t, tn, "pec noci"); got != "ap/1.1/9" {
			t.Errorf("after a new title: %q", got)
		}
	})
}

// An activity stored by an older program is found once the database is migrated.
func TestSearchFindsWhatWasStoredBefore(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := mustOpen(t, dsn)
		before := firstStep(t).(fstest.MapFS)
		for _, name := range []string{"0002-inbound.sqlite.sql", "0002-inbound.postgres.sql"} {
			before["migrations/"+name] = &fstest.MapFile{Data: get[[]byte](t)(fs.ReadFile(embedded, "migrations/"+name))}
		}
		if err := db.migrate(ctx, before); err != nil {
			t.Fatal(err)
		}
		rows := get[[]byte](t)(os.ReadFile("testdata/0002-activities.sql"))
		if _, err := db.write.ExecContext(ctx, string(rows)); err != nil {
			t.Fatal(err)
		}
		if err := db.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		tn := db.Tenant("klatovy")
		for text, want := range map[string]string{
			"zlutoucky kun upel dabelske ody": "kpss/1.1/1", "ŽLUŤOUČKÝ": "kpss/1.1/1", "sustredena pece": "kpss/1.1/1", "strana mesto zdar": "kpss/1.1/1",
			"seniori": "kpss/1.1/1", "null": "", "rozlozene": "kpss/1.1/2", "prilis": "",
		} {
			if got := found(t, tn, text); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		for _, a := range get[[]engine.Activity](t)(tn.Activities(ctx, "kpss")) {
			for _, word := range strings.Fields(folded(a)) { // what the program would have kept
				if got := found(t, tn, word); !strings.Contains(got, a.ID) {
					t.Errorf("%q does not find %s", word, a.ID)
				}
			}
		}
	})
}

func TestMeasuresAndTheirActivities(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("plans")
		for i := range 12 {
			c.Activities = append(c.Activities, engine.Activity{Plan: "kpss", ID: fmt.Sprint("1.1/", i+1), Measure: "1.1", Area: "1", Position: i + 1})
		}
		c.Activities[3].Dropped = "zrušeno"
		c.Activities = append(c.Activities, engine.Activity{Plan: "kpss", ID: "2/1", Area: "2", Position: 13}, engine.Activity{Plan: "ap", ID: "1.1/1", Measure: "1.1",
			CarriedFrom: "kpss/1.1/1"}, engine.Activity{Plan: "ap", ID: "1.1/2", Measure: "1.1", Carried: []engine.Carry{{From: "kpss/1.1/10", How: "carry"}, {From: "kpss/1.1/1", How: "merge"}}})
		mustCommit(t, tn, c)
		want := []engine.MeasureCount{{Area: "2", Activities: 1}, {Measure: "1.1", Activities: 12, Dropped: 1}}
		if d := cmp.Diff(want, get[[]engine.MeasureCount](t)(tn.MeasureCounts(ctx, "kpss"))); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(map[string]int{"kpss": 13, "ap": 2}, get[map[string]int](t)(tn.PlanCounts(ctx))); d != "" {
			t.Error(d)
		}
		if got := get[int](t)(tn.LastPosition(ctx, "kpss")); got != 13 {
			t.Errorf("the last place is %d", got)
		}
		ids := func(list []engine.Activity) (out string) {
			for _, a := range list {
				out += a.Plan + "/" + a.ID + " "
			}
			return out
		}
		for _, c := range []struct{ got, want string }{
			{ids(get[[]engine.Activity](t)(tn.ActivitiesIn(ctx, "kpss", "1.1", "", 3, 9))), "kpss/1.1/10 kpss/1.1/11 kpss/1.1/12 "},
			{ids(get[[]engine.Activity](t)(tn.ActivitiesIn(ctx, "kpss", "", "2", 0, 0))), "kpss/2/1 "},
			{ids(get[[]engine.Activity](t)(tn.Successors(ctx, "kpss/1.1/1"))), "ap/1.1/1 ap/1.1/2 "},
			{ids(get[[]engine.Activity](t)(tn.Successors(ctx, "kpss/1.1/10"))), "ap/1.1/2 "},
			{ids(get[[]engine.Activity](t)(tn.Successors(ctx, "kpss/1.1/_"))), ""},
		} {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		}
	})
}

func TestMessagesOfASeason(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		tn := town(t, migrated(t, dsn), "klatovy")
		c := change("written_to")
		for i, body := range []string{"charita", "mess", "charita", "jina", "charita"} {
			c.Messages = append(c.Messages, engine.Message{Key: fmt.Sprint(i), Organisation: body, State: engine.Queued, CreatedAt: noon.AddDate(0, i, 0), Raw: []byte("x")})
		}
		mustCommit(t, tn, c)
		got := get[[]engine.Message](t)(tn.MessagesIn(ctx, "charita", noon, noon.AddDate(0, 3, 0), 10))
		if len(got) != 2 || got[0].Key != "2" || got[1].Key != "0" || len(got[0].Raw) > 0 {
			t.Errorf("messages: %+v", got)
		}
		if got := get[[]engine.Message](t)(tn.MessagesIn(ctx, "charita", noon, noon.AddDate(0, 3, 0), 1)); len(got) != 1 {
			t.Errorf("with a limit: %+v", got)
		}
	})
}
