package store

import (
	"context"

	"splneno/engine"
)

// Setting stores a fact about the whole installation unless it is already
// known, and gives what is stored: the first value stays. With the value "" it
// only looks, and "" means unknown.
func (db *DB) Setting(ctx context.Context, name, value string) (string, error) {
	if !clean(name) || !clean(value) {
		return "", engine.Errorf(engine.Invalid, "a setting contains a NUL or is no valid UTF-8; nothing was stored")
	}
	if value != "" {
		_, err := db.write.NewRaw("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, value).Exec(ctx)
		if err != nil {
			return "", explain(err)
		}
	}
	var stored []string
	if err := db.read.NewRaw("SELECT value FROM setting WHERE name = ?", name).Scan(ctx, &stored); err != nil {
		return "", explain(err)
	}
	if len(stored) == 0 {
		return "", nil
	}
	return stored[0], nil
}
