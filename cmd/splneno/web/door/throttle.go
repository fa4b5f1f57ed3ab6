package door

import (
	"hash/maphash"
	"net/netip"
	"sync"
	"time"
)

// A Throttle makes guessing slow.
//
// Failures are counted in three kinds of places: of an account tried from a
// browser that nobody signed in with before, of a network such browsers are
// in, and of an account tried from a browser somebody has signed in with (it
// keeps a sealed cookie that says so). Each has some tries free; then every
// failure doubles the wait before the next try, up to a quarter of an hour.
// Tries during the wait are refused unread and make nothing longer.
//
// So a stranger who guesses day and night, from one address or from a million,
// gets some hundred tries a day at an account. He can keep new browsers out of
// it for as long as he goes on, but not the browsers its owner uses: those have
// a count of their own. And a passkey or a single sign-on, with which there is
// nothing to guess, is never counted.
//
// A try counts as a failure from its beginning and is forgiven when it was
// none: a thousand tries at once get no further than a thousand in a row.
//
// Memory is bounded: places of a kind share a fixed table, found by a hash whose
// seed nobody knows. That two share one is rare, and costs the innocent one a
// wait. Each kind has a table of its own: a stranger with thousands of addresses
// fills that of networks, and none of those that only owners get into.
type Throttle struct {
	mu    sync.Mutex
	seed  maphash.Seed
	slots [kinds]*[slots]slot // made with the first try of the kind
}

// The kinds of places.
const (
	account = iota
	network
	device
	second
	kinds
)

const (
	slots     = 1 << 14
	maxWait   = 15 * time.Minute
	forgotten = 24 * time.Hour // without a failure
)

type slot struct {
	failures int
	last     time.Time
}

// A Place is where tries are counted, with how many are free.
type Place struct {
	kind int
	key  string
	free int
}

// Account is an account tried from a browser nobody knows.
func Account(email string) Place { return Place{account, email, 10} }

// Device is an account tried from a browser somebody has signed in to it with.
func Device(id, browser string) Place { return Place{device, id + " " + browser, 10} }

// Second is the second factor of an account whose password was right.
func Second(id string) Place { return Place{second, id, 5} }

// Network is the network an address lies in: a whole town hall often has one
// address, and a home has a whole network of version 6.
func Network(address netip.Addr) Place {
	bits := 24
	if address = address.Unmap(); address.Is6() {
		bits = 48
	}
	p, _ := address.Prefix(bits)
	return Place{network, p.String(), 40}
}

// NewThrottle gives a throttle that has seen nothing.
func NewThrottle() *Throttle { return &Throttle{seed: maphash.MakeSeed()} }

// Wait gives how long to wait before the next try, 0 for not at all: the
// longest wait of the places.
func (t *Throttle) Wait(now time.Time, places ...Place) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.wait(now, places)
}

func (t *Throttle) wait(now time.Time, places []Place) (wait time.Duration) {
	for _, p := range places {
		s := t.slot(p, now)
		wait = max(wait, s.last.Add(pause(s.failures-p.free)).Sub(now))
	}
	return wait
}

// Try lets a try begin and counts it in every place, or gives how long to wait
// before the next one. forgive takes the count back: it was no guess.
func (t *Throttle) Try(now time.Time, places ...Place) (forgive func(), wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if wait := t.wait(now, places); wait > 0 {
		return func() {}, wait
	}
	var before []time.Time
	for _, p := range places {
		s := t.slot(p, now)
		before = append(before, s.last)
		s.failures++
		s.last = now
	}
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		for i, p := range places {
			s := t.slot(p, now)
			s.failures = max(s.failures-1, 0)
			if s.last.Equal(now) {
				s.last = before[i]
			}
		}
	}, 0
}

// Passed forgets the failures of a place: its owner was there.
func (t *Throttle) Passed(p Place) {
	t.mu.Lock()
	defer t.mu.Unlock()
	*t.slot(p, time.Time{}) = slot{}
}

func (t *Throttle) slot(p Place, now time.Time) *slot {
	if t.slots[p.kind] == nil {
		t.slots[p.kind] = new([slots]slot)
	}
	s := &t.slots[p.kind][maphash.String(t.seed, p.key)%slots]
	if now.Sub(s.last) >= forgotten {
		*s = slot{}
	}
	return s
}

// pause is the wait after the n-th failure beyond the free ones.
func pause(n int) time.Duration {
	if n < 0 {
		return 0
	}
	return min(time.Second<<min(n, 20), maxWait)
}
