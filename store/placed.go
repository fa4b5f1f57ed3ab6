package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// likeless takes their meaning from the signs of LIKE.
var likeless = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// EntryPage gives a page of the entries a filter means, with what each promised:
// in the order of the plan, or those without a decision first.
func (t *Tenant) EntryPage(ctx context.Context, f engine.EntryFilter, offset, limit int) ([]engine.Placed, error) {
	ids, err := t.EntryIDs(ctx, f, offset, limit)
	if err != nil || len(ids) == 0 {
		return nil, err
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

// EntryIDs gives the activities on such a page.
func (t *Tenant) EntryIDs(ctx context.Context, f engine.EntryFilter, offset, limit int) (ids []string, err error) {
	err = t.page(f).ColumnExpr("e.activity").Offset(int64(offset)).Limit(int64(limit)).Scan(ctx, &ids)
	return ids, explain(err)
}

// EntryCounts says how the entries a filter means stand, counted by what a page
// tells apart. Where nothing of the activities is asked, an index says it all.
func (t *Tenant) EntryCounts(ctx context.Context, f engine.EntryFilter) ([]engine.EntryCount, error) {
	var out []engine.EntryCount
	err := t.among(t.standing(t.db.read.NewSelect().TableExpr("entry AS e"), f), f).
		ColumnExpr("e.state, e.qualifier, e.next_step AS next, e.answered_at IS NOT NULL AS answered, e.approved_at IS NOT NULL AS official, count(*) AS n").
		GroupExpr("1, 2, 3, 4, 5").OrderExpr("1, 2, 3, 4, 5").Scan(ctx, &out)
	return out, explain(err)
}

// page is the query of the entries a filter means, as e and in order. In the
// order of the plan it walks the activities, so that a page early in it costs
// little; undecided ones stand first in an index of the entries.
func (t *Tenant) page(f engine.EntryFilter) *bun.SelectQuery {
	q := t.db.read.NewSelect()
	if f.Undecided || f.UndecidedFirst {
		return t.among(t.standing(q.TableExpr("entry AS e"), f), f).OrderExpr("e.next_step, e.ordinal")
	}
	q = t.promised(q.TableExpr("activity AS a CROSS JOIN entry AS e").Where("e.activity = a.id"), f)
	return t.standing(q, f).OrderExpr("a.position, a.id")
}

// among adds to a query of entries what a filter asks of their activities.
func (t *Tenant) among(q *bun.SelectQuery, f engine.EntryFilter) *bun.SelectQuery {
	if len(f.Areas) == 0 && f.Measure == "" && f.Find == "" {
		return q
	}
	return q.Where("e.activity IN (?)", t.promised(t.db.read.NewSelect().TableExpr("activity AS a").ColumnExpr("a.id"), f))
}

// promised adds what a filter asks of activities. Behind policies PostgreSQL knows
// no statistics for LIKE, takes it to find next to nothing, and would then look up
// thousands of entries one by one; in a CASE it takes it for a third.
func (t *Tenant) promised(q *bun.SelectQuery, f engine.EntryFilter) *bun.SelectQuery {
	q = q.Where("a.tenant = ? AND a.plan = ?", t.id, storable([]string{f.Plan})[0])
	if len(f.Areas) > 0 {
		q = q.Where("a.area IN (?)", bun.List(storable(f.Areas)))
	}
	if f.Measure != "" {
		q = q.Where("a.measure = ?", storable([]string{f.Measure})[0])
	}
	for _, word := range strings.Fields(fold(storable([]string{f.Find})[0])) {
		q = q.Where(`CASE WHEN a.folded LIKE ? ESCAPE '\' THEN 1 ELSE 0 END > 0`, "%"+likeless.Replace(word)+"%")
	}
	return q
}

// standing adds what a filter asks of entries.
func (t *Tenant) standing(q *bun.SelectQuery, f engine.EntryFilter) *bun.SelectQuery {
	key := storable([]string{f.Plan, f.Period})
	q = q.Where("e.tenant = ? AND e.plan = ? AND e.period = ?", t.id, key[0], key[1])
	if len(f.States) > 0 {
		states := make([]string, len(f.States))
		for i, s := range f.States {
			states[i] = string(s)
		}
		q = q.Where("e.state IN (?)", bun.List(storable(states)))
	}
	if f.Undecided {
		q = q.Where("e.next_step = ''")
	}
	if f.Unanswered {
		q = q.Where("e.answered_at IS NULL AND e.approved_at IS NULL")
	}
	if f.Official {
		q = q.Where("e.approved_at IS NOT NULL")
	}
	return q
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
