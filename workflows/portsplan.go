package workflows

import (
	"context"

	"splneno/engine"
)

// PlanRecords is what browsing and amending a plan needs.
type PlanRecords interface {
	// Amendments gives those of a plan, by number.
	Amendments(ctx context.Context, plan string) ([]engine.Amendment, error)
	// Resolutions gives those of a season, by id.
	Resolutions(ctx context.Context, plan, period string) ([]engine.Resolution, error)
}
