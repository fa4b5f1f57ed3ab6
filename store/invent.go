package store

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
)

// Invent says that the new database is filled with what follows from a seed and
// is begun anew when that fails: the salts of its journals follow from the seed,
// too, and SQLite may forget what was written last when the computer goes down,
// until careful is called.
func (db *DB) Invent(ctx context.Context, seed string) (careful func() error, err error) {
	db.invented = []byte(seed)
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

// salts gives what makes the salts of one line of a journal: chance, but where
// all is invented.
func (db *DB) salts(tenant string, seq int64) func() string {
	if db.invented == nil {
		return rand.Text
	}
	n := 0
	return func() string {
		n++
		h := hmac.New(sha256.New, db.invented)
		_, _ = fmt.Fprintf(h, "%s %d %d", tenant, seq, n)
		return base32.StdEncoding.EncodeToString(h.Sum(nil))[:26] // as long as rand.Text
	}
}
