package store

import (
	"fmt"
	"testing"

	"splneno/engine"
	"splneno/store/pgtest"
)

// BenchmarkFence says what the second fence costs: the same reads of a season of
// 10,000 entries with the policies and without, and a connection that stays with
// a town or passes to another one each time.
func BenchmarkFence(b *testing.B) {
	db := migrated(b, pgtest.NewDSN(b))
	tn, other := town(b, db, "klatovy"), town(b, db, "susice")
	c := change("start")
	for i := range 10_000 {
		id := fmt.Sprintf("1.%d/%d", i/10, i)
		e := oneEntry(id)
		c.Entries = append(c.Entries, e)
		c.Activities = append(c.Activities, engine.Activity{Plan: "kpss", ID: id, Area: "1", Measure: "1." + fmt.Sprint(i/10), Title: "Služba " + id, Position: i})
	}
	mustCommit(b, tn, c)
	reads := map[string]func() error{
		"entries": func() error { return second(tn.Entries(ctx, "kpss", "2023")) },
		"counts":  func() error { return second(tn.EntryCounts(ctx, engine.EntryFilter{Plan: "kpss", Period: "2023"})) },
		"season":  func() error { return second(tn.SeasonCount(ctx, "kpss", "2023")) },
		"search":  func() error { return second(tn.SearchActivities(ctx, "sluzba", 10)) },
		"find": func() error {
			return second(tn.EntryCounts(ctx, engine.EntryFilter{Plan: "kpss", Period: "2023", Find: "sluzba"}))
		},
		"one town": func() error { return second(tn.Municipality(ctx)) },
		"two towns in turn": func() error {
			return firstOf(second(tn.Municipality(ctx)), second(other.Municipality(ctx)))
		},
		"commit": func() error { return tn.Commit(ctx, change("noted")) },
	}
	for _, fenced := range []bool{true, false} {
		if !fenced {
			for _, table := range tenantTables(b, db) {
				if _, err := db.write.ExecContext(ctx, "ALTER TABLE "+table+" DISABLE ROW LEVEL SECURITY"); err != nil {
					b.Fatal(err)
				}
			}
		}
		for name, read := range reads {
			b.Run(fmt.Sprintf("%s/policies=%v", name, fenced), func(b *testing.B) {
				for b.Loop() {
					if err := read(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
