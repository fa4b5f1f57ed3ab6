package workflows

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
	return errors.Join(read, o.runDue(ctx), o.Deliver(ctx))
}

// lookAgain is how long a look at the calendar of a municipality holds good
// while nothing of it changes.
const lookAgain = time.Hour

// schedule stores the occurrences since each rule's cursor, and gives whether
// there were any, and the time of the next one or of the next look. A rule never
// seen starts now: a new municipality owes nothing for the time before it.
func (o *Office) schedule(ctx context.Context) (owed bool, next time.Time, err error) {
	now := o.local()
	next = now.Add(lookAgain)
	m, err := o.Records.Municipality(ctx)
	if err != nil {
		return false, next, err
	}
	seasons, err := o.Records.Seasons(ctx)
	if err != nil {
		return false, next, err
	}
	seasons = slices.DeleteFunc(seasons, func(s engine.Season) bool { return s.State != engine.SeasonOpen })
	for _, rule := range Calendar() {
		due, err := o.scheduleRule(ctx, rule, m, seasons, now)
		if err != nil {
			return owed, next, err
		}
		ahead, err := rule.instants(m, seasons, o.Zone, now, next)
		if err != nil {
			return owed, next, err
		}
		if owed = owed || due; len(ahead) > 0 {
			next = ahead[0]
		}
	}
	return owed, next, nil
}

// scheduleRule stores the occurrences of one rule until now, and gives whether
// there were any.
func (o *Office) scheduleRule(ctx context.Context, rule Rule, m engine.Municipality, seasons []engine.Season, now time.Time) (bool, error) {
	from, err := o.Records.Cursor(ctx, rule.Name)
	if err != nil || !now.After(from) { // the clock stands or was set back: nothing is owed twice
		return false, err
	}
	var due []engine.Occurrence
	if !from.IsZero() {
		at, err := rule.instants(m, seasons, o.Zone, from, now)
		if err != nil {
			return false, err
		}
		due = rule.owed(at, now)
		if len(due) == 0 && now.Sub(from) < 12*time.Hour {
			return false, nil // the cursor need not move with every look
		}
	}
	err = o.Records.AddOccurrences(ctx, rule.Name, from, now, due)
	if engine.CodeOf(err) == engine.Conflict {
		return false, nil
	}
	return len(due) > 0, err
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

// runDue runs what is due, oldest first, until nothing is left.
func (o *Office) runDue(ctx context.Context) error {
	rules := map[string]Rule{}
	for _, r := range Calendar() {
		rules[r.Name] = r
	}
	var failed error
	for {
		due, err := o.Records.ClaimOccurrences(ctx, o.local(), 1, lease)
		if err != nil || len(due) == 0 {
			return errors.Join(failed, err)
		}
		if err := o.run(ctx, rules[due[0].Rule], due[0]); err != nil {
			failed = errors.Join(failed, err)
		}
	}
}

// run does the work of one occurrence and settles it. A failure keeps it due,
// later by a back-off; a panic is a failure of this occurrence alone.
func (o *Office) run(ctx context.Context, rule Rule, occ engine.Occurrence) (err error) {
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
		return fmt.Errorf("the calendar has no rule %q any more", occ.Rule)
	}
	note, err := rule.Run(o, ctx, occ)
	if err != nil {
		return fmt.Errorf("%s of %s: %w", occ.Rule, occ.Day, err)
	}
	occ.State, occ.RanAt, occ.Note = engine.Done, o.local(), note
	return o.Records.SettleOccurrence(ctx, occ)
}

// backoff gives the pause after the n-th failed attempt: 5 minutes, doubling,
// six hours at most.
func backoff(n int) time.Duration {
	return min(5*time.Minute<<min(max(n-1, 0), 10), 6*time.Hour)
}
