package engine

import (
	"strings"
	"testing"
	"time"
)

var (
	doorDay   = time.Date(2024, 1, 23, 9, 0, 0, 0, time.UTC)
	chief     = Actor{ActorCoordinator, "Hana"}
	anAccount = Account{ID: "a1", Name: "Jana", Email: "Jana@Example.cz ", Role: RoleCoordinator}
)

func TestInvite(t *testing.T) {
	c, err := Invite(nil, anAccount, "hash", chief, doorDay)
	if err != nil {
		t.Fatal(err)
	}
	a := c.Accounts[0]
	if a.Email != "jana@example.cz" || !a.Invited(doorDay.Add(InviteLength-time.Second)) || a.Invited(doorDay.Add(InviteLength)) {
		t.Errorf("account: %+v", a)
	}
	for k, v := range c.Detail {
		if strings.Contains(v, "@") || strings.Contains(v, "hash") {
			t.Errorf("the journal says %s: %s", k, v)
		}
	}
	if _, err := Invite([]Account{a}, anAccount, "h", chief, doorDay); CodeOf(err) != Conflict {
		t.Error("two accounts of one address:", err)
	}
}

func TestWhoKeepsAccounts(t *testing.T) {
	for _, role := range Roles() {
		who := Actor{Kind: Account{Role: role}.ActorKind(), Name: "X"}
		_, err := Invite(nil, anAccount, "h", who, doorDay)
		keeps := role == RoleCoordinator || role == RoleSubstitute || role == RoleAdministrator
		if (err == nil) != keeps {
			t.Errorf("%s: %v", role, err)
		}
		if decides := who.Kind == ActorCoordinator; decides != (Account{Role: role}).May(RightDecide, "2024-01-01") {
			t.Errorf("%s acts as %s", role, who.Kind)
		}
	}
	for _, kind := range []ActorKind{ActorMember, ActorOrganisation, ActorCalendar, ActorSystem, ""} {
		who := Actor{Kind: kind}
		_, e1 := Invite(nil, anAccount, "h", who, doorDay)
		_, e2 := InviteAgain(anAccount, "h", who, doorDay)
		_, e3 := ChangeAccount(nil, anAccount, who, doorDay)
		_, e4 := EndAccount(nil, anAccount, who, doorDay)
		for _, err := range []error{e1, e2, e3, e4} {
			if CodeOf(err) != Forbidden {
				t.Errorf("%q keeps accounts: %v", kind, err)
			}
		}
	}
}

func TestAccountsThatAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Account){
		"no name":             func(a *Account) { a.Name = "" },
		"a long name":         func(a *Account) { a.Name = strings.Repeat("x", 201) },
		"no address":          func(a *Account) { a.Email = "jana" },
		"nothing before":      func(a *Account) { a.Email = "@example.cz" },
		"nothing behind":      func(a *Account) { a.Email = "jana@" },
		"a header":            func(a *Account) { a.Email = "jana@example.cz\r\nBcc: x@y.cz" },
		"no role":             func(a *Account) { a.Role = "boss" },
		"substitute of none":  func(a *Account) { a.Role, a.From, a.Until = RoleSubstitute, "2024-01-01", "2024-02-01" },
		"substitute for ever": func(a *Account) { a.Role, a.StandsFor, a.From = RoleSubstitute, "Hana", "2024-01-01" },
		"days turned":         func(a *Account) { a.From, a.Until = "2024-02-01", "2024-01-01" },
	} {
		a := anAccount
		spoil(&a)
		if _, err := Invite(nil, a, "h", chief, doorDay); CodeOf(err) != Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSetUpOnceAndInTime(t *testing.T) {
	a := anAccount
	a.InviteHash, a.InviteUntil = "h", doorDay
	a.Secrets = Secrets{TOTP: "old", Passkeys: []Passkey{{Name: "old"}}}
	if _, err := SetUp(a, "p", doorDay); CodeOf(err) != Gone {
		t.Error("too late:", err)
	}
	c, err := SetUp(a, "p", doorDay.Add(-time.Second))
	if err != nil {
		t.Fatal(err)
	}
	got := c.Accounts[0]
	if got.Secrets.Second() || got.Secrets.Password != "p" {
		t.Errorf("old secrets stay: %+v", got.Secrets)
	}
	if _, err := SetUp(got, "q", doorDay.Add(-time.Second)); CodeOf(err) != Gone {
		t.Error("a second time:", err)
	}
	a.Disabled = true
	if _, err := SetUp(a, "p", doorDay.Add(-time.Second)); CodeOf(err) != Gone {
		t.Error("an ended account:", err)
	}
}

func TestTheLastCoordinatorStays(t *testing.T) {
	ready := func(id string, role Role) Account {
		return Account{ID: id, Name: id, Email: id + "@example.cz", Role: role, Secrets: Secrets{Password: "x"}}
	}
	a, b := ready("a", RoleCoordinator), ready("b", RoleCoordinator)
	only := []Account{a, ready("s", RoleSubstitute), {ID: "n", Role: RoleCoordinator}}
	if _, err := EndAccount(only, a, chief, doorDay); CodeOf(err) != Conflict {
		t.Error("the last one was ended:", err)
	}
	lower := a
	lower.Role = RoleLeader
	if _, err := ChangeAccount(only, lower, chief, doorDay); CodeOf(err) != Conflict {
		t.Error("the last one was made a leader:", err)
	}
	gone := a
	gone.Until = "2024-01-22"
	if _, err := ChangeAccount(only, gone, chief, doorDay); CodeOf(err) != Conflict {
		t.Error("the last one's days ended:", err)
	}
	c, err := EndAccount([]Account{a, b}, a, chief, doorDay)
	if err != nil || !c.Accounts[0].Disabled || c.Accounts[0].Secrets.Password != "" {
		t.Errorf("ending one of two: %+v %v", c.Accounts, err)
	}
	if _, err := EndAccount(only, Account{ID: "n", Role: RoleCoordinator}, chief, doorDay); err != nil {
		t.Error("one who never signed in:", err)
	}
}

func TestSessionEnds(t *testing.T) {
	s := Session{SeenAt: doorDay, ExpiresAt: doorDay.Add(SessionLength)}
	if !s.Alive(doorDay.Add(SessionIdle-time.Second)) || s.Alive(doorDay.Add(SessionIdle)) {
		t.Error("left alone")
	}
	s.SeenAt = doorDay.Add(SessionLength - time.Minute)
	if s.Alive(doorDay.Add(SessionLength)) {
		t.Error("for ever")
	}
}
