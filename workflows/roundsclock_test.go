package workflows

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"splneno/engine"
)

// registry is an installation without municipalities, in memory.
type registry struct {
	newest        time.Time // of a journal
	nodes         map[string]engine.Node
	incidents     map[[2]string]engine.Incident
	confirmed, to time.Time
}

func newRegistry() *registry {
	return &registry{nodes: map[string]engine.Node{}, incidents: map[[2]string]engine.Incident{}}
}

func (r *registry) Agenda(context.Context) (engine.Agenda, error) {
	a := engine.Agenda{Newest: r.newest}
	for _, n := range r.nodes {
		if n.Seen.After(a.Newest) {
			a.Newest = n.Seen
		}
	}
	return a, nil
}

func (r *registry) SeeNode(_ context.Context, n engine.Node) error { r.nodes[n.ID] = n; return nil }

func (r *registry) ForgetNode(_ context.Context, id string, since time.Time) error {
	delete(r.nodes, id)
	for id, n := range r.nodes {
		if n.Seen.Before(since) {
			delete(r.nodes, id)
		}
	}
	return nil
}

func (r *registry) Nodes(context.Context) (out []engine.Node, err error) {
	for _, n := range r.nodes {
		out = append(out, n)
	}
	return out, nil
}

func (r *registry) ConfirmedClock(context.Context) (at, newest time.Time, err error) {
	return r.confirmed, r.to, nil
}

func (r *registry) RecordIncident(_ context.Context, i engine.Incident) error {
	if i.Began.IsZero() || !i.Ended.IsZero() && i.Ended.Before(i.Began) {
		return errors.New("an incident ends before it begins")
	}
	r.incidents[[2]string{string(i.Kind), i.Began.String()}] = i
	return nil
}

func (r *registry) Incidents(context.Context, time.Time) (out []engine.Incident, err error) {
	for _, i := range r.incidents {
		if i.Ended.IsZero() {
			out = append(out, i)
		}
	}
	return out, nil
}

func (r *registry) Outlooks(context.Context, []string) ([]engine.Outlook, error) { return nil, nil }

func (r *registry) Stocks(context.Context, []string) (map[string]engine.Stocks, error) {
	return nil, nil
}

func (r *registry) AddToCalendars(context.Context, time.Time, time.Time, int, map[string][]engine.Occurrence) error {
	return nil
}

// A computer has a clock that can be put right and wrong, and runs a node.
type computer struct {
	t      *testing.T
	in     *registry
	rounds *Rounds
	wall   time.Time
	passed time.Duration
}

func newComputer(t *testing.T, in *registry) *computer {
	c := &computer{t: t, in: in, wall: start.UTC(), passed: time.Hour}
	c.restart()
	return c
}

// restart runs the program anew.
func (c *computer) restart() {
	id := string(rune('a' + len(c.in.nodes)))
	c.rounds = &Rounds{Installation: c.in, Now: func() time.Time { return c.wall }, Elapsed: func() time.Duration { return c.passed },
		Node: engine.Node{ID: id, Name: "north", Version: "1", Started: c.wall}, Beat: time.Minute,
		Failed: func(what, _ string, err error) { c.t.Errorf("%s: %v", what, err) }}
	c.rounds.prepare()
}

// after lets time pass and the clock jump, and goes round.
func (c *computer) after(passes, jump time.Duration) engine.IncidentKind {
	c.wall, c.passed = c.wall.Add(passes+jump), c.passed+passes
	c.rounds.round(c.t.Context())
	return c.rounds.Status().Paused
}

const (
	back  = engine.IncidentClockBack
	ahead = engine.IncidentClockAhead
	day   = 24 * time.Hour
)

// A step is time that passes, by how much the clock is moved, and what is to be
// thought of it.
type clockStep struct {
	passes, jump time.Duration
	want         engine.IncidentKind
}

func TestClockIsBelievedOrNot(t *testing.T) {
	half := 30 * time.Second
	for name, steps := range map[string][]clockStep{
		"all is well":                   {{half, 0, ""}, {half, time.Second, ""}, {half, -time.Minute, ""}, {time.Hour, 0, ""}},
		"a little back is no harm":      {{half, -90 * time.Second, ""}, {half, 0, ""}},
		"back and right again":          {{half, -day, back}, {half, 0, back}, {time.Hour, 0, back}, {half, day, ""}, {half, 0, ""}},
		"back until time has caught up": {{half, -10 * time.Minute, back}, {7 * time.Minute, 0, back}, {time.Minute, 0, ""}},
		"ahead and put back":            {{half, 2 * time.Hour, ahead}, {half, 0, ahead}, {half, -2 * time.Hour, ""}, {half, 0, ""}},
		"ahead, put back after long":    {{half, 400 * day, ahead}, {3 * day, 0, ahead}, {half, -400 * day, ""}},
		"ahead by less than an hour":    {{half, 59 * time.Minute, ""}, {half, 0, ""}},
		"the computer slept":            {{12 * time.Hour, 0, ""}, {300 * day, 0, ""}},
		"slept, and jumped":             {{12 * time.Hour, 2 * time.Hour, ahead}, {half, -2 * time.Hour, ""}},
		"ahead, then too far back":      {{half, day, ahead}, {half, -2 * day, back}, {half, day, ""}},
	} {
		t.Run(name, func(t *testing.T) {
			in := newRegistry()
			c := newComputer(t, in)
			if got := c.after(0, 0); got != "" {
				t.Fatalf("at first: %s", got)
			}
			bad := false
			for i, s := range steps {
				if got := c.after(s.passes, s.jump); got != s.want {
					t.Fatalf("step %d: %q, want %q", i, got, s.want)
				}
				bad = bad || s.want != ""
				for _, n := range in.nodes {
					if s.want == ahead && n.Seen.After(c.wall.Add(-time.Hour)) {
						t.Errorf("step %d: others see a time nobody believes: %s", i, n.Seen)
					}
				}
			}
			if bad != (len(in.incidents) > 0) {
				t.Errorf("incidents: %v", in.incidents)
			}
			for _, i := range in.incidents {
				if i.Ended.IsZero() || i.Node != "north" {
					t.Errorf("not ended, or not ours: %+v", i)
				}
			}
		})
	}
}

