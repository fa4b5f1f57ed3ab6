package web

import (
	"context"
	"errors"
	"net/http"

	"splneno/engine"
)

// asleep is the answer to whoever opens a page of a municipality where nothing
// happens: it was suspended, or goes on elsewhere.
type asleep struct{ kind engine.HoldKind }

func (a *asleep) Error() string { return "the municipality is " + string(a.kind) }

// status refuses for as long as the operator does, and says of what has moved
// that it does not come back.
func (a *asleep) status() int {
	if a.kind == engine.HoldMoved {
		return http.StatusGone
	}
	return http.StatusForbidden
}

// awake is nil where a municipality goes on. Whatever a key in an address opens,
// signing in, and what everybody may read ask this first.
func (s *site) awake(ctx context.Context, tenant string) error {
	hold, err := s.Office(tenant).Records.Hold(ctx)
	if err == nil && hold.Stands() {
		err = &asleep{hold.Kind}
	}
	return err
}

// rests reports whether nothing happens in a municipality.
func (s *site) rests(ctx context.Context, tenant string) (bool, error) {
	err := s.awake(ctx, tenant)
	if a := (*asleep)(nil); errors.As(err, &a) {
		return true, nil
	}
	return false, err
}
