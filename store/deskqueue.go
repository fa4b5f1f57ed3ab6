package store

import (
	"context"
	"strings"

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

// EntryPage gives the entries a filter means, in the order of the plan.
func (t *Tenant) EntryPage(ctx context.Context, f engine.EntryFilter, offset, limit int) ([]engine.Entry, error) {
	var keys []string
	err := t.listed(f).ColumnExpr("e.activity").OrderExpr("a.position, a.id").Limit(int64(limit)).Offset(int64(offset)).Scan(ctx, &keys)
	if err != nil || len(keys) == 0 {
		return nil, explain(err)
	}
	entries, err := t.Entries(ctx, f.Plan, f.Period, keys...)
	at := map[string]engine.Entry{}
	for _, e := range entries {
		at[e.Activity] = e
	}
	out := make([]engine.Entry, 0, len(keys))
	for _, k := range keys {
		if e, ok := at[k]; ok {
			out = append(out, e)
		}
	}
	return out, err
}

// EntryCounts counts the entries a filter means by state.
func (t *Tenant) EntryCounts(ctx context.Context, f engine.EntryFilter) (map[engine.State]int, error) {
	var rows []struct {
		State engine.State
		Found int
	}
	q := t.listed(f)
	if len(f.Areas) == 0 && f.Search == "" { // then nothing of the activities is asked, and an index of the entries says it all
		q = t.entries(t.db.read.NewSelect().TableExpr("entry AS e"), f)
	}
	err := q.ColumnExpr("e.state, count(*) AS found").GroupExpr("e.state").Scan(ctx, &rows)
	out := map[engine.State]int{}
	for _, r := range rows {
		out[r.State] = r.Found
	}
	return out, explain(err)
}

// listed is the query of the entries a filter means, as e with their activity
// as a: it walks the plan in its order, so that a page early in it costs little.
func (t *Tenant) listed(f engine.EntryFilter) *bun.SelectQuery {
	q := t.db.read.NewSelect().TableExpr("activity AS a CROSS JOIN entry AS e").
		Where("a.tenant = ? AND a.plan = ? AND e.activity = a.id", t.id, storable([]string{f.Plan})[0])
	if len(f.Areas) > 0 {
		q = q.Where("a.area IN (?)", bun.List(storable(f.Areas)))
	}
	for _, word := range strings.Fields(fold(storable([]string{f.Search})[0])) {
		q = q.Where(`a.folded LIKE ? ESCAPE '\'`, "%"+likeless.Replace(word)+"%")
	}
	return t.entries(q, f)
}

// entries adds what a filter asks of entries.
func (t *Tenant) entries(q *bun.SelectQuery, f engine.EntryFilter) *bun.SelectQuery {
	key := storable([]string{f.Plan, f.Period, string(f.State)})
	q = q.Where("e.tenant = ? AND e.plan = ? AND e.period = ?", t.id, key[0], key[1])
	if f.State != "" {
		q = q.Where("e.state = ?", key[2])
	}
	if f.Undecided {
		q = q.Where("e.state IN ('fulfilled', 'partial', 'unfulfilled') AND e.next_step = ''")
	}
	if f.Unanswered {
		q = q.Where("e.answered_at IS NULL AND e.approved_at IS NULL")
	}
	return q
}

// likeless takes their meaning from the signs of LIKE.
var likeless = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
