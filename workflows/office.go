package workflows

import (
	"context"
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
	Grace     time.Duration    // for a mail on its way when the context ends: broken off behind its final dot it would come twice
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
	c := []engine.Case{{Request: r}}
	err := s.fill(ctx, c)
	return c[0], err
}

// plan gives a plan, asking for it once.
func (s shelf) plan(ctx context.Context, id string) (engine.Plan, error) {
	if p, ok := s.plans[id]; ok {
		return p, nil
	}
	p, err := s.Records.Plan(ctx, id)
	if err == nil {
		s.plans[id] = p
	}
	return p, err
}

// fill gathers what it takes to decide about the requests of the cases. The
// records are asked once for all that are of one season.
func (s shelf) fill(ctx context.Context, cases []engine.Case) error {
	seasons := map[[2]string][]*engine.Case{}
	for i := range cases {
		key := [2]string{cases[i].Request.Plan, cases[i].Request.Period}
		seasons[key] = append(seasons[key], &cases[i])
	}
	for key, of := range seasons {
		f, err := s.facts(ctx, key[0], key[1], of)
		if err != nil {
			return err
		}
		for _, c := range of {
			if err := f.fill(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// caseOf gathers what it takes to decide about one request.
func (o *Office) caseOf(ctx context.Context, r engine.Request) (engine.Case, error) {
	s, err := o.shelf(ctx)
	if err != nil {
		return engine.Case{}, err
	}
	return s.known(ctx, r)
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
