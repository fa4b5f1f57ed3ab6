package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type occurrenceRow struct {
	bun.BaseModel `bun:"table:occurrence"`
	Tenant        string                 `bun:",pk"`
	Rule          string                 `bun:",pk"`
	Day           engine.Date            `bun:",pk"`
	PlanAt        time.Time              `bun:",nullzero"`
	State         engine.OccurrenceState `bun:",notnull"`
	Attempts      int                    `bun:",notnull"`
	NextAt        time.Time              `bun:",notnull"`
	RanAt         time.Time              `bun:",nullzero"`
	Note          string                 `bun:",notnull"`
}

func newOccurrenceRow(tenant string, o engine.Occurrence) occurrenceRow {
	return occurrenceRow{
		Tenant: tenant, Rule: o.Rule, Day: o.Day, PlanAt: utc(o.PlanAt), State: o.State, Attempts: o.Attempts,
		NextAt: dueAt(o.NextAt, o.PlanAt), RanAt: utc(o.RanAt), Note: o.Note,
	}
}

func (r occurrenceRow) name() string { return "occurrence " + r.Rule + " of " + string(r.Day) }

func (r occurrenceRow) value() engine.Occurrence {
	return engine.Occurrence{
		Rule: r.Rule, Day: r.Day, PlanAt: utc(r.PlanAt), State: r.State, Attempts: r.Attempts,
		NextAt: utc(r.NextAt), RanAt: utc(r.RanAt), Note: r.Note,
	}
}

type cursorRow struct {
	bun.BaseModel `bun:"table:rule_cursor"`
	Tenant        string    `bun:",pk"`
	Rule          string    `bun:",pk"`
	ReachedAt     time.Time `bun:",notnull"`
}

// Cursors gives the instants up to which the occurrences of rules are stored, of
// all rules that were ever computed.
func (t *Tenant) Cursors(ctx context.Context) (map[string]time.Time, error) {
	var rows []cursorRow
	if err := t.db.read.NewRaw("SELECT rule, reached_at FROM rule_cursor WHERE tenant = ?", t.id).Scan(ctx, &rows); err != nil {
		return nil, explain(err)
	}
	out := map[string]time.Time{}
	for _, r := range rows {
		out[r.Rule] = utc(r.ReachedAt)
	}
	return out, nil
}

// AddStretches stores what rules owed (occurrences already there stay as they
// are) and moves their cursors, all or nothing. It is a Conflict when a cursor
// does not stand at From: another node was first.
func (t *Tenant) AddStretches(ctx context.Context, stretches []engine.Stretch) error {
	if err := checkText(stretches); err != nil || len(stretches) == 0 {
		return err
	}
	err := t.db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var rows []occurrenceRow
		for _, s := range stretches {
			if err := t.moveCursor(ctx, tx, s.Rule, utc(s.From), utc(s.To)); err != nil {
				return err
			}
			rows = append(rows, rowsOf(t.id, s.Due, newOccurrenceRow)...)
		}
		return addOccurrences(ctx, tx, rows)
	})
	return explain(err)
}

// addOccurrences stores what is not there yet.
func addOccurrences(ctx context.Context, tx bun.Tx, rows []occurrenceRow) error {
	for some := range slices.Chunk(rows, 500) {
		_, err := tx.NewInsert().Model(&some).Returning("NULL").On("CONFLICT (tenant, rule, day) DO NOTHING").Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *Tenant) moveCursor(ctx context.Context, tx bun.Tx, rule string, from, to time.Time) error {
	if from.IsZero() {
		row := cursorRow{Tenant: t.id, Rule: rule, ReachedAt: to}
		res, err := tx.NewInsert().Model(&row).Returning("NULL").On("CONFLICT (tenant, rule) DO NOTHING").Exec(ctx)
		return settled(res, err, "cursor of "+rule)
	}
	res, err := tx.NewRaw("UPDATE rule_cursor SET reached_at = ? WHERE tenant = ? AND rule = ? AND reached_at = ?", to, t.id, rule, from).Exec(ctx)
	return settled(res, err, "cursor of "+rule)
}

// ClaimOccurrences hands out due occurrences as [Tenant.ClaimMessages] does.
func (t *Tenant) ClaimOccurrences(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]engine.Occurrence, error) {
	rows, err := claim[occurrenceRow](ctx, t, claimOccurrences, now, limit, lease)
	slices.SortFunc(rows, func(a, b occurrenceRow) int {
		return cmp.Or(a.PlanAt.Compare(b.PlanAt), cmp.Compare(a.Rule, b.Rule))
	})
	return values(rows), err
}

// SettleOccurrence records what became of it, fenced as [Tenant.SettleMessage] is.
func (t *Tenant) SettleOccurrence(ctx context.Context, o engine.Occurrence) error {
	if err := checkText(o); err != nil {
		return err
	}
	row := newOccurrenceRow(t.id, o)
	res, err := t.db.write.NewUpdate().Model(&row).Column("state", "next_at", "ran_at", "note").
		WherePK().Where("attempts = ?", o.Attempts).Exec(ctx)
	return explain(settled(res, err, row.name()))
}

// Occurrences lists the ledger, newest first. A limit of 0 is none.
func (t *Tenant) Occurrences(ctx context.Context, limit int) ([]engine.Occurrence, error) {
	return list[occurrenceRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Order("plan_at DESC", "rule DESC").Limit(int64(limit))
	})
}
