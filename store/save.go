package store

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"splneno/engine"
)

func rowsOf[V, R any](tenant string, values []V, newRow func(string, V) R) []R {
	rows := make([]R, len(values))
	for i, v := range values {
		rows[i] = newRow(tenant, v)
	}
	return rows
}

// named rows can be spoken of in a sentence.
type named interface{ name() string }

// save inserts rows of version 0 together and updates the others one by one:
// only so can it be said which one has moved.
func save[R named, P interface {
	*R
	version() *int
}](ctx context.Context, tx bun.Tx, rows []R) error {
	var fresh []R
	for i := range rows {
		version := P(&rows[i]).version()
		read := *version
		*version++
		if read == 0 {
			fresh = append(fresh, rows[i])
			continue
		}
		res, err := tx.NewUpdate().Model(&rows[i]).WherePK().Where("version = ?", read).Exec(ctx)
		if err := settled(res, err, rows[i].name()); err != nil {
			return err
		}
	}
	return insert(ctx, tx, fresh)
}

// insert stores new rows, many in one statement.
func insert[R named](ctx context.Context, tx bun.Tx, rows []R) error {
	for some := range slices.Chunk(rows, 500) {
		_, err := tx.NewInsert().Model(&some).Returning("NULL").Exec(ctx)
		if err := inserted(some, err); err != nil {
			return err
		}
	}
	return nil
}

// inserted says of what was to be new that it is there already.
func inserted[R named](some []R, err error) error {
	switch {
	case duplicate(err) && len(some) == 1:
		return engine.Errorf(engine.Conflict, "%s is already there; read it again", some[0].name())
	case duplicate(err):
		return engine.Errorf(engine.Conflict, "one of %d things, from %s to %s, is already there; read them again", len(some), some[0].name(), some[len(some)-1].name())
	}
	return err
}
