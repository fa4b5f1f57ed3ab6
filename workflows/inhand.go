package workflows

import (
	"context"
	"time"
)

// inHand is the context of a mail that is on its way. It ends with the one it
// holds, and when the clock shows that the message may be somebody else's. A
// process that was stopped, or slept with its computer, finds that out by asking,
// however late its timers are.
type inHand struct {
	context.Context
	now   func() time.Time
	until time.Time
}

// Err says whether it has ended.
func (h inHand) Err() error {
	if err := h.Context.Err(); err != nil {
		return err
	}
	if !h.now().Before(h.until) {
		return context.DeadlineExceeded
	}
	return nil
}

// lingering gives a context that ends a while after another one.
func lingering(ctx context.Context, while time.Duration) (context.Context, context.CancelFunc) {
	out, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(while, cancel) })
	return out, func() {
		stop()
		cancel()
	}
}
