package workflows

import (
	"context"

	"splneno/engine"
)

// RetentionRecords is what it takes to let records go after their period.
type RetentionRecords interface {
	// Kept says of each kind how much is due to go, and how old what is there is.
	Kept(ctx context.Context, purges []engine.Purge) ([]engine.Stock, error)
	// Stocks says of every kind how old what is there is, in one statement, and
	// counts nothing.
	Stocks(ctx context.Context) (engine.Stocks, error)
	// Named calls each for everything stored that may be somebody's address, in
	// lower case, or name, the other being empty; perhaps more than once.
	Named(ctx context.Context, each func(email, name string)) error
}
