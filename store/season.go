package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type seasonRow struct {
	bun.BaseModel `bun:"table:season"`
	Tenant        string             `bun:",pk"`
	Plan          string             `bun:",pk"`
	Period        string             `bun:",pk"`
	PeriodStart   engine.Date        `bun:",notnull"`
	PeriodEnd     engine.Date        `bun:",notnull"`
	State         engine.SeasonState `bun:",notnull"`
	OpenedAt      time.Time          `bun:",nullzero"`
	AskOn         engine.Date        `bun:",notnull"`
	DraftOn       engine.Date        `bun:",notnull"`
	AskedOn       engine.Date        `bun:",notnull"`
	ClosedAt      time.Time          `bun:",nullzero"`
	Published     int                `bun:",notnull"`
	PublishedAt   time.Time          `bun:",nullzero"`
	versioned
}

func newSeasonRow(tenant string, s engine.Season) seasonRow {
	return seasonRow{
		Tenant: tenant, Plan: s.Plan, Period: s.Period.ID, PeriodStart: s.Period.Start, PeriodEnd: s.Period.End,
		State: s.State, OpenedAt: utc(s.OpenedAt), AskOn: s.AskOn, DraftOn: s.DraftOn, AskedOn: s.AskedOn, ClosedAt: utc(s.ClosedAt),
		Published: s.Published, PublishedAt: utc(s.PublishedAt), versioned: versioned{s.Version},
	}
}

func (r seasonRow) name() string { return "season " + r.Plan + "/" + r.Period }

func (r seasonRow) value() engine.Season {
	return engine.Season{
		Plan: r.Plan, Period: engine.Period{ID: r.Period, Start: r.PeriodStart, End: r.PeriodEnd},
		State: r.State, OpenedAt: utc(r.OpenedAt), AskOn: r.AskOn, DraftOn: r.DraftOn, AskedOn: r.AskedOn, ClosedAt: utc(r.ClosedAt),
		Published: r.Published, PublishedAt: utc(r.PublishedAt), Version: r.Version,
	}
}

// Seasons gives all seasons, by the start of their period, then plan.
func (t *Tenant) Seasons(ctx context.Context) ([]engine.Season, error) {
	return list[seasonRow](ctx, t, nil, order("period_start", "plan", "period"))
}

// Season gives one season, or NotFound.
func (t *Tenant) Season(ctx context.Context, plan, period string) (engine.Season, error) {
	return one[seasonRow](ctx, t, "season", by{"plan", plan, "period", period})
}
