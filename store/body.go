package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// RequestsOf gives the places of some organisations in a season, by organisation.
func (t *Tenant) RequestsOf(ctx context.Context, plan, period string, organisations []string) ([]engine.Request, error) {
	if len(organisations) == 0 {
		return nil, nil
	}
	return list[requestRow](ctx, t, by{"plan", plan, "period", period}, orderIn("organisation", organisations, "organisation"))
}

// ActivitiesNaming gives the ids of a plan's activities whose responsible
// parties include one of the organisations, in the order of the plan.
func (t *Tenant) ActivitiesNaming(ctx context.Context, plan string, organisations []string) ([]string, error) {
	if len(organisations) == 0 || !clean(plan) || !clean(strings.Join(organisations, "")) {
		return nil, nil
	}
	var ids []string
	q := t.db.read.NewSelect().Table("activity").Column("id").Where("tenant = ?", t.id).Where("plan = ?", plan).
		WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			for _, id := range organisations { // as JSON writes it: quotes within a text are escaped there
				q = q.WhereOr("responsible LIKE ?", `%"Organisation":"`+loosely(id)+`"%`)
			}
			return q
		}).Order("position", "id")
	return ids, explain(q.Scan(ctx, &ids))
}

// loosely gives a text as a pattern that finds at least what holds it: what means
// something else in a pattern, or is written differently in JSON, may be anything.
func loosely(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`%_\"&<>`, r) || r < ' ' {
			return '%'
		}
		return r
	}, s)
}

// ProposalsOf lists the newest answers of an organisation, over all seasons.
func (t *Tenant) ProposalsOf(ctx context.Context, organisation string, limit int) ([]engine.Proposal, error) {
	return list[proposalRow](ctx, t, by{"organisation", organisation}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Order("given_at DESC").Limit(int64(limit))
	})
}

// ChannelsOf counts the answers of organisations by the way they came.
func (t *Tenant) ChannelsOf(ctx context.Context, organisations []string) (map[string]map[engine.Channel]int, error) {
	out := map[string]map[engine.Channel]int{}
	if len(organisations) == 0 || !clean(strings.Join(organisations, "")) {
		return out, nil
	}
	var rows []struct {
		Organisation string
		Channel      engine.Channel
		N            int
	}
	err := t.db.read.NewRaw("SELECT organisation, channel, count(*) AS n FROM proposal WHERE tenant = ? AND organisation IN (?) GROUP BY organisation, channel",
		t.id, bun.List(organisations)).Scan(ctx, &rows)
	for _, r := range rows {
		if out[r.Organisation] == nil {
			out[r.Organisation] = map[engine.Channel]int{}
		}
		out[r.Organisation][r.Channel] = r.N
	}
	return out, explain(err)
}
