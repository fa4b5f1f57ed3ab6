package workflows

import "context"

// holdHealth says that nothing leaves, and how much that is.
func (o *Office) holdHealth(ctx context.Context, h *Health) error {
	hold, err := o.Records.Hold(ctx)
	if err != nil || !hold.Holds() {
		return err
	}
	held, err := o.Records.OnHold(ctx)
	h.found(OnHold, len(held), hold.Since)
	return err
}
