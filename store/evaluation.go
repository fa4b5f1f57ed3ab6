package store

import (
	"context"
	"strconv"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// evaluationRow keeps the document whole: it is frozen, and its hash covers all
// of it.
type evaluationRow struct {
	bun.BaseModel `bun:"table:evaluation"`
	Tenant        string                    `bun:",pk"`
	Plan          string                    `bun:",pk"`
	Period        string                    `bun:",pk"`
	Number        int                       `bun:",pk"`
	Body          asJSON[engine.Evaluation] `bun:",notnull"`
	versioned
}

func newEvaluationRow(tenant string, e engine.Evaluation) evaluationRow {
	e.MadeAt, e.FrozenAt = utc(e.MadeAt), utc(e.FrozenAt)
	return evaluationRow{
		Tenant: tenant, Plan: e.Plan, Period: e.Period.ID, Number: e.Number,
		Body: asJSON[engine.Evaluation]{e}, versioned: versioned{e.Version},
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
	return list[evaluationRow](ctx, t, by{"plan", plan, "period", period}, order("number"))
}
