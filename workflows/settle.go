package workflows

import (
	"context"
	"time"

	"splneno/engine"
)

// settleAgain is the pause between two tries to record an outcome.
const settleAgain = time.Second

// recordOutcome records the outcome of a message. While the store cannot be had it
// tries again for as long as the program runs: what has left and is not recorded
// would leave once more. late says that it had to wait; then whoever else
// waits is to be let through before anything new is claimed. When another node
// has claimed the message since, nothing is recorded.
func (o *Office) recordOutcome(ctx context.Context, m engine.Message) (late bool, err error) {
	for {
		err := o.Records.SettleMessage(context.WithoutCancel(ctx), m)
		if engine.CodeOf(err) == engine.Conflict {
			return late, nil
		}
		if engine.CodeOf(err) != engine.Unavailable {
			return late, err
		}
		late = true
		pause := time.NewTimer(settleAgain)
		select {
		case <-ctx.Done():
			pause.Stop()
			return late, err
		case <-pause.C:
		}
	}
}
