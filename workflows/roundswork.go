package workflows

import (
	"context"
	"slices"
	"time"

	"splneno/engine"
)

// worker does what is due for one municipality after the other.
func (r *Rounds) worker(ctx context.Context) {
	for t, todo := r.nextJob(); t != nil; t, todo = r.nextJob() {
		next, err := r.work(ctx, todo)
		r.mu.Lock()
		t.busy = false
		t.learn(todo, next)
		r.enqueue(t) // what came up meanwhile
		r.wake.Broadcast()
		r.mu.Unlock()
		r.tell(ctx, "calendar", t.id, err)
	}
}

// learn keeps in mind what somebody saw who did what was to be done. What may
// wait for the coordinator is as it was only while the journal has no new line.
func (t *town) learn(todo, seen town) {
	if todo.look {
		t.looked, t.next, t.calendar = seen.looked, seen.next, seen.calendar
	}
	t.known = seen.known
	t.known.waits = seen.known.waits || t.head != todo.head
}

// nextJob waits for a municipality to work for, and gives it with what is to be
// done; nil is the end.
func (r *Rounds) nextJob() (*town, town) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		if r.ended {
			return nil, town{}
		}
		if len(r.jobs) > 0 && r.clock.paused == "" {
			t := r.jobs[0]
			r.jobs = r.jobs[1:]
			todo := *t
			t.busy, t.queued, t.read, t.look, t.run, t.due = true, false, false, false, false, 0
			return t, todo
		}
		r.wake.Wait()
	}
}

// work reads mail first, so that nobody is reminded of what he has just
// answered, then looks at the calendar and runs what is due. It gives when the
// calendar was looked at, zero when that failed, and when it must be again.
func (r *Rounds) work(ctx context.Context, todo town) (seen town, err error) {
	o, said := r.Office(todo.id).heard()
	seen.known = todo.known
	if todo.read {
		done := r.timed("reading")
		r.tell(ctx, "mail that came in", todo.id, protect(func() error { return o.Understand(ctx) }))
		done()
	}
	defer r.timed("calendar")()
	err = protect(func() error {
		if todo.look {
			at := o.local()
			owed, calendar, err := o.schedule(ctx)
			if err != nil {
				return err
			}
			if todo.calendar == nil || todo.calendar.rhythm != calendar.rhythm {
				seen.known.keeps = time.Time{}
			}
			seen.looked, seen.next, seen.calendar = at, calendar.next, &calendar
			todo.run, todo.due = todo.run || owed, 0
		}
		if !todo.run {
			return nil
		}
		ran, err := o.runDue(ctx, todo.due)
		seen.known = seen.known.after(ran, o.local())
		return err
	})
	if said.Load() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.offer(r.town(todo.id))
	}
	return seen, err
}

// offer puts the municipality among those with mail to send; while somebody
// claims some of it, that is done when he has it.
func (r *Rounds) offer(t *town) {
	if t.stands || t.letters {
		return
	}
	if t.letters = true; !t.claimed {
		r.ring = append(r.ring, t)
		r.wake.Broadcast()
	}
}

// slot sends one message after the other, of each municipality in turn.
func (r *Rounds) slot(ctx context.Context) {
	for t := r.nextLetter(); t != nil; t = r.nextLetter() {
		err := protect(func() error { return r.deliverOne(ctx, t) })
		r.mu.Lock()
		if t.sending--; err != nil {
			r.silence(t)
		}
		r.wake.Broadcast()
		r.mu.Unlock()
		r.tell(ctx, "mail", t.id, err)
	}
}

// silence has nobody send for the municipality until it is found to have mail.
func (r *Rounds) silence(t *town) {
	t.letters = false
	r.ring = slices.DeleteFunc(r.ring, func(other *town) bool { return other == t })
}

// deliverOne sends a message of a municipality that was taken off the ring. Where
// one was found there may be another.
func (r *Rounds) deliverOne(ctx context.Context, t *town) error {
	o, l, err := r.claimLetter(ctx, t)
	if err != nil || l == nil {
		return err
	}
	return o.deliver(ctx, *l, r.waiting)
}

// claimLetter claims a message of it and puts it back, come what may.
func (r *Rounds) claimLetter(ctx context.Context, t *town) (o *Office, l *letter, err error) {
	defer func() { r.putBack(t, l != nil) }()
	o = r.Office(t.id)
	l, err = o.claimLetter(ctx)
	return o, l, err
}

// putBack ends the claim for a municipality, and puts it at the end of the ring
// while it has mail.
func (r *Rounds) putBack(t *town, found bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	again := t.letters || found
	t.letters, t.claimed = false, false
	if again {
		r.offer(t)
	}
}

// nextLetter waits for a municipality that may send and takes it off the ring, so
// that nobody else asks for its mail until it is known whether there was any; nil
// is the end. One slot stays free of each: where a server keeps somebody's mails
// waiting for minutes, nobody else waits for that.
func (r *Rounds) nextLetter() *town {
	r.mu.Lock()
	defer r.mu.Unlock()
	for !r.ended {
		i := slices.IndexFunc(r.ring, func(t *town) bool { return t.sending < max(1, r.Slots-1) })
		if i >= 0 && r.clock.paused == "" && r.unsaid == 0 {
			t := r.ring[i]
			r.ring = slices.Delete(r.ring, i, i+1)
			t.letters, t.claimed = false, true
			t.sending++
			return t
		}
		r.wake.Wait()
	}
	return nil
}

// waiting keeps everybody from claiming mail while an outcome waits to be
// recorded.
func (r *Rounds) waiting(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.unsaid += n
	r.wake.Broadcast()
}

// timed tells how long a job took, once it is done.
func (r *Rounds) timed(job string) (done func()) {
	from := r.Elapsed()
	return func() {
		if r.Worked != nil {
			r.Worked(job, r.Elapsed()-from)
		}
	}
}

// leave takes the node off the list. One whose clock is not believed stays on
// it: starting again makes no clock right.
func (r *Rounds) leave(ctx context.Context) {
	if r.clock.beaten == 0 || r.clock.paused != "" {
		return
	}
	bounded, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	long := r.clock.reckoned(r.Elapsed()).Add(-engine.NodeAge)
	r.tell(bounded, "node", "", r.Installation.ForgetNode(bounded, r.Node.ID, long))
}
