package store

import (
	"context"
	"fmt"
	"time"

	"splneno/engine"
)

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
	owed, err := t.owed(ctx, plan, period, asked)
	if err != nil {
		return nil, err
	}
	said, err := t.said(ctx, plan, period)
	if err != nil {
		return nil, err
	}
	length := "json_array_length(activities)"
	if t.db.isPostgres() {
		length = "json_array_length(activities::json)"
	}
	var out []engine.BodyCount
	var r requestRow
	var total int
	err = t.each(ctx, "SELECT organisation, "+length+`, round, step, asked_on, answer_by, next_on, written, revoked
		FROM request WHERE tenant = ? AND plan = ? AND period = ? ORDER BY organisation`, []any{t.id, plan, period},
		[]any{&r.Organisation, &total, &r.Round, &r.Step, &r.AskedOn, &r.AnswerBy, &r.NextOn, &r.Written, &r.Revoked}, func() {
			s := said[r.Organisation]
			out = append(out, engine.BodyCount{Total: total, Own: s.own, Returned: s.returned, Owed: min(total, max(0, owed[r.Organisation])+s.returned),
				Request: engine.Request{Plan: plan, Period: period, Organisation: r.Organisation, Round: r.Round, Step: r.Step, AskedOn: r.AskedOn,
					AnswerBy: r.AnswerBy, NextOn: r.NextOn, Written: r.Written.V, Revoked: r.Revoked}})
			r.Written.V = nil // decoding would write into the days just handed out
		})
	return out, err
}

// each reads what a query gives into dest, row by row. Where a page counts over
// hundreds of rows, filling structs by reflection would cost more than the query.
func (t *Tenant) each(ctx context.Context, query string, args, dest []any, row func()) error {
	rows, err := t.db.read.QueryContext(ctx, query, args...)
	if err != nil {
		return explain(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return explain(err)
		}
		row()
	}
	return explain(rows.Err())
}

// What one organisation said in a season.
type saidCount struct{ own, returned int }

// said counts answers by organisation. Every one begins with revision 1, and
// what was returned stays so until it is answered anew.
func (t *Tenant) said(ctx context.Context, plan, period string) (map[string]saidCount, error) {
	by := map[string]saidCount{}
	var body string
	var c saidCount
	err := t.each(ctx, `SELECT organisation, sum(CASE WHEN revision = 1 THEN 1 ELSE 0 END), sum(CASE WHEN state = 'returned' THEN 1 ELSE 0 END)
		FROM proposal WHERE tenant = ? AND plan = ? AND period = ? GROUP BY organisation`, []any{t.id, plan, period},
		[]any{&body, &c.own, &c.returned}, func() { by[body] = c })
	return by, err
}

// owed counts by organisation the items nobody has answered, and those of which
// each owes an answer of its own. Entries are counted by who is asked, which
// few lists say for many entries.
func (t *Tenant) owed(ctx context.Context, plan, period string, asked time.Time) (map[string]int, error) {
	owed := map[string]int{}
	silent := "SELECT askees, count(*) AS n FROM entry WHERE tenant = ? AND plan = ? AND period = ? AND state NOT IN ('fulfilled', 'partial', 'unfulfilled') AND next_step <> 'drop'" +
		" AND (answered_at IS NULL OR answered_at < ? AND said NOT IN ('fulfilled', 'partial', 'unfulfilled')) GROUP BY askees"
	if err := t.countAskees(ctx, owed, silent, t.id, plan, period, utc(asked)); err != nil {
		return nil, err
	}
	// CROSS JOIN keeps SQLite to the order written: from the few activities on.
	each := `FROM activity a CROSS JOIN entry e %s WHERE a.tenant = ? AND a.plan = ? AND a.answers = 'each'
		AND e.tenant = a.tenant AND e.plan = a.plan AND e.period = ? AND e.activity = a.id
		AND e.state NOT IN ('fulfilled', 'partial', 'unfulfilled') AND e.next_step <> 'drop' AND e.answered_at IS NOT NULL`
	if err := t.countAskees(ctx, owed, "SELECT e.askees, count(*) AS n "+fmt.Sprintf(each, "")+" GROUP BY e.askees", t.id, plan, period); err != nil {
		return nil, err
	}
	var body string
	var n int
	err := t.each(ctx, "SELECT p.organisation, count(*) "+fmt.Sprintf(each, "CROSS JOIN proposal p")+` AND p.tenant = e.tenant AND p.plan = e.plan
		AND p.period = e.period AND p.activity = e.activity AND p.revision = 1 GROUP BY p.organisation`, []any{t.id, plan, period}, []any{&body, &n}, func() { owed[body] -= n })
	return owed, err
}

// countAskees adds what a query counts by lists of organisations to each of them.
func (t *Tenant) countAskees(ctx context.Context, counts map[string]int, query string, args ...any) error {
	var askees asJSON[[]string]
	var n int
	return t.each(ctx, query, args, []any{&askees, &n}, func() {
		for _, id := range askees.V {
			counts[id] += n
		}
	})
}
