package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"io/fs"
	"strings"

	"splneno/engine"
)

//go:embed migrations/*.sql
var embedded embed.FS

// A migration is one step of the schema. Its hash finds a file that was edited
// after it was applied.
type migration struct{ name, text, hash string }

// migrations reads the steps in order: NAME.sql for both databases, or
// NAME.postgres.sql and NAME.sqlite.sql.
func (db *DB) migrations(files fs.FS) ([]migration, error) {
	other := ".postgres"
	if db.isPostgres() {
		other = ".sqlite"
	}
	paths, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var out []migration
	for _, p := range paths {
		name := strings.TrimSuffix(strings.TrimPrefix(p, "migrations/"), ".sql")
		if strings.HasSuffix(name, other) {
			continue
		}
		b, err := fs.ReadFile(files, p)
		if err != nil {
			return nil, err
		}
		text := strings.ReplaceAll(string(b), "\r\n", "\n") // a checkout may change line ends
		sum := sha256.Sum256([]byte(text))
		name, _, _ = strings.Cut(name, ".")
		out = append(out, migration{name, text, hex.EncodeToString(sum[:])})
	}
	return out, nil
}

// applied gives the steps that were taken and their hashes.
func applied(ctx context.Context, db interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT name, hash FROM schema_migration")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	taken := map[string]string{}
	for rows.Next() {
		var name, hash string
		if err := rows.Scan(&name, &hash); err != nil {
			return nil, err
		}
		taken[name] = hash
	}
	return taken, rows.Err()
}

// compare refuses steps this program does not know, or knows differently.
func compare(taken map[string]string, known []migration) error {
	hashes := map[string]string{}
	for _, m := range known {
		hashes[m.name] = m.hash
	}
	for name, hash := range taken {
		if hashes[name] == "" {
			return engine.Errorf(engine.Invalid, "the database is newer than this program: its schema has %s; run the newer version", name)
		}
		if hashes[name] != hash {
			return engine.Errorf(engine.Invalid, "the database was made by another build of this program: %s differs; run the build that made it", name)
		}
	}
	return nil
}
