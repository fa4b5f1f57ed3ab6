package web

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"splneno/engine"
)

// A person is somebody at the door, and what they may do: by role, by day, by
// what they have proved.
type person struct {
	name   string
	cookie string
	rights []engine.Right // what opens to them
	nobody bool           // sent to sign in
}

// settle fills the house with people, and a second town with a coordinator of
// its own and nothing else.
func (h *house) settle() []person {
	self, read := engine.RightSelf, engine.RightRead
	follow, decide, manage := engine.RightFollow, engine.RightDecide, engine.RightManage
	day := engine.DateOf(h.now())
	people := []struct {
		a      engine.Account
		weak   bool
		rights []engine.Right
		nobody bool
	}{
		{a: engine.Account{ID: "koordinatorka", Role: engine.RoleCoordinator}, rights: []engine.Right{self, read, follow, decide, manage}},
		{a: engine.Account{ID: "zastup", Role: engine.RoleSubstitute, StandsFor: "H", From: day.AddDays(-3), Until: day}, rights: []engine.Right{self, read, follow, decide}},
		{a: engine.Account{ID: "zastup-pred", Role: engine.RoleSubstitute, StandsFor: "H", From: day.AddDays(1), Until: day.AddDays(9)}, nobody: true},
		{a: engine.Account{ID: "zastup-po", Role: engine.RoleSubstitute, StandsFor: "H", From: day.AddDays(-9), Until: day.AddDays(-1)}, nobody: true},
		{a: engine.Account{ID: "spravce", Role: engine.RoleAdministrator}, rights: []engine.Right{self, read, follow, manage}},
		{a: engine.Account{ID: "vedouci", Role: engine.RoleLeader}, rights: []engine.Right{self, read, follow}},
		{a: engine.Account{ID: "ridici", Role: engine.RoleSteering}, rights: []engine.Right{self, read}},
		{a: engine.Account{ID: "kraj", Role: engine.RoleReader}, rights: []engine.Right{self, read}},
		{a: engine.Account{ID: "bez-druheho", Role: engine.RoleCoordinator}, weak: true, rights: []engine.Right{self}},
		{a: engine.Account{ID: "spravce-bez-druheho", Role: engine.RoleAdministrator}, weak: true, rights: []engine.Right{self}},
		{a: engine.Account{ID: "ctenar-heslem", Role: engine.RoleReader}, weak: true, rights: []engine.Right{self, read}},
		{a: engine.Account{ID: "zruseny", Role: engine.RoleCoordinator, Disabled: true}, nobody: true},
		{a: engine.Account{ID: "bez-role"}, rights: nil},
	}
	out := []person{{name: "nobody", nobody: true}, {name: "forged cookie", cookie: "x", nobody: true}}
	for _, p := range people {
		p.a.Name, p.a.Email = p.a.ID, p.a.ID+"@example.cz"
		h.add("klatovy", p.a)
		out = append(out, person{name: p.a.ID, cookie: h.session("klatovy", p.a.ID, !p.weak), rights: p.rights, nobody: p.nobody})
	}
	return out
}

func (p person) may(right engine.Right) bool {
	for _, r := range p.rights {
		if r == right {
			return true
		}
	}
	return false
}

// visit asks for a route as the person.
func (p person) visit(h *house, method, path string) reply {
	h.client.Jar = h.browser().Jar
	header := http.Header{"Sec-Fetch-Site": {"same-origin"}}
	if p.cookie != "" {
		header.Set("Cookie", cookieName+"="+p.cookie)
	}
	return h.send(method, path, header)
}

// Every route of the table, by everybody.
func TestRouteByRole(t *testing.T) {
	h := newHouse(t)
	h.receives("reply")
	people := h.settle()
	paths := map[string]string{}
	for _, r := range routes(h) {
		paths[r.method+" "+r.pattern] = r.path
	}
	checked := 0
	for _, r := range (&site{Server: &Server{Mailbox: h.box}}).table() {
		method, _, _ := strings.Cut(r.pattern, " ")
		if r.right == "" || r.pattern == "POST /stul/odhlaseni" {
			continue
		}
		for _, p := range people {
			before := h.fingerprint()
			got := p.visit(h, method, paths[r.pattern])
			if fault := judge(p, r.right, method, got); fault != "" {
				t.Errorf("%s by %s: %d, %s", r.pattern, p.name, got.status, fault)
			}
			if !p.may(r.right) && h.fingerprint() != before {
				t.Errorf("%s by %s changed something", r.pattern, p.name)
			}
			checked++
		}
	}
	if checked < 200 {
		t.Errorf("only %d of routes and people were tried", checked)
	}
}

// judge says what is wrong with an answer.
func judge(p person, right engine.Right, method string, got reply) string {
	signIn := strings.HasPrefix(got.head.Get("Location"), "/stul/prihlaseni")
	second := got.head.Get("Location") == "/stul/ucet/overeni"
	switch {
	case p.nobody && method == http.MethodGet && !(got.status == 303 && signIn):
		return "must be sent to sign in"
	case p.nobody && method == http.MethodPost && got.status != 403:
		return "must be refused"
	case p.nobody || p.may(right):
		if p.may(right) && (got.status == 403 || got.status >= 500 || signIn || second) {
			return "must be open"
		}
	case method == http.MethodGet && got.status != 403 && !second:
		return "must be closed"
	case method == http.MethodPost && got.status != 403:
		return "must be closed"
	}
	return ""
}

