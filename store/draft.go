package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type draftRow struct {
	bun.BaseModel `bun:"table:draft"`
	Tenant        string               `bun:",pk"`
	Plan          string               `bun:",pk"`
	Period        string               `bun:",pk"`
	Organisation  string               `bun:",pk"`
	Body          asJSON[engine.Draft] `bun:",notnull"`
	SavedAt       time.Time            `bun:",nullzero"`
}

func (r draftRow) value() engine.Draft { return r.Body.V }

// Draft gives an answer page saved but not sent, empty when there is none.
func (t *Tenant) Draft(ctx context.Context, r engine.Request) (engine.Draft, error) {
	d, err := one[draftRow](ctx, t, "draft", by{"plan", r.Plan, "period", r.Period, "organisation", r.Organisation})
	if engine.CodeOf(err) == engine.NotFound {
		return engine.Draft{}, nil
	}
	return d, err
}

// SaveDraft keeps it in place of the one before.
func (t *Tenant) SaveDraft(ctx context.Context, r engine.Request, d engine.Draft, at time.Time) error {
	if err := firstOf(checkText(d), checkText(r)); err != nil {
		return err
	}
	row := draftRow{Tenant: t.id, Plan: r.Plan, Period: r.Period, Organisation: r.Organisation, Body: asJSON[engine.Draft]{d}, SavedAt: utc(at)}
	_, err := t.db.write.NewInsert().Model(&row).Returning("NULL").
		On("CONFLICT (tenant, plan, period, organisation) DO UPDATE").
		Set("body = EXCLUDED.body, saved_at = EXCLUDED.saved_at").Exec(ctx)
	return explain(err)
}
