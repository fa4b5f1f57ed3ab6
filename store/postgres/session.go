package postgres

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
)

// Everybody stands for all tenants at once: a session that carries it sees what
// each of them has.
const Everybody = "*"

type tenantKey struct{}

// For gives a context whose statements run in the name of a tenant: the policies
// of the tables read it from the session setting splneno.tenant. Without one a
// statement runs in nobody's name, and sees no row of any tenant.
func For(ctx context.Context, tenant string) context.Context {
	return context.WithValue(ctx, tenantKey{}, tenant)
}

// unsure is the tenant of a session of which nobody knows what it carries: no
// tenant has such a name.
const unsure = "\x00"

// inName gives a statement that runs in the name of the tenant of ctx. Where the
// connection served another one before, the setting goes in front of it, in the
// same message; where that cannot be, it costs a round trip of its own. In a
// transaction of another tenant a statement is refused.
func (c *conn) inName(ctx context.Context, query string, args []driver.NamedValue) (string, error) {
	tenant, _ := ctx.Value(tenantKey{}).(string)
	if c.inTx && tenant != c.owner {
		return "", fmt.Errorf("postgres: a statement of tenant %q came into a transaction of tenant %q", tenant, c.owner)
	}
	if tenant == c.tenant {
		return query, nil
	}
	set := "SET splneno.tenant = " + quoted(tenant)
	if len(args) == 0 && isAboutRows(query) {
		c.tenant = tenant
		return set + "; " + query, nil
	}
	if _, err := c.pg.ExecContext(context.Background(), set, nil); err != nil {
		_ = c.pg.Close() // nobody knows what the session carries now
		return "", err
	}
	c.tenant = tenant
	return query, nil
}

// isAboutRows reports whether a statement reads or writes rows. Of others some
// refuse to come with a second one, as VACUUM does.
func isAboutRows(query string) bool {
	verb, _, _ := strings.Cut(query, " ")
	return slices.Contains([]string{"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"}, verb)
}

// quoted gives text as SQL writes it; our sessions have the backslash stand for
// itself (standard_conforming_strings).
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// tx is a transaction of one tenant. One that is not stored takes the setting
// back, too, if it was made in it.
type tx struct {
	driver.Tx
	c *conn
}

// Commit puts a harmless statement before the COMMIT, in the same message: in
// an aborted transaction it fails, where COMMIT alone would answer ROLLBACK and
// pgdriver would call that success. Nobody here listens to anything, and to stop
// doing so needs no plan.
func (t tx) Commit() error {
	t.c.inTx = false
	_, err := t.c.pg.ExecContext(context.Background(), "UNLISTEN *; COMMIT", nil)
	if err != nil {
		t.c.tenant = unsure
	}
	if Code(err) == "25P02" {
		return ErrRolledBack
	}
	return err
}

func (t tx) Rollback() error {
	t.c.inTx, t.c.tenant = false, unsure
	return t.Tx.Rollback()
}
