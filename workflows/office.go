package workflows

import (
	"context"
	"slices"
	"strings"
	"time"

	"splneno/engine"
)

// An Office runs the year of one municipality. It holds no state of its own:
// any number of offices, in any number of processes, may run the same
// municipality on the same records.
type Office struct {
	Records   Records
	Composer  Composer
	Sender    Sender
	Links     Links
	Documents Documents
	Reader    Reader
	Zone      *time.Location   // where days begin and the calendar's hours are counted
	Now       func() time.Time // the only clock
	Demo      bool             // answers are invented: documents say so
}

// today is the local day.
func (o *Office) today() engine.Date { return engine.DateOf(o.local()) }

// local is now in the municipality's zone, to the microsecond databases keep.
func (o *Office) local() time.Time { return o.Now().In(o.Zone).Truncate(time.Microsecond) }

// A shelf holds what many cases share, so that a run over them asks for it once.
type shelf struct {
	*Office
	municipality engine.Municipality
	plans        map[string]engine.Plan
}

func (o *Office) shelf(ctx context.Context) (shelf, error) {
	m, err := o.Records.Municipality(ctx)
	return shelf{Office: o, municipality: m, plans: map[string]engine.Plan{}}, err
}

// known gathers a case with what is on the shelf.
func (s shelf) known(ctx context.Context, r engine.Request) (engine.Case, error) {
	plan, ok := s.plans[r.Plan]
	if !ok {
		var err error
		if plan, err = s.Records.Plan(ctx, r.Plan); err != nil {
			return engine.Case{}, err
		}
		s.plans[r.Plan] = plan
	}
	return s.fill(ctx, engine.Case{Request: r, Municipality: s.municipality, Plan: plan})
}

// caseOf gathers what it takes to decide about one request.
func (o *Office) caseOf(ctx context.Context, r engine.Request) (engine.Case, error) {
	c := engine.Case{Request: r}
	var err error
	if c.Municipality, err = o.Records.Municipality(ctx); err != nil {
		return c, err
	}
	if c.Plan, err = o.Records.Plan(ctx, r.Plan); err != nil {
		return c, err
	}
	return o.fill(ctx, c)
}

// fill adds what differs from request to request to a case that has the
// municipality and the plan.
func (o *Office) fill(ctx context.Context, c engine.Case) (engine.Case, error) {
	r := c.Request
	var err error
	if c.Season, err = o.Records.Season(ctx, r.Plan, r.Period); err != nil {
		return c, err
	}
	bodies, err := o.Records.Organisations(ctx, r.Organisation)
	if err != nil {
		return c, err
	}
	if len(bodies) == 0 {
		return c, engine.Errorf(engine.NotFound, "organisation %s of a request is not known", r.Organisation)
	}
	c.Organisation = bodies[0]
	activities, err := o.Records.Activities(ctx, r.Plan, r.Activities...)
	if err != nil {
		return c, err
	}
	entries, err := o.Records.Entries(ctx, r.Plan, r.Period, r.Activities...)
	if err != nil {
		return c, err
	}
	for _, id := range r.Activities {
		i := slices.IndexFunc(activities, func(a engine.Activity) bool { return a.ID == id })
		j := slices.IndexFunc(entries, func(e engine.Entry) bool { return e.Activity == id })
		if i < 0 || j < 0 {
			return c, engine.Errorf(engine.NotFound, "activity %s of a request is not known", id)
		}
		c.Activities, c.Entries = append(c.Activities, activities[i]), append(c.Entries, entries[j])
	}
	all, err := o.Records.Proposals(ctx, r.Plan, r.Period, r.Activities...)
	if err != nil {
		return c, err
	}
	c.Proposals = slices.DeleteFunc(engine.Newest(all), func(p engine.Proposal) bool { return p.Organisation != r.Organisation })
	return c, nil
}

// message phrases a letter under its natural key.
func (o *Office) message(key, organisation string, l engine.Letter) (engine.Message, error) {
	_, domain, _ := strings.Cut(l.Sender, "@")
	m, err := o.Composer.Compose(l, engine.MessageID(o.Records.Tenant(), key, domain))
	if err != nil {
		return m, err
	}
	m.Key, m.Organisation = key, organisation
	m.State, m.NextAt, m.CreatedAt = engine.Queued, o.local(), o.local()
	return m, nil
}
