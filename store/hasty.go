package store

import "context"

// Hasty lets SQLite forget what was written last when the computer goes down,
// until careful is called: for filling a new file, which is begun anew then.
// PostgreSQL stays as it is.
func (db *DB) Hasty(ctx context.Context) (careful func() error, err error) {
	if db.isPostgres() {
		return func() error { return nil }, nil
	}
	if _, err := db.write.ExecContext(ctx, "PRAGMA synchronous = OFF"); err != nil {
		return nil, explain(err)
	}
	return func() error {
		_, err := db.write.ExecContext(context.WithoutCancel(ctx), "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)")
		return explain(err)
	}, nil
}
