package workflows

import (
	"context"
	"strings"
	"time"

	"splneno/engine"
)

// Invite makes an account; hash is of the token that sets it up.
func (o *Office) Invite(ctx context.Context, a engine.Account, hash string, who engine.Actor) error {
	all, err := o.Records.Accounts(ctx)
	if err != nil {
		return err
	}
	return o.keepAccount(ctx)(engine.Invite(all, a, hash, who, o.local()))
}

// InviteAgain gives an account a new invitation, also one that was ended.
func (o *Office) InviteAgain(ctx context.Context, id, hash string, who engine.Actor) error {
	a, err := o.Records.Account(ctx, id)
	if err != nil {
		return err
	}
	return o.keepAccount(ctx)(engine.InviteAgain(a, hash, who, o.local()))
}

// Invited gives the account a token sets up, by its hash. It is Gone once the
// time is over, and NotFound when it was used or never there.
func (o *Office) Invited(ctx context.Context, hash string) (engine.Account, error) {
	a, err := o.Records.AccountByInvite(ctx, hash)
	if err == nil && (!a.Invited(o.local()) || a.Disabled) {
		err = engine.Errorf(engine.Gone, "this invitation has ended; ask for a new one")
	}
	return a, err
}

// SetUpAccount takes the password chosen behind an invitation, which opens no
// second time, and signs every browser of the account out.
func (o *Office) SetUpAccount(ctx context.Context, hash, password string) (engine.Account, error) {
	a, err := o.Invited(ctx, hash)
	if err != nil {
		return a, err
	}
	if err := o.keepAccount(ctx)(engine.SetUp(a, password, o.local())); err != nil {
		return a, err
	}
	if err := o.Records.EndSessions(ctx, a.ID, "", o.local()); err != nil {
		return a, err
	}
	return o.Records.Account(ctx, a.ID)
}

// ChangeAccount changes name, role, areas or days. Whoever is signed in with
// another role than before has to sign in again.
func (o *Office) ChangeAccount(ctx context.Context, id string, version int, who engine.Actor, change func(*engine.Account)) error {
	all, a, err := o.among(ctx, id)
	if err != nil {
		return err
	}
	if version != a.Version {
		return engine.Errorf(engine.Conflict, "somebody else has changed this account meanwhile; look at it again")
	}
	role := a.Role
	change(&a)
	if err := o.keepAccount(ctx)(engine.ChangeAccount(all, a, who, o.local())); err != nil || a.Role == role {
		return err
	}
	return o.Records.EndSessions(ctx, id, "", o.local())
}

// EndAccount closes an account and signs it out everywhere.
func (o *Office) EndAccount(ctx context.Context, id string, who engine.Actor) error {
	all, a, err := o.among(ctx, id)
	if err != nil {
		return err
	}
	if err := o.keepAccount(ctx)(engine.EndAccount(all, a, who, o.local())); err != nil {
		return err
	}
	return o.Records.EndSessions(ctx, id, "", o.local())
}

// SignIn begins a session of an account that has proved itself; a is as it was
// read, with what the proof used up. The session is stored before the account:
// whoever changes the password meanwhile either makes the account a Conflict
// here, or finds the session and ends it.
func (o *Office) SignIn(ctx context.Context, a engine.Account, s engine.Session, with string) error {
	now := o.local()
	s.Account, s.CreatedAt, s.SeenAt, s.ExpiresAt = a.ID, now, now.Truncate(time.Minute), now.Add(engine.SessionLength)
	if err := o.Records.AddSession(ctx, s); err != nil {
		return err
	}
	if err := o.Records.Commit(ctx, engine.Prove(a, "signed_in", with, now)); err != nil {
		_ = o.Records.EndSession(ctx, s.Hash) // nobody knows its cookie
		return err
	}
	return nil
}

// Prove stores what an account proves itself with from now on. Every browser
// but the one kept is signed out.
func (o *Office) Prove(ctx context.Context, a engine.Account, with, keep string) error {
	if err := o.Records.Commit(ctx, engine.Prove(a, "secrets_changed", with, o.local())); err != nil {
		return err
	}
	return o.Records.EndSessions(ctx, a.ID, keep, o.local())
}

// SpeakTo stores the language an account reads its pages in.
func (o *Office) SpeakTo(ctx context.Context, a engine.Account, language string) error {
	a.Language = language
	return o.Records.Commit(ctx, engine.Prove(a, "account_changed", "language", o.local()))
}

// SignedIn gives the session behind a cookie and whose it is; NotFound when
// there is none or it ended. That a browser was seen is kept to the minute: it
// says only when to sign it out, nothing that anybody decided. So pages are
// shown, too, when nothing can be written, as on a full disk: what happens then
// is that a browser nobody uses is signed out too early.
func (o *Office) SignedIn(ctx context.Context, hash string) (engine.Session, engine.Account, error) {
	s, err := o.Records.Session(ctx, hash)
	if err == nil && !s.Alive(o.Now()) {
		err = engine.Errorf(engine.NotFound, "this session has ended; sign in again")
	}
	if err != nil {
		return s, engine.Account{}, err
	}
	if minute := o.local().Truncate(time.Minute); minute.After(s.SeenAt) {
		if err := o.Records.TouchSession(ctx, hash, minute); err != nil && engine.OutageOf(err) == nil {
			return s, engine.Account{}, err
		}
	}
	a, err := o.Records.Account(ctx, s.Account)
	return s, a, err
}

// FindAccount finds an account by its address, however it is spelt.
func (o *Office) FindAccount(ctx context.Context, email string) (engine.Account, error) {
	return o.Records.AccountByEmail(ctx, strings.ToLower(strings.TrimSpace(email)))
}

func (o *Office) among(ctx context.Context, id string) ([]engine.Account, engine.Account, error) {
	all, err := o.Records.Accounts(ctx)
	if err != nil {
		return nil, engine.Account{}, err
	}
	for _, a := range all {
		if a.ID == id {
			return all, a, nil
		}
	}
	return nil, engine.Account{}, engine.Errorf(engine.NotFound, "there is no account %s", id)
}

// keepAccount stores a decision about an account, unless it was refused.
func (o *Office) keepAccount(ctx context.Context) func(engine.Change, error) error {
	return func(c engine.Change, err error) error {
		if err != nil {
			return err
		}
		return o.Records.Commit(ctx, c)
	}
}
