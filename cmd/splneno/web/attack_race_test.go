package web

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"splneno/engine"
	"splneno/notify/link"
)

// statusOf lists what was answered.
func statusOf(all []reply) (out []int) {
	for _, r := range all {
		out = append(out, r.status)
	}
	return out
}

// verified checks the journal's chain, and that every state follows from it.
func (h *house) verified() {
	h.t.Helper()
	v, err := h.office.Verify(context.Background())
	if err != nil || v.Lines == 0 {
		h.t.Errorf("the records do not hold together: %+v, %v", v, err)
	}
}

// Two amend the same activity, write down the same resolution and change the
// same settings at the same moment: one of each is stored, and whoever comes
// later finds everything they typed on the page that says so.
func TestTwoWriteAtOnce(t *testing.T) {
	h := newHouse(t)
	h.busy()
	for name, form := range map[string]func(text string) (string, url.Values){
		"amend": func(text string) (string, url.Values) {
			f := h.activityFields("1.1/1")
			f.Set("nazev", text)
			return "/stul/plan/ap2023/upravit/1.1/1", f
		},
		"add": func(text string) (string, url.Values) {
			f := h.validForms()["POST /stul/plan/{plan}/pridat/{code...}"]
			f.Set("nazev", text)
			return "/stul/plan/ap2023/pridat/1.1", f
		},
		"town": func(text string) (string, url.Values) {
			f := h.townForm()
			f.Set("funkce", text)
			return "/stul/nastaveni", f
		},
		"account": func(text string) (string, url.Values) {
			return "/stul/nastaveni/ucty/eva", url.Values{"action": {"ulozit"}, "verze": {fmt.Sprint(h.account("eva").Version)}, "jmeno": {text}, "role": {"reader"}}
		},
		"carry": func(text string) (string, url.Values) {
			return carryDesk, url.Values{"aktivita": {"1.2/2"}, "verze": {fmt.Sprint(h.entry("1.2/2").Version)}, "krok": {"drop"}, "duvod": {text}}
		},
		"foreword": func(text string) (string, url.Values) {
			return season, url.Values{"action": {"slova"}, "cislo": {"1"}, "verze": {fmt.Sprint(h.evaluationVersion())}, "uvod": {text}}
		},
		"resolution's items": func(text string) (string, url.Values) {
			return season + "/usneseni/1", url.Values{"action": {"polozky"}, "verze": {"1"}, "krok-1.2/2": {"drop"}, "pozn-1.2/2": {text}}
		},
		"region": func(text string) (string, url.Values) {
			return "/stul/kraj/nastaveni", url.Values{"verze": {"0"}, "nazev": {text}}
		},
		"meeting": func(text string) (string, url.Values) {
			f := meetingFields("2024-03-18")
			f.Set("action", "ulozit")
			f.Set("verze", "1")
			f.Set("misto", text)
			return meetingsAt + "/1", f
		},
	} {
		one, f1 := form("Hana pise prvni")
		two, f2 := form("Petr pise druhy")
		got := h.atOnce(h.form(one, f1), h.form(two, f2))
		if got[0].status+got[1].status != 303+409 {
			t.Errorf("%s: %v", name, statusOf(got))
		}
		for i, text := range []string{"Hana pise prvni", "Petr pise druhy"} {
			if got[i].status == 409 && !strings.Contains(got[i].body, text) {
				t.Errorf("%s: what the loser typed is gone:\n%.1500s", name, main(got[i].body))
			}
		}
	}
	h.verified()
}

// The same resolution typed in twice at the same moment is there under two
// numbers of ours or once, never mixed up; a body is asked again once.
func TestTheSameTwiceAtOnce(t *testing.T) {
	h := newHouse(t)
	h.busy()
	got := h.atOnce(h.form(season+"/usneseni", resolutionFields("20/2024")), h.form(season+"/usneseni", resolutionFields("20/2024")))
	list, err := h.office.Records.Resolutions(t.Context(), "ap2023", "2023")
	h.must(err)
	taken := 0
	for _, r := range got {
		if r.status == 303 {
			taken++
		}
	}
	if taken == 0 || len(list) != 1+taken {
		t.Errorf("%v, %d resolutions", statusOf(got), len(list))
	}
	mails := h.written("charita")
	ask := h.form("/stul/znovu", h.validForms()["POST /stul/znovu"])
	got = h.atOnce(ask, ask, ask, ask)
	if n := h.written("charita") - mails; n != 1 {
		t.Errorf("asked again %d times: %v", n, statusOf(got))
	}
	h.verified()
}

