package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// What follows reads whole seasons. The bigger part of such a reading is making
// values of JSON, and most of it is the same few values over and over: each is
// made once.

// A memo makes values of JSON texts, each once.
type memo[T any] map[string]T

func (m memo[T]) of(text string) (T, error) {
	v, known := m[text]
	if known {
		return v, nil
	}
	err := json.Unmarshal([]byte(text), &v)
	m[text] = v
	return v, err
}

// Terms gives the activities of a plan with no more than who asks for days
// needs: title, measure, deadline, and whose answer settles them.
func (t *Tenant) Terms(ctx context.Context, plan string) ([]engine.Activity, error) {
	if !clean(plan) {
		return nil, nil
	}
	var out []engine.Activity
	var wrong error
	var deadline string
	a, deadlines := engine.Activity{Plan: plan}, memo[engine.Deadline]{}
	err := t.each(ctx, "SELECT id, measure, title, deadline, answers, dropped, version FROM activity WHERE tenant = ? AND plan = ? ORDER BY position, id", []any{t.id, plan},
		[]any{&a.ID, &a.Measure, &a.Title, &deadline, (*string)(&a.Answers), &a.Dropped, &a.Version}, func() {
			d, err := deadlines.of(deadline)
			wrong = firstOf(wrong, err)
			a.Deadline = d
			out = append(out, a)
		})
	return out, firstOf(err, wrong)
}

type standingRow struct {
	bun.BaseModel `bun:"table:entry"`
	Activity      string
	State         engine.State
	NextStep      engine.NextStep
	Askees        string
	AnsweredAt    time.Time `bun:",nullzero"`
	Said          engine.State
}

// Standing gives the entries of a season with no more than tells whether they
// are answered.
func (t *Tenant) Standing(ctx context.Context, plan, period string) ([]engine.Entry, error) {
	var rows []standingRow
	if !clean(plan) || !clean(period) {
		return nil, nil
	}
	if err := t.db.read.NewSelect().Model(&rows).Where("tenant = ? AND plan = ? AND period = ?", t.id, plan, period).Order("activity").Scan(ctx); err != nil {
		return nil, explain(err)
	}
	askees, out := memo[[]string]{}, make([]engine.Entry, len(rows))
	for i, r := range rows {
		who, err := askees.of(r.Askees)
		if err != nil {
			return nil, err
		}
		out[i] = engine.Entry{EntryKey: engine.EntryKey{Plan: plan, Period: period, Activity: r.Activity}, State: r.State, NextStep: r.NextStep,
			Askees: who, AnsweredAt: utc(r.AnsweredAt), Said: r.Said}
	}
	return out, nil
}

// Unsettled gives the newest answers of a season that leave something open for
// their bodies: those that were returned, and those to what everybody answers
// for themselves.
func (t *Tenant) Unsettled(ctx context.Context, plan, period string) ([]engine.Proposal, error) {
	return list[proposalRow](ctx, t, by{"plan", plan, "period", period}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("(state = 'returned' OR activity IN (SELECT id FROM activity WHERE tenant = ? AND plan = ? AND answers = 'each'))", t.id, plan).
			Where("NOT EXISTS (SELECT 1 FROM proposal AS newer WHERE newer.tenant = ? AND newer.plan = ? AND newer.period = ? AND "+
				"newer.activity = ?TableAlias.activity AND newer.organisation = ?TableAlias.organisation AND newer.revision > ?TableAlias.revision)", t.id, plan, period).
			Order("given_at", "activity", "organisation", "revision")
	})
}

type placeRow struct {
	bun.BaseModel `bun:"table:request"`
	Organisation  string
	Written       asJSON[[]engine.Date]
	Moves         asJSON[map[string]engine.Date]
}

// Places gives the requests of a season by organisation, with no more than what
// was written and moved.
func (t *Tenant) Places(ctx context.Context, plan, period string) ([]engine.Request, error) {
	var rows []placeRow
	if !clean(plan) || !clean(period) {
		return nil, nil
	}
	if err := t.db.read.NewSelect().Model(&rows).Where("tenant = ? AND plan = ? AND period = ?", t.id, plan, period).Order("organisation").Scan(ctx); err != nil {
		return nil, explain(err)
	}
	out := make([]engine.Request, len(rows))
	for i, r := range rows {
		out[i] = engine.Request{Plan: plan, Period: period, Organisation: r.Organisation, Written: r.Written.V, Moves: r.Moves.V}
	}
	return out, nil
}

// Head gives the number of the journal's last line: as long as it is the same,
// nothing official has changed.
func (t *Tenant) Head(ctx context.Context) (seq int64, err error) {
	err = t.db.read.NewRaw("SELECT COALESCE((SELECT seq FROM journal_head WHERE tenant = ?), 0)", t.id).Scan(ctx, &seq)
	return seq, explain(err)
}
