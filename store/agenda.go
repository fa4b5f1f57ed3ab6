package store

import (
	"context"
	"time"

	"splneno/engine"
)

// agendaStatement reads one entry of an index for each kind of work and each
// municipality, however much waits and however much was done before.
const agendaStatement = `SELECT h.tenant, h.seq AS head, coalesce(o.kind, '') AS hold, j.made_at,
	(SELECT x.next_at FROM message x WHERE x.tenant = h.tenant AND x.state IN ('queued', 'retry', 'unsure') ORDER BY x.next_at LIMIT 1) AS message,
	(SELECT x.next_at FROM occurrence x WHERE x.tenant = h.tenant AND x.state = 'due' ORDER BY x.next_at LIMIT 1) AS occurrence,
	(SELECT x.next_at FROM inbound x WHERE x.tenant = h.tenant AND x.state = 'received' ORDER BY x.next_at LIMIT 1) AS inbound,
	(SELECT seen_at FROM node ORDER BY seen_at DESC LIMIT 1) AS seen
	FROM journal_head h LEFT JOIN journal j ON j.tenant = h.tenant AND j.seq = h.seq LEFT JOIN hold o ON o.tenant = h.tenant
	ORDER BY h.tenant`

type dutyRow struct {
	Tenant     string
	Head       int64
	Hold       engine.HoldKind
	MadeAt     time.Time
	Message    time.Time
	Occurrence time.Time
	Inbound    time.Time
	Seen       time.Time
}

// Agenda says in one statement what waits in the whole installation, whether it
// is due already or later.
func (e Everyone) Agenda(ctx context.Context) (engine.Agenda, error) {
	var rows []dutyRow
	if err := e.db.read.NewRaw(agendaStatement).Scan(ctx, &rows); err != nil {
		return engine.Agenda{}, explain(err)
	}
	var out engine.Agenda
	for _, r := range rows {
		out.Duties = append(out.Duties, engine.Duty{Tenant: r.Tenant, Head: r.Head, Hold: r.Hold,
			Message: utc(r.Message), Occurrence: utc(r.Occurrence), Inbound: utc(r.Inbound)})
		for _, shown := range []time.Time{r.MadeAt, r.Seen} {
			if shown.After(out.Newest) {
				out.Newest = utc(shown)
			}
		}
	}
	return out, nil
}
