package store

import (
	"context"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// insertBytes stores new rows that hold many bytes, a pointer to a slice of
// them. SQLite gets the bytes beside the statement: in it they are written in
// digits and read as slowly as words. The driver of PostgreSQL writes them in
// digits either way.
func (t *Tenant) insertBytes(ctx context.Context, tx bun.Tx, rows any) error {
	q := tx.NewInsert().Model(rows).Returning("NULL")
	if t.db.isPostgres() {
		_, err := q.Exec(ctx)
		return err
	}
	b := &binder{Dialect: tx.Dialect()}
	query, err := q.AppendQuery(schema.NewQueryGen(b), nil)
	if err != nil {
		return err
	}
	_, err = tx.Tx.ExecContext(ctx, string(query), b.bound...)
	return err
}

// A binder writes statements of a dialect with places in them for bytes, which
// it keeps in their order.
type binder struct {
	schema.Dialect
	bound []any
}

func (b *binder) AppendBytes(statement, data []byte) []byte {
	if data == nil {
		return append(statement, "NULL"...)
	}
	b.bound = append(b.bound, data)
	return append(statement, '?')
}
