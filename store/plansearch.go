package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// SearchActivities gives the first refs ("plan/id") of activities that hold
// every word of a text somewhere, whatever its case and diacritics: newest plan
// first, then in the order of the plan.
func (t *Tenant) SearchActivities(ctx context.Context, text string, limit int) ([]string, error) {
	words := strings.Fields(fold(text))
	if len(words) == 0 || !clean(text) {
		return nil, nil
	}
	var plans, refs []string
	err := t.db.read.NewRaw("SELECT id FROM plan WHERE tenant = ? ORDER BY start_on DESC, id", t.id).Scan(ctx, &plans)
	for _, plan := range plans { // one by one, so that the index gives the order and a full page ends the search
		var ids []string
		q := t.db.read.NewSelect().Table("activity").Column("id").Where("tenant = ? AND plan = ?", t.id, plan)
		for _, w := range words {
			q = q.Where("folded LIKE ? ESCAPE '!'", "%"+like(w)+"%")
		}
		if err = q.Order("position", "id").Limit(int64(limit-len(refs))).Scan(ctx, &ids); err != nil {
			break
		}
		for _, id := range ids {
			refs = append(refs, plan+"/"+id)
		}
		if len(refs) >= limit {
			break
		}
	}
	return refs, explain(err)
}

// like escapes what LIKE would take for a pattern.
func like(s string) string { return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s) }

// MeasureCounts says how many activities stand in each measure of a plan, and
// in each area for those that stand in no measure.
func (t *Tenant) MeasureCounts(ctx context.Context, plan string) ([]engine.MeasureCount, error) {
	var counts []engine.MeasureCount
	err := t.db.read.NewRaw(`SELECT measure, CASE WHEN measure = '' THEN area ELSE '' END AS area, count(*) AS activities,
		count(*) FILTER (WHERE dropped <> '') AS dropped FROM activity WHERE tenant = ? AND plan = ? GROUP BY 1, 2 ORDER BY 1, 2`, t.id, plan).Scan(ctx, &counts)
	return counts, explain(err)
}

// PlanCounts says how many activities each plan has.
func (t *Tenant) PlanCounts(ctx context.Context) (map[string]int, error) {
	var rows []struct {
		Plan string
		N    int
	}
	err := t.db.read.NewRaw("SELECT plan, count(*) AS n FROM activity WHERE tenant = ? GROUP BY plan", t.id).Scan(ctx, &rows)
	counts := map[string]int{}
	for _, r := range rows {
		counts[r.Plan] = r.N
	}
	return counts, explain(err)
}

// ActivitiesIn gives a part of the activities of a measure in their order; with
// no measure those of the area that stand in none. A limit of 0 is none.
func (t *Tenant) ActivitiesIn(ctx context.Context, plan, measure, area string, limit, offset int) ([]engine.Activity, error) {
	key := by{"plan", plan, "measure", measure}
	if measure == "" {
		key = append(key, "area", area)
	}
	return list[activityRow](ctx, t, key, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Order("position", "id").Limit(int64(limit)).Offset(int64(offset))
	})
}

// LastPosition gives the place of the last activity of a plan.
func (t *Tenant) LastPosition(ctx context.Context, plan string) (n int, err error) {
	err = t.db.read.NewRaw("SELECT coalesce(max(position), 0) FROM activity WHERE tenant = ? AND plan = ?", t.id, plan).Scan(ctx, &n)
	return n, explain(err)
}

// Successors gives the activities that continue the one named "plan/id".
func (t *Tenant) Successors(ctx context.Context, ref string) ([]engine.Activity, error) {
	quoted, err := json.Marshal(ref)
	if err != nil || !clean(ref) {
		return nil, err
	}
	return list[activityRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("(carried_from <> '' OR carried NOT IN ('null', '[]'))"). // as the index says
												Where("(carried_from = ? OR carried LIKE ? ESCAPE '!')", ref, `%"From":`+like(string(quoted))+"%").Order("plan", "id")
	})
}

// MessagesIn lists the newest messages made to an organisation between two
// instants, without Raw.
func (t *Tenant) MessagesIn(ctx context.Context, organisation string, from, to time.Time, limit int) ([]engine.Message, error) {
	return list[messageRow](ctx, t, by{"organisation", organisation}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("raw").Where("coalesce(created_at, created_at) BETWEEN ? AND ?", utc(from), utc(to)). // so that the index of the body is taken, whose mails are few
																Order("created_at DESC", "key DESC").Limit(int64(limit))
	})
}
