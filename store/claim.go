package store

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// A claim is one statement, in two halves between which PostgreSQL is told to
// pass over what another node is claiming. Moving next_at by the lease is all
// it takes: it keeps others off, and gives the work back when its node dies.
// Attempts is raised, and whoever settles must still name it. The third
// statement makes due again what was claimed without anybody hearing of it.
type claimStatement struct{ find, take, back string }

var claimMessages = claimStatement{
	find: `WITH due AS (SELECT key FROM message
		WHERE tenant = ?0 AND state IN ('queued', 'retry', 'unsure') AND next_at <= ?1 ORDER BY next_at, key LIMIT ?2`,
	take: `) UPDATE message SET attempts = attempts + 1, next_at = ?3, tried_at = coalesce(tried_at, ?1)
		WHERE tenant = ?0 AND key IN (SELECT key FROM due) RETURNING *`,
	back: "UPDATE message SET next_at = ? WHERE tenant = ? AND state IN ('queued', 'retry', 'unsure') AND next_at IN (?)",
}

// The runs of a calendar build on one another: letters are about what was asked
// before. So none is handed out while an earlier one is due or in somebody's
// hands, unless that one has failed: a failure keeps no other waiting. Every
// next_at is before infinity: that, and the coalesce, keep SQLite from walking
// the whole ledger by the index of plan_at; that of what is due has few entries.
var claimOccurrences = claimStatement{
	find: `WITH due AS (SELECT rule, day FROM occurrence o
		WHERE tenant = ?0 AND state = 'due' AND next_at <= ?1 AND NOT EXISTS (SELECT 1 FROM occurrence e
			WHERE e.tenant = o.tenant AND e.state = 'due' AND e.next_at < 'infinity' AND e.note = '' AND coalesce(e.plan_at, e.plan_at) < o.plan_at)
		ORDER BY next_at, rule LIMIT ?2`,
	take: `) UPDATE occurrence SET attempts = attempts + 1, next_at = ?3
		WHERE tenant = ?0 AND (rule, day) IN (SELECT rule, day FROM due) RETURNING *`,
	back: "UPDATE occurrence SET next_at = ? WHERE tenant = ? AND state = 'due' AND next_at IN (?)",
}

// Mails end in a Change, so here the version is raised too: a Change of whoever
// claimed them before is refused.
var claimInbound = claimStatement{
	find: `WITH due AS (SELECT id FROM inbound
		WHERE tenant = ?0 AND state = 'received' AND next_at <= ?1 ORDER BY next_at, received_at, id LIMIT ?2`,
	take: `) UPDATE inbound SET attempts = attempts + 1, version = version + 1, next_at = ?3
		WHERE tenant = ?0 AND id IN (SELECT id FROM due) RETURNING *`,
	back: "UPDATE inbound SET next_at = ? WHERE tenant = ? AND state = 'received' AND next_at IN (?)",
}

func claim[R any](ctx context.Context, t *Tenant, s claimStatement, now time.Time, limit int, lease time.Duration) ([]R, error) {
	if err := t.giveBack(ctx, s, now); err != nil {
		return nil, explain(err)
	}
	var rows []R
	until := utc(now.Add(lease))
	if t.db.invented == nil { // there is nobody else, and chance would show
		until = marked(until, lease)
	}
	err := t.db.write.NewRaw(s.find+t.db.skipLocked+s.take, t.id, utc(now), limit, until).Scan(ctx, &rows)
	if err != nil && lost(err) {
		t.db.unheard.add(t.id, s, until)
	}
	return rows, explain(err)
}

// markRange is by how much less than the lease a claim may end, in microseconds.
const markRange = 100_000

// marked gives the end of a lease that no other claim has: by it a claim whose
// reply was lost is known again. A lease of nothing holds nothing.
func marked(until time.Time, lease time.Duration) time.Time {
	if lease > 0 {
		until = until.Add(-time.Duration(rand.IntN(markRange)) * time.Microsecond)
	}
	return utc(until).Truncate(time.Microsecond)
}

// giveBack makes due what this process claimed and never heard of: nobody works
// at it. A claim that was not there yet is asked for again until it is over.
func (t *Tenant) giveBack(ctx context.Context, s claimStatement, now time.Time) error {
	ends := t.db.unheard.of(t.id, s, utc(now))
	if len(ends) == 0 {
		return nil
	}
	_, err := t.db.write.NewRaw(s.back, utc(now), t.id, bun.List(ends)).Exec(ctx)
	return err
}

// unheard remembers claims whose reply was lost, by the end of their leases.
type unheard struct {
	mu   sync.Mutex
	ends map[unheardOf][]time.Time
}

type unheardOf struct {
	tenant string
	what   claimStatement
}

func (u *unheard) add(tenant string, s claimStatement, until time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ends == nil {
		u.ends = map[unheardOf][]time.Time{}
	}
	u.ends[unheardOf{tenant, s}] = append(u.ends[unheardOf{tenant, s}], until)
}

// of gives those that are not over.
func (u *unheard) of(tenant string, s claimStatement, now time.Time) []time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	k := unheardOf{tenant, s}
	if len(u.ends[k]) == 0 {
		return nil
	}
	u.ends[k] = slices.DeleteFunc(u.ends[k], func(end time.Time) bool { return !end.After(now) })
	return slices.Clone(u.ends[k])
}

// settled is the fence: exactly the one row that was read must have been there.
func settled(res sql.Result, err error, name string) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err == nil && n != 1 {
		err = engine.Errorf(engine.Conflict, "%s has moved since it was read; read it again", name)
	}
	return err
}
