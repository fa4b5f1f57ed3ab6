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
	// Unsettled gives the newest answers of a season that leave something open
	// for their bodies: those that were returned, and those to what everybody
	// answers for themselves. Oldest first.
	Unsettled(ctx context.Context, plan, period string) ([]engine.Proposal, error)
	// Places gives the requests of a season by organisation, with no more than
	// the days they were written to and what was moved.
	Places(ctx context.Context, plan, period string) ([]engine.Request, error)
	// Head gives the number of the journal's last line.
	Head(ctx context.Context) (int64, error)
	// LastLine gives the newest line of the journal, the zero one for none.
	LastLine(ctx context.Context) (engine.JournalLine, error)
}
