package workflows

import (
	"context"
	"errors"

	"splneno/engine"
)

// holdHealth says that nothing leaves, and how much that is: all that is held
// but what would be without the hold.
func (o *Office) holdHealth(ctx context.Context, h *Health) error {
	hold, err := o.Records.Hold(ctx)
	if err != nil || !hold.Holds() {
		return err
	}
	all, err := o.Records.MessageCounts(ctx)
	trouble, more := o.Records.MailCounts(ctx)
	n := all[engine.Held]
	for _, c := range trouble {
		if c.State == engine.Held {
			n -= c.N
		}
	}
	h.found(OnHold, n, hold.Since)
	return errors.Join(err, more)
}
