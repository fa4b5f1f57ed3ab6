package workflows

import (
	"context"

	"splneno/engine"
)

// MailRecords is what the pages of the mail ask for, a page at a time.
type MailRecords interface {
	// MessagePage lists messages of the states, or of all, newest first, without
	// Text and Raw; offset is how many come before the page.
	MessagePage(ctx context.Context, limit, offset int, states ...engine.MessageState) ([]engine.Message, error)
	// MessageCounts says how many messages there are in each state.
	MessageCounts(ctx context.Context) (map[engine.MessageState]int, error)
	// Message gives one message without Raw.
	Message(ctx context.Context, key string) (engine.Message, error)
	// InboxPage lists mails of a state, newest first, without Raw.
	InboxPage(ctx context.Context, limit, offset int, state engine.InboundState) ([]engine.Inbound, error)
	// Hold says whether the municipality is on hold; the zero Hold is none.
	Hold(ctx context.Context) (engine.Hold, error)
	// ProposalsBy gives every revision of the answers of one organisation in a
	// season, oldest first.
	ProposalsBy(ctx context.Context, plan, period, organisation string) ([]engine.Proposal, error)
}
