package store

import (
	"context"

	"splneno/engine"
	"splneno/store/postgres"
)

// Everyone is the view over the fences between municipalities, for the program
// itself: never for a person of one of them.
type Everyone struct{ db *DB }

// AcrossTenants gives that view.
func (db *DB) AcrossTenants() Everyone { return Everyone{db.as(postgres.Everybody)} }

// Tenants lists the ids of all municipalities, sorted.
func (e Everyone) Tenants(ctx context.Context) ([]string, error) {
	var ids []string
	err := e.db.read.NewRaw("SELECT tenant FROM municipality ORDER BY tenant").Scan(ctx, &ids)
	return ids, explain(err)
}

// Publishers lists the ids of all municipalities that have published something
// and are not suspended or gone, sorted.
func (e Everyone) Publishers(ctx context.Context) ([]string, error) {
	var ids []string
	err := e.db.read.NewRaw(`SELECT DISTINCT s.tenant FROM season s WHERE s.published > 0
		AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.tenant = s.tenant AND h.kind IN ('suspended', 'moved')) ORDER BY s.tenant`).Scan(ctx, &ids)
	return ids, explain(err)
}

// TenantOfLink says whose request a link opens, by the hash of its token, or
// NotFound.
func (e Everyone) TenantOfLink(ctx context.Context, hash string) (string, error) {
	return e.tenantOf(ctx, "SELECT tenant FROM request WHERE link_hash = ? AND link_hash <> ''", hash, "this link is not known")
}

// TenantOfReply says whose request a reply token belongs to, by its hash, or
// NotFound.
func (e Everyone) TenantOfReply(ctx context.Context, hash string) (string, error) {
	return e.tenantOf(ctx, "SELECT tenant FROM request WHERE reply_hash = ? AND reply_hash <> ''", hash, "this reply token is not known")
}

// TenantOfSession says where somebody is signed in, by the hash of the cookie,
// or NotFound.
func (e Everyone) TenantOfSession(ctx context.Context, hash string) (string, error) {
	return e.tenantOf(ctx, "SELECT tenant FROM session WHERE hash = ? AND hash <> ''", hash, "this session is not known")
}

// TenantOfInvite says whose account an invitation sets up, by the hash of its
// token, or NotFound.
func (e Everyone) TenantOfInvite(ctx context.Context, hash string) (string, error) {
	return e.tenantOf(ctx, "SELECT tenant FROM account WHERE invite_hash = ? AND invite_hash <> ''", hash, "this invitation is not known")
}

// TenantOfPasskey says whose account a passkey opens, by the id of the account
// that the passkey carries, or NotFound.
func (e Everyone) TenantOfPasskey(ctx context.Context, account string) (string, error) {
	return e.tenantOf(ctx, "SELECT tenant FROM account WHERE id = ? AND id <> ''", account, "this passkey is not known")
}

// TenantsOfAccount says where an address may sign in, sorted; none is no error.
func (e Everyone) TenantsOfAccount(ctx context.Context, email string) ([]string, error) {
	var ids []string
	if email == "" || !clean(email) {
		return nil, nil
	}
	err := e.db.read.NewRaw("SELECT tenant FROM account WHERE email = ? ORDER BY tenant", email).Scan(ctx, &ids)
	return ids, explain(err)
}

// TenantsOfSubject says where a single sign-on may sign in, sorted.
func (e Everyone) TenantsOfSubject(ctx context.Context, subject string) ([]string, error) {
	var ids []string
	if subject == "" || !clean(subject) {
		return nil, nil
	}
	err := e.db.read.NewRaw("SELECT tenant FROM account WHERE sso = ? ORDER BY tenant", subject).Scan(ctx, &ids)
	return ids, explain(err)
}

func (e Everyone) tenantOf(ctx context.Context, query, hash, none string) (string, error) {
	var ids []string
	if hash != "" && clean(hash) {
		if err := e.db.read.NewRaw(query, hash).Scan(ctx, &ids); err != nil {
			return "", explain(err)
		}
	}
	if len(ids) == 0 {
		return "", engine.Errorf(engine.NotFound, "%s", none)
	}
	return ids[0], nil
}
