package workflows

import (
	"context"
	"slices"

	"splneno/engine"
)

// rehome adds to a Change of organisations alone what follows from it for the
// open and prepared seasons. Only the activities that name one of them, or somebody they
// answer for, are looked at: its cost does not follow the size of the plan.
func (o *Office) rehome(ctx context.Context, c *engine.Change) error {
	all, err := o.Records.Organisations(ctx)
	if err != nil {
		return err
	}
	before := engine.OrganisationsByID(all)
	everyone := slices.Clone(all)
	var changed []string
	for _, body := range c.Organisations {
		if !body.Asked(before[body.ID]) {
			changed = append(changed, body.ID)
		}
		all = put(all, body, func(b engine.Organisation) bool { return body.ID == b.ID })
		everyone = append(everyone, body)
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil || len(changed) == 0 {
		return err
	}
	concerned := answeredBy(everyone, changed)
	for _, s := range seasons {
		if s.State != engine.SeasonOpen && s.State != engine.SeasonPrepared {
			continue
		}
		st, err := o.concerned(ctx, s, all, concerned)
		if err != nil {
			return err
		}
		if st.Orphaned, err = o.orphaned(ctx, s, all, changed); err != nil {
			return err
		}
		if err := o.extendSeason(st, c); err != nil {
			return err
		}
	}
	return nil
}

// answeredBy gives the organisations, and everybody they answer for: groups they
// are members of, bodies they took over from.
func answeredBy(all []engine.Organisation, ids []string) []string {
	out := slices.Clone(ids)
	for i := 0; i < len(out); i++ {
		for _, o := range all {
			if (o.Successor == out[i] || slices.Contains(o.Members, out[i])) && !slices.Contains(out, o.ID) {
				out = append(out, o.ID)
			}
		}
	}
	return out
}

// concerned gives of an open season what has to do with some organisations,
// and the organisations as they are to be.
func (o *Office) concerned(ctx context.Context, s engine.Season, all []engine.Organisation, ids []string) (engine.Standing, error) {
	st := engine.Standing{Season: s, Opening: engine.Opening{Period: s.Period, Organisations: all}}
	var err error
	if st.Opening.Municipality, err = o.Records.Municipality(ctx); err != nil {
		return st, err
	}
	if st.Opening.Plan, err = o.Records.Plan(ctx, s.Plan); err != nil {
		return st, err
	}
	if st.Requests, err = o.Records.Requests(ctx, s.Plan, s.Period.ID); err != nil {
		return st, err
	}
	named, err := o.Records.ActivitiesNaming(ctx, s.Plan, ids)
	if err != nil || len(named) == 0 {
		return st, err
	}
	if st.Entries, err = o.Records.Entries(ctx, s.Plan, s.Period.ID, named...); err != nil || len(st.Entries) == 0 {
		return st, err
	}
	entered := make([]string, len(st.Entries))
	for i, e := range st.Entries {
		entered[i] = e.Activity
	}
	st.Opening.Activities, err = o.Records.Activities(ctx, s.Plan, entered...)
	return st, err
}

// orphaned gives the activities whose only answer was sent back to one of the
// organisations, which has ended since: nobody would complete it.
func (o *Office) orphaned(ctx context.Context, s engine.Season, all []engine.Organisation, changed []string) (out []string, err error) {
	byID := engine.OrganisationsByID(all)
	for _, id := range changed {
		if byID[id].Ended == "" {
			continue
		}
		requests, err := o.Records.RequestsOf(ctx, s.Plan, s.Period.ID, []string{id})
		if err != nil || len(requests) == 0 {
			return nil, err
		}
		answers, err := o.Records.Proposals(ctx, s.Plan, s.Period.ID, requests[0].Activities...)
		if err != nil {
			return nil, err
		}
		newest := engine.Newest(answers)
		for _, p := range newest {
			alone := !slices.ContainsFunc(newest, func(q engine.Proposal) bool { return q.Activity == p.Activity && q.Organisation != id })
			if p.Organisation == id && p.State == engine.Returned && alone {
				out = append(out, p.Activity)
			}
		}
	}
	return out, nil
}
