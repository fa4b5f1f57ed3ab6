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
// Memory is bounded: places share a fixed table, found by a hash whose seed
// nobody knows. That two share one is rare, and costs the innocent one a wait.
type Throttle struct {
	mu    sync.Mutex
	seed  maphash.Seed
	slots [slots]slot
}

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
	key  string
	free int
}

// Account is an account tried from a browser nobody knows.
func Account(email string) Place { return Place{"account " + email, 10} }

// Device is an account tried from a browser somebody has signed in to it with.
func Device(account, device string) Place { return Place{"device " + account + " " + device, 10} }

// Second is the second factor of an account whose password was right.
func Second(account string) Place { return Place{"second " + account, 5} }

// Network is the network an address lies in: a whole town hall often has one
// address, and a home has a whole network of version 6.
func Network(address netip.Addr) Place {
	bits := 24
	if address = address.Unmap(); address.Is6() {
		bits = 48
	}
	p, _ := address.Prefix(bits)
	return Place{"network " + p.String(), 40}
}

// NewThrottle gives a throttle that has seen nothing.
func NewThrottle() *Throttle { return &Throttle{seed: maphash.MakeSeed()} }

// Wait gives how long to wait before the next try, 0 for not at all: the
// longest wait of the places.
func (t *Throttle) Wait(now time.Time, places ...Place) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	var wait time.Duration
	for _, p := range places {
		s := t.slot(p, now)
		wait = max(wait, s.last.Add(pause(s.failures-p.free)).Sub(now))
	}
	return wait
}

// Failed counts a failure in every place.
func (t *Throttle) Failed(now time.Time, places ...Place) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range places {
		s := t.slot(p, now)
		s.failures++
		s.last = now
	}
}

// Passed forgets the failures of a place: its owner was there.
func (t *Throttle) Passed(p Place) {
	t.mu.Lock()
	defer t.mu.Unlock()
	*t.slot(p, time.Time{}) = slot{}
}

func (t *Throttle) slot(p Place, now time.Time) *slot {
	s := &t.slots[maphash.String(t.seed, p.key)%slots]
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
