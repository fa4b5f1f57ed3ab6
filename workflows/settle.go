package workflows

import (
	"context"
	"time"

	"splneno/engine"
)

// settleAgain is the pause between two tries to record an outcome.
const settleAgain = time.Second

// recordOutcome records the outcome of a message. While the store cannot be had
// it tries again for as long as the program runs: what has left and is not
// recorded would leave once more. waiting is told 1 when it has to wait and -1
// when that is over; meanwhile nothing is to be claimed, for the lease of this
// message may be over by then. When another node has claimed it since, nothing
// is recorded.
func (o *Office) recordOutcome(ctx context.Context, m engine.Message, waiting func(n int)) error {
	for late := false; ; late = true {
		err := o.Records.SettleMessage(context.WithoutCancel(ctx), m)
		if engine.CodeOf(err) == engine.Conflict {
			return nil
		}
		if engine.CodeOf(err) != engine.Unavailable {
			return err
		}
		if !late {
			waiting(1)
			defer waiting(-1)
		}
		pause := time.NewTimer(settleAgain)
		select {
		case <-ctx.Done():
			pause.Stop()
			return err
		case <-pause.C:
		}
	}
}
