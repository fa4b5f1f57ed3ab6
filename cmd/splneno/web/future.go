package web

import (
	"context"
	"slices"
	"sync"

	"splneno/engine"
	"splneno/workflows"
)

// ahead is how many days the pages look ahead: to the end of any season that is
// asked about now.
const ahead = 550

// A future is what the calendar will do in one season.
type future struct {
	Mailings []engine.Mailing // by day
	Ask      workflows.SeasonDay
	Draft    workflows.SeasonDay
	Packs    []workflows.PackDay
	bodies   map[string][]engine.Mailing
}

// futures keeps the forecast as long as nothing official changes and the day is
// the same: it walks through a whole year of every body, and no page that shows
// a part of it need do so again.
type futures struct {
	mu   sync.Mutex
	kept map[futureKey]map[[2]string]future // by plan and period
}

type futureKey struct {
	tenant   string
	prepared bool
	head     int64
	today    engine.Date
}

// of gives the future of a season.
func (f *futures) of(ctx context.Context, o *workflows.Office, s engine.Season) (future, error) {
	head, err := o.Records.Head(ctx)
	if err != nil {
		return future{}, err
	}
	key := futureKey{o.Records.Tenant(), s.State == engine.SeasonPrepared, head, engine.DateOf(o.Now().In(o.Zone))}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, known := f.kept[key]; !known {
		all, err := o.Forecast(ctx, workflows.Question{Until: key.today.AddDays(ahead), Prepared: key.prepared})
		if err != nil {
			return future{}, err
		}
		f.keep(key, all)
	}
	return f.kept[key][[2]string{s.Plan, s.Period.ID}], nil
}

// keep forgets what is older.
func (f *futures) keep(key futureKey, all workflows.Outlook) {
	seasons := map[[2]string]future{}
	for _, m := range all.Mailings {
		id := [2]string{m.Plan, m.Period}
		x := seasons[id]
		if x.bodies == nil {
			x.bodies = map[string][]engine.Mailing{}
		}
		x.Mailings, x.bodies[m.Organisation] = append(x.Mailings, m), append(x.bodies[m.Organisation], m)
		seasons[id] = x
	}
	for _, d := range all.Days {
		id := [2]string{d.Plan, d.Period}
		x := seasons[id]
		if d.Rule == "ask" {
			x.Ask = d
		} else {
			x.Draft = d
		}
		seasons[id] = x
	}
	for _, d := range all.Packs {
		id := [2]string{d.Meeting.Plan, d.Meeting.Period}
		x := seasons[id]
		x.Packs = append(x.Packs, d)
		seasons[id] = x
	}
	if f.kept == nil {
		f.kept = map[futureKey]map[[2]string]future{}
	}
	for old := range f.kept {
		if old.tenant == key.tenant && (old.head != key.head || old.today != key.today) {
			delete(f.kept, old)
		}
	}
	f.kept[key] = seasons
}

// of gives the mailings to or about one body.
func (f future) of(body string) []engine.Mailing { return f.bodies[body] }

// on gives the mailings of a day.
func (f future) on(day engine.Date) []engine.Mailing {
	return slices.DeleteFunc(slices.Clone(f.Mailings), func(m engine.Mailing) bool { return m.Day != day })
}