// A program that starts while the clock is behind waits, and that the clock is
// put right is no jump.
func TestStartedWithAClockBehind(t *testing.T) {
	in := newRegistry()
	in.newest = start
	c := newComputer(t, in)
	for _, s := range []clockStep{{0, -10 * 365 * day, back}, {time.Minute, 0, back}, {time.Minute, 10*365*day + 5*day, ""}, {time.Minute, 0, ""}} {
		if got := c.after(s.passes, s.jump); got != s.want {
			t.Fatalf("%+v: %q", s, got)
		}
	}
}

// Starting again makes no clock right; putting it back does, even while nothing
// runs.
func TestAJumpOutlivesTheProgram(t *testing.T) {
	for name, s := range map[string]struct {
		down clockStep
		then engine.IncidentKind
	}{
		"as it was":          {clockStep{time.Minute, 0, ahead}, ahead},
		"down for days":      {clockStep{3 * day, 0, ahead}, ahead},
		"put back meanwhile": {clockStep{time.Minute, -5 * time.Hour, ""}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			in := newRegistry()
			c := newComputer(t, in)
			c.after(0, 0)
			if got := c.after(time.Minute, 5*time.Hour); got != ahead {
				t.Fatal(got)
			}
			c.restart()
			if got := c.after(s.down.passes, s.down.jump); got != s.down.want {
				t.Fatalf("started again: %q, want %q", got, s.down.want)
			}
			if got := c.after(time.Minute, 0); got != s.then {
				t.Fatalf("later: %q", got)
			}
			if len(in.incidents) != 1 {
				t.Errorf("it is one incident: %v", in.incidents)
			}
			if s.then != "" {
				in.confirmed, in.to = c.wall, start
				if got := c.after(time.Minute, 0); got != "" {
					t.Errorf("confirmed: %q", got)
				}
			}
			c.restart()
			if got := c.after(10*day, 0); got != "" {
				t.Errorf("started once more: %q", got)
			}
			for _, n := range in.nodes {
				if !n.Ahead.IsZero() {
					t.Errorf("a clock that is believed again is still noted: %+v", n)
				}
			}
		})
	}
}

// What was recorded was wrong, and a person says so; the next fault is found all
// the same.
func TestConfirmedClock(t *testing.T) {
	in := newRegistry()
	in.newest = start.Add(400 * day)
	c := newComputer(t, in)
	if got := c.after(0, 0); got != back {
		t.Fatal(got)
	}
	in.confirmed, in.to = c.wall, in.newest
	for range 3 {
		if got := c.after(time.Minute, 0); got != "" {
			t.Fatalf("confirmed: %q", got)
		}
	}
	if got := c.after(time.Minute, 2*time.Hour); got != ahead {
		t.Errorf("a jump after that: %q", got)
	}
	in.confirmed = c.wall
	if got := c.after(time.Minute, 0); got != "" {
		t.Errorf("confirmed again: %q", got)
	}
	in.newest = c.wall.Add(500 * day)
	if got := c.after(time.Minute, 0); got != back {
		t.Errorf("a journal later than what was confirmed: %q", got)
	}
}

// Whatever clocks do, the rounds go on once they are right, at the latest when a
// person says so.
func TestAnyClockThatIsRightIsBelieved(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 27))
		in := newRegistry()
		c := newComputer(t, in)
		c.after(0, 0)
		off := time.Duration(0)
		for range r.IntN(12) {
			to := time.Duration(0)
			if r.IntN(3) > 0 {
				to = outage(r) - outage(r)
			}
			if r.IntN(4) == 0 {
				c.restart()
			}
			got := c.after(time.Second<<r.IntN(12), to-off)
			off = to
			if behind := off < -maxBehind-2*time.Hour; behind && got == "" && c.rounds.clock.good.IsZero() {
				t.Fatalf("seed %d: a clock behind by %s is believed", seed, -off)
			}
		}
		// A clock that was ahead while the program was not there is believed, and
		// one that was put back then may not be: that is for a person to judge.
		got := c.after(time.Minute, -off)
		if got != "" {
			in.confirmed, in.to = c.wall, c.in.newestOf()
			got = c.after(time.Minute, 0)
		}
		if got != "" {
			t.Fatalf("seed %d: right, and not believed: %s", seed, got)
		}
		open := 0
		for _, i := range in.incidents {
			if i.Ended.IsZero() {
				open++
			}
		}
		if open > 0 {
			t.Fatalf("seed %d: %d incidents go on: %s", seed, open, cmp.Diff(nil, in.incidents))
		}
	}
}

func (r *registry) newestOf() time.Time {
	a, _ := r.Agenda(context.Background())
	return a.Newest
}
