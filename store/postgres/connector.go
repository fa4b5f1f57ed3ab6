package postgres

import (
	"context"
	"database/sql/driver"
	"fmt"
	"net"
	"time"

	"github.com/uptrace/bun/driver/pgdriver"
)

// Limits says how long the server may take. Statement and Lock are kept by the
// server itself, 0 is no limit. Read is how long an answer is waited for; it
// must be longer than the others, or a statement given up here would still
// finish there.
type Limits struct {
	Statement, Lock, Read time.Duration
}

// A Connector opens connections for database/sql. A failure to connect is an
// engine.Error that names the place and never the password.
type Connector struct {
	address Address
	limits  Limits
}

// NewConnector gives a connector to the database at the address.
func NewConnector(a Address, l Limits) *Connector { return &Connector{address: a, limits: l} }

// Driver gives pgdriver's driver.
func (c *Connector) Driver() driver.Driver { return pgdriver.NewDriver() }

// Connect opens one connection and gives it the session's settings. When it
// fails or ctx ends, no socket stays behind.
func (c *Connector) Connect(ctx context.Context) (driver.Conn, error) {
	var socket net.Conn
	stop := func() bool { return true }
	dial := func(_ context.Context, network, addr string) (net.Conn, error) {
		d := net.Dialer{Timeout: 5 * time.Second, KeepAlive: time.Minute}
		opened, err := d.DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		socket = opened
		stop = context.AfterFunc(ctx, func() { _ = opened.Close() })
		return opened, nil
	}
	pg, err := c.open(dial)
	if !stop() {
		err = ctx.Err()
	}
	if err != nil {
		if socket != nil {
			_ = socket.Close()
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("connect to PostgreSQL at %s: %w", c.address, ctx.Err())
		}
		return nil, c.address.explain(err)
	}
	return &conn{pg: pg}, nil
}

// open names every setting that pgdriver would otherwise take from the
// environment.
func (c *Connector) open(dial func(context.Context, string, string) (net.Conn, error)) (*pgdriver.Conn, error) {
	a := c.address
	opened, err := pgdriver.NewConnector(func(conf *pgdriver.Config) {
		conf.Dialer, conf.Network, conf.Addr = dial, a.network, a.place
		conf.User, conf.Password, conf.Database, conf.AppName = a.User, a.password, a.Database, a.application
		conf.TLSConfig = a.tls
		conf.ReadTimeout, conf.WriteTimeout = c.limits.Read, 30*time.Second
		conf.EnableTracing = false
	}).Connect(context.Background())
	if err != nil {
		return nil, err
	}
	pg := opened.(*pgdriver.Conn)
	_, err = pg.ExecContext(context.Background(), c.session(), nil)
	return pg, err
}

// session is one message, so that connecting costs one round trip more.
// client_connection_check_interval is what stops a statement whose client has
// hung up (PostgreSQL 14). A session of ours carries a tenant from the first
// moment on, at first nobody; one that never set it is an older version's, or
// the administrator's. Values are written and read in one form, whatever the
// defaults of the server, the database or the user are. Strings in which a
// backslash escapes, out of which a value would break, pgdriver refuses.
func (c *Connector) session() string {
	return fmt.Sprintf(`SET statement_timeout = %d; SET lock_timeout = %d;
		SET idle_in_transaction_session_timeout = 60000; SET client_connection_check_interval = 1000; SET timezone = 'UTC';
		SET bytea_output = 'hex'; SET datestyle = 'ISO, YMD';
		SET splneno.tenant = ''`,
		c.limits.Statement.Milliseconds(), c.limits.Lock.Milliseconds())
}
