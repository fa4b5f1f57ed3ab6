package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// outlookStatement reads one entry of an index for each question and each
// municipality, apart from its few seasons and cursors.
const outlookStatement = `SELECT m.tenant, m.version AS town,
	(SELECT coalesce(sum(s.version), 0) FROM season s WHERE s.tenant = m.tenant) AS seasons,
	(SELECT count(*) FROM rule_cursor c WHERE c.tenant = m.tenant) AS rules,
	(SELECT min(c.reached_at) FROM rule_cursor c WHERE c.tenant = m.tenant) AS earliest,
	(SELECT max(c.reached_at) FROM rule_cursor c WHERE c.tenant = m.tenant) AS latest,
	(SELECT x.next_on FROM request x WHERE x.tenant = m.tenant AND x.next_on <> '' ORDER BY x.next_on LIMIT 1) AS letters,
	(SELECT x.send_on FROM meeting x WHERE x.tenant = m.tenant AND x.send_on <> '' ORDER BY x.send_on LIMIT 1) AS papers,
	EXISTS (SELECT 1 FROM message x WHERE x.tenant = m.tenant AND x.state IN ('failed', 'unsure', 'held')) AS trouble
	FROM municipality m WHERE m.tenant IN (?) ORDER BY m.tenant`

type outlookRow struct {
	Tenant        string
	Town, Seasons int
	Rules         int
	Earliest      time.Time
	Latest        time.Time
	Letters       engine.Date
	Papers        engine.Date
	Trouble       bool
}

// Outlooks says of some municipalities, in one statement, what decides whether
// their day is quiet.
func (e Everyone) Outlooks(ctx context.Context, tenants []string) ([]engine.Outlook, error) {
	var rows []outlookRow
	if err := e.db.read.NewRaw(outlookStatement, bun.List(tenants)).Scan(ctx, &rows); err != nil {
		return nil, explain(err)
	}
	var out []engine.Outlook
	for _, r := range rows {
		out = append(out, engine.Outlook{Tenant: r.Tenant, Rhythm: engine.Rhythm{Town: r.Town, Seasons: r.Seasons}, Rules: r.Rules,
			From: utc(r.Earliest), To: utc(r.Latest), Letters: r.Letters, Papers: r.Papers, Trouble: r.Trouble})
	}
	return out, nil
}
