package workflows

import (
	"context"
	"time"

	"splneno/engine"
)

// How far a clock may be out before it is not believed. Nodes that are synchronised
// differ by milliseconds, and no letter is later or earlier for two minutes.
const (
	maxBehind = 2 * time.Minute // what was done already is later by this
	maxAhead  = time.Hour       // it shows more than what passed
)

// A clock is what a node knows of its own. A clock that is not believed stops
// all rounds until it is right, or a person says that it is right
// (ConfirmClock): a clock that is behind would stamp answers with days that are
// over, one that jumped ahead would remind everybody of deadlines that have not
// come. Time in which the computer slept is no jump, and neither is a clock that
// was behind and is put right. Between two runs of the program nobody knows how
// much time passed, so a clock that was put ahead meanwhile is believed.
type clock struct {
	paused   engine.IncidentKind // why it is not believed, "" when it is
	told     engine.Incident     // what of that is recorded and not ended
	stale    []string            // earlier runs that ended while the clock was not believed
	began    time.Time           // since when, as far as is known
	since    time.Time           // the least it has shown since: a person's word that is older is about another time
	shown    time.Time           // what it last showed that was ahead
	good     time.Time           // what it showed when it was last believed, zero for never
	passed   time.Duration       // the time passed then
	forgiven time.Time           // up to when a person takes what was shown for wrong
	beaten   time.Duration       // time passed at the last sign of life
	known    bool                // what an earlier run left behind was read
}

// reckoned gives what the clock ought to show.
func (c *clock) reckoned(passed time.Duration) time.Time { return c.good.Add(passed - c.passed) }

// judge says what is wrong with what the clock shows, "" for nothing.
func (c *clock) judge(now time.Time, passed time.Duration, newest time.Time) engine.IncidentKind {
	switch {
	case !c.good.IsZero() && now.Sub(c.reckoned(passed)) > maxAhead,
		c.good.IsZero() && c.paused == engine.IncidentClockAhead && !now.Before(c.shown):
		return engine.IncidentClockAhead
	case newest.Sub(now) > maxBehind && newest.After(c.forgiven):
		return engine.IncidentClockBack
	}
	return ""
}

// watch looks at the clock before a round: whether it can be believed, and
// leaves a sign of life.
func (r *Rounds) watch(ctx context.Context, newest time.Time) error {
	now, passed := r.Now().UTC().Truncate(time.Microsecond), r.Elapsed()
	c := r.clock
	if err := r.recall(ctx, &c); err != nil {
		return err
	}
	verdict := c.judge(now, passed, newest)
	if verdict != "" && verdict != c.paused {
		c.since, c.began = now, now
		if verdict == engine.IncidentClockAhead {
			c.began = c.reckoned(passed)
		}
	}
	if c.paused = verdict; verdict != "" {
		if now.Before(c.since) {
			c.since = now
		}
		sure, err := r.confirmed(ctx, &c, newest)
		if err != nil {
			return err
		}
		if sure {
			c.paused = ""
		}
	}
	switch c.paused {
	case "":
		c.good, c.passed = now, passed
	case engine.IncidentClockAhead:
		c.shown = now
	}
	r.believe(c)
	return r.report(ctx, now, passed)
}

// believe makes what was found out known to the workers.
func (r *Rounds) believe(c clock) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clock = c
	r.wake.Broadcast()
}

// recall finds what an earlier run on this computer left behind: a clock that
// was ahead when it ended still is, unless it was put back meanwhile.
func (r *Rounds) recall(ctx context.Context, c *clock) error {
	if c.known {
		return nil
	}
	nodes, err := r.Installation.Nodes(ctx)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if n.Name == r.Node.Name && !n.Ahead.IsZero() && !n.Ahead.Before(c.shown) {
			c.stale = append(c.stale, n.ID)
			c.paused, c.since, c.shown, c.began = engine.IncidentClockAhead, n.Ahead, n.Ahead, n.Seen
		}
	}
	open, err := r.Installation.Incidents(ctx, r.Now())
	if err != nil {
		return err
	}
	for _, i := range open {
		if i.Node == r.Node.Name && i.Ended.IsZero() && (i.Kind == engine.IncidentClockAhead || i.Kind == engine.IncidentClockBack) {
			c.told, c.began = i, i.Began
			if c.paused == "" {
				c.paused = i.Kind
			}
		}
	}
	c.known = true
	return nil
}

// confirmed reports whether a person said, since the clock is not believed, that
// it is right.
func (r *Rounds) confirmed(ctx context.Context, c *clock, newest time.Time) (bool, error) {
	at, upTo, err := r.Installation.ConfirmedClock(ctx)
	if err != nil || at.IsZero() {
		return false, err
	}
	if c.paused == engine.IncidentClockAhead {
		return !at.Before(c.since), nil
	}
	if newest.After(upTo) {
		return false, nil
	}
	c.forgiven = upTo
	return true, nil
}

// report records when the clock ceases to be believed and when it is again, and
// leaves a sign of life. A clock that is behind leaves none: the last one is
// what it is measured by.
func (r *Rounds) report(ctx context.Context, now time.Time, passed time.Duration) error {
	c := r.clock
	changed := c.told.Kind != c.paused
	if changed && c.told.Kind != "" {
		c.told.Ended = now
		if now.Before(c.told.Began) {
			c.told.Ended = c.told.Began
		}
		if err := r.Installation.RecordIncident(ctx, c.told); err != nil {
			return err
		}
		c.told = engine.Incident{}
	}
	if changed && c.paused != "" {
		c.told = engine.Incident{Node: r.Node.Name, Kind: c.paused, Began: c.began}
		if err := r.Installation.RecordIncident(ctx, c.told); err != nil {
			return err
		}
	}
	if c.paused != engine.IncidentClockBack && (changed || c.beaten == 0 || passed-c.beaten >= r.Beat) {
		if err := r.beat(ctx, &c, now, passed); err != nil {
			return err
		}
	}
	r.believe(c)
	return nil
}

// beat leaves a sign of life. With the first one those are forgotten that ended
// without a word long ago, and with a clock that is believed again earlier runs
// on this computer whose clock was not.
func (r *Rounds) beat(ctx context.Context, c *clock, now time.Time, passed time.Duration) error {
	n := r.Node
	n.Seen = now
	if c.paused == engine.IncidentClockAhead {
		n.Ahead = c.shown
		if n.Seen = c.began; !c.good.IsZero() {
			n.Seen = c.reckoned(passed)
		}
	}
	if err := r.Installation.SeeNode(ctx, n); err != nil {
		return err
	}
	if c.beaten == 0 {
		c.stale = append(c.stale, "")
	}
	if c.paused == "" {
		for _, id := range c.stale {
			if err := r.Installation.ForgetNode(ctx, id, n.Seen.Add(-engine.NodeAge)); err != nil {
				return err
			}
		}
		c.stale = nil
	}
	c.beaten = max(passed, 1)
	return nil
}
