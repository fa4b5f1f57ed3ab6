package store

import (
	"context"
	"database/sql"
	"time"

	"splneno/engine"
)

// A claim is one statement, in two halves between which PostgreSQL is told to
// pass over what another node is claiming. Moving next_at by the lease is all
// it takes: it keeps others off, and gives the work back when its node dies.
// Attempts is raised, and whoever settles must still name it.
type claimStatement struct{ find, take string }

var claimMessages = claimStatement{
	find: `WITH due AS (SELECT key FROM message
		WHERE tenant = ? AND state IN ('queued', 'retry', 'unsure') AND next_at <= ? ORDER BY next_at, key LIMIT ?`,
	take: `) UPDATE message SET attempts = attempts + 1, next_at = ?
		WHERE tenant = ? AND key IN (SELECT key FROM due) RETURNING *`,
}

// The runs of a calendar build on one another: letters are about what was asked
// before. So none is handed out while an earlier one is due or in somebody's
// hands, unless that one has failed: a failure keeps no other waiting. The
// coalesce keeps SQLite from walking the whole ledger by the index of plan_at:
// the index of what is due has a few entries.
var claimOccurrences = claimStatement{
	find: `WITH due AS (SELECT rule, day FROM occurrence o
		WHERE tenant = ? AND state = 'due' AND next_at <= ? AND NOT EXISTS (SELECT 1 FROM occurrence e
			WHERE e.tenant = o.tenant AND e.state = 'due' AND e.note = '' AND coalesce(e.plan_at, e.plan_at) < o.plan_at)
		ORDER BY next_at, rule LIMIT ?`,
	take: `) UPDATE occurrence SET attempts = attempts + 1, next_at = ?
		WHERE tenant = ? AND (rule, day) IN (SELECT rule, day FROM due) RETURNING *`,
}

// Mails end in a Change, so here the version is raised too: a Change of whoever
// claimed them before is refused.
var claimInbound = claimStatement{
	find: `WITH due AS (SELECT id FROM inbound
		WHERE tenant = ? AND state = 'received' AND next_at <= ? ORDER BY next_at, received_at, id LIMIT ?`,
	take: `) UPDATE inbound SET attempts = attempts + 1, version = version + 1, next_at = ?
		WHERE tenant = ? AND id IN (SELECT id FROM due) RETURNING *`,
}

func claim[R any](ctx context.Context, t *Tenant, s claimStatement, now time.Time, limit int, lease time.Duration) ([]R, error) {
	var rows []R
	err := t.db.write.NewRaw(s.find+t.db.skipLocked+s.take, t.id, utc(now), limit, utc(now.Add(lease)), t.id).Scan(ctx, &rows)
	return rows, explain(err)
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
