package workflows

import (
	"context"

	"splneno/engine"
)

// EvaluationRecords is what the pages about results ask for, a page at a time.
type EvaluationRecords interface {
	// Filed gives a file the municipality keeps, or NotFound; one that was
	// removed has no Data.
	Filed(ctx context.Context, name string) (engine.Filed, error)
	// Proofs gives the newest line of the journal that made the result of each
	// activity of a season official, by activity.
	Proofs(ctx context.Context, plan, period string) (map[string]engine.Proof, error)
	// EvaluationHeads gives the evaluations of the plans named, or of all,
	// without their rows: by the end of their period, then plan and number.
	EvaluationHeads(ctx context.Context, plans ...string) ([]engine.Evaluation, error)
	// Results gives rows of one evaluation, in its order: those with the result
	// named, "figures" for those with numbers, "" for all.
	Results(ctx context.Context, plan, period string, number int, result string, offset, limit int) ([]engine.ActivityResult, error)
	// CountFigures says how many rows of an evaluation hold numbers.
	CountFigures(ctx context.Context, plan, period string, number int) (int, error)
	// ResultsOf gives the rows of the activities in one evaluation.
	ResultsOf(ctx context.Context, plan, period string, number int, activities []string) ([]engine.ActivityResult, error)
	// RollUps lists the letters that took an evaluation of a season to its
	// steering group, oldest first, without Raw.
	RollUps(ctx context.Context, plan, period string) ([]engine.Message, error)

	// EntryPage gives a page of the entries a filter means, with what each promised.
	EntryPage(ctx context.Context, f engine.EntryFilter, offset, limit int) ([]engine.Placed, error)
	// EntryIDs gives the activities on such a page.
	EntryIDs(ctx context.Context, f engine.EntryFilter, offset, limit int) ([]string, error)
	// EntryCounts says how the entries a filter means stand.
	EntryCounts(ctx context.Context, f engine.EntryFilter) ([]engine.EntryCount, error)
	// CountPending says how many answers of a season wait for the coordinator,
	// CountSilent how many bodies that were written to owe one.
	CountPending(ctx context.Context, plan, period string) (int, error)
	CountSilent(ctx context.Context, plan, period string) (int, error)
}
