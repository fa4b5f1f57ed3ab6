package web

import (
	"context"

	"splneno/engine"
)

// takenOver is the failure of a link whose organisation has ended.
type takenOver struct {
	error
	by string // name of who answers instead, "" for the coordinator
}

// Unwrap gives the failure itself.
func (t *takenOver) Unwrap() error { return t.error }

// tellSuccessor adds to the failure of a link who took over, where its
// organisation has ended.
func tellSuccessor(ctx context.Context, in call, err error) error {
	if engine.CodeOf(err) != engine.Gone || in.c.Organisation.Ended == "" {
		return err
	}
	all, failed := in.office.Records.Organisations(ctx)
	if failed != nil {
		return failed
	}
	by, _ := engine.TakenOverBy(engine.OrganisationsByID(all), in.c.Organisation.ID)
	if by.ID == engine.CoordinatorID {
		by.Name = ""
	}
	return &takenOver{error: err, by: by.Name}
}
