package workflows

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"splneno/engine"
)

// Calendars is what Rounds needs to pass over the quiet days of many
// municipalities at once.
type Calendars interface {
	// Outlooks says of some municipalities, in one statement, what decides
	// whether their day is quiet.
	Outlooks(ctx context.Context, tenants []string) ([]engine.Outlook, error)
	// Stocks says of every kind of record how old what is there is, for some
	// municipalities, in one statement.
	Stocks(ctx context.Context, tenants []string) (map[string]engine.Stocks, error)
	// AddToCalendars moves the cursors of municipalities, and stores what their
	// calendars owed, by municipality. It is a Conflict, and nothing is stored,
	// when one of their cursors, of which each has so many, is not at from.
	AddToCalendars(ctx context.Context, from, to time.Time, rules int, owed map[string][]engine.Occurrence) error
}

// together is how many municipalities are passed over in one transaction: few
// enough that nobody waits for it.
const together = 100

// A lot are municipalities whose cursors stand at one instant.
type lot struct {
	from time.Time
	next map[string]time.Time
	days map[string]*passing // of those whose cursors are to move
}

// A passing is what a calendar owes, and what is known of it.
type passing struct {
	quiet
	owed []engine.Occurrence
	due  int // how many are to be run
}

// passOver looks at the calendars that are to be looked at and are known, and
// stores what they owe; where a run would certainly find nothing to do, as done.
// Most days of most municipalities are such days, and they cost a few statements
// together. What cannot be decided here is left to be looked at one by one.
func (r *Rounds) passOver(ctx context.Context, agenda engine.Agenda) error {
	now := r.Now()
	looks := r.looks(agenda)
	if len(looks) == 0 {
		return nil
	}
	ids := make([]string, 0, len(looks))
	for _, d := range agenda.Duties {
		if _, ok := looks[d.Tenant]; ok {
			ids = append(ids, d.Tenant)
		}
	}
	outlooks, err := r.Installation.Outlooks(ctx, ids)
	if err != nil {
		return err
	}
	now = now.In(r.Office(ids[0]).Zone).Truncate(time.Microsecond)
	lots := gather(looks, outlooks, now)
	if err := r.takeStock(ctx, lots); err != nil {
		return err
	}
	for _, l := range lots {
		err := r.Installation.AddToCalendars(ctx, l.from, now, len(Calendar()), l.settle())
		if engine.CodeOf(err) == engine.Conflict { // another node was first: the next round sees what it left
			continue
		}
		if err != nil {
			return err
		}
		r.passed(l, now)
	}
	return nil
}

// looks gives the towns to be looked at whose calendar is known and for which
// nothing else is under way.
func (r *Rounds) looks(agenda engine.Agenda) map[string]town {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[string]town{}
	for _, d := range agenda.Duties {
		t := r.town(d.Tenant)
		if t.look && !t.busy && !t.queued && t.calendar != nil && d.Occurrence.IsZero() && !d.Stands() {
			out[d.Tenant] = *t
		}
	}
	return out
}

// gather works out what is owed, for all that go by the same calendar at once. A
// calendar that cannot be read is left to be looked at alone, and to fail alone.
func gather(looks map[string]town, outlooks []engine.Outlook, now time.Time) (lots []lot) {
	type same struct {
		owed []engine.Occurrence
		next time.Time
		err  error
	}
	alike := map[string]same{}
	for _, out := range outlooks {
		t := looks[out.Tenant]
		if out.Rhythm != t.calendar.rhythm || out.Rules != len(Calendar()) || !out.From.Equal(out.To) || !now.After(out.To) {
			continue
		}
		key := t.calendar.key() + out.From.String()
		s, ok := alike[key]
		if !ok {
			s.owed, s.err = t.calendar.all(now.Location(), out.From, now)
			if s.err == nil {
				s.next, s.err = t.calendar.ahead(now.Location(), now)
			}
			alike[key] = s
		}
		if s.err != nil {
			continue
		}
		i := slices.IndexFunc(lots, func(l lot) bool { return l.from.Equal(out.From) && len(l.next) < together })
		if i < 0 {
			i = len(lots)
			lots = append(lots, lot{out.From, map[string]time.Time{}, map[string]*passing{}})
		}
		lots[i].next[out.Tenant] = s.next
		if len(s.owed) == 0 && now.Sub(out.From) < rests {
			continue
		}
		lots[i].days[out.Tenant] = &passing{quiet: quiet{*t.calendar, t.known, out, now}, owed: s.owed}
	}
	return lots
}

// takeStock finds out of the municipalities that owe a purge, and of which it is
// not known any more, whether nothing is past its period: a run would ask each
// alone.
func (r *Rounds) takeStock(ctx context.Context, lots []lot) error {
	asked := map[string]*passing{}
	for _, l := range lots {
		for id, d := range l.days {
			if d.purges() {
				asked[id] = d
			}
		}
	}
	if len(asked) == 0 {
		return nil
	}
	there, err := r.Installation.Stocks(ctx, slices.Sorted(maps.Keys(asked)))
	for id, of := range there {
		d := asked[id]
		if until := d.now.Add(purgeAhead); d.municipality.Keep.Rests(of, until) {
			d.keeps = until
		}
	}
	return err
}

// purges reports whether a purge is owed of which it is not known what it finds.
func (d *passing) purges() bool {
	return !d.now.Before(d.keeps) && slices.ContainsFunc(d.owed, func(o engine.Occurrence) bool { return o.Rule == "purge" && o.State == engine.Due })
}

// settle gives what is to be stored, by municipality, and notes what is to be run.
func (l lot) settle() map[string][]engine.Occurrence {
	out := map[string][]engine.Occurrence{}
	for id, d := range l.days {
		out[id], d.due = d.quiet.settle(d.owed)
	}
	return out
}

// passed notes what was stored: those with something to run are run.
func (r *Rounds) passed(l lot, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, next := range l.next {
		t := r.town(id)
		if t.busy || t.queued || t.calendar == nil { // somebody looks at it meanwhile
			continue
		}
		t.look, t.looked, t.next = false, now, next
		d := l.days[id]
		if d == nil {
			continue
		}
		if t.calendar.rhythm == d.calendar.rhythm {
			t.known.keeps = d.keeps
		}
		if d.due > 0 && !t.run {
			t.run, t.due = true, d.due
		}
	}
}

// key is the same for calendars that give the same occurrences.
func (c calendar) key() string {
	own := []engine.Date{}
	for _, s := range c.open {
		own = append(own, s.AskOn, s.DraftOn)
	}
	return fmt.Sprint(c.municipality.Preset, c.municipality.Schedule, own)
}

// all gives what every rule owed in (from, now].
func (c calendar) all(zone *time.Location, from, now time.Time) (out []engine.Occurrence, err error) {
	for _, rule := range Calendar() {
		owed, err := c.owed(rule, zone, from, now)
		if err != nil {
			return nil, err
		}
		out = append(out, owed...)
	}
	return out, nil
}
