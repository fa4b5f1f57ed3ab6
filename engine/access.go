package engine

import (
	"slices"
	"time"
)

// A Role says what somebody who signs in is here for.
type Role string

// The roles (domain.md 2.2). Only the coordinator and her substitute decide.
const (
	RoleAdministrator Role = "administrator" // the town's IT person: accounts and settings
	RoleCoordinator   Role = "coordinator"
	RoleSubstitute    Role = "substitute" // does what the coordinator does, from one day until another
	RoleLeader        Role = "leader"     // of a working group: follows the answers of its areas
	RoleSteering      Role = "steering"   // a member of the steering group: reads results
	RoleReader        Role = "reader"     // of the region: reads results
)

// Roles lists the roles in the order people are offered them.
func Roles() []Role {
	return []Role{RoleCoordinator, RoleSubstitute, RoleAdministrator, RoleLeader, RoleSteering, RoleReader}
}

// A Right is what a page asks of whoever opens it.
type Right string

// The rights.
const (
	RightSelf   Right = "self"   // one's own account
	RightRead   Right = "read"   // results: evaluations and the board
	RightFollow Right = "follow" // the desk with all that organisations sent, to look at
	RightDecide Right = "decide" // whatever becomes official, and whatever is mailed
	RightManage Right = "manage" // accounts and settings
)

var rights = map[Role][]Right{
	RoleAdministrator: {RightSelf, RightRead, RightFollow, RightManage},
	RoleCoordinator:   {RightSelf, RightRead, RightFollow, RightDecide, RightManage},
	RoleSubstitute:    {RightSelf, RightRead, RightFollow, RightDecide},
	RoleLeader:        {RightSelf, RightRead, RightFollow},
	RoleSteering:      {RightSelf, RightRead},
	RoleReader:        {RightSelf, RightRead},
}

// An Account is a person who can sign in to one municipality's pages.
type Account struct {
	ID          string // random, never changes
	Name        string
	Email       string // lower case; names the account when signing in
	Role        Role
	Areas       []string // leader: codes of the areas followed; none is all
	StandsFor   string   // substitute: name of whom
	From, Until Date     // substitute: first and last day; of others "" for no bound
	Language    string   // "cs" or "en", "" for the browser's
	Subject     string   // issuer and subject of a single sign-on, "" where there is none
	Disabled    bool
	Secrets     Secrets
	InviteHash  string // SHA-256 of the token that sets up or resets sign-in, "" when none is out
	InviteUntil time.Time
	CreatedAt   time.Time
	Version     int
}

// Secrets are what an account proves itself with. Nothing in them opens
// anything by itself: passwords and codes are hashed, the rest is sealed.
type Secrets struct {
	Password string    // argon2id in its usual spelling, "" for none
	TOTP     string    // the sealed secret of the authenticator, "" for none
	TOTPStep int64     // the last time step that was used: no code opens twice
	Recovery []string  // hashes of single-use codes
	Passkeys []Passkey // by the day they were added
}

// empty reports whether the account can prove itself with nothing.
func (s Secrets) empty() bool {
	return s.Password == "" && s.TOTP == "" && len(s.Recovery)+len(s.Passkeys) == 0
}

// A Passkey is one authenticator of an account.
type Passkey struct {
	Name    string
	AddedAt time.Time
	Data    []byte // the credential as the library that checks it writes it
}

// Second reports whether the account has a second factor.
func (s Secrets) Second() bool { return s.TOTP != "" || len(s.Passkeys) > 0 }

// Follows gives the codes of the areas the account is shown, none for all: what
// the filters of a page begin with.
func (a Account) Follows() []string {
	if a.Role != RoleLeader {
		return nil
	}
	return a.Areas
}

// Sees reports whether the account is shown what stands in an area.
func (a Account) Sees(area string) bool {
	follows := a.Follows()
	return len(follows) == 0 || slices.Contains(follows, area)
}

// Active reports whether the account opens anything on a day.
func (a Account) Active(today Date) bool {
	return !a.Disabled && (a.From == "" || a.From <= today) && (a.Until == "" || today <= a.Until)
}

// May reports whether the account has a right on a day. Outside its days it has none.
func (a Account) May(r Right, today Date) bool {
	return a.Active(today) && slices.Contains(rights[a.Role], r)
}

// NeedsSecond reports whether the role may only be used with a second factor:
// it decides, or it manages.
func (a Account) NeedsSecond() bool {
	return slices.Contains(rights[a.Role], RightDecide) || slices.Contains(rights[a.Role], RightManage)
}

// ActorKind says in what capacity somebody acts who signs in. A role that does
// not decide is never a coordinator, so that a page opened to it by mistake
// still refuses the decision.
func (a Account) ActorKind() ActorKind {
	switch a.Role {
	case RoleCoordinator, RoleSubstitute:
		return ActorCoordinator
	case RoleAdministrator:
		return ActorAdministrator
	case RoleLeader, RoleSteering, RoleReader:
	}
	return ActorMember
}

// SetUp reports whether the account has any way to sign in.
func (a Account) SetUp() bool {
	return a.Secrets.Password != "" || len(a.Secrets.Passkeys) > 0 || a.Subject != ""
}

// Invited reports whether an invitation is out that still opens.
func (a Account) Invited(now time.Time) bool { return a.InviteHash != "" && now.Before(a.InviteUntil) }

// How long a browser stays signed in: at most, and left alone.
const (
	SessionLength = 12 * time.Hour
	SessionIdle   = 2 * time.Hour
)

// A Session is one browser somebody has signed in with.
type Session struct {
	Hash      string // SHA-256 of the cookie's value
	Account   string // id
	CreatedAt time.Time
	SeenAt    time.Time // to the minute
	ExpiresAt time.Time
	Strong    bool   // a second factor was shown
	Agent     string // the browser, in a few words
}

// Alive reports whether the session still opens anything at now.
func (s Session) Alive(now time.Time) bool {
	return now.Before(s.ExpiresAt) && now.Sub(s.SeenAt) < SessionIdle
}
