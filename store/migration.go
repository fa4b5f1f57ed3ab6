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
// after it was applied. Where a version was released with another text of the
// step, bridges has the way from there, by the beginning of that text's hash.
type migration struct {
	name, text, hash string
	bridges          map[string]string
}

// bridge gives the way from the step as it was taken, "" when there is none.
func (m migration) bridge(taken string) string {
	for begins, text := range m.bridges {
		if strings.HasPrefix(taken, begins) {
			return text
		}
	}
	return ""
}

// migrations reads the steps in order: NAME.sql for both databases, or
// NAME.postgres.sql and NAME.sqlite.sql; a bridge has the beginning of a hash
// behind the name.
func (db *DB) migrations(files fs.FS) ([]migration, error) {
	other := "postgres"
	if db.isPostgres() {
		other = "sqlite"
	}
	paths, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var out []migration
	bridges := map[string]map[string]string{}
	for _, p := range paths {
		parts := strings.Split(strings.TrimSuffix(strings.TrimPrefix(p, "migrations/"), ".sql"), ".")
		name, kind := parts[0], parts[len(parts)-1]
		if kind == other {
			continue
		}
		b, err := fs.ReadFile(files, p)
		if err != nil {
			return nil, err
		}
		text := strings.ReplaceAll(string(b), "\r\n", "\n") // a checkout may change line ends
		if len(parts) == 3 {
			if bridges[name] == nil {
				bridges[name] = map[string]string{}
			}
			bridges[name][parts[1]] = text
			continue
		}
		sum := sha256.Sum256([]byte(text))
		out = append(out, migration{name: name, text: text, hash: hex.EncodeToString(sum[:])})
	}
	for i := range out {
		out[i].bridges = bridges[out[i].name]
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

// compare refuses steps this program does not know, or knows differently and
// has no bridge from.
func compare(taken map[string]string, known []migration) error {
	steps := map[string]migration{}
	for _, m := range known {
		steps[m.name] = m
	}
	for name, hash := range taken {
		m, ok := steps[name]
		if !ok {
			return engine.Errorf(engine.Invalid, "the database is newer than this program: its schema has %s; run the newer version", name)
		}
		if m.hash != hash && m.bridge(hash) == "" {
			return engine.Errorf(engine.Invalid, "the database was made by another build of this program: %s differs; run the build that made it", name)
		}
	}
	return nil
}
