package workflows

import (
	"context"

	"splneno/engine"
)

// SeasonRecords is what looking ahead needs: whole seasons, but little of each.
type SeasonRecords interface {
	// Terms gives the activities of a plan in its order with no more than their
	// measure, title and deadline, and whose answer settles them.
	Terms(ctx context.Context, plan string) ([]engine.Activity, error)
	// Standing gives the entries of a season with no more than tells whether
	// they are answered.
	Standing(ctx context.Context, plan, period string) ([]engine.Entry, error)
	// Answers gives every revision of every answer of a season, oldest first,
	// without who gave it and what was asked back.
	Answers(ctx context.Context, plan, period string) ([]engine.Proposal, error)
	// Head gives the number of the journal's last line.
	Head(ctx context.Context) (int64, error)
}
