package workflows

import (
	"context"
	"sync/atomic"

	"splneno/engine"
)

// heard gives the same office, and says whether it has stored, since, what may be
// due to be sent.
func (o *Office) heard() (*Office, *atomic.Bool) {
	listener := &hearing{Records: o.Records}
	same := *o
	same.Records = listener
	return &same, &listener.said
}

// A hearing hears what is said by way of some records.
type hearing struct {
	Records
	said atomic.Bool
}

// Commit hears of changes whether or not they are stored: of a failure that is
// not always known.
func (h *hearing) Commit(ctx context.Context, changes ...engine.Change) error {
	for _, c := range changes {
		if len(c.Messages)+len(c.Releases) > 0 || c.Hold != nil {
			h.said.Store(true)
		}
	}
	return h.Records.Commit(ctx, changes...)
}
