package store

import (
	"context"
	"slices"
	"strconv"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// evaluationRow keeps the document whole: it is frozen, and its hash covers all
// of it. Head is the same without its rows.
type evaluationRow struct {
	bun.BaseModel `bun:"table:evaluation"`
	Tenant        string                    `bun:",pk"`
	Plan          string                    `bun:",pk"`
	Period        string                    `bun:",pk"`
	Number        int                       `bun:",pk"`
	Body          asJSON[engine.Evaluation] `bun:",notnull"`
	Head          asJSON[engine.Evaluation] `bun:",notnull"`
	versioned
}

func newEvaluationRow(tenant string, e engine.Evaluation) evaluationRow {
	e.MadeAt, e.FrozenAt = utc(e.MadeAt), utc(e.FrozenAt)
	return evaluationRow{
		Tenant: tenant, Plan: e.Plan, Period: e.Period.ID, Number: e.Number,
		Body: asJSON[engine.Evaluation]{e}, Head: asJSON[engine.Evaluation]{e.Head()}, versioned: versioned{e.Version},
	}
}

func (r evaluationRow) name() string {
	return "evaluation " + r.Plan + "/" + r.Period + ", number " + strconv.Itoa(r.Number)
}

func (r evaluationRow) value() engine.Evaluation {
	e := r.Body.V
	e.Version = r.Version
	return e
}

// Evaluations gives the drafts and the frozen ones of a season, by number.
func (t *Tenant) Evaluations(ctx context.Context, plan, period string) ([]engine.Evaluation, error) {
	return list[evaluationRow](ctx, t, by{"plan", plan, "period", period}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("head").Order("number")
	})
}

// evaluationHead is an evaluation read without its rows.
type evaluationHead evaluationRow

func (r evaluationHead) value() engine.Evaluation {
	e := r.Head.V.Head() // one made before heads were kept holds the rows
	e.Version = r.Version
	return e
}

// EvaluationHeads gives the evaluations of the plans named, or of all, without
// their rows: by the end of their period, then plan and number.
func (t *Tenant) EvaluationHeads(ctx context.Context, plans ...string) ([]engine.Evaluation, error) {
	found, err := list[evaluationHead](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return orderIn("plan", plans, "plan", "period", "number")(q.ExcludeColumn("body"))
	})
	slices.SortStableFunc(found, func(a, b engine.Evaluation) int {
		return compareDates(a.Period.End, b.Period.End)
	})
	return found, err
}

func compareDates(a, b engine.Date) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// resultRow is one row of an evaluation, for who lists some of them.
type resultRow struct {
	bun.BaseModel `bun:"table:evaluation_row"`
	Tenant        string                        `bun:",pk"`
	Plan          string                        `bun:",pk"`
	Period        string                        `bun:",pk"`
	Number        int                           `bun:",pk"`
	Position      int                           `bun:",pk"`
	Activity      string                        `bun:",notnull"`
	Result        string                        `bun:",notnull"`
	Figures       int                           `bun:",notnull"`
	Body          asJSON[engine.ActivityResult] `bun:",notnull"`
}

func (r resultRow) name() string                 { return "a row of evaluation " + r.Plan + "/" + r.Period }
func (r resultRow) value() engine.ActivityResult { return r.Body.V }

// writeResults keeps the rows of evaluations beside them, in the place of those
// that were there.
func (t *Tenant) writeResults(ctx context.Context, tx bun.Tx, all []engine.Evaluation) error {
	for _, e := range all {
		var rows []resultRow
		for i, r := range e.Rows() {
			rows = append(rows, resultRow{Tenant: t.id, Plan: e.Plan, Period: e.Period.ID, Number: e.Number, Position: i + 1,
				Activity: r.ID, Result: r.Result(), Figures: len(r.Numbers), Body: asJSON[engine.ActivityResult]{r}})
		}
		if _, err := tx.NewDelete().Model((*resultRow)(nil)).Where("tenant = ? AND plan = ? AND period = ? AND number = ?",
			t.id, e.Plan, e.Period.ID, e.Number).Exec(ctx); err != nil {
			return err
		}
		if err := insert(ctx, tx, rows); err != nil {
			return err
		}
	}
	return nil
}

// Results gives rows of one evaluation, in its order: those with the result
// named, "figures" for those with numbers, "" for all.
func (t *Tenant) Results(ctx context.Context, plan, period string, number int, result string, offset, limit int) ([]engine.ActivityResult, error) {
	return list[resultRow](ctx, t, by{"plan", plan, "period", period}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return ofResult(q.Where("number = ?", number), result).Order("position").Offset(int64(offset)).Limit(int64(limit))
	})
}

func ofResult(q *bun.SelectQuery, result string) *bun.SelectQuery {
	switch result {
	case "":
		return q
	case "figures":
		return q.Where("figures > 0")
	}
	return q.Where("result = ?", result)
}

// CountFigures says how many rows of an evaluation hold numbers.
func (t *Tenant) CountFigures(ctx context.Context, plan, period string, number int) (int, error) {
	n, err := t.db.read.NewSelect().Model((*resultRow)(nil)).
		Where("tenant = ? AND plan = ? AND period = ? AND number = ? AND figures > 0", t.id, plan, period, number).Count(ctx)
	return int(n), explain(err)
}

// ResultsOf gives the rows of the activities in one evaluation, by activity.
func (t *Tenant) ResultsOf(ctx context.Context, plan, period string, number int, activities []string) ([]engine.ActivityResult, error) {
	if len(activities) == 0 {
		return nil, nil
	}
	return list[resultRow](ctx, t, by{"plan", plan, "period", period}, func(q *bun.SelectQuery) *bun.SelectQuery {
		return orderIn("activity", activities, "activity")(q.Where("number = ?", number))
	})
}

// RollUps lists the letters that took an evaluation of a season to its steering
// group, oldest first, without Raw.
func (t *Tenant) RollUps(ctx context.Context, plan, period string) ([]engine.Message, error) {
	prefix := likeless.Replace("rollup/" + plan + "/" + period + "/")
	return list[messageRow](ctx, t, nil, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ExcludeColumn("raw").Where("kind = 'rollup'").Where(`key LIKE ? ESCAPE '\'`, prefix+"%").Order("created_at", "key")
	})
}
