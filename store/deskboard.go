package store

import (
	"context"
	"time"

	"splneno/engine"
)

// unsettled is an entry somebody may still owe an answer about.
const unsettled = "state NOT IN ('fulfilled', 'partial', 'unfulfilled') AND next_step <> 'drop'"

// SeasonCount counts the entries of a season.
func (t *Tenant) SeasonCount(ctx context.Context, plan, period string) (engine.SeasonCount, error) {
	var rows []struct {
		State                                  engine.State
		Entries, Answered, Approved, Undecided int
	}
	err := t.db.read.NewRaw(`SELECT state, count(*) AS entries, count(answered_at) AS answered, count(approved_at) AS approved,
		sum(CASE WHEN next_step = '' THEN 1 ELSE 0 END) AS undecided
		FROM entry WHERE tenant = ? AND plan = ? AND period = ? GROUP BY state`, t.id, plan, period).Scan(ctx, &rows)
	c := engine.SeasonCount{ByState: map[engine.State]int{}}
	for _, r := range rows {
		c.Entries, c.Answered, c.Approved = c.Entries+r.Entries, c.Answered+r.Answered, c.Approved+r.Approved
		c.ByState[r.State] = r.Entries
		if r.State == engine.Partial || r.State == engine.Unfulfilled {
			c.Undecided += r.Undecided
		}
	}
	return c, explain(err)
}

// BodyCounts counts the place of every organisation in a season, by id. What
// was said before asked, and was no result, counts as not said.
func (t *Tenant) BodyCounts(ctx context.Context, plan, period string, asked time.Time) ([]engine.BodyCount, error) {
	var requests []struct {
		Organisation              string
		Total, Round, Step        int
		AskedOn, AnswerBy, NextOn engine.Date
		Written                   asJSON[[]engine.Date]
		Revoked                   bool
	}
	length := "json_array_length(activities)"
	if t.db.isPostgres() {
		length = "json_array_length(activities::json)"
	}
	err := t.db.read.NewRaw("SELECT organisation, "+length+` AS total, round, step, asked_on, answer_by, next_on, written, revoked
		FROM request WHERE tenant = ? AND plan = ? AND period = ? ORDER BY organisation`, t.id, plan, period).Scan(ctx, &requests)
	if err != nil {
		return nil, explain(err)
	}
	owed, err := t.owed(ctx, plan, period, asked)
	if err != nil {
		return nil, err
	}
	said, err := t.said(ctx, plan, period)
	if err != nil {
		return nil, err
	}
	out := make([]engine.BodyCount, len(requests))
	for i, r := range requests {
		s := said[r.Organisation]
		out[i] = engine.BodyCount{Total: r.Total, Own: s.Own, Returned: s.Returned, LastAt: utc(s.LastAt), Owed: min(r.Total, max(0, owed[r.Organisation])+s.Returned),
			Request: engine.Request{Plan: plan, Period: period, Organisation: r.Organisation, Round: r.Round, Step: r.Step, AskedOn: r.AskedOn,
				AnswerBy: r.AnswerBy, NextOn: r.NextOn, Written: r.Written.V, Revoked: r.Revoked}}
	}
	return out, nil
}

// A saidRow is what one organisation said in a season.
type saidRow struct {
	Organisation  string
	Own, Returned int
	LastAt        time.Time
}

// said counts answers by organisation. Every one begins with revision 1, and
// what was returned stays so until it is answered anew.
func (t *Tenant) said(ctx context.Context, plan, period string) (map[string]saidRow, error) {
	var rows []saidRow
	err := t.db.read.NewRaw(`SELECT organisation, sum(CASE WHEN revision = 1 THEN 1 ELSE 0 END) AS own,
		sum(CASE WHEN state = 'returned' THEN 1 ELSE 0 END) AS returned, max(given_at) AS last_at
		FROM proposal WHERE tenant = ? AND plan = ? AND period = ? GROUP BY organisation`, t.id, plan, period).Scan(ctx, &rows)
	by := map[string]saidRow{}
	for _, r := range rows {
		by[r.Organisation] = r
	}
	return by, explain(err)
}

// owed counts by organisation the items nobody has answered, and those of which
// each owes an answer of its own. Entries are counted by who is asked, which
// few lists say for many entries.
func (t *Tenant) owed(ctx context.Context, plan, period string, asked time.Time) (map[string]int, error) {
	owed := map[string]int{}
	silent := "SELECT askees, count(*) AS n FROM entry WHERE tenant = ? AND plan = ? AND period = ? AND " + unsettled +
		" AND (answered_at IS NULL OR answered_at < ? AND said NOT IN ('fulfilled', 'partial', 'unfulfilled')) GROUP BY askees"
	if err := t.countAskees(ctx, owed, silent, t.id, plan, period, utc(asked)); err != nil {
		return nil, err
	}
	each := `SELECT askees, count(*) AS n FROM activity a JOIN entry e ON e.tenant = a.tenant AND e.plan = a.plan AND e.period = ? AND e.activity = a.id
		WHERE a.tenant = ? AND a.plan = ? AND a.answers = 'each' AND ` + unsettled + " AND answered_at IS NOT NULL GROUP BY askees"
	if err := t.countAskees(ctx, owed, each, period, t.id, plan); err != nil {
		return nil, err
	}
	var own []struct {
		Organisation string
		N            int
	}
	err := t.db.read.NewRaw(`SELECT p.organisation, count(*) AS n FROM activity a
		JOIN entry e ON e.tenant = a.tenant AND e.plan = a.plan AND e.period = ? AND e.activity = a.id
		JOIN proposal p ON p.tenant = e.tenant AND p.plan = e.plan AND p.period = e.period AND p.activity = e.activity AND p.revision = 1
		WHERE a.tenant = ? AND a.plan = ? AND a.answers = 'each' AND e.state NOT IN ('fulfilled', 'partial', 'unfulfilled') AND e.next_step <> 'drop'
		GROUP BY p.organisation`, period, t.id, plan).Scan(ctx, &own)
	for _, r := range own {
		owed[r.Organisation] -= r.N
	}
	return owed, explain(err)
}

// countAskees adds what a query counts by lists of organisations to each of them.
func (t *Tenant) countAskees(ctx context.Context, counts map[string]int, query string, args ...any) error {
	var rows []struct {
		Askees asJSON[[]string]
		N      int
	}
	err := t.db.read.NewRaw(query, args...).Scan(ctx, &rows)
	for _, r := range rows {
		for _, id := range r.Askees.V {
			counts[id] += r.N
		}
	}
	return explain(err)
}
