package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"splneno/engine"
)

// at once sends several forms at the same moment and gives what came back.
func (h *house) atOnce(send ...func() reply) []reply {
	out := make([]reply, len(send))
	var ready, done sync.WaitGroup
	ready.Add(len(send))
	for i, s := range send {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			out[i] = s()
		})
	}
	done.Wait()
	return out
}

func (h *house) form(path string, f url.Values) func() reply {
	return func() reply {
		req, err := http.NewRequest(http.MethodPost, h.server.URL+path, strings.NewReader(f.Encode()))
		if err != nil {
			h.t.Error(err)
			return reply{}
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		return h.do(req)
	}
}

// events counts the journal's lines about an entry, by event.
func (h *house) events(activity string) map[string]int {
	h.t.Helper()
	lines, err := h.office.Records.JournalOf(context.Background(), "ap2023/2023/"+activity, 1000)
	h.must(err)
	n := map[string]int{}
	for _, l := range lines {
		n[l.Event]++
	}
	return n
}

// Two coordinators decide about the same answer at the same moment: one of them
// does, the other is told, and nothing is done twice.
func TestTwoCoordinatorsAtOnce(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	const rounds = 12
	h.crowd(3 * rounds)
	question := url.Values{"otazka": {"Kolik klientů?"}}
	for i := range rounds {
		same, either := fmt.Sprintf("1.1/m%d", 3*i), fmt.Sprintf("1.1/m%d", 3*i+1)
		got := h.atOnce(h.form("/stul/rozhodnuti", decides("schvalit", same, 1, nil)), h.form("/stul/rozhodnuti", decides("schvalit", same, 1, nil)))
		if got[0].status+got[1].status != 303+409 {
			t.Errorf("approved twice: %d and %d", got[0].status, got[1].status)
		}
		for _, r := range got {
			if r.status == 409 && !strings.Contains(r.body, "Ukázat aktivitu") {
				t.Errorf("the loser is told: %.800s", main(r.body))
			}
		}
		if n := h.events(same); n["approved"] != 1 || h.entry(same).State != engine.Fulfilled {
			t.Errorf("%s: %v", same, n)
		}
		got = h.atOnce(h.form("/stul/rozhodnuti", decides("schvalit", either, 1, nil)), h.form("/stul/rozhodnuti", decides("vratit", either, 1, question)))
		if n := h.events(either); got[0].status+got[1].status != 303+409 && n["approved"]+n["returned"] != 1 {
			t.Errorf("%s was approved (%d) and sent back (%d): %v", either, got[0].status, got[1].status, n)
		}
		if e := h.entry(either); (e.State == engine.Fulfilled) != (got[0].status == 303) {
			t.Errorf("%s stands at %s, the approval was answered %d", either, e.State, got[0].status)
		}
	}
}

// Both approve the whole page at once: every answer is approved once.
func TestTwoPagesAtOnce(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.knows()
	h.crowd(20)
	var refs []url.Values
	for i := range 20 {
		refs = append(refs, decides("", fmt.Sprintf("1.1/m%d", i), 1, nil))
	}
	approved := 0
	for _, r := range h.atOnce(h.form("/stul/hromadne", ticks("vse", refs...)), h.form("/stul/hromadne", ticks("vse", refs...))) {
		to, err := url.Parse(r.head.Get("Location"))
		h.must(err)
		n := 0
		for _, word := range []string{"schvaleno", "jinak", "jednotlive"} {
			some := 0
			_, _ = fmt.Sscan(to.Query().Get(word), &some)
			if n += some; word == "schvaleno" {
				approved += some
			}
		}
		if r.status != 303 || n != 20 {
			t.Errorf("%d, told of %d: %s", r.status, n, to)
		}
	}
	if approved != 20 || h.approvals() != 20 || h.decided() != "0 waiting, 21 approved, 0 returned" && h.decided() != "0 waiting, 20 approved, 0 returned" {
		t.Errorf("told of %d approvals, the journal has %d, %s", approved, h.approvals(), h.decided())
	}
}

// A result is taken back while another coordinator records what she knows, and
// approved again while it is taken back: the entry and its answer never part.
func TestTakingBackMeetsApproving(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	h.crowd(8)
	for i := range 8 {
		id := fmt.Sprintf("1.1/m%d", i)
		entry := entryPath(engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: id})
		h.post("/stul/rozhodnuti", decides("schvalit", id, 1, nil)).want(t, 303)
		back := h.form(entry, url.Values{"action": {"otevrit"}, "duvod": {"Překlik."}})
		h.atOnce(back, back, h.form("/stul/rozhodnuti", decides("schvalit", id, 1, nil)))
		n, e := h.events(id), h.entry(id)
		var p engine.Proposal
		for _, q := range h.proposals() {
			if q.Activity == id {
				p = q
			}
		}
		if approved := !e.ApprovedAt.IsZero(); approved != (p.State == engine.Approved) || approved != (n["approved"] == n["reopened"]+1) {
			t.Errorf("%s: entry %s approved %v, answer %s, journal %v", id, e.State, approved, p.State, n)
		}
	}
}

// A leader of a working group sees the queue of its areas, and no form.
func TestALeaderLooksOn(t *testing.T) {
	h := newHouse(t)
	h.post(h.path("charita"), answers()).want(t, 303)
	for _, c := range []struct {
		role  engine.Role
		areas []string
		waits bool
		may   bool
	}{
		{engine.RoleCoordinator, nil, true, true},
		{engine.RoleLeader, nil, true, false},
		{engine.RoleLeader, []string{"1"}, true, false},
		{engine.RoleLeader, []string{"2"}, false, false},
	} {
		sc := &scene{tenant: "klatovy", account: engine.Account{ID: "a", Name: "Věra Šťastná", Role: c.role, Areas: c.areas}, tongue: loadTongues()["cs"]}
		req, err := http.NewRequest(http.MethodGet, "/stul/odpovedi", nil)
		h.must(err)
		p, err := readQueue(visit{scene: sc, r: req, office: h.office, who: who})
		h.must(err)
		if p.May != c.may || (p.All == 1) != c.waits {
			t.Errorf("%s of %v: may %v, %d wait", c.role, c.areas, p.May, p.All)
		}
		if len(p.Groups) > 0 && p.Groups[0].Items[0].May != c.may {
			t.Errorf("%s of %v has forms: %v", c.role, c.areas, !c.may)
		}
		req.URL.RawQuery = "oblast=vse"
		if p, err = readQueue(visit{scene: sc, r: req, office: h.office, who: who}); err != nil || p.All != 1 {
			t.Errorf("%s of %v asks for all areas: %d, %v", c.role, c.areas, p.All, err)
		}
	}
}
