package workflows

import (
	"context"
	"time"

	"splneno/engine"
)

// AccountRecords is what signing in needs.
type AccountRecords interface {
	// Accounts gives all accounts, by e-mail.
	Accounts(ctx context.Context) ([]engine.Account, error)
	Account(ctx context.Context, id string) (engine.Account, error)
	AccountByEmail(ctx context.Context, email string) (engine.Account, error)
	// AccountBySubject finds whom a single sign-on names.
	AccountBySubject(ctx context.Context, subject string) (engine.Account, error)
	// AccountByInvite finds whom an invitation sets up, by the hash of its token.
	AccountByInvite(ctx context.Context, hash string) (engine.Account, error)
	// AddSession, TouchSession and EndSession keep who is signed in; none of
	// it is official, and none leaves a journal line.
	AddSession(ctx context.Context, s engine.Session) error
	// Session gives a session by the hash of its cookie; one that was ended is
	// NotFound, one that expired may still be there.
	Session(ctx context.Context, hash string) (engine.Session, error)
	// Sessions gives those of an account, newest first.
	Sessions(ctx context.Context, account string) ([]engine.Session, error)
	TouchSession(ctx context.Context, hash string, seen time.Time) error
	EndSession(ctx context.Context, hash string) error
	// EndSessions ends all of an account but the one kept ("" for none), and
	// every session that expired before now.
	EndSessions(ctx context.Context, account, keep string, now time.Time) error
}
