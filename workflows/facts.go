package workflows

import (
	"context"
	"slices"

	"splneno/engine"
)

// facts are what the records say about several requests of one season.
type facts struct {
	municipality engine.Municipality
	plan         engine.Plan
	season       engine.Season
	bodies       map[string]engine.Organisation
	activities   map[string]engine.Activity
	entries      map[string]engine.Entry
	proposals    map[string][]engine.Proposal // the newest of each body, by activity
}

func (s shelf) facts(ctx context.Context, plan, period string, cases []*engine.Case) (f facts, err error) {
	var ids, bodies []string
	for _, c := range cases {
		ids, bodies = append(ids, c.Request.Activities...), append(bodies, c.Request.Organisation)
	}
	f = facts{municipality: s.municipality, activities: map[string]engine.Activity{}, entries: map[string]engine.Entry{}, proposals: map[string][]engine.Proposal{}}
	if f.plan, err = s.plan(ctx, plan); err != nil {
		return f, err
	}
	if f.season, err = s.Records.Season(ctx, plan, period); err != nil {
		return f, err
	}
	organisations, err := s.Records.Organisations(ctx, bodies...)
	if err != nil {
		return f, err
	}
	f.bodies = engine.OrganisationsByID(organisations)
	activities, err := s.Records.Activities(ctx, plan, ids...)
	if err != nil {
		return f, err
	}
	for _, a := range activities {
		f.activities[a.ID] = a
	}
	entries, err := s.Records.Entries(ctx, plan, period, ids...)
	if err != nil {
		return f, err
	}
	for _, e := range entries {
		f.entries[e.Activity] = e
	}
	all, err := s.Records.Proposals(ctx, plan, period, ids...)
	for _, p := range engine.Newest(all) {
		f.proposals[p.Activity] = append(f.proposals[p.Activity], p)
	}
	return f, err
}

// fill puts the facts about its request into a case.
func (f facts) fill(c *engine.Case) error {
	c.Municipality, c.Plan, c.Season = f.municipality, f.plan, f.season
	var ok bool
	if c.Organisation, ok = f.bodies[c.Request.Organisation]; !ok {
		return engine.Errorf(engine.NotFound, "organisation %s of a request is not known", c.Request.Organisation)
	}
	for _, id := range c.Request.Activities {
		a, known := f.activities[id]
		e, entered := f.entries[id]
		if !known || !entered {
			return engine.Errorf(engine.NotFound, "activity %s of a request is not known", id)
		}
		c.Activities, c.Entries = append(c.Activities, a), append(c.Entries, e)
		own := slices.IndexFunc(f.proposals[id], func(p engine.Proposal) bool { return p.Organisation == c.Request.Organisation })
		if own >= 0 {
			c.Proposals = append(c.Proposals, f.proposals[id][own])
		}
	}
	return nil
}