// Somebody of another town is at home there and a stranger here, whatever the
// address says.
func TestAnotherTownsAccount(t *testing.T) {
	h := newHouse(t)
	h.receives("reply")
	c := engine.Change{At: h.now(), Actor: who, Event: "set_up", Subject: "susice", Municipality: &engine.Municipality{Name: "Susice",
		Coordinator: engine.Contact{Name: "S", Email: "kpss@susice.example"}, Sender: "kpss@susice.example"}}
	h.must(h.officeOf("susice").Records.Commit(context.Background(), c))
	h.add("susice", engine.Account{ID: "cizi", Name: "C", Email: "cizi@example.cz", Role: engine.RoleCoordinator})
	p := person{name: "cizi", cookie: h.session("susice", "cizi", true)}
	before := h.fingerprint()
	for _, r := range routes(h) {
		if !r.desk || r.pattern == "/stul/odhlaseni" {
			continue
		}
		got := p.visit(h, r.method, r.path)
		named := strings.Contains(r.pattern, "{") && !strings.Contains(r.pattern, "{kind}") // a kind of letter is nobody's
		if got.status >= 500 || named && got.status != 404 && got.status != 403 && got.status != 422 {
			t.Errorf("%s %s: %d", r.method, r.pattern, got.status)
		}
		for _, ours := range []string{"Klatovy", "Charita Vzorov", "Hana", "kpss@klatovy.example"} {
			if strings.Contains(got.body, ours) {
				t.Errorf("%s %s shows %s of another town", r.method, r.pattern, ours)
			}
		}
	}
	if h.fingerprint() != before {
		t.Error("somebody of another town changed something")
	}
	if r := p.visit(h, "GET", "/stul"); r.status != 200 || !strings.Contains(r.body, "Susice") {
		t.Errorf("the own desk: %d", r.status)
	}
	if r := p.visit(h, "GET", h.path("charita")); r.status != 200 || !strings.Contains(r.body, "Klatovy") || strings.Contains(r.body, "Susice") {
		t.Errorf("the page of an organisation of the other town: %d", r.status)
	}
}

// What a role does not decide it is refused by the office itself, should the
// table ever be wrong; and a substitute signs for whom.
func TestInWhoseName(t *testing.T) {
	for role, kind := range map[engine.Role]engine.ActorKind{
		engine.RoleCoordinator: engine.ActorCoordinator, engine.RoleSubstitute: engine.ActorCoordinator, engine.RoleAdministrator: engine.ActorAdministrator,
		engine.RoleLeader: engine.ActorMember, engine.RoleSteering: engine.ActorMember, engine.RoleReader: engine.ActorMember, "": engine.ActorMember,
	} {
		if got := actorOf(engine.Account{Name: "Y", Role: role}); got.Kind != kind {
			t.Errorf("%s acts as %s", role, got)
		}
	}
	if got := actorOf(engine.Account{Name: "Y", Role: engine.RoleSubstitute, StandsFor: "X"}).Name; got != "Y v zastoupen\u00ed X" {
		t.Error(got)
	}
	h := newHouse(t)
	for _, a := range []engine.Account{{Name: "Y", Role: engine.RoleAdministrator}, {Name: "Y", Role: engine.RoleLeader}} {
		if err := h.office.Decide(context.Background(), engine.EntryKey{Plan: "ap2023", Period: "2023", Activity: "1.1/1"}, engine.Close, "", actorOf(a)); engine.CodeOf(err) != engine.Forbidden {
			t.Errorf("%s decides: %v", a.Role, err)
		}
	}
}

// A role that changes takes effect at the next page; so does the end of the
// account.
func TestRolesChangeWhileSignedIn(t *testing.T) {
	h := newHouse(t)
	h.add("klatovy", engine.Account{ID: "nova", Name: "N", Email: "nova@example.cz", Role: engine.RoleCoordinator})
	p := person{cookie: h.session("klatovy", "nova", true)}
	if r := p.visit(h, "GET", "/stul"); r.status != 200 {
		t.Fatal(r.status)
	}
	a, err := h.office.Records.Account(context.Background(), "nova")
	h.must(err)
	h.must(h.office.ChangeAccount(context.Background(), "nova", a.Version, who, func(a *engine.Account) { a.Role = engine.RoleReader }))
	if r := p.visit(h, "GET", "/stul"); r.status != 303 {
		t.Error("the session of the former role lives:", r.status)
	}
	p.cookie = h.session("klatovy", "nova", true)
	if r := p.visit(h, "GET", "/stul"); r.status != 403 {
		t.Error("a reader sees the desk:", r.status)
	}
	h.must(h.office.EndAccount(context.Background(), "nova", who))
	if r := p.visit(h, "GET", "/stul/ucet"); r.status != 303 {
		t.Error("an ended account is signed in:", r.status)
	}
}
