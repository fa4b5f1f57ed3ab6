package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
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
	returned, err := t.returned(ctx, owed, plan, period, asked)
	if err != nil {
		return nil, err
	}
	own, err := t.own(ctx, plan, period)
	if err != nil {
		return nil, err
	}
	length := "json_array_length(activities)"
	if t.db.isPostgres() {
		length = "CASE activities WHEN 'null' THEN 0 ELSE json_array_length(activities::json) END"
	}
	var out []engine.BodyCount
	var r requestRow
	var total int
	err = t.each(ctx, "SELECT organisation, "+length+`, round, step, asked_on, answer_by, next_on, written, revoked
		FROM request WHERE tenant = ? AND plan = ? AND period = ? ORDER BY organisation`, []any{t.id, plan, period},
		[]any{&r.Organisation, &total, &r.Round, &r.Step, &r.AskedOn, &r.AnswerBy, &r.NextOn, &r.Written, &r.Revoked}, func() {
			out = append(out, engine.BodyCount{Total: total, Own: own[r.Organisation], Returned: returned[r.Organisation], Owed: owed[r.Organisation],
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
	return eachRow(rows, func() error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		row()
		return nil
	})
}

// eachRow goes through rows and closes them.
func eachRow(rows *sql.Rows, read func() error) error {
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := read(); err != nil {
			return explain(err)
		}
	}
	return explain(rows.Err())
}

// own counts by organisation the items it answered itself: every answer begins
// with revision 1.
func (t *Tenant) own(ctx context.Context, plan, period string) (map[string]int, error) {
	own := map[string]int{}
	var body string
	var n int
	err := t.each(ctx, "SELECT organisation, sum(CASE WHEN revision = 1 THEN 1 ELSE 0 END) FROM proposal WHERE tenant = ? AND plan = ? AND period = ? GROUP BY organisation",
		[]any{t.id, plan, period}, []any{&body, &n}, func() { own[body] = n })
	return own, err
}

const (
	// living is an entry something may be owed about; silent one nobody has
	// answered, or not since the day in its place.
	living = " AND e.state NOT IN ('fulfilled', 'partial', 'unfulfilled') AND e.next_step <> 'drop'"
	silent = " AND (e.answered_at IS NULL OR e.answered_at < ? AND e.said NOT IN ('fulfilled', 'partial', 'unfulfilled'))"
	// eachOwes are the entries of which everybody owes an answer. CROSS JOIN keeps
	// SQLite to the order written: from those few activities on.
	eachOwes = ` FROM activity a CROSS JOIN entry e %s WHERE a.tenant = ? AND a.plan = ? AND a.answers = 'each'
		AND e.tenant = a.tenant AND e.plan = a.plan AND e.period = ? AND e.activity = a.id` + living
	// sure is an answer that need not be asked for anew: its status stands in
	// its text as it is written there, and nowhere else, for quotes are escaped.
	sure = ` AND p.tenant = e.tenant AND p.plan = e.plan AND p.period = e.period AND p.activity = e.activity AND p.state <> 'returned'
		AND NOT EXISTS (SELECT 1 FROM proposal n WHERE n.tenant = p.tenant AND n.plan = p.plan AND n.period = p.period AND n.activity = p.activity
			AND n.organisation = p.organisation AND n.revision = p.revision + 1)
		AND (p.given_at >= ? OR p.answer LIKE '%"Status":"fulfilled"%' OR p.answer LIKE '%"Status":"partial"%' OR p.answer LIKE '%"Status":"unfulfilled"%')`
)

// owed counts by organisation the items it owes, as the engine does: those
// nobody has answered, of some its own answer, and what was returned. Entries
// are counted by who is asked, for few lists stand for many entries.
func (t *Tenant) owed(ctx context.Context, plan, period string, asked time.Time) (map[string]int, error) {
	owed, day := map[string]int{}, utc(asked)
	list := "SELECT e.askees, count(*)"
	each := fmt.Sprintf(eachOwes, "")
	for _, step := range []struct {
		query string
		sign  int
		args  []any
	}{
		{list + " FROM entry e WHERE e.tenant = ? AND e.plan = ? AND e.period = ?" + living + silent + " GROUP BY e.askees", 1, []any{t.id, plan, period, day}},
		{list + each + silent + " GROUP BY e.askees", -1, []any{t.id, plan, period, day}},
		{list + each + " GROUP BY e.askees", 1, []any{t.id, plan, period}},
	} {
		if err := t.countAskees(ctx, owed, step.sign, step.query, step.args...); err != nil {
			return nil, err
		}
	}
	var body string
	var n int
	err := t.each(ctx, "SELECT p.organisation, count(*)"+fmt.Sprintf(eachOwes, "CROSS JOIN proposal p")+sure+" GROUP BY p.organisation",
		[]any{t.id, plan, period, day}, []any{&body, &n}, func() { owed[body] -= n })
	return owed, err
}

// returned counts by organisation the answers that were sent back, and adds to
// what is owed those that were not counted as silent.
func (t *Tenant) returned(ctx context.Context, owed map[string]int, plan, period string, asked time.Time) (map[string]int, error) {
	back := map[string]int{}
	var body string
	var askees asJSON[[]string]
	var counted bool
	err := t.each(ctx, `SELECT p.organisation, e.askees, (true`+living+` AND (a.answers = 'each' OR (true`+silent+`)))
		FROM proposal p CROSS JOIN entry e CROSS JOIN activity a WHERE p.tenant = ? AND p.plan = ? AND p.period = ? AND p.state = 'returned'
		AND e.tenant = p.tenant AND e.plan = p.plan AND e.period = p.period AND e.activity = p.activity AND e.next_step <> 'drop'
		AND a.tenant = e.tenant AND a.plan = e.plan AND a.id = e.activity`, []any{utc(asked), t.id, plan, period}, []any{&body, &askees, &counted}, func() {
		if len(askees.V) > 0 && !slices.Contains(askees.V, body) {
			return
		}
		if back[body]++; !counted {
			owed[body]++
		}
	})
	return back, err
}

// countAskees adds what a query counts by lists of organisations to each of them.
func (t *Tenant) countAskees(ctx context.Context, counts map[string]int, sign int, query string, args ...any) error {
	var askees asJSON[[]string]
	var n int
	return t.each(ctx, query, args, []any{&askees, &n}, func() {
		for _, id := range askees.V {
			counts[id] += sign * n
		}
	})
}
