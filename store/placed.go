package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// likeEscape makes a text stand for itself in a LIKE with the escape \.
var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// EntriesLike gives a page of the entries of a season that fit the filter, with
// what each promised: in the order of their numbers, undecided ones first where
// the filter says so.
func (t *Tenant) EntriesLike(ctx context.Context, f engine.ResultFilter, offset, limit int) ([]engine.Placed, error) {
	var ids []string
	q := t.like(f).ColumnExpr("e.activity")
	if f.UndecidedFirst || f.Undecided {
		q = q.OrderExpr("e.next_step")
	}
	if err := q.OrderExpr("e.ordinal").Offset(int64(offset)).Limit(int64(limit)).Scan(ctx, &ids); err != nil || len(ids) == 0 {
		return nil, explain(err)
	}
	activities, err := t.Activities(ctx, f.Plan, ids...)
	if err != nil {
		return nil, err
	}
	entries, err := t.Entries(ctx, f.Plan, f.Period, ids...)
	if err != nil {
		return nil, err
	}
	byID := map[string]engine.Placed{}
	for _, a := range activities {
		byID[a.ID] = engine.Placed{Activity: a}
	}
	for _, e := range entries {
		p := byID[e.Activity]
		p.Entry = e
		byID[e.Activity] = p
	}
	var out []engine.Placed
	for _, id := range ids {
		out = append(out, byID[id])
	}
	return out, nil
}

// CountEntriesLike says how many entries fit the filter.
func (t *Tenant) CountEntriesLike(ctx context.Context, f engine.ResultFilter) (int, error) {
	n, err := t.like(f).Count(ctx)
	return int(n), explain(err)
}

func (t *Tenant) like(f engine.ResultFilter) *bun.SelectQuery {
	q := t.db.read.NewSelect().TableExpr("entry AS e").
		Where("e.tenant = ? AND e.plan = ? AND e.period = ?", t.id, f.Plan, f.Period)
	if len(f.States) > 0 {
		q = q.Where("e.state IN (?)", bun.List(f.States))
	}
	if f.Undecided {
		q = q.Where("e.next_step = ''")
	}
	if f.Official {
		q = q.Where("e.approved_at IS NOT NULL")
	}
	if f.Measure == "" && f.Find == "" {
		return q
	}
	among := t.db.read.NewSelect().TableExpr("activity AS a").ColumnExpr("a.id").Where("a.tenant = ? AND a.plan = ?", t.id, f.Plan)
	if f.Measure != "" {
		among = among.Where("a.measure = ?", f.Measure)
	}
	for _, word := range strings.Fields(fold(f.Find)) {
		among = among.Where(`a.folded LIKE ? ESCAPE '\'`, "%"+likeEscape.Replace(word)+"%")
	}
	return q.Where("e.activity IN (?)", among)
}

// ResultCounts says how the entries of a season stand, counted by what a page
// tells apart.
func (t *Tenant) ResultCounts(ctx context.Context, plan, period string) ([]engine.EntryCount, error) {
	var out []engine.EntryCount
	err := t.db.read.NewSelect().TableExpr("entry").
		ColumnExpr("state, qualifier, next_step AS next, answered_at IS NOT NULL AS answered, approved_at IS NOT NULL AS official, count(*) AS n").
		Where("tenant = ? AND plan = ? AND period = ?", t.id, plan, period).
		GroupExpr("1, 2, 3, 4, 5").OrderExpr("1, 2, 3, 4, 5").Scan(ctx, &out)
	return out, explain(err)
}

// CountPending says how many answers of a season wait for the coordinator.
func (t *Tenant) CountPending(ctx context.Context, plan, period string) (int, error) {
	n, err := t.db.read.NewSelect().Model((*proposalRow)(nil)).
		Where("tenant = ? AND state = 'pending' AND plan = ? AND period = ?", t.id, plan, period).Count(ctx)
	return int(n), explain(err)
}

// CountSilent says how many bodies of a season were written to and owe an answer.
func (t *Tenant) CountSilent(ctx context.Context, plan, period string) (int, error) {
	n, err := t.db.read.NewSelect().Model((*requestRow)(nil)).
		Where("tenant = ? AND plan = ? AND period = ? AND round > 0 AND answered_at IS NULL", t.id, plan, period).Count(ctx)
	return int(n), explain(err)
}
