package postgres

import (
	"context"
	"database/sql/driver"
	"fmt"
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

// become gives the session the tenant of the statement that comes next: one
// round trip more, and only where the connection served another one before. In
// a transaction it is refused: ROLLBACK would take the setting back unseen.
func (c *conn) become(ctx context.Context) error {
	tenant, _ := ctx.Value(tenantKey{}).(string)
	if tenant == c.tenant {
		return nil
	}
	if c.inTx {
		return fmt.Errorf("postgres: a statement of tenant %q came into a transaction of tenant %q", tenant, c.tenant)
	}
	if _, err := c.pg.ExecContext(context.Background(), "SET splneno.tenant = "+quoted(tenant), nil); err != nil {
		_ = c.pg.Close() // nobody knows what the session carries now
		return err
	}
	c.tenant = tenant
	return nil
}

// quoted gives text as SQL writes it; our sessions have the backslash stand for
// itself (standard_conforming_strings).
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// tx is a transaction of one tenant.
type tx struct {
	driver.Tx
	c *conn
}

// Commit puts a harmless statement before the COMMIT, in the same message: in
// an aborted transaction it fails, where COMMIT alone would answer ROLLBACK and
// pgdriver would call that success.
func (t tx) Commit() error {
	t.c.inTx = false
	_, err := t.c.pg.ExecContext(context.Background(), "SELECT 1; COMMIT", nil)
	if Code(err) == "25P02" {
		return ErrRolledBack
	}
	return err
}

func (t tx) Rollback() error {
	t.c.inTx = false
	return t.Tx.Rollback()
}
