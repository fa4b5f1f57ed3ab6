package workflows

import (
	"context"
	"time"

	"splneno/engine"
)

// DeskRecords is what the pages of the desk ask for, a page at a time: its cost
// follows what is shown, not what is stored.
type DeskRecords interface {
	// JournalOf gives the lines about a subject, oldest first.
	JournalOf(ctx context.Context, subject string, limit int) ([]engine.JournalLine, error)
	// MessagesTo lists the newest messages to an organisation, without Raw.
	MessagesTo(ctx context.Context, organisation string, limit int) ([]engine.Message, error)
	// SeasonCount counts the entries of a season, BodyCounts the place of every
	// organisation in it; what was said before asked, and was no result, counts
	// as not said.
	SeasonCount(ctx context.Context, plan, period string) (engine.SeasonCount, error)
	BodyCounts(ctx context.Context, plan, period string, asked time.Time) ([]engine.BodyCount, error)
	// DeskCounts counts what needs the coordinator on a day, in one statement.
	DeskCounts(ctx context.Context, today engine.Date) (engine.DeskCounts, error)
	// MailCounts counts outgoing mail that is not done with, by state: what
	// waits, is held or unsure, and what failed or came back, unless a later
	// mail to the same address has left since. What only the hold of the
	// municipality keeps is not counted.
	MailCounts(ctx context.Context) ([]engine.MailCount, error)
	// LastSent gives when the newest mail that left was sent, zero for none.
	LastSent(ctx context.Context) (time.Time, error)
	// MessageStates gives the outcome of messages by key, LettersIn the newest
	// messages of the states.
	MessageStates(ctx context.Context, keys []string) (map[string]engine.MessageState, error)
	LettersIn(ctx context.Context, limit int, states ...engine.MessageState) (map[string]engine.MessageState, error)
	// LettersDue counts the requests of open seasons to be looked at until a
	// day, by day.
	LettersDue(ctx context.Context, until engine.Date) (map[engine.Date]int, error)
	// OccurrencesDue lists what the calendar owes and has not done, oldest first.
	OccurrencesDue(ctx context.Context, limit int) ([]engine.Occurrence, error)

	// QueueGroups counts the answers that wait, by organisation and season, the
	// one that has waited longest first.
	QueueGroups(ctx context.Context, f engine.QueueFilter) ([]engine.QueueGroup, error)
	// QueueOf gives what waits of one group, in the order of the plan.
	QueueOf(ctx context.Context, g engine.QueueGroup, f engine.QueueFilter, offset, limit int) ([]engine.Proposal, error)
	// Writers gives the names under which answers of the organisations were
	// approved, by organisation.
	Writers(ctx context.Context, organisations []string) (map[string][]string, error)
}
