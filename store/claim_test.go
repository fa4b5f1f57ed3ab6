package store

import (
	"strings"
	"testing"
	"time"
)

// TestAClaimPassesTheLedgerOver asks how a due run is found: by what is due, not
// by everything that ever ran.
func TestAClaimPassesTheLedgerOver(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		var asked []string
		tn := db.Watched(func(statement string) { asked = append(asked, statement) }).Tenant("klatovy")
		if _, err := tn.ClaimOccurrences(ctx, noon, 1, time.Hour); err != nil {
			t.Fatal(err)
		}
		plan := explainPlan(t, db, asked[0])
		if n := strings.Count(plan, "occurrence_due"); n != 2 || strings.Contains(plan, "occurrence_newest") || strings.Contains(plan, "occurrence_past") {
			t.Errorf("the ledger is walked:\n%s", plan)
		}
	})
}