// The calendar writes while the coordinator moves, stops and mutes: each letter
// leaves once or, stopped in time, never.
func TestMovingMeetsTheCalendar(t *testing.T) {
	h := newHouse(t)
	h.signIn()
	for range 12 {
		h.wait(48 * time.Hour)
		h.signIn()
		mails := h.written("charita")
		var tick error
		got := h.atOnce(h.form(yearPath+"/organizace/charita", url.Values{"organizace": {"charita"}, "action": {"nepsat"}}),
			func() reply { tick = h.office.Tick(context.Background()); return reply{status: 303} },
			h.form(yearPath+"/organizace/charita", url.Values{"organizace": {"charita"}, "action": {"psat"}}))
		if tick != nil && engine.CodeOf(tick) != engine.Conflict {
			t.Error(tick)
		}
		for _, r := range got {
			if r.status != 303 && r.status != 409 {
				t.Errorf("%v", statusOf(got))
			}
		}
		if n := h.written("charita") - mails; n > 1 {
			t.Errorf("%d letters on one day", n)
		}
		h.post(yearPath+"/organizace/charita", url.Values{"organizace": {"charita"}, "action": {"psat"}})
	}
	h.verified()
}

// An organisation ends while it answers: the answer is kept and hers, or she is
// told who answers now; nothing lies between.
func TestEndingMeetsAnswering(t *testing.T) {
	for range 4 {
		h := newHouse(t)
		h.signIn()
		h.adds(successor())
		end := url.Values{"action": {"potvrdit"}, "jak": {"nastupce"}, "den": {"2024-01-20"}, "nastupce": {"diakonie"}}
		got := h.atOnce(h.form(h.path("charita"), three()), h.form("/stul/organizace/charita/konec", end))
		kept := len(h.proposals())
		switch {
		case got[1].status != 303 && got[1].status != 409, got[0].status != 303 && got[0].status != 410 && got[0].status != 409:
			t.Errorf("%v\n%.800s", statusOf(got), main(got[0].body))
		case (got[0].status == 303) != (kept == 3):
			t.Errorf("answered %d, %d answers are kept", got[0].status, kept)
		}
		if got[0].status == 409 && !strings.Contains(got[0].body, "esti obc") && !strings.Contains(got[0].body, "Jezd") {
			t.Error("what was typed is gone")
		}
		h.verified()
	}
}

// slowly sends a form in two halves and does something in between.
func (h *house) slowly(cookie, path, form string, meanwhile func()) int {
	h.t.Helper()
	conn, err := net.Dial("tcp", h.server.Listener.Addr().String())
	h.must(err)
	defer func() { _ = conn.Close() }()
	h.must(conn.SetDeadline(time.Now().Add(20 * time.Second)))
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s=%s\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		path, h.server.Listener.Addr(), cookieName, cookie, len(form))
	h.must(err)
	in := bufio.NewReader(conn)
	line, err := in.ReadString('\n') // the server has begun to read the form
	h.must(err)
	if !strings.Contains(line, "100") {
		h.t.Fatalf("the server says %q", line)
	}
	_, _ = in.ReadString('\n')
	meanwhile()
	_, err = fmt.Fprint(conn, form)
	h.must(err)
	res, err := http.ReadResponse(in, nil)
	h.must(err)
	_ = res.Body.Close()
	return res.StatusCode
}

// Whoever sends a form slowly decides nothing with it once the session, the
// role or the account has ended meanwhile.
func TestRightsEndInTheMiddleOfARequest(t *testing.T) {
	h := newHouse(t)
	h.busy()
	form := h.validForms()["POST /stul/rozhodnuti"].Encode()
	for name, end := range map[string]func(id, cookie string){
		"the session": func(_, cookie string) { h.must(h.office.Records.EndSession(t.Context(), link.SecretHash(cookie))) },
		"the role": func(id, _ string) {
			h.must(h.office.ChangeAccount(t.Context(), id, h.account(id).Version, who, func(a *engine.Account) { a.Role = engine.RoleReader }))
		},
		"the account":  func(id, _ string) { h.must(h.office.EndAccount(t.Context(), id, who)) },
		"the password": func(id, _ string) { h.must(h.office.Prove(t.Context(), h.account(id), "password", "")) },
	} {
		id := "k" + strings.Fields(name)[1]
		h.add("klatovy", engine.Account{ID: id, Name: id, Email: id + "@example.cz", Role: engine.RoleCoordinator})
		cookie := h.session("klatovy", id, true)
		if status := h.slowly(cookie, "/stul/rozhodnuti", form, func() { end(id, cookie) }); status != http.StatusForbidden {
			t.Errorf("%s ended: %d", name, status)
		}
	}
	if n := h.events("1.1/1"); n["approved"] != 0 {
		t.Errorf("decided after all: %v", n)
	}
}
