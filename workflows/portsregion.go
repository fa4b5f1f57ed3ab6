package workflows

import (
	"context"

	"splneno/engine"
)

// RegionRecords is what a region asks for that reads the evaluations of its towns.
type RegionRecords interface {
	// Region gives how it reads them, empty where nothing was chosen.
	Region(ctx context.Context) (engine.Region, error)
	// Bundles gives everything towns delivered, by town, plan and period.
	Bundles(ctx context.Context) ([]engine.Bundle, error)
	// BundleHeads gives the same without the rows of the evaluations.
	BundleHeads(ctx context.Context) ([]engine.Bundle, error)
}

// RegionDocuments makes what a region hands to people, and the files towns
// deliver to it.
type RegionDocuments interface {
	// RollUp makes the documents of a roll-up, as Documents does of an evaluation.
	RollUp(r engine.RollUp) ([]engine.Attachment, error)
	// RollUpDocument makes the one with this name, or NotFound.
	RollUpDocument(r engine.RollUp, name string) (engine.Attachment, error)
	// RollUpNames gives the whole set without bytes, and needs only the period.
	RollUpNames(r engine.RollUp) []engine.Attachment
	// WriteBundle makes the file a town delivers.
	WriteBundle(b engine.Bundle) (engine.Attachment, error)
	// ReadBundle reads it. Its error is Invalid for any other file; whether the
	// seal fits is not asked.
	ReadBundle(data []byte) (engine.Bundle, error)
}
