package workflows

import (
	"context"

	"splneno/engine"
)

// HoldRecords is what looking at a municipality on hold needs; whether it is on
// one, MailRecords says.
type HoldRecords interface {
	// OnHold gives the messages the hold keeps, oldest first, without Text and Raw.
	OnHold(ctx context.Context) ([]engine.Message, error)
}
