package workflows

import (
	"context"

	"splneno/engine"
)

// DeskRecords is what the pages of the desk ask for, a page at a time: its cost
// follows what is shown, not what is stored.
type DeskRecords interface {
	// JournalOf gives the lines about a subject, oldest first.
	JournalOf(ctx context.Context, subject string, limit int) ([]engine.JournalLine, error)
	// MessagesTo lists the newest messages to an organisation, without Raw.
	MessagesTo(ctx context.Context, organisation string, limit int) ([]engine.Message, error)
}
