package door

import (
	"fmt"
	"net/netip"
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
		if t.Wait(now, p...) <= 0 {
			through++
			t.Failed(now, p...)
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
	th, p := NewThrottle(), Place{"x", 2}
	now := opening
	for n, want := range []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second} {
		th.Failed(now, p)
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
		th.Failed(now, p)
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
