package main

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"splneno/engine"
	"splneno/store"
	"splneno/store/pgtest"
	"splneno/store/postgres"
)

// claimable is how many messages wait in each run.
const claimable = 1000

// BenchmarkCountryClaims has one, two and four nodes on one server claim the
// mail of a town, one message at a time as they do; the baseline does the same
// by the bare statement on as many connections.
func BenchmarkCountryClaims(b *testing.B) {
	dsn := pgtest.NewDurableDSN(b)
	sayDurable(b, dsn)
	for _, nodes := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("nodes=%d", nodes), func(b *testing.B) {
			var spent [2]time.Duration
			for b.Loop() {
				spent[0] += claimAll(b, dsn, nodes, nodeClaims)
				spent[1] += claimAll(b, dsn, nodes, bareClaims)
			}
			for i, unit := range []string{"claims/s", "bare/s"} {
				b.ReportMetric(float64(b.N*claimable)/spent[i].Seconds(), unit)
			}
			b.ReportMetric(spent[1].Seconds()/spent[0].Seconds(), "ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// A claimer claims one message and reports whether there was one.
type claimer func(context.Context) (bool, error)

var claimRuns atomic.Int64

// claimAll fills a new town with mail and times how long nodes take to claim it.
func claimAll(b *testing.B, dsn string, nodes int, open func(*testing.B, string, string, time.Time) claimer) time.Duration {
	b.Helper()
	tenant, now := fmt.Sprintf("mesto-%d", claimRuns.Add(1)), time.Date(2027, 1, 11, 8, 0, 0, 0, time.UTC)
	db, err := store.Open(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	c := engine.Change{At: now, Actor: engine.Actor{Kind: engine.ActorSystem, Name: "bench"}, Event: "filled", Municipality: &engine.Municipality{Name: tenant}}
	for n := range claimable {
		c.Messages = append(c.Messages, engine.Message{Key: fmt.Sprintf("letter/%04d", n), State: engine.Queued, NextAt: now, CreatedAt: now, Raw: []byte("mail")})
	}
	if err := db.Tenant(tenant).Commit(b.Context(), c); err != nil {
		b.Fatal(err)
	}
	var claimers []claimer
	for range nodes {
		claimers = append(claimers, open(b, dsn, tenant, now.Add(time.Minute)))
	}
	var claimed atomic.Int64
	var work sync.WaitGroup
	began := time.Now()
	for _, claim := range claimers {
		work.Go(func() {
			for {
				found, err := claim(b.Context())
				if err != nil {
					b.Error(err)
				}
				if !found || err != nil {
					return
				}
				claimed.Add(1)
			}
		})
	}
	work.Wait()
	took := time.Since(began)
	if claimed.Load() != claimable {
		b.Errorf("%d of %d messages were claimed", claimed.Load(), claimable)
	}
	return took
}

// nodeClaims claims as a node does.
func nodeClaims(b *testing.B, dsn, tenant string, now time.Time) claimer {
	db, err := store.Open(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	t := db.Tenant(tenant)
	return func(ctx context.Context) (bool, error) {
		got, err := t.ClaimMessages(ctx, now, 1, time.Hour)
		return len(got) > 0, err
	}
}

// bareClaims claims by the statement alone.
func bareClaims(b *testing.B, dsn, tenant string, now time.Time) claimer {
	a, err := postgres.ParseAddress(dsn)
	if err != nil {
		b.Fatal(err)
	}
	db := sql.OpenDB(postgres.NewConnector(a, postgres.Limits{Statement: time.Minute, Lock: time.Second, Read: time.Minute}))
	b.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(b.Context(), "SELECT set_config('splneno.tenant', $1, false)", tenant); err != nil {
		b.Fatal(err)
	}
	const stamp = "2006-01-02 15:04:05-07:00"
	return func(ctx context.Context) (bool, error) {
		res, err := db.ExecContext(ctx, `WITH due AS (SELECT key FROM message
			WHERE tenant = $2 AND state IN ('queued', 'retry', 'unsure') AND next_at <= $3 ORDER BY next_at, key LIMIT 1 FOR UPDATE SKIP LOCKED)
			UPDATE message SET attempts = attempts + 1, next_at = $1 WHERE tenant = $2 AND key IN (SELECT key FROM due)`,
			now.Add(time.Hour).Format(stamp), tenant, now.Format(stamp))
		if err != nil {
			return false, err
		}
		n, err := res.RowsAffected()
		return n > 0, err
	}
}
