package web

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"splneno/cmd/splneno/web/door"
	"splneno/cmd/splneno/web/door/doortest"
	"splneno/engine"
)

var leaveTo = regexp.MustCompile(`class="button" href="([^"]*)"`)

// away goes to the issuer and gives what it was asked with.
func away(t *testing.T, r reply) url.Values {
	t.Helper()
	r.want(t, 200)
	u, err := url.Parse(html.UnescapeString(leaveTo.FindStringSubmatch(r.body)[1]))
	if err != nil || !strings.HasPrefix(r.head.Get("Refresh"), "0; url="+u.Scheme+"://"+u.Host) {
		t.Fatalf("leads to %v (%v) and %q", u, err, r.head.Get("Refresh"))
	}
	return u.Query()
}

func TestSingleSignOn(t *testing.T) {
	issuer := doortest.NewIssuer(t)
	h := newHouseAt(t, "127.0.0.1", func(_ *house, s *Server) {
		s.SSO = &door.SSO{Issuer: issuer.URL, Client: "splneno", Secret: "x", Back: s.Signer.Base() + "/stul/prihlaseni/sso", Now: time.Now}
	})
	back := func(q url.Values, code string) reply {
		return h.get("/stul/prihlaseni/sso?state=" + q.Get("state") + "&code=" + code)
	}
	start := func() url.Values { return away(t, h.post("/stul/prihlaseni/sso", url.Values{"dal": {"/stul/posta"}})) }
	verified := map[string]any{"email": "kpss@klatovy.example", "email_verified": true}

	q := start()
	r := back(q, issuer.Code(q, "u1", verified))
	r.want(t, 303)
	if r.head.Get("Location") != "/stul/posta" || h.account("hana").Subject != issuer.URL+" u1" {
		t.Errorf("to %q, subject %q", r.head.Get("Location"), h.account("hana").Subject)
	}
	h.get("/stul").want(t, 200)
	back(q, issuer.Code(q, "u1", verified)).want(t, 403) // the errand is done

	for name, c := range map[string]struct {
		subject string
		claims  map[string]any
	}{
		"somebody else with her address":  {"u2", verified},
		"an address nobody verified":      {"u3", map[string]any{"email": "eva@example.cz"}},
		"an address without an account":   {"u4", map[string]any{"email": "nikdo@example.cz", "email_verified": true}},
		"a token for another application": {"u1", map[string]any{"aud": "another"}},
	} {
		h.client = h.browser()
		q := start()
		if r := back(q, issuer.Code(q, c.subject, c.claims)); r.status != 403 || cookieOf(r) != "" {
			t.Errorf("%s: %d", name, r.status)
		}
	}
	h.client = h.browser()
	q = start()
	h.client = h.browser() // another browser, as a victim would be sent
	if r := back(q, issuer.Code(q, "u1", verified)); r.status != 403 || cookieOf(r) != "" {
		t.Error("a sign-in begun elsewhere is finished here:", r.status)
	}

	h.add("klatovy", engine.Account{ID: "entra", Name: "E", Email: "entra@example.cz", Role: engine.RoleReader, Secrets: engine.Secrets{Password: "x"}})
	h.signInAs("entra")
	q = away(t, h.post("/stul/ucet", url.Values{"action": {"propojit"}}))
	if r := back(q, issuer.Code(q, "u9", nil)); r.status != 303 || h.account("entra").Subject != issuer.URL+" u9" {
		t.Errorf("linked: %d %q", r.status, h.account("entra").Subject)
	}
	h.client = h.browser()
	q = start()
	back(q, issuer.Code(q, "u9", nil)).want(t, 303)
	h.signInAs("entra")
	h.post("/stul/ucet", url.Values{"action": {"odpojit"}}).want(t, 303)
}
