package door

import (
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var opening = time.Date(2024, 1, 23, 9, 0, 0, 0, time.UTC)

// guess tries as fast as the throttle lets it for a time, one try a step, and
// gives how often it got through.
func guess(t *Throttle, tries int, step time.Duration, places func(n int) []Place) (through int) {
	for n := range tries {
		now := opening.Add(time.Duration(n) * step)
		p := places(n)
		if _, wait := t.Try(now, p...); wait <= 0 {
			through++
		}
	}
	return through
}

// A million tries, one every 100 ms for 28 hours.
func TestAMillionTries(t *testing.T) {
	const tries, every = 1_000_000, 100 * time.Millisecond
	home := netip.MustParseAddr("192.0.2.7")
	for name, c := range map[string]struct {
		places func(n int) []Place
		most   int
	}{
		"one account from one place":  {func(int) []Place { return []Place{Account("a@example.cz"), Network(home)} }, 150},
		"one account from everywhere": {func(n int) []Place { return []Place{Account("a@example.cz"), Network(anywhere(n))} }, 150},
		"any account from one place": {func(n int) []Place {
			return []Place{Account(fmt.Sprint(n, "@example.cz")), Network(home)}
		}, 200},
		"the second factor": {func(int) []Place { return []Place{Second("id")} }, 150},
	} {
		if got := guess(NewThrottle(), tries, every, c.places); got > c.most || got < 5 {
			t.Errorf("%s: %d tries got through, want at most %d", name, got, c.most)
		}
	}
}

func anywhere(n int) netip.Addr {
	return netip.AddrFrom4([4]byte{byte(n>>16) + 1, byte(n >> 8), byte(n), 1})
}

// A stranger who goes on guessing keeps the owner's own browser out never, and
// a new one for a quarter of an hour at most once he stops.
func TestTheOwnerGetsIn(t *testing.T) {
	th := NewThrottle()
	mail := Account("a@example.cz")
	guess(th, 100_000, time.Second, func(n int) []Place { return []Place{mail, Network(anywhere(n))} })
	end := opening.Add(100_000 * time.Second)
	if w := th.Wait(end, Device("id", "notebook")); w > 0 {
		t.Errorf("her own browser waits %v", w)
	}
	if w := th.Wait(end, mail); w <= 0 || w > maxWait {
		t.Errorf("a new browser waits %v", w)
	}
	if w := th.Wait(end.Add(maxWait), mail); w > 0 {
		t.Errorf("a new browser still waits %v", w)
	}
	th.Passed(mail)
	if w := th.Wait(end, mail); w > 0 {
		t.Errorf("after the owner was there one waits %v", w)
	}
}

func TestWaitsDoubleAndAreForgotten(t *testing.T) {
	th, p := NewThrottle(), Place{account, "x", 2}
	now := opening
	fail := func() { // from the end of the wait on
		now = now.Add(th.Wait(now, p))
		th.Try(now, p)
	}
	for n, want := range []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second} {
		fail()
		if n == 0 {
			want = 0
		}
		if got := th.Wait(now, p); got != want {
			t.Errorf("after %d failures the wait is %v, want %v", n+1, got, want)
		}
	}
	if got := th.Wait(now.Add(forgotten), p); got > 0 || th.slot(p, now.Add(forgotten)).failures != 0 {
		t.Errorf("after a day the wait is %v", got)
	}
	for range 200 {
		fail()
	}
	if got := th.Wait(now, p); got != maxWait {
		t.Errorf("the longest wait is %v", got)
	}
}

func TestNetworks(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"192.0.2.1", "192.0.2.200", true}, {"192.0.2.1", "192.0.3.1", false}, {"::ffff:192.0.2.9", "192.0.2.1", true},
		{"2001:db8:1:2::1", "2001:db8:1:ffff::9", true}, {"2001:db8:1::1", "2001:db8:2::1", false},
	} {
		if same := Network(netip.MustParseAddr(c.a)) == Network(netip.MustParseAddr(c.b)); same != c.same {
			t.Errorf("%s and %s: %v", c.a, c.b, same)
		}
	}
	_ = Network(netip.Addr{}) // an address nobody could read is a network of its own
}

// A crowd that tries at the same moment gets no further than one after another,
// and a try that was no guess leaves nothing behind.
func TestTriesAtOnce(t *testing.T) {
	th, p := NewThrottle(), Account("a@example.cz")
	var through atomic.Int32
	var all sync.WaitGroup
	for range 1000 {
		all.Go(func() {
			if _, wait := th.Try(opening, p); wait <= 0 {
				through.Add(1)
			}
		})
	}
	all.Wait()
	if n := through.Load(); n != 10 {
		t.Errorf("%d of a crowd got through, want 10", n)
	}
	th = NewThrottle()
	for n := range 100 {
		forgive, wait := th.Try(opening.Add(time.Duration(n)*time.Second), p)
		if wait > 0 {
			t.Fatalf("try %d waits %v", n, wait)
		}
		forgive()
	}
	if s := th.slot(p, opening); s.failures != 0 || !s.last.IsZero() {
		t.Errorf("forgiven tries leave %+v", *s)
	}
}

// Strangers of thousands of networks who guess at thousands of addresses fill
// the tables of networks and accounts, and no owner's.
func TestTablesThatAreFull(t *testing.T) {
	th, now := NewThrottle(), opening
	for n := range 1_000_000 {
		now = opening.Add(time.Duration(n) * time.Millisecond)
		th.Try(now, Account(fmt.Sprint(n%50_000, "@example.cz")), Network(anywhere(n%10_000)))
	}
	for n := range 500 {
		if w := th.Wait(now, Device(fmt.Sprint("id", n), "notebook")); w > 0 {
			t.Fatalf("the browser of owner %d waits %v", n, w)
		}
		if w := th.Wait(now, Second(fmt.Sprint("id", n))); w > 0 {
			t.Fatalf("the second factor of owner %d waits %v", n, w)
		}
	}
}
