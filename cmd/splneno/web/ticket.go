package web

import (
	"encoding/json"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"splneno/cmd/splneno/web/door"
	"splneno/engine"
	"splneno/notify/link"
)

// A ticket is what a browser carries, sealed, from one step of a proof to the
// next: the server remembers nothing of somebody who is not signed in, so that
// nobody can fill its memory, and any node can take the next step.
type ticket struct {
	ID      string
	Until   time.Time
	Tenant  string
	Account string
	Version int    // of the account: the ticket ends when that changes
	Memory  []byte // what a ceremony with a passkey has to remember
	Secret  string // of an authenticator that is being added
	Errand  door.Errand
	Next    string
}

// ticketLength is how long the next step may take.
const ticketLength = 15 * time.Minute

func (s *site) seal(purpose string, t ticket) string {
	t.ID, t.Until = link.NewSecret(), s.now().Add(ticketLength)
	b, err := json.Marshal(t)
	if err != nil { // strings, bytes and a time
		panic(err)
	}
	return s.Signer.Seal(purpose, b)
}

// unseal gives a ticket back; it is Gone when the step took too long.
func (s *site) unseal(purpose, sealed string) (t ticket, err error) {
	b, err := s.Signer.Open(purpose, sealed)
	if err == nil {
		err = json.Unmarshal(b, &t)
	}
	if err == nil && !s.now().Before(t.Until) {
		err = engine.Errorf(engine.Gone, "this step took too long; begin again")
	}
	return t, err
}

func (s *site) now() time.Time { return s.Office(s.Tenant).Now() }

// once lets every ticket through a single time. It forgets them when they end.
type once struct {
	mu    sync.Mutex
	spent map[string]time.Time
}

func (o *once) take(t ticket, now time.Time) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.spent == nil {
		o.spent = map[string]time.Time{}
	}
	for id, until := range o.spent {
		if !now.Before(until) {
			delete(o.spent, id)
		}
	}
	if _, used := o.spent[t.ID]; used {
		return engine.Errorf(engine.Gone, "this step was taken already; begin again")
	}
	o.spent[t.ID] = t.Until
	return nil
}

// deviceCookie says that somebody has signed in to an account from here. It
// opens nothing: it only keeps the tries of this browser apart from those of
// strangers, see [door.Throttle].
const deviceCookie = "stul-zarizeni"

type device struct{ Account, ID string }

// knowDevice gives the browser its mark.
func (s *site) knowDevice(w http.ResponseWriter, r *http.Request, a engine.Account) {
	if s.deviceOf(r).Account == a.ID {
		return
	}
	b, err := json.Marshal(device{a.ID, link.NewSecret()})
	if err != nil { // two strings
		panic(err)
	}
	s.setCookie(w, deviceCookie, s.Signer.Seal("device", b), 180*24*time.Hour)
}

func (s *site) deviceOf(r *http.Request) (d device) {
	c, err := r.Cookie(s.cookie(deviceCookie))
	if err != nil {
		return d
	}
	if b, err := s.Signer.Open("device", c.Value); err == nil {
		_ = json.Unmarshal(b, &d) // sealed here
	}
	return d
}

// places are where a try at a password counts.
func (s *site) places(r *http.Request, email string, found []candidate) []door.Place {
	d := s.deviceOf(r)
	for _, c := range found {
		if d.Account == c.account.ID {
			return []door.Place{door.Device(d.Account, d.ID)}
		}
	}
	return []door.Place{door.Account(email), door.Network(s.address(r))}
}

// address gives where a request comes from. What a proxy says of it counts
// only when the proxy is one of ours: on this machine, or named.
func (s *site) address(r *http.Request) netip.Addr {
	peer, _ := netip.ParseAddrPort(r.RemoteAddr)
	a := peer.Addr().Unmap()
	ours := a.IsLoopback()
	for _, p := range s.Proxies {
		ours = ours || p.Contains(a)
	}
	if said := r.Header.Values("X-Forwarded-For"); ours && len(said) > 0 {
		all := strings.Split(said[len(said)-1], ",")
		if told, err := netip.ParseAddr(strings.TrimSpace(all[len(all)-1])); err == nil {
			return told
		}
	}
	return a
}
