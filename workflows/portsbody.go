package workflows

import (
	"context"

	"splneno/engine"
)

// BodyRecords is what pages about organisations and persons need.
type BodyRecords interface {
	// RequestsOf gives the places of some organisations in a season, by organisation.
	RequestsOf(ctx context.Context, plan, period string, organisations []string) ([]engine.Request, error)
	// ActivitiesNaming gives the ids of a plan's activities whose responsible
	// parties include one of the organisations, in the order of the plan.
	ActivitiesNaming(ctx context.Context, plan string, organisations []string) ([]string, error)
	// ProposalsOf lists the newest answers of an organisation, over all seasons.
	ProposalsOf(ctx context.Context, organisation string, limit int) ([]engine.Proposal, error)
	// ChannelsOf counts the answers of organisations by the way they came.
	ChannelsOf(ctx context.Context, organisations []string) (map[string]map[engine.Channel]int, error)
	// Person gives everything that is stored about a person.
	Person(ctx context.Context, who engine.Erasure) (engine.PersonFile, error)
}
