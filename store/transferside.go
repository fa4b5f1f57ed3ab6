package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"splneno/engine"
	"splneno/store/postgres"
)

// A side is one of the two databases of a transfer, in one transaction. What
// is read there is one moment, whoever writes meanwhile; what is written there
// is seen by nobody before its end.
type side struct {
	bun.Tx
	db     *DB
	tables []transferTable
	pool   *bun.DB // its own connections, nil for those of db
}

// longest is how long copying may take.
const longest = 6 * time.Hour

// readSide opens the side that is read. Nobody has to wait for it.
func (db *DB) readSide(ctx context.Context, tables []transferTable) (*side, error) {
	return db.side(ctx, tables, db.read, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}

// writeSide opens the side that is filled.
func (db *DB) writeSide(ctx context.Context, tables []transferTable) (*side, error) {
	return db.side(ctx, tables, db.write, nil)
}

func (db *DB) side(ctx context.Context, tables []transferTable, pool *bun.DB, opts *sql.TxOptions) (*side, error) {
	s := &side{db: db, tables: tables}
	if db.isPostgres() { // a large table takes longer than a person would wait
		own := sql.OpenDB(postgres.NewConnector(db.address, postgres.Limits{Read: longest}))
		s.pool = bun.NewDB(own, pgdialect.New(), bun.WithDiscardUnknownColumns()).WithQueryHook(stamp(postgres.Everybody))
		pool = s.pool
	} else {
		opts = nil // the connection is read-only by itself
	}
	var err error
	if s.Tx, err = pool.BeginTx(ctx, opts); err != nil {
		return nil, errors.Join(explain(err), s.close())
	}
	if db.isPostgres() {
		_, err = s.Exec("SET LOCAL idle_in_transaction_session_timeout = 0")
		if err == nil {
			s.tables, err = withKinds(ctx, s.Tx, tables)
		}
	} else { // the moment is that of the first read
		var n int
		err = s.NewRaw("SELECT count(*) FROM sqlite_master").Scan(ctx, &n)
	}
	if err != nil {
		return nil, errors.Join(explain(err), s.end())
	}
	return s, nil
}

// end gives everything up that was not committed.
func (s *side) end() error {
	err := s.Rollback()
	if errors.Is(err, sql.ErrTxDone) {
		err = nil
	}
	return errors.Join(err, s.close())
}

func (s *side) close() error {
	if s.pool == nil {
		return nil
	}
	return s.pool.Close()
}

// mark gives the place of the nth argument of a statement.
func (s *side) mark(n int) string {
	if s.db.isPostgres() {
		return "$" + strconv.Itoa(n)
	}
	return "?"
}

// each calls take for every row of a table, or of one municipality in it.
func (s *side) each(ctx context.Context, t transferTable, tenant string, take func(row []any) error) error {
	query, args := "SELECT "+t.names()+" FROM "+t.name, []any(nil)
	if _, ok := t.has("tenant"); ok && tenant != "" {
		query, args = query+" WHERE tenant = "+s.mark(1), []any{tenant}
	}
	if t.name == "setting" {
		query += " WHERE name <> 'place'" // where a database is does not go along
	}
	rows, err := s.Tx.Tx.QueryContext(postgres.For(ctx, postgres.Everybody), query+" ORDER BY "+t.order(), args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		row := make([]any, len(t.columns))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := take(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// put stores rows, many in one statement.
func (s *side) put(ctx context.Context, t transferTable, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	var q strings.Builder
	q.WriteString("INSERT INTO " + t.name + " (" + t.names() + ") VALUES ")
	args := make([]any, 0, len(rows)*len(t.columns))
	for i, row := range rows {
		between := "("
		if i > 0 {
			between = "), ("
		}
		for j, v := range row {
			if s.db.isPostgres() {
				var err error
				if v, err = forPostgres(t.columns[j].kind, v); err != nil {
					return fmt.Errorf("%s.%s: %w", t.name, t.columns[j].name, err)
				}
			}
			args = append(args, v)
			q.WriteString(between + s.mark(len(args)))
			between = ", "
		}
	}
	q.WriteString(")")
	_, err := s.Tx.Tx.ExecContext(postgres.For(ctx, postgres.Everybody), q.String(), args...)
	if duplicate(err) {
		return engine.Errorf(engine.Conflict, "something of table %s is already there; nothing was written", t.name)
	}
	return err
}

// sum counts everything, or what belongs to one municipality.
func (s *side) sum(ctx context.Context, tenant string) (Sum, error) {
	out := Sum{map[string]TableSum{}, map[string]JournalEnd{}}
	for _, t := range s.tables {
		if !t.goes(tenant) {
			continue
		}
		c := newCounter(t)
		err := s.each(ctx, t, tenant, func(row []any) error {
			for i := range row {
				var err error
				if row[i], err = neutral(t.columns[i].kind, row[i]); err != nil {
					return err
				}
			}
			c.add(row)
			return nil
		})
		if err != nil {
			return out, fmt.Errorf("table %s: %w", t.name, err)
		}
		c.into(&out)
	}
	return out, nil
}

// goes reports whether the table is copied with one municipality: what is not
// a municipality's stays.
func (t transferTable) goes(tenant string) bool {
	_, ok := t.has("tenant")
	return ok || tenant == ""
}
