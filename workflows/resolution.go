package workflows

import (
	"context"

	"splneno/engine"
)

// Resolve records a resolution of a body about a season, new (ID 0) or
// corrected, and what it decides of activities. It gives the resolution as it
// is stored. With Conflict, somebody else corrected it meanwhile.
func (o *Office) Resolve(ctx context.Context, r engine.Resolution, who engine.Actor) (engine.Resolution, error) {
	if err := o.begun(ctx, r.Plan, r.Period); err != nil {
		return r, err
	}
	before, err := o.Records.Resolutions(ctx, r.Plan, r.Period)
	if err != nil {
		return r, err
	}
	var ids []string
	for _, item := range r.Items {
		ids = append(ids, item.Activity)
	}
	var entries []engine.Entry
	if len(ids) > 0 {
		if entries, err = o.Records.Entries(ctx, r.Plan, r.Period, ids...); err != nil {
			return r, err
		}
	}
	c, err := engine.Resolve(r, before, entries, who, o.local())
	if err != nil || c.Event == "" {
		return r, err
	}
	return c.Resolutions[0], o.Records.Commit(ctx, c)
}
