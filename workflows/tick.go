package workflows

import (
	"context"
	"errors"
	"fmt"
	"time"

	"splneno/engine"
)

// lease is how long a node may take over an occurrence before another one may.
const lease = 15 * time.Minute

// Tick does everything that is due at now: it understands the mail that came
// in, computes what the calendar owes since the stored cursor, runs it in order,
// and delivers mail. Incoming mail comes first, so that nobody is reminded of
// what he has just answered. Any number of nodes may tick at once. The first
// failure is returned; what failed stays due. Of a suspended municipality
// nothing is done.
func (o *Office) Tick(ctx context.Context) error {
	if stands, err := o.stands(ctx); err != nil || stands {
		return err
	}
	read := o.Understand(ctx)
	if _, _, err := o.schedule(ctx); err != nil {
		return errors.Join(read, fmt.Errorf("calendar of %s: %w", o.Records.Tenant(), err))
	}
	_, ran := o.runDue(ctx, 0)
	return errors.Join(read, ran, o.Deliver(ctx))
}

// lookAgain is how long a look at the calendar of a municipality holds good
// while nothing of it changes.
const lookAgain = time.Hour

// schedule stores the occurrences since each rule's cursor, and gives whether
// there were any, and the calendar it followed with the time of the next
// occurrence or of the next look. A rule never seen starts now: a new
// municipality owes nothing for the time before it.
func (o *Office) schedule(ctx context.Context) (owed bool, seen calendar, err error) {
	now := o.local()
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return false, seen, err
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return false, seen, err
	}
	seen = newCalendar(m, seasons)
	if seen.next, err = seen.ahead(o.Zone, now); err != nil {
		return false, seen, err
	}
	for range Calendar() { // each time another node was first, and moved a cursor
		if owed, err = o.catchUp(ctx, seen, now); engine.CodeOf(err) != engine.Conflict {
			break
		}
	}
	return owed, seen, err
}

// catchUp moves the cursors of a calendar to now, and gives whether anything was
// owed. It is a Conflict when another node moves them at the same time.
func (o *Office) catchUp(ctx context.Context, c calendar, now time.Time) (owed bool, err error) {
	cursors, err := o.Records.Cursors(ctx)
	if err != nil {
		return false, err
	}
	var stretches []engine.Stretch
	for _, rule := range Calendar() {
		from := cursors[rule.Name]
		if !now.After(from) { // the clock stands or was set back: nothing is owed twice
			continue
		}
		due, err := c.owed(rule, o.Zone, from, now)
		if err != nil {
			return false, err
		}
		if len(due) == 0 && now.Sub(from) < rests {
			continue
		}
		owed = owed || len(due) > 0
		stretches = append(stretches, engine.Stretch{Rule: rule.Name, From: from, To: now, Due: due})
	}
	return owed, o.Records.AddStretches(ctx, stretches)
}

// rests is how long a cursor may stay where it is while nothing is owed: it need
// not move with every look.
const rests = 12 * time.Hour

// A calendar is what the occurrences of a municipality follow from.
type calendar struct {
	municipality engine.Municipality
	open         []engine.Season
	rhythm       engine.Rhythm
	next         time.Time // when it is to be looked at again
}

func newCalendar(m engine.Municipality, seasons []engine.Season) calendar {
	c := calendar{municipality: m, rhythm: engine.Rhythm{Town: m.Version}}
	c.municipality.Settings.Logo = nil // it is of no use here, and large
	for _, s := range seasons {
		c.rhythm.Seasons += s.Version
		if s.State == engine.SeasonOpen {
			c.open = append(c.open, s)
		}
	}
	return c
}

// owed gives what a rule owed in (from, now].
func (c calendar) owed(rule Rule, zone *time.Location, from, now time.Time) ([]engine.Occurrence, error) {
	if from.IsZero() {
		return nil, nil
	}
	at, err := rule.instants(c.municipality, c.open, zone, from, now)
	if err != nil {
		return nil, err
	}
	return rule.owed(at, now), nil
}

// ahead gives the time of the first occurrence after now, or of the next look
// where none is near.
func (c calendar) ahead(zone *time.Location, now time.Time) (time.Time, error) {
	next := now.Add(lookAgain)
	for _, rule := range Calendar() {
		at, err := rule.instants(c.municipality, c.open, zone, now, next)
		if err != nil {
			return next, err
		}
		if len(at) > 0 {
			next = at[0]
		}
	}
	return next, nil
}

// owed makes the ledger lines of a rule's missed and due instants.
func (r Rule) owed(at []time.Time, now time.Time) []engine.Occurrence {
	var out []engine.Occurrence
	for i, t := range at {
		occ := engine.Occurrence{Rule: r.Name, Day: engine.DateOf(t), PlanAt: t, State: engine.Due, NextAt: t}
		newest := i == len(at)-1
		switch {
		case r.CatchUp == OnceMerged && !newest:
			occ.State, occ.Note = engine.Merged, "done by the run of "+string(engine.DateOf(at[len(at)-1]))
		case r.CatchUp == Skip && (!newest || engine.DateOf(t) != engine.DateOf(now)):
			occ.State, occ.Note = engine.Skipped, "nothing ran that day; of no use later"
		}
		out = append(out, occ)
	}
	return out
}

// runDue runs what is due, oldest first, until nothing is left or so many were
// run (0 for no such end), and gives their notes, by rule.
func (o *Office) runDue(ctx context.Context, most int) (notes map[string]string, err error) {
	rules := map[string]Rule{}
	for _, r := range Calendar() {
		rules[r.Name] = r
	}
	notes = map[string]string{}
	var failed error
	for n := 1; ; n++ {
		due, err := o.Records.ClaimOccurrences(ctx, o.local(), 1, lease)
		if err != nil || len(due) == 0 {
			return notes, errors.Join(failed, err)
		}
		note, err := o.run(ctx, rules[due[0].Rule], due[0])
		if notes[due[0].Rule] = note; err != nil {
			failed = errors.Join(failed, err)
		}
		if n == most {
			return notes, failed
		}
	}
}

// run does the work of one occurrence and settles it. A failure keeps it due,
// later by a back-off; a panic is a failure of this occurrence alone.
func (o *Office) run(ctx context.Context, rule Rule, occ engine.Occurrence) (note string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s of %s: panic: %v", occ.Rule, occ.Day, r)
		}
		if err != nil {
			occ.NextAt, occ.Note = o.local().Add(backoff(occ.Attempts)), err.Error()
			err = errors.Join(err, o.Records.SettleOccurrence(context.WithoutCancel(ctx), occ))
		}
	}()
	if rule.Run == nil {
		return "", fmt.Errorf("the calendar has no rule %q any more", occ.Rule)
	}
	if note, err = rule.Run(o, ctx, occ); err != nil {
		return "", fmt.Errorf("%s of %s: %w", occ.Rule, occ.Day, err)
	}
	occ.State, occ.RanAt, occ.Note = engine.Done, o.local(), note
	return note, o.Records.SettleOccurrence(ctx, occ)
}

// backoff gives the pause after the n-th failed attempt: 5 minutes, doubling,
// six hours at most.
func backoff(n int) time.Duration {
	return min(5*time.Minute<<min(max(n-1, 0), 10), 6*time.Hour)
}
