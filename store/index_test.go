package store

import (
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// TestDueQueriesUseTheirIndex asks the database how it would find what is due.
func TestDueQueriesUseTheirIndex(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		var queries []string
		watched := db.Watched(func(query string) { queries = append(queries, query) })
		tn := watched.Tenant("klatovy")
		for index, ask := range map[string]func() error{
			"request_due":       func() error { return second(tn.RequestsDue(ctx, "2024-01-01", 10)) },
			"request_link":      func() error { return second(tn.RequestByLink(ctx, "hash")) },
			"request_link ":     func() error { return second(watched.AcrossTenants().TenantOfLink(ctx, "hash")) },
			"request_reply":     func() error { return second(tn.RequestByReply(ctx, "hash")) },
			"request_reply ":    func() error { return second(watched.AcrossTenants().TenantOfReply(ctx, "hash")) },
			"meeting_due":       func() error { return second(tn.MeetingsDue(ctx, "2024-03-08")) },
			"meeting_day":       func() error { return second(tn.MeetingsFrom(ctx, "2024-03-08")) },
			"proposal_given":    func() error { return second(tn.ProposalsOf(ctx, "charita", 20)) },
			"proposal_given ":   func() error { return second(tn.ChannelsOf(ctx, []string{"charita"})) },
			"proposal_pending":  func() error { return second(tn.PendingProposals(ctx)) },
			"message_due":       func() error { return second(tn.ClaimMessages(ctx, noon, 10, time.Hour)) },
			"message_newest":    func() error { return second(tn.Messages(ctx, 10)) },
			"message_by_state":  func() error { return second(tn.Messages(ctx, 10, "held")) },
			"message_held":      func() error { return second(tn.OnHold(ctx, 50, 0)) },
			"message_held ":     func() error { return second(tn.OnHoldKeys(ctx)) },
			"message_held  ":    func() error { return second(tn.MailCounts(ctx)) },
			"inbound_due":       func() error { return second(tn.ClaimInbound(ctx, noon, 10, time.Hour)) },
			"inbound_same":      func() error { return second(tn.InboundSame(ctx, "key")) },
			"inbound_newest":    func() error { return second(tn.Inbox(ctx, 10)) },
			"inbound_by_state":  func() error { return second(tn.Inbox(ctx, 10, engine.InboundHeld)) },
			"occurrence_due":    func() error { return second(tn.ClaimOccurrences(ctx, noon, 10, time.Hour)) },
			"occurrence_newest": func() error { return second(tn.Occurrences(ctx, 10)) },
		} {
			queries = nil
			if err := ask(); err != nil && engine.CodeOf(err) != engine.NotFound {
				t.Fatal(err)
			}
			plan := explainPlan(t, db, queries[0])
			if !strings.Contains(plan, strings.TrimSpace(index)) || strings.Contains(plan, "SCAN") || strings.Contains(plan, "Seq Scan") {
				t.Errorf("%s is not used:\n%s\n%s", index, queries[0], plan)
			}
		}
	})
}

// TestStocksReadIndexes asks the database how it would find what may be past its
// period. The ledger of the calendar has no index of its own for it: each would be
// one more place to write to, five times a day for each municipality.
func TestStocksReadIndexes(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		var asked []string
		get[map[string]engine.Stocks](t)(db.Watched(func(query string) { asked = append(asked, query) }).AcrossTenants().Stocks(ctx, []string{"klatovy", "pisek"}))
		plan := explainPlan(t, db, asked[0])
		for _, index := range []string{"occurrence_newest", "message_kept", "message_trouble", "inbound_kept"} {
			if !strings.Contains(plan, index) {
				t.Errorf("%s is not used:\n%s", index, plan)
			}
		}
		if strings.Contains(plan, "SCAN") || strings.Contains(plan, "Seq Scan") {
			t.Errorf("a table is read whole:\n%s", plan)
		}
	})
}

// explainPlan on PostgreSQL forbids reading whole tables: on empty ones that
// is the cheapest way, whatever the index.
func explainPlan(t *testing.T, db *DB, query string) string {
	t.Helper()
	prefix := "EXPLAIN QUERY PLAN "
	conn := get[bun.Conn](t)(db.write.Conn(ctx))
	defer conn.Close()
	if db.isPostgres() {
		prefix = "EXPLAIN "
		for _, set := range []string{"SET enable_seqscan = off", "SET enable_bitmapscan = off", "SET enable_sort = off"} {
			if _, err := conn.ExecContext(ctx, set); err != nil {
				t.Fatal(err)
			}
		}
	}
	rows, err := conn.Conn.QueryContext(ctx, prefix+query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	cols := get[[]string](t)(rows.Columns())
	var plan strings.Builder
	for rows.Next() {
		dest := make([]any, len(cols))
		for i := range dest {
			dest[i] = new(any)
		}
		var text string
		dest[len(dest)-1] = &text
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(text + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}
