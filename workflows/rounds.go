package workflows

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"splneno/engine"
)

// Rounds goes round all the municipalities of an installation and does what is
// due for each, as [Office.Tick] does for one, so that none waits for another:
// whoever reads mail or works through a calendar takes the next municipality
// that has waited longest, and whoever sends takes one message of each in turn.
// At rest a round is one question to the database. Any number of nodes may go
// round at once.
type Rounds struct {
	Installation Installation
	Office       func(tenant string) *Office
	Now          func() time.Time     // what the clock shows
	Elapsed      func() time.Duration // time that passed since some moment, whatever the clock shows; sleep counts
	Node         engine.Node          // this one: Seen, Off and Ahead need not be given
	Workers      int                  // municipalities worked for at once
	Slots        int                  // mails on their way at once
	Beat         time.Duration        // between two signs of life
	Failed       func(what, tenant string, err error)
	Worked       func(job string, took time.Duration) // told of every look at a calendar and at mail that came in; may be nil

	mu     sync.Mutex
	wake   *sync.Cond // something is to be done, or the end has come
	towns  map[string]*town
	jobs   []*town // for whom something is to be done, those that waited longest first
	ring   []*town // with mail to send, the next one first
	ended  bool
	unsaid int // outcomes of mails that wait to be recorded

	clock  clock
	status RoundsStatus
	again  chan chan struct{} // who wants a round at once, told when it was gone
}

// Installation is what Rounds needs to know across municipalities.
type Installation interface {
	Calendars
	// Agenda says in one statement what waits, due already or later.
	Agenda(ctx context.Context) (engine.Agenda, error)
	// SeeNode records that a node is there.
	SeeNode(ctx context.Context, n engine.Node) error
	// ForgetNode takes a node that ended off the list, and those not seen since.
	ForgetNode(ctx context.Context, id string, since time.Time) error
	// Nodes lists the nodes.
	Nodes(ctx context.Context) ([]engine.Node, error)
	// ConfirmedClock gives when a person last said that the clock is right, and
	// up to which time what was shown is no proof against it.
	ConfirmedClock(ctx context.Context) (at, newest time.Time, err error)
	// RecordIncident keeps what kept a node from working.
	RecordIncident(ctx context.Context, i engine.Incident) error
	// Incidents lists what goes on, and what ended after since.
	Incidents(ctx context.Context, since time.Time) ([]engine.Incident, error)
}

// A RoundsStatus says how the rounds of a node go.
type RoundsStatus struct {
	Finished time.Time           // when the agenda was last read and shared out
	Failures int                 // rounds in a row that could not be gone
	Err      error               // of the last of them
	Paused   engine.IncidentKind // why nothing is done, "" when it is
	Working  int                 // municipalities that are worked for or wait for it
	Sending  int                 // municipalities with mail to send
}

// A town is what a node keeps in mind of a municipality. All of it may be
// forgotten: it only spares questions.
type town struct {
	id       string
	head     int64     // of its journal when its calendar was last looked at
	looked   time.Time // when that was, zero for never
	stands   bool      // nothing is to be done for it
	next     time.Time // when it must be looked at again
	calendar *calendar // as it was then, nil for unknown
	known    known

	read, look, run bool // to be done: read mail, look at the calendar, run what is due
	due             int  // how many runs are due, 0 for unknown
	busy            bool // somebody is at it
	queued          bool // in jobs
	letters         bool // has mail: in ring, unless claimed
	claimed         bool // off the ring while somebody claims a mail
	sending         int  // mails on their way, or claimed
}

// Status says how it goes.
func (r *Rounds) Status() RoundsStatus {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.status
	s.Paused = r.clock.paused
	for _, t := range r.towns {
		if t.busy || t.queued {
			s.Working++
		}
		if t.letters || t.sending > 0 {
			s.Sending++
		}
	}
	return s
}

// Run goes round at once and then from time to time until ctx ends, and returns
// when all that was begun is done.
func (r *Rounds) Run(ctx context.Context, every time.Duration) {
	r.prepare()
	var work sync.WaitGroup
	for range r.Workers {
		work.Go(func() { r.worker(ctx) })
	}
	for range r.Slots {
		work.Go(func() { r.slot(ctx) })
	}
	pause := time.NewTicker(every)
	defer pause.Stop()
	var gone chan struct{}
	for ctx.Err() == nil {
		r.round(ctx)
		if gone != nil {
			close(gone)
		}
		gone = nil
		select {
		case <-ctx.Done():
		case gone = <-r.again:
		case <-pause.C:
		}
	}
	r.mu.Lock()
	r.ended = true
	r.wake.Broadcast()
	r.mu.Unlock()
	work.Wait()
	r.leave(context.WithoutCancel(ctx))
}

