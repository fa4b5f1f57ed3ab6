package workflows

import (
	"context"
	"maps"
	"sync"
	"time"

	"splneno/engine"
)

// ledger is the part of Records the calendar lives on, kept in memory. What a
// test does not need is left to the nil interface, and panics when called.
type ledger struct {
	Records
	mu      sync.Mutex
	m       engine.Municipality
	cursors map[string]time.Time
	occs    map[string]engine.Occurrence    // by rule and day
	runs    map[string]int                  // how often each was settled as done
	seasons func() ([]engine.Season, error) // what rules read while they run
	running bool                            // between the first claim of a tick and the next tick

	plan       engine.Plan
	activities []engine.Activity
	season     []engine.Season
	entries    []engine.Entry
	requests   []engine.Request
	mail       []engine.MailCount
	inbox      []engine.Inbound
	sentAt     time.Time
}

func newLedger() *ledger {
	return &ledger{m: engine.Municipality{Name: "Město Dubovice nad Říčkou", Policy: engine.DefaultPolicy()},
		cursors: map[string]time.Time{}, occs: map[string]engine.Occurrence{}, runs: map[string]int{}}
}

func (l *ledger) Tenant() string { return "dubovice" }

func (l *ledger) Hold(context.Context) (engine.Hold, error) { return engine.Hold{}, nil }

func (l *ledger) Municipality(context.Context) (engine.Municipality, error) { return l.m, nil }

func (l *ledger) Seasons(context.Context) ([]engine.Season, error) {
	if l.seasons != nil && l.running {
		return l.seasons()
	}
	return l.season, nil
}

func (l *ledger) Stocks(context.Context) (engine.Stocks, error) { return nil, nil }

func (l *ledger) Kept(context.Context, []engine.Purge) ([]engine.Stock, error) { return nil, nil }

func (l *ledger) Cursors(context.Context) (map[string]time.Time, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.cursors), nil
}

func (l *ledger) AddStretches(_ context.Context, stretches []engine.Stretch) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range stretches {
		if !l.cursors[s.Rule].Equal(s.From) {
			return engine.Errorf(engine.Conflict, "the cursor of %s has moved", s.Rule)
		}
	}
	for _, s := range stretches {
		l.cursors[s.Rule] = s.To
		for _, occ := range s.Due {
			if key := s.Rule + " " + string(occ.Day); l.occs[key].Rule == "" {
				l.occs[key] = occ
			}
		}
	}
	return nil
}

func (l *ledger) ClaimOccurrences(_ context.Context, now time.Time, limit int, lease time.Duration) (out []engine.Occurrence, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running = true
	for len(out) < limit {
		oldest := ""
		for key, occ := range l.occs {
			if occ.State == engine.Due && !occ.NextAt.After(now) && (oldest == "" || occ.PlanAt.Before(l.occs[oldest].PlanAt)) {
				oldest = key
			}
		}
		if oldest == "" {
			break
		}
		occ := l.occs[oldest]
		occ.Attempts, occ.NextAt = occ.Attempts+1, now.Add(lease)
		l.occs[oldest] = occ
		out = append(out, occ)
	}
	return out, nil
}

func (l *ledger) SettleOccurrence(_ context.Context, o engine.Occurrence) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := o.Rule + " " + string(o.Day)
	if l.occs[key].Attempts != o.Attempts {
		return engine.Errorf(engine.Conflict, "%s was taken over", key)
	}
	if o.State == engine.Done {
		l.runs[key]++
	}
	l.occs[key] = o
	return nil
}

// What the rules read: nothing is waiting for anybody.

func (l *ledger) RequestsDue(context.Context, engine.Date, int) ([]engine.Request, error) {
	return nil, nil
}

func (l *ledger) MeetingsDue(context.Context, engine.Date) ([]engine.Meeting, error) { return nil, nil }

func (l *ledger) DeskCounts(context.Context, engine.Date) (c engine.DeskCounts, err error) {
	for _, m := range l.mail {
		switch m.State {
		case engine.Failed:
			c.Failed = m.N
		case engine.Unsure:
			c.Unsure = m.N
		case engine.Held:
			c.Held = m.N
		}
	}
	return c, nil
}

func (l *ledger) MailCounts(context.Context) ([]engine.MailCount, error) { return l.mail, nil }

func (l *ledger) EvaluationHeads(context.Context, ...string) ([]engine.Evaluation, error) {
	return nil, nil
}

// What opening and asking a season reads and writes.

func (l *ledger) Plan(context.Context, string) (engine.Plan, error) { return l.plan, nil }

func (l *ledger) Activities(context.Context, string, ...string) ([]engine.Activity, error) {
	return l.activities, nil
}

func (l *ledger) Organisations(context.Context, ...string) ([]engine.Organisation, error) {
	return nil, nil
}

func (l *ledger) Season(context.Context, string, string) (engine.Season, error) {
	if len(l.season) == 0 {
		return engine.Season{}, engine.Errorf(engine.NotFound, "there is no season")
	}
	return l.season[0], nil
}

func (l *ledger) Entries(context.Context, string, string, ...string) ([]engine.Entry, error) {
	return l.entries, nil
}

func (l *ledger) Requests(context.Context, string, string) ([]engine.Request, error) {
	return l.requests, nil
}

func (l *ledger) Commit(_ context.Context, changes ...engine.Change) error {
	for _, c := range changes {
		if len(c.Seasons) > 0 {
			l.season = c.Seasons
		}
		if len(c.Requests) > 0 {
			l.requests = c.Requests
		}
		l.entries = append(l.entries, c.Entries...)
	}
	return nil
}

// plainLinks gives links nobody has to guess.
type plainLinks struct{ Links }

func (plainLinks) Token(_ string, r engine.Request) string { return r.Organisation }

func (plainLinks) Hash(token string) (string, error) { return "hash of " + token, nil }

// No mail comes in here.
func (l *ledger) ClaimInbound(context.Context, time.Time, int, time.Duration) ([]engine.Inbound, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running = false
	return nil, nil
}

func (plainLinks) ReplyToken(_ string, r engine.Request) string { return r.Organisation }

func (plainLinks) ReplyHash(token string) (string, error) { return "reply hash of " + token, nil }

func (plainLinks) Reference(_ string, text string) string { return "reference of " + text }
