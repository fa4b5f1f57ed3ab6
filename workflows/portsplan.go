package workflows

import (
	"context"
	"time"

	"splneno/engine"
)

// PlanRecords is what browsing and amending a plan needs.
type PlanRecords interface {
	// Amendments gives those of a plan whole, by number.
	Amendments(ctx context.Context, plan string) ([]engine.Amendment, error)
	// AmendmentsOfPlan gives those that changed the plan's own text, by number
	// and without activities.
	AmendmentsOfPlan(ctx context.Context, plan string) ([]engine.Amendment, error)
	// AmendmentsOf gives those that changed one of the activities, by number,
	// with nothing but these in them; of no activities none.
	AmendmentsOf(ctx context.Context, plan string, activities []string) ([]engine.Amendment, error)
	// AmendmentPage gives a part of them, newest first, without what they changed.
	AmendmentPage(ctx context.Context, plan string, limit, offset int) ([]engine.Amendment, error)
	// LastAmendment gives the number of the newest, 0 when there is none.
	LastAmendment(ctx context.Context, plan string) (int, error)
	// AmendedIn gives the ids of a part of the activities an amendment changed.
	AmendedIn(ctx context.Context, plan string, number, limit, offset int) ([]string, error)
	// AmendedSince gives the ids of activities changed from a later day.
	AmendedSince(ctx context.Context, plan string, day engine.Date) ([]string, error)
	// Resolutions gives those of a season, by id.
	Resolutions(ctx context.Context, plan, period string) ([]engine.Resolution, error)

	// SearchActivities gives the first refs ("plan/id") of activities that hold
	// every word, without regard to case and diacritics, newest plan first.
	SearchActivities(ctx context.Context, text string, limit int) ([]string, error)
	// PlanCounts says how many activities each plan has.
	PlanCounts(ctx context.Context) (map[string]int, error)
	// MeasureCounts says how many each measure of a plan has.
	MeasureCounts(ctx context.Context, plan string) ([]engine.MeasureCount, error)
	// ActivitiesIn gives a part of the activities of a measure in their order;
	// with no measure those of the area that stand in none. A limit of 0 is none.
	ActivitiesIn(ctx context.Context, plan, measure, area string, limit, offset int) ([]engine.Activity, error)
	// LastPosition gives the place of the last activity of a plan.
	LastPosition(ctx context.Context, plan string) (int, error)
	// Successors gives the activities that continue the one named "plan/id".
	Successors(ctx context.Context, ref string) ([]engine.Activity, error)
	// MessagesIn lists the newest messages made to an organisation between two
	// instants, without Raw.
	MessagesIn(ctx context.Context, organisation string, from, to time.Time, limit int) ([]engine.Message, error)
}
