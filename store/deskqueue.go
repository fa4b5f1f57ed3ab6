package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// QueueGroups counts the answers that wait, by organisation and season, the one
// that has waited longest first. It reads an index and no answers.
func (t *Tenant) QueueGroups(ctx context.Context, f engine.QueueFilter) ([]engine.QueueGroup, error) {
	var out []engine.QueueGroup
	err := t.waiting(f).ColumnExpr("p.organisation, p.plan, p.period, count(*) AS waiting").
		GroupExpr("p.organisation, p.plan, p.period").OrderExpr("min(p.given_at), p.organisation, p.plan, p.period").Scan(ctx, &out)
	return out, explain(err)
}

// QueueOf gives what waits of one group, in the order of the plan.
func (t *Tenant) QueueOf(ctx context.Context, g engine.QueueGroup, f engine.QueueFilter, offset, limit int) ([]engine.Proposal, error) {
	var rows []proposalRow
	f.Organisations, f.Plan, f.Period = []string{g.Organisation}, g.Plan, g.Period
	err := t.waiting(f).Join("JOIN activity AS b ON b.tenant = p.tenant AND b.plan = p.plan AND b.id = p.activity").
		ColumnExpr("p.*").OrderExpr("b.position, p.activity, p.revision").Limit(int64(limit)).Offset(int64(offset)).Scan(ctx, &rows)
	return values(rows), explain(err)
}

// waiting is the query of the answers a filter means, as p.
func (t *Tenant) waiting(f engine.QueueFilter) *bun.SelectQuery {
	q := t.db.read.NewSelect().TableExpr("proposal AS p").Where("p.tenant = ? AND p.state = 'pending'", t.id)
	if len(f.Organisations) > 0 {
		q = q.Where("p.organisation IN (?)", bun.List(storable(f.Organisations)))
	}
	if f.Plan != "" {
		q = q.Where("p.plan = ? AND p.period = ?", storable([]string{f.Plan})[0], storable([]string{f.Period})[0])
	}
	if len(f.Areas) > 0 {
		q = q.Where("EXISTS (SELECT 1 FROM activity AS a WHERE a.tenant = p.tenant AND a.plan = p.plan AND a.id = p.activity AND a.area IN (?))", bun.List(storable(f.Areas)))
	}
	if f.Asked {
		q = q.Where(`p.revision > 1 AND EXISTS (SELECT 1 FROM proposal AS r WHERE r.tenant = p.tenant AND r.plan = p.plan AND r.period = p.period
			AND r.activity = p.activity AND r.organisation = p.organisation AND r.revision < p.revision AND r.question <> '')`)
	}
	if f.Sure {
		q = q.Where("p.channel IN ('link', 'authenticated')")
	}
	return q
}

// storable gives what may be asked for: a text no database keeps is asked for
// as none.
func storable[S ~string](values []S) []S {
	out := make([]S, len(values))
	for i, v := range values {
		if clean(string(v)) {
			out[i] = v
		}
	}
	return out
}

// Writers gives the names under which answers of the organisations were
// approved, by organisation.
func (t *Tenant) Writers(ctx context.Context, organisations []string) (map[string][]string, error) {
	out := map[string][]string{}
	if len(organisations) == 0 {
		return out, nil
	}
	var rows []struct{ Organisation, GivenBy string }
	err := t.db.read.NewSelect().TableExpr("proposal").Distinct().ColumnExpr("organisation, given_by").
		Where("tenant = ? AND state = 'approved' AND organisation IN (?)", t.id, bun.List(storable(organisations))).Scan(ctx, &rows)
	for _, r := range rows {
		out[r.Organisation] = append(out[r.Organisation], r.GivenBy)
	}
	return out, explain(err)
}
