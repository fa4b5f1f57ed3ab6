package engine

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// InviteLength is how long an invitation opens.
const InviteLength = 72 * time.Hour

// Invite makes a new account with an invitation that is kept by its hash alone.
// all are the accounts of the municipality. An address names one account only.
func Invite(all []Account, a Account, hash string, who Actor, now time.Time) (Change, error) {
	if err := MayManage(who); err != nil {
		return Change{}, err
	}
	a.Email = strings.ToLower(strings.TrimSpace(a.Email))
	if err := a.check(); err != nil {
		return Change{}, err
	}
	if slices.ContainsFunc(all, func(o Account) bool { return o.Email == a.Email }) {
		return Change{}, Errorf(Conflict, "there is an account with this address already; invite it again instead")
	}
	a.CreatedAt, a.InviteHash, a.InviteUntil = now, hash, now.Add(InviteLength)
	return accountChange("account_invited", a, who, now), nil
}

// InviteAgain gives an account a new invitation; the former one opens nothing
// any more. An account that was ended lives again, without its old secrets.
func InviteAgain(a Account, hash string, who Actor, now time.Time) (Change, error) {
	if err := MayManage(who); err != nil {
		return Change{}, err
	}
	a.Disabled, a.InviteHash, a.InviteUntil = false, hash, now.Add(InviteLength)
	return accountChange("account_invited", a, who, now), nil
}

// SetUp takes the password chosen behind an invitation. Whatever the account
// proved itself with before is gone: an invitation is also what helps somebody
// who lost it all, or whose secrets somebody else has.
func SetUp(a Account, password string, now time.Time) (Change, error) {
	if !a.Invited(now) || a.Disabled {
		return Change{}, Errorf(Gone, "this invitation has ended; ask for a new one")
	}
	a.InviteHash, a.InviteUntil, a.Subject = "", time.Time{}, ""
	a.Secrets = Secrets{Password: password}
	return accountChange("account_set_up", a, Actor{Kind: a.ActorKind(), Name: a.Name}, now), nil
}

// ChangeAccount stores what whoever keeps the accounts changed: name, role,
// areas, days. It is a Conflict when nobody would be left to coordinate.
func ChangeAccount(all []Account, a Account, who Actor, now time.Time) (Change, error) {
	if err := MayManage(who); err != nil {
		return Change{}, err
	}
	if err := a.check(); err != nil {
		return Change{}, err
	}
	if err := keepsCoordinator(all, a, DateOf(now)); err != nil {
		return Change{}, err
	}
	return accountChange("account_changed", a, who, now), nil
}

// EndAccount closes an account for good: it proves itself with nothing any more.
func EndAccount(all []Account, a Account, who Actor, now time.Time) (Change, error) {
	if err := MayManage(who); err != nil {
		return Change{}, err
	}
	a.Disabled, a.Secrets, a.Subject, a.InviteHash, a.InviteUntil = true, Secrets{}, "", "", time.Time{}
	if err := keepsCoordinator(all, a, DateOf(now)); err != nil {
		return Change{}, err
	}
	return accountChange("account_ended", a, who, now), nil
}

// Prove stores that an account signed in or changed what it proves itself with.
// event says which, in a word of the journal; with says how, never the secret.
func Prove(a Account, event, with string, now time.Time) Change {
	c := accountChange(event, a, Actor{Kind: a.ActorKind(), Name: a.Name}, now)
	c.Detail = map[string]string{"with": with}
	return c
}

// accountChange is a Change of one account. The journal says the role and the
// days; whose account it is, the account says as long as the person is known.
func accountChange(event string, a Account, who Actor, now time.Time) Change {
	d := map[string]string{"role": string(a.Role)}
	if a.From != "" || a.Until != "" {
		d["days"] = string(a.From) + " - " + string(a.Until)
	}
	return Change{At: now, Actor: who, Event: event, Subject: "account/" + a.ID, Detail: d, Accounts: []Account{a}}
}

// check says what is wrong with an account as it was typed.
func (a Account) check() error {
	at := strings.Index(a.Email, "@")
	switch {
	case a.Name == "" || utf8.RuneCountInString(a.Name) > 200:
		return Errorf(Invalid, "an account needs a name of at most 200 characters")
	case at < 1 || at == len(a.Email)-1 || len(a.Email) > 254 || strings.ContainsAny(a.Email, " \t\r\n<>,;"):
		return Errorf(Invalid, "an account needs an address like name@example.cz")
	case !slices.Contains(Roles(), a.Role):
		return Errorf(Invalid, "an account needs one of the roles %v", Roles())
	case a.Role == RoleSubstitute && (a.StandsFor == "" || a.From == "" || a.Until == ""):
		return Errorf(Invalid, "a substitute needs the name of whom they stand for, the first day and the last")
	case a.From != "" && a.Until != "" && a.Until < a.From:
		return Errorf(Invalid, "the last day is before the first")
	}
	return nil
}

// keepsCoordinator refuses to take the desk away from the last coordinator who
// can sign in to it.
func keepsCoordinator(all []Account, changed Account, today Date) error {
	coordinates := func(a Account) bool { return a.Role == RoleCoordinator && a.Active(today) && a.SetUp() }
	before, after := 0, 0
	for _, a := range all {
		if coordinates(a) {
			before++
		}
		if a.ID == changed.ID {
			a = changed
		}
		if coordinates(a) {
			after++
		}
	}
	if before > 0 && after == 0 {
		return Errorf(Conflict, "nobody would be left to coordinate; invite another coordinator first")
	}
	return nil
}
