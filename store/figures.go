package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"
)

// A Figure is how many things of a kind there are in one state, of one
// municipality or, where that is "", of the whole installation.
type Figure struct {
	Kind   string // message, answer, inbound, occurrence, hold, incident, municipality
	Tenant string
	State  string
	N      int
	Late   int       // of them, those that were due at the time asked for
	Oldest time.Time // when the first of those fell due, zero for none
}

type figureRow struct {
	Kind, Tenant, State string
	N, Late             int
	Oldest              bun.NullTime
}

// lateAfter is how long a node may be at an occurrence before it is late.
const lateAfter = 15 * time.Minute

// figures counts through the partial indexes of what is due. What is kept for
// years is counted municipality by municipality: there is an index for that.
const figures = `
SELECT 'message' AS kind, tenant, state, count(*) AS n, sum(CASE WHEN next_at <= ? THEN 1 ELSE 0 END) AS late,
	min(CASE WHEN next_at <= ? THEN next_at END) AS oldest
	FROM message WHERE state IN ('queued', 'retry', 'unsure') GROUP BY tenant, state
UNION ALL SELECT 'message', m.tenant, x.state, count(*), 0, NULL
	FROM municipality m JOIN message x ON x.tenant = m.tenant AND x.state IN ('held', 'failed') GROUP BY m.tenant, x.state
UNION ALL SELECT 'answer', tenant, 'pending', count(*), 0, NULL FROM proposal WHERE state = 'pending' GROUP BY tenant
UNION ALL SELECT 'inbound', tenant, 'received', count(*), count(*), min(received_at) FROM inbound WHERE state = 'received' GROUP BY tenant
UNION ALL SELECT 'inbound', m.tenant, 'held', count(*), 0, NULL
	FROM municipality m JOIN inbound x ON x.tenant = m.tenant AND x.state = 'held' GROUP BY m.tenant
UNION ALL SELECT 'occurrence', tenant, 'due', count(*), sum(CASE WHEN plan_at <= ? THEN 1 ELSE 0 END), min(CASE WHEN plan_at <= ? THEN plan_at END)
	FROM occurrence WHERE state = 'due' GROUP BY tenant
UNION ALL SELECT 'hold', '', kind, count(*), 0, NULL FROM hold GROUP BY kind
UNION ALL SELECT 'incident', '', kind, count(*), 0, NULL FROM incident WHERE ended_at IS NULL GROUP BY kind
UNION ALL SELECT 'municipality', '', '', count(*), 0, NULL FROM municipality
ORDER BY 1, 2, 3`

// Figures counts what waits at an instant, over all municipalities, in one
// query whose cost follows what waits and not what is stored.
func (e Everyone) Figures(ctx context.Context, now time.Time) ([]Figure, error) {
	var rows []figureRow
	at, late := utc(now), utc(now.Add(-lateAfter))
	err := e.db.read.NewRaw(figures, at, at, late, at).Scan(ctx, &rows)
	out := make([]Figure, len(rows))
	for i, r := range rows {
		out[i] = Figure{Kind: r.Kind, Tenant: r.Tenant, State: r.State, N: r.N, Late: r.Late, Oldest: utc(r.Oldest.Time)}
	}
	return out, explain(err)
}
