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

	// QueueGroups counts the answers that wait, by organisation and season, the
	// one that has waited longest first.
	QueueGroups(ctx context.Context, f engine.QueueFilter) ([]engine.QueueGroup, error)
	// QueueOf gives what waits of one group, in the order of the plan.
	QueueOf(ctx context.Context, g engine.QueueGroup, f engine.QueueFilter, offset, limit int) ([]engine.Proposal, error)
	// Writers gives the names under which answers of the organisations were
	// approved, by organisation.
	Writers(ctx context.Context, organisations []string) (map[string][]string, error)
	// EntryPage gives the entries a filter means, in the order of the plan.
	EntryPage(ctx context.Context, f engine.EntryFilter, offset, limit int) ([]engine.Entry, error)
	// EntryCounts counts them by state.
	EntryCounts(ctx context.Context, f engine.EntryFilter) (map[engine.State]int, error)
}
