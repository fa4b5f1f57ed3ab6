package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/uptrace/bun/driver/pgdriver"
)

// ErrRolledBack is the answer to the COMMIT of a transaction in which a
// statement had failed: PostgreSQL has rolled it back, nothing is stored.
var ErrRolledBack = errors.New("the transaction was rolled back because a statement in it had failed; nothing is stored")

// conn is one connection. pgdriver never gets the caller's context: it would
// take only its deadline, as a read deadline, and would overlook a cancel.
type conn struct {
	pg     *pgdriver.Conn
	tenant string // what the session carries now
	inTx   bool
	owner  string // the tenant of the transaction
}

var (
	_ driver.ConnBeginTx     = (*conn)(nil)
	_ driver.ExecerContext   = (*conn)(nil)
	_ driver.QueryerContext  = (*conn)(nil)
	_ driver.SessionResetter = (*conn)(nil)
	_ driver.Validator       = (*conn)(nil)
)

// Prepare refuses: nothing here prepares, and a prepared statement would pass
// by the watch over its context.
func (c *conn) Prepare(string) (driver.Stmt, error) {
	return nil, errors.New("postgres: prepared statements are not supported")
}

func (c *conn) Close() error  { return c.pg.Close() }
func (c *conn) IsValid() bool { return c.pg.IsValid() }

// ResetSession lets go of a connection that died while it lay in the pool,
// before a statement is lost on it.
func (c *conn) ResetSession(ctx context.Context) error {
	if !alive(c.pg.Conn()) {
		_ = c.pg.Close()
		return driver.ErrBadConn
	}
	return c.pg.ResetSession(ctx)
}

func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	w := c.watch(ctx)
	query, err := c.inName(ctx, query, args)
	if err != nil {
		return nil, w.end(err)
	}
	res, err := c.pg.ExecContext(context.Background(), withoutComments(query, args), args)
	return res, w.end(c.doubting(err))
}

func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	w := c.watch(ctx)
	query, err := c.inName(ctx, query, args)
	if err != nil {
		return nil, w.end(err)
	}
	found, err := c.pg.QueryContext(context.Background(), withoutComments(query, args), args)
	if err != nil {
		return nil, w.end(c.doubting(err))
	}
	return &rows{Rows: found, c: c, watch: w}, nil
}

// doubting forgets what the session carries when a statement failed: a setting
// that came with it was taken back.
func (c *conn) doubting(err error) error {
	if err != nil {
		c.tenant = unsure
	}
	return err
}

// rows keeps the watch for as long as rows are read.
type rows struct {
	driver.Rows
	c     *conn
	watch watch
}

func (r *rows) Next(dest []driver.Value) error {
	err := r.Rows.Next(dest)
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	return r.watch.explain(r.c.doubting(err))
}

func (r *rows) Close() error { return r.watch.end(r.c.doubting(r.Rows.Close())) }

// A watch closes the connection when its context ends before the statement
// does: the blocked read returns, and the server notices that nobody listens.
type watch struct {
	ctx  context.Context
	pg   *pgdriver.Conn
	stop func() bool
}

func (c *conn) watch(ctx context.Context) watch {
	return watch{ctx: ctx, pg: c.pg, stop: context.AfterFunc(ctx, func() { _ = c.pg.Close() })}
}

// end closes the connection itself when the watch has gone off but not yet
// run: else it would strike whoever gets the connection next.
func (w watch) end(err error) error {
	if !w.stop() {
		_ = w.pg.Close()
	}
	return w.explain(err)
}

func (w watch) explain(err error) error {
	if err != nil && w.ctx.Err() != nil {
		return fmt.Errorf("%w: %w", w.ctx.Err(), err)
	}
	return err
}

func (c *conn) Begin() (driver.Tx, error) {
	return c.BeginTx(context.Background(), driver.TxOptions{})
}

func (c *conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	w := c.watch(ctx)
	begun, err := c.pg.BeginTx(context.Background(), opts)
	if err = w.end(err); err != nil {
		return nil, err
	}
	c.inTx = true
	c.owner, _ = ctx.Value(tenantKey{}).(string) // its first statement says it to the session
	return tx{Tx: begun, c: c}, nil
}
