package workflows

import (
	"context"

	"splneno/engine"
)

// HoldRecords is what looking at a municipality on hold needs; whether it is on
// one, MailRecords says.
type HoldRecords interface {
	// OnHold gives a part of the messages the hold keeps, oldest first, without
	// Text and Raw; a limit of 0 is none. OnHoldKeys gives the keys of all of
	// them in the same order.
	OnHold(ctx context.Context, limit, offset int) ([]engine.Message, error)
	OnHoldKeys(ctx context.Context) ([]string, error)
}
