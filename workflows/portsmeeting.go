package workflows

import (
	"context"

	"splneno/engine"
)

// MeetingRecords is what is asked about meetings of the steering group.
type MeetingRecords interface {
	// Meetings gives those of a season, by id.
	Meetings(ctx context.Context, plan, period string) ([]engine.Meeting, error)
	// MeetingsDue gives, over all seasons, those whose papers were to leave by
	// themselves up to a day and have not, the oldest first.
	MeetingsDue(ctx context.Context, day engine.Date) ([]engine.Meeting, error)
	// MeetingsFrom gives, over all seasons, those on a day or later, the next
	// one first; cancelled ones too.
	MeetingsFrom(ctx context.Context, day engine.Date) ([]engine.Meeting, error)
}