// Rest has a round gone at once and returns when nobody works and nobody sends
// any more, or ctx ends: for whoever drives the clock, and must not put it on
// while something happens.
func (r *Rounds) Rest(ctx context.Context) {
	r.prepare()
	gone := make(chan struct{})
	select {
	case r.again <- gone:
	case <-ctx.Done():
		return
	}
	select {
	case <-gone:
	case <-ctx.Done():
		return
	}
	defer context.AfterFunc(ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.wake.Broadcast()
	})()
	r.mu.Lock()
	defer r.mu.Unlock()
	for ctx.Err() == nil && r.clock.paused == "" && r.atWork() {
		r.wake.Wait()
	}
}

// atWork reports whether somebody works or sends, or is about to.
func (r *Rounds) atWork() bool {
	if len(r.jobs) > 0 || len(r.ring) > 0 {
		return true
	}
	for _, t := range r.towns {
		if t.busy || t.sending > 0 {
			return true
		}
	}
	return false
}

// prepare makes what the zero Rounds lacks.
func (r *Rounds) prepare() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.wake == nil {
		r.wake, r.towns, r.again = sync.NewCond(&r.mu), map[string]*town{}, make(chan chan struct{})
	}
}

// Arrived has the mail of a municipality read at once.
func (r *Rounds) Arrived(tenant string) {
	r.prepare()
	r.mu.Lock()
	defer r.mu.Unlock()
	t := r.town(tenant)
	t.read = !t.stands
	if !r.status.Finished.IsZero() { // before, it is not known whether it stands
		r.enqueue(t)
	}
}

// round asks what waits and shares it out.
func (r *Rounds) round(ctx context.Context) {
	var agenda engine.Agenda
	err := protect(func() (err error) {
		if agenda, err = r.Installation.Agenda(ctx); err != nil {
			return err
		}
		return r.watch(ctx, agenda.Newest)
	})
	if ctx.Err() != nil {
		return
	}
	if r.tell(ctx, "round", "", err); r.noted(agenda, err) {
		r.tell(ctx, "calendars", "", protect(func() error { return r.passOver(ctx, agenda) }))
		r.shareOut(agenda)
	}
}

// noted notes how the round went and what waits, and gives whether anything is to
// be done.
func (r *Rounds) noted(agenda engine.Agenda, err error) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.status.Err = err; err != nil {
		r.status.Failures++
		return false
	}
	if r.status.Failures = 0; r.clock.paused != "" {
		r.status.Finished = r.Now()
		return false
	}
	for _, d := range agenda.Duties {
		r.note(d)
	}
	return true
}

// shareOut has everybody do what waits.
func (r *Rounds) shareOut(agenda engine.Agenda) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, d := range agenda.Duties {
		t := r.town(d.Tenant)
		r.enqueue(t)
		if !d.Message.IsZero() && !d.Message.After(r.Now()) {
			r.offer(t)
		}
	}
	r.status.Finished = r.Now()
	r.wake.Broadcast()
}

// note notes what is due for a municipality.
func (r *Rounds) note(d engine.Duty) {
	t, now := r.town(d.Tenant), r.Now()
	due := func(at time.Time) bool { return !at.IsZero() && !at.After(now) }
	if t.stands = d.Stands(); t.stands {
		t.read, t.look, t.run = false, false, false
		r.silence(t)
		return
	}
	t.read = t.read || due(d.Inbound)
	if due(d.Occurrence) {
		t.run, t.due = true, 0
	}
	// A clock that was put back may not wait for the next look as long.
	if t.looked.IsZero() || t.head != d.Head || !now.Before(t.next) || now.Before(t.looked) {
		t.look = true
	}
	if t.head != d.Head {
		t.head, t.known.waits = d.Head, true
	}
}

// town gives what is kept in mind of a municipality.
func (r *Rounds) town(id string) *town {
	if r.towns[id] == nil {
		r.towns[id] = &town{id: id}
	}
	return r.towns[id]
}

// enqueue has a worker take the municipality when there is something to do.
func (r *Rounds) enqueue(t *town) {
	if t.busy || t.queued || !t.read && !t.look && !t.run {
		return
	}
	t.queued = true
	r.jobs = append(r.jobs, t)
	r.wake.Broadcast()
}

// protect does something for one municipality; a panic is a failure of that
// alone.
func protect(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return do()
}

// tell reports a failure, unless it is the end.
func (r *Rounds) tell(ctx context.Context, what, tenant string, err error) {
	if err != nil && ctx.Err() == nil && !errors.Is(err, context.Canceled) {
		r.Failed(what, tenant, err)
	}
}
