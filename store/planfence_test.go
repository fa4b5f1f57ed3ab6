package store

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"splneno/engine"
)

// planReads is every read of plans a page at a time: what the pages of one town
// ask must never show another's.
var planReads = map[string]func(tn *Tenant) (any, error){
	"Amendments":       func(tn *Tenant) (any, error) { return tn.Amendments(ctx, "kpss") },
	"AmendmentsOfPlan": func(tn *Tenant) (any, error) { return tn.AmendmentsOfPlan(ctx, "kpss") },
	"AmendmentsOf":     func(tn *Tenant) (any, error) { return tn.AmendmentsOf(ctx, "kpss", []string{"1.1/1"}) },
	"AmendmentPage":    func(tn *Tenant) (any, error) { return tn.AmendmentPage(ctx, "kpss", 10, 0) },
	"LastAmendment":    func(tn *Tenant) (any, error) { return tn.LastAmendment(ctx, "kpss") },
	"AmendedIn":        func(tn *Tenant) (any, error) { return tn.AmendedIn(ctx, "kpss", 1, 10, 0) },
	"AmendedSince":     func(tn *Tenant) (any, error) { return tn.AmendedSince(ctx, "kpss", "") },
	"SearchActivities": func(tn *Tenant) (any, error) { return tn.SearchActivities(ctx, "sluzba", 10) },
	"PlanCounts":       func(tn *Tenant) (any, error) { return tn.PlanCounts(ctx) },
	"MeasureCounts":    func(tn *Tenant) (any, error) { return tn.MeasureCounts(ctx, "kpss") },
	"ActivitiesIn":     func(tn *Tenant) (any, error) { return tn.ActivitiesIn(ctx, "kpss", "1.1", "", 10, 0) },
	"LastPosition":     func(tn *Tenant) (any, error) { return tn.LastPosition(ctx, "kpss") },
	"Successors":       func(tn *Tenant) (any, error) { return tn.Successors(ctx, "stary/1.1/1") },
	"MessagesIn": func(tn *Tenant) (any, error) {
		return tn.MessagesIn(ctx, "charita", noon.Add(-time.Hour), noon.Add(time.Hour), 10)
	},
}

func init() {
	for name, read := range planReads {
		reads[name] = read
	}
}

func TestPlansOfTwoTownsNeverMeet(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		a, b := town(t, db, "a"), town(t, db, "b")
		c := change("plan")
		c.Plans = []engine.Plan{{ID: "kpss"}}
		c.Activities = []engine.Activity{{Plan: "kpss", ID: "1.1/1", Measure: "1.1", Title: "Služba", Position: 1, CarriedFrom: "stary/1.1/1"}}
		c.Messages = []engine.Message{{Key: "1", Organisation: "charita", State: engine.Queued, CreatedAt: noon}}
		for _, m := range someAmendments() {
			m.Version = 0
			c.Amendments = append(c.Amendments, m)
		}
		mustCommit(t, a, c)
		for name, read := range planReads {
			own, others := reflect.ValueOf(get[any](t)(read(a))), reflect.ValueOf(get[any](t)(read(b)))
			empty := others.IsZero() || others.Kind() != reflect.Int && others.Len() == 0
			if own.IsZero() || own.Kind() != reflect.Int && own.Len() == 0 || !empty {
				t.Errorf("%s gives %v to one town and %v to the other", name, own, others)
			}
		}
	})
}

// TestPlanQueriesUseTheirIndex asks the database how it would find what the
// pages of plans show.
func TestPlanQueriesUseTheirIndex(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		c := change("plan")
		c.Plans = []engine.Plan{{ID: "kpss"}}
		for i := range 1000 { // in an empty table one index is as good as another
			m := fmt.Sprint(i / 10)
			c.Activities = append(c.Activities, engine.Activity{Plan: "kpss", ID: m + "/" + fmt.Sprint(i), Measure: m, Position: i})
		}
		mustCommit(t, town(t, db, "klatovy"), c)
		if _, err := db.write.ExecContext(ctx, "ANALYZE"); err != nil {
			t.Fatal(err)
		}
		var queries []string
		watched := db.Watched(func(query string) { queries = append(queries, query) })
		tn := watched.Tenant("klatovy")
		indexes := map[string]string{"ActivitiesIn": "activity_measure", "Successors": "activity_carried", "AmendmentsOf": "amended_activity", "MessagesIn": "message_organisation"}
		if !db.isPostgres() { // which keeps no whole text in an index
			indexes["SearchActivities"], indexes["MeasureCounts"] = "COVERING INDEX activity_found", "COVERING INDEX activity_counted"
		}
		for name, index := range indexes {
			queries = nil
			if err := second(planReads[name](tn)); err != nil {
				t.Fatal(err)
			}
			query := queries[len(queries)-1]
			if name == "AmendmentsOf" {
				query = queries[0]
			}
			if plan := explainPlan(t, db, query); !strings.Contains(plan, index) || strings.Contains(plan, "Seq Scan") {
				t.Errorf("%s: %s is not used:\n%s\n%s", name, index, query, plan)
			}
		}
	})
}
