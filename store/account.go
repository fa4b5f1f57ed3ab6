package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
)

type accountRow struct {
	bun.BaseModel `bun:"table:account"`
	Tenant        string                 `bun:",pk"`
	ID            string                 `bun:",pk"`
	Name          string                 `bun:",notnull"`
	Email         string                 `bun:",notnull"`
	Role          engine.Role            `bun:",notnull"`
	Areas         asJSON[[]string]       `bun:",notnull"`
	StandsFor     string                 `bun:",notnull"`
	FromOn        engine.Date            `bun:",notnull"`
	UntilOn       engine.Date            `bun:",notnull"`
	Language      string                 `bun:",notnull"`
	Subject       string                 `bun:"sso,notnull"`
	Disabled      bool                   `bun:",notnull"`
	Secrets       asJSON[engine.Secrets] `bun:",notnull"`
	InviteHash    string                 `bun:",notnull"`
	InviteUntil   time.Time              `bun:",nullzero"`
	CreatedAt     time.Time              `bun:",nullzero"`
	versioned
}

func newAccountRow(tenant string, a engine.Account) accountRow {
	return accountRow{
		Tenant: tenant, ID: a.ID, Name: a.Name, Email: a.Email, Role: a.Role, Areas: asJSON[[]string]{a.Areas}, StandsFor: a.StandsFor,
		FromOn: a.From, UntilOn: a.Until, Language: a.Language, Subject: a.Subject, Disabled: a.Disabled,
		Secrets: asJSON[engine.Secrets]{a.Secrets}, InviteHash: a.InviteHash, InviteUntil: utc(a.InviteUntil),
		CreatedAt: utc(a.CreatedAt), versioned: versioned{a.Version},
	}
}

func (r accountRow) name() string { return "account " + r.ID }

func (r accountRow) value() engine.Account {
	return engine.Account{
		ID: r.ID, Name: r.Name, Email: r.Email, Role: r.Role, Areas: r.Areas.V, StandsFor: r.StandsFor, From: r.FromOn, Until: r.UntilOn,
		Language: r.Language, Subject: r.Subject, Disabled: r.Disabled, Secrets: r.Secrets.V, InviteHash: r.InviteHash,
		InviteUntil: utc(r.InviteUntil), CreatedAt: utc(r.CreatedAt), Version: r.Version,
	}
}

// Accounts gives all accounts of the municipality, by e-mail.
func (t *Tenant) Accounts(ctx context.Context) ([]engine.Account, error) {
	return list[accountRow](ctx, t, nil, order("email"))
}

// Account gives one account, or NotFound.
func (t *Tenant) Account(ctx context.Context, id string) (engine.Account, error) {
	return one[accountRow](ctx, t, "account", by{"id", id})
}

// AccountByEmail gives the account an address names, or NotFound.
func (t *Tenant) AccountByEmail(ctx context.Context, email string) (engine.Account, error) {
	return t.accountBy(ctx, "email", email, "there is no account with this address")
}

// AccountBySubject gives the account a single sign-on names, or NotFound.
func (t *Tenant) AccountBySubject(ctx context.Context, subject string) (engine.Account, error) {
	return t.accountBy(ctx, "sso", subject, "nobody signs in with this single sign-on")
}

// AccountByInvite gives the account an invitation sets up, or NotFound.
func (t *Tenant) AccountByInvite(ctx context.Context, hash string) (engine.Account, error) {
	return t.accountBy(ctx, "invite_hash", hash, "this invitation is not known")
}

// accountBy finds an account by what proves who somebody is: the error must
// not say what that was, and an empty proof finds nobody.
func (t *Tenant) accountBy(ctx context.Context, column, value, none string) (engine.Account, error) {
	if value == "" {
		return engine.Account{}, engine.Errorf(engine.NotFound, "%s", none)
	}
	return first[accountRow](ctx, t, by{column, value}, none, order("id"))
}
