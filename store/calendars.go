package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

// AddToCalendars moves every cursor of some municipalities from one instant to
// another, and stores what their calendars owed in between, by municipality. It
// is a Conflict, and nothing is stored, when one of their cursors, of which each
// has so many, does not stand at from: another node was first.
func (e Everyone) AddToCalendars(ctx context.Context, from, to time.Time, rules int, owed map[string][]engine.Occurrence) error {
	if len(owed) == 0 {
		return nil
	}
	tenants := slices.Sorted(maps.Keys(owed))
	shared := sharing(tenants, owed)
	for _, s := range shared {
		if err := checkText(s.occurrence); err != nil {
			return err
		}
	}
	err := e.db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("UPDATE rule_cursor SET reached_at = ? WHERE tenant IN (?) AND reached_at = ?", utc(to), bun.List(tenants), utc(from)).Exec(ctx)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err == nil && int(n) != rules*len(tenants) {
			err = engine.Errorf(engine.Conflict, "a cursor of %d municipalities has moved since it was read; read them again", len(tenants))
		}
		if err != nil {
			return err
		}
		for _, s := range shared {
			if err := s.add(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	return explain(err)
}

// A shared occurrence is one that several municipalities owe alike.
type shared struct {
	occurrence engine.Occurrence
	tenants    []string
}

// sharing gives every occurrence once. The quiet days of hundreds of
// municipalities are a handful of rows that differ in the tenant alone.
func sharing(tenants []string, owed map[string][]engine.Occurrence) (out []*shared) {
	alike := map[occurrenceRow]*shared{}
	for _, tenant := range tenants {
		for _, o := range owed[tenant] {
			row := newOccurrenceRow("", o)
			if alike[row] == nil {
				alike[row] = &shared{occurrence: o}
				out = append(out, alike[row])
			}
			alike[row].tenants = append(alike[row].tenants, tenant)
		}
	}
	return out
}

// add stores the occurrence for all who owe it and have it not yet.
func (s shared) add(ctx context.Context, tx bun.Tx) error {
	r := newOccurrenceRow("", s.occurrence)
	null := func(t time.Time) any {
		if t.IsZero() {
			return nil
		}
		return t
	}
	_, err := tx.NewRaw(`INSERT INTO occurrence (tenant, rule, day, plan_at, state, attempts, next_at, ran_at, note)
		SELECT m.tenant, ?, ?, ?, ?, ?, ?, ?, ? FROM municipality m WHERE m.tenant IN (?)
		ON CONFLICT (tenant, rule, day) DO NOTHING`,
		r.Rule, r.Day, null(r.PlanAt), r.State, r.Attempts, r.NextAt, null(r.RanAt), r.Note, bun.List(s.tenants)).Exec(ctx)
	return err
}
