package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"splneno/engine"
)

// reader is somebody who signs in with a password alone.
func reader(id string) engine.Account {
	return engine.Account{ID: id, Name: id, Email: id + "@example.cz", Role: engine.RoleReader, Secrets: engine.Secrets{Password: spelledPassword()}}
}

// wellKnown are pages of the installation, not of a town.
func wellKnown(pattern string) bool {
	for _, p := range []string{"/{$}", "/", "/healthz", "/readyz", "/metrics", "/pristupnost", "/static/{name}", "/schema/{name}", "/robots.txt", "/logo/{tenant}/{name}"} {
		if pattern == p {
			return true
		}
	}
	return strings.HasPrefix(pattern, "/posta") || strings.HasPrefix(pattern, "/stul/prihlaseni")
}

// Of a suspended town every route says that it is, and changes nothing; another
// town goes on beside it.
func TestASuspendedTown(t *testing.T) {
	h := newHouse(t)
	other := h.twin()
	h.busy()
	h.approveIt()
	h.publishes(1)
	h.add("klatovy", reader("ctenar"))
	h.add("susice", reader("ctenar-jinde"))
	ours := person{cookie: h.session("klatovy", "hana", true)}
	theirs := person{cookie: h.session("susice", "ctenar-jinde", true)}
	forms := h.validForms()
	all := routes(h)
	for kind, want := range map[engine.HoldKind]struct {
		status int
		title  string
	}{engine.HoldSuspended: {403, h.say("title.suspended")}, engine.HoldMoved: {410, h.say("title.moved")}} {
		h.must(h.office.Records.Commit(context.Background(), engine.Change{At: h.now(), Actor: who, Event: "hold", Hold: &engine.Hold{Kind: kind, Since: h.now()}}))
		ours = person{cookie: h.session("klatovy", "hana", true)}
		before := h.dump("klatovy")
		for _, r := range all {
			if wellKnown(r.pattern) {
				continue
			}
			got := ours.visit(h, r.method, r.path)
			if r.method == http.MethodPost && r.desk {
				got = h.postAs(ours.cookie, r.path, forms["POST "+r.pattern])
			}
			if got.status != want.status || !strings.Contains(got.body, want.title) || !strings.Contains(got.body, "kpss@klatovy.example") {
				t.Errorf("%s %s of a town that is %s: %d", r.method, r.path, kind, got.status)
			}
		}
		h.client = h.browser()
		if got := h.post("/stul/prihlaseni", url.Values{"email": {"ctenar@example.cz"}, "heslo": {hanaPassword}}); got.status != want.status || !strings.Contains(got.body, want.title) {
			t.Errorf("signing in to a town that is %s: %d", kind, got.status)
		}
		if h.get("/").status != 200 || strings.Contains(h.get("/").body, `href="/obec/klatovy"`) {
			t.Errorf("the first page leads to a town that is %s", kind)
		}
		if after := h.dump("klatovy"); after != before {
			t.Errorf("something was changed in a town that is %s:\n%s", kind, changed(before, after))
		}
		theirs.visit(h, "GET", "/stul/vyhodnoceni").want(t, 200)
		h.must(other.Tick(context.Background()))
	}
	h.must(h.office.Records.Commit(context.Background(), engine.Change{At: h.now(), Actor: who, Event: "hold", Hold: &engine.Hold{}}))
	if r := ours.visit(h, "GET", "/stul"); r.status != 303 {
		t.Errorf("who was signed in before is still: %d", r.status)
	}
	h.client = h.browser()
	h.post("/stul/prihlaseni", url.Values{"email": {"ctenar@example.cz"}, "heslo": {hanaPassword}}).want(t, 303)
	h.get("/obec/klatovy").want(t, 200)
	h.get(h.path("charita")).want(t, 410) // the season is closed by its approval, not by a hold
}

// Who has an account in a town that rests and in one that goes on gets into the
// latter, and a cookie of the former keeps nobody from it.
func TestSigningInBesideASuspendedTown(t *testing.T) {
	h := newHouse(t)
	h.twin()
	a := reader("obojzivelny")
	h.add("klatovy", a)
	a.ID = "obojzivelny-jinde"
	h.add("susice", a)
	old := h.session("klatovy", "obojzivelny", true)
	h.must(h.office.Suspend(context.Background(), "x", who))
	u, err := url.Parse(h.server.URL)
	h.must(err)
	h.client.Jar.SetCookies(u, []*http.Cookie{{Name: cookieName, Value: old, Path: "/"}})
	h.get("/stul").want(t, 403, h.say("title.suspended"))
	h.get("/stul/prihlaseni").want(t, 200)
	h.post("/stul/prihlaseni", url.Values{"email": {a.Email}, "heslo": {hanaPassword}}).want(t, 303)
	h.get("/stul/vyhodnoceni").want(t, 200, foreign)
}

// Mail for a suspended town is kept as it came, and read when it goes on.
func TestMailOfASuspendedTownWaits(t *testing.T) {
	h := newHouse(t)
	h.must(h.office.Suspend(context.Background(), "x", who))
	ctx := context.Background()
	h.must(h.office.Receive(ctx, engine.Arrival{Raw: []byte(`{"Mail":{"Subject":"x","From":{"Email":"x@example.cz"}}}`), Via: "imap"}))
	h.must(h.office.Tick(ctx))
	h.must(h.office.Understand(ctx))
	waits := func() int {
		inbox, err := h.office.Records.Inbox(ctx, 10, engine.InboundReceived)
		h.must(err)
		return len(inbox)
	}
	if waits() != 1 {
		t.Error("the mail does not wait as it came")
	}
	h.must(h.office.Resume(ctx, who))
	h.must(h.office.Tick(ctx))
	if waits() != 0 {
		t.Error("the mail was not read when the town went on")
	}
}
