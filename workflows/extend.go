package workflows

import (
	"context"
	"slices"

	"splneno/engine"
)

// extend adds to a Change of activities or organisations what follows from it
// for the open seasons: new entries, and bodies asked that were not before.
func (o *Office) extend(ctx context.Context, c *engine.Change) error {
	switch {
	case len(c.Activities)+len(c.Organisations) == 0:
		return nil
	case len(c.Activities) == 0:
		return o.rehome(ctx, c)
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return err
	}
	for _, s := range seasons {
		concerned := len(c.Organisations) > 0 || slices.ContainsFunc(c.Activities, func(a engine.Activity) bool { return a.Plan == s.Plan })
		if s.State != engine.SeasonOpen && s.State != engine.SeasonPrepared || !concerned {
			continue
		}
		standing, err := o.standing(ctx, s, *c)
		if err != nil {
			return err
		}
		if err := o.extendSeason(standing, c); err != nil {
			return err
		}
	}
	return nil
}

// extendSeason adds to a Change what follows for one open or prepared season.
func (o *Office) extendSeason(s engine.Standing, c *engine.Change) (err error) {
	entries, requests := engine.Extend(s, c.At)
	for i, r := range requests {
		if s.Season.State == engine.SeasonPrepared { // links are made, and days set, when it opens
			requests[i].NextOn = ""
			continue
		}
		if r.LinkHash != "" {
			continue
		}
		if requests[i].LinkHash, err = o.Links.Hash(o.Links.Token(o.Records.Tenant(), r)); err != nil {
			return err
		}
	}
	c.Entries, c.Requests = append(c.Entries, entries...), append(c.Requests, requests...)
	return nil
}

// standing gives an open season as it stands once c is committed.
func (o *Office) standing(ctx context.Context, s engine.Season, c engine.Change) (engine.Standing, error) {
	var err error
	st := engine.Standing{Season: s}
	if st.Opening, err = o.opening(ctx, s.Plan, s.Period); err != nil {
		return st, err
	}
	if st.Entries, err = o.Records.Entries(ctx, s.Plan, s.Period.ID); err != nil {
		return st, err
	}
	if st.Requests, err = o.Records.Requests(ctx, s.Plan, s.Period.ID); err != nil {
		return st, err
	}
	for _, a := range c.Activities {
		if a.Plan == s.Plan {
			st.Touched = append(st.Touched, a.ID)
			st.Opening.Activities = put(st.Opening.Activities, a, func(b engine.Activity) bool { return a.ID == b.ID })
		}
	}
	for _, body := range c.Organisations {
		st.Opening.Organisations = put(st.Opening.Organisations, body, func(b engine.Organisation) bool { return body.ID == b.ID })
	}
	return st, nil
}

// put puts v in the place of the one it is, or at the end.
func put[T any](list []T, v T, is func(T) bool) []T {
	if i := slices.IndexFunc(list, is); i >= 0 {
		list[i] = v
		return list
	}
	return append(list, v)
}
