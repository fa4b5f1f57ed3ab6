package store

import (
	"context"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// An amendmentRow is an amendment without its activities, which are rows of
// their own: an import may change thousands, a page shows a few.
type amendmentRow struct {
	bun.BaseModel `bun:"table:amendment"`
	Tenant        string                   `bun:",pk"`
	Plan          string                   `bun:",pk"`
	Number        int                      `bun:",pk"`
	Day           engine.Date              `bun:",notnull"`
	Body          asJSON[engine.Amendment] `bun:",notnull"`
	PlanAs        asJSON[*engine.Plan]     `bun:",notnull"`
	versioned
}

func newAmendmentRow(tenant string, a engine.Amendment) amendmentRow {
	row := amendmentRow{Tenant: tenant, Plan: a.Plan, Number: a.Number, Day: a.Day, PlanAs: asJSON[*engine.Plan]{a.PlanAs}, versioned: versioned{a.Version}}
	a.Version, a.PlanAs, a.Before, a.Added = 0, nil, nil, nil
	row.Body.V = a
	return row
}

func (r amendmentRow) name() string { return "amendment of " + r.Plan }

func (r amendmentRow) value() engine.Amendment {
	a := r.Body.V
	a.At, a.PlanAs, a.Version = utc(a.At), r.PlanAs.V, r.Version
	return a
}

// An amendedRow is one activity an amendment changed, or added.
type amendedRow struct {
	bun.BaseModel `bun:"table:amended"`
	Tenant        string                   `bun:",pk"`
	Plan          string                   `bun:",pk"`
	Number        int                      `bun:",pk"`
	Place         int                      `bun:",pk"` // in the amendment
	Activity      string                   `bun:",notnull"`
	Before        asJSON[*engine.Activity] `bun:",notnull"`
}

func (r amendedRow) name() string { return "activity " + r.Activity + " of an amendment of " + r.Plan }

func (r amendedRow) value() amendedRow { return r }

func (r amendedRow) in(a *engine.Amendment) {
	if r.Before.V == nil {
		a.Added = append(a.Added, r.Activity)
	} else {
		a.Before = append(a.Before, *r.Before.V)
	}
}

// writeAmendments stores amendments, which are never changed again.
func (t *Tenant) writeAmendments(ctx context.Context, tx bun.Tx, list []engine.Amendment) error {
	if err := save(ctx, tx, rowsOf(t.id, list, newAmendmentRow)); err != nil {
		return err
	}
	var rows []amendedRow
	for _, a := range list {
		add := func(id string, before *engine.Activity) {
			rows = append(rows, amendedRow{Tenant: t.id, Plan: a.Plan, Number: a.Number, Place: len(rows), Activity: id, Before: asJSON[*engine.Activity]{before}})
		}
		for _, b := range a.Before {
			add(b.ID, &b)
		}
		for _, id := range a.Added {
			add(id, nil)
		}
	}
	return insert(ctx, tx, rows)
}

// Amendments gives those of a plan whole, by number.
func (t *Tenant) Amendments(ctx context.Context, plan string) ([]engine.Amendment, error) {
	return t.amendments(ctx, plan, all, all)
}

// AmendmentsOfPlan gives those that changed the plan's own text, by number and
// without activities.
func (t *Tenant) AmendmentsOfPlan(ctx context.Context, plan string) ([]engine.Amendment, error) {
	return list[amendmentRow](ctx, t, by{"plan", plan}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("plan_as <> 'null'").Order("number")
	})
}

// AmendmentsOf gives those that changed one of the activities, by number, with
// nothing but these in them.
func (t *Tenant) AmendmentsOf(ctx context.Context, plan string, activities []string) ([]engine.Amendment, error) {
	if len(activities) == 0 {
		return nil, nil
	}
	activities = storable(activities)
	return t.amendments(ctx, plan, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("plan_as").Where("number IN (?)", t.db.read.NewSelect().Model((*amendedRow)(nil)).Column("number").
			Where("tenant = ? AND plan = ? AND activity IN (?)", t.id, plan, bun.List(activities)))
	}, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("activity IN (?)", bun.List(activities)) })
}

func all(q *bun.SelectQuery) *bun.SelectQuery { return q }

// amendments puts together the rows of the refined queries.
func (t *Tenant) amendments(ctx context.Context, plan string, heads, activities refinement) ([]engine.Amendment, error) {
	out, err := list[amendmentRow](ctx, t, by{"plan", plan}, func(q *bun.SelectQuery) *bun.SelectQuery { return heads(q).Order("number") })
	if err != nil || len(out) == 0 {
		return nil, err
	}
	rows, err := list[amendedRow](ctx, t, by{"plan", plan}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return activities(q).Order("number", "place")
	})
	at := map[int]int{}
	for i, a := range out {
		at[a.Number] = i
	}
	for _, r := range rows {
		if i, ok := at[r.Number]; ok {
			r.in(&out[i])
		}
	}
	return out, err
}

// AmendmentPage gives a part of the amendments of a plan, newest first, without
// the plan and the activities in them.
func (t *Tenant) AmendmentPage(ctx context.Context, plan string, limit, offset int) ([]engine.Amendment, error) {
	return list[amendmentRow](ctx, t, by{"plan", plan}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("plan_as").Order("number DESC").Limit(int64(limit)).Offset(int64(offset))
	})
}

// LastAmendment gives the number of the newest amendment of a plan, 0 when
// there is none.
func (t *Tenant) LastAmendment(ctx context.Context, plan string) (n int, err error) {
	err = t.db.read.NewRaw("SELECT coalesce(max(number), 0) FROM amendment WHERE tenant = ? AND plan = ?", t.id, plan).Scan(ctx, &n)
	return n, explain(err)
}

// AmendedIn gives the ids of a part of the activities an amendment changed.
func (t *Tenant) AmendedIn(ctx context.Context, plan string, number, limit, offset int) ([]string, error) {
	var ids []string
	err := t.db.read.NewRaw("SELECT activity FROM amended WHERE tenant = ? AND plan = ? AND number = ? ORDER BY place LIMIT ? OFFSET ?",
		t.id, plan, number, limit, offset).Scan(ctx, &ids)
	return ids, explain(err)
}

// AmendedSince gives the ids of the activities amendments changed that hold
// from a later day.
func (t *Tenant) AmendedSince(ctx context.Context, plan string, day engine.Date) ([]string, error) {
	var ids []string
	err := t.db.read.NewRaw(`SELECT DISTINCT d.activity FROM amendment a JOIN amended d ON d.tenant = a.tenant AND d.plan = a.plan AND d.number = a.number
		WHERE a.tenant = ? AND a.plan = ? AND a.day > ? ORDER BY d.activity`, t.id, plan, string(day)).Scan(ctx, &ids)
	return ids, explain(err)
}
