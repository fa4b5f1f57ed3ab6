package store

import (
	"context"
	"database/sql"

	"splneno/engine"
)

// Ready is nil while the database answers and has every step of this program's
// schema. A newer node may have taken more of them: this one goes on beside it.
// It costs one query of a few rows.
func (db *DB) Ready(ctx context.Context) error {
	steps, err := db.migrations(embedded)
	if err != nil {
		return err
	}
	taken, err := applied(ctx, db.read)
	if err != nil {
		return explain(err)
	}
	for _, m := range steps {
		if taken[m.name] != m.hash {
			return engine.Errorf(engine.Invalid, "the database does not have this program's schema: %s is missing or differs", m.name)
		}
	}
	return nil
}

// Pools gives how busy the connections are, by what they are for.
func (db *DB) Pools() map[string]sql.DBStats {
	out := map[string]sql.DBStats{"write": db.write.Stats()}
	if db.read != db.write {
		out["read"] = db.read.Stats()
	}
	return out
}

// Rest gives back what connections to a file keep of it at hand: up to 8 MB each.
// Those that read are opened anew when they are asked. PostgreSQL keeps its memory
// itself, and what is in memory is nowhere else.
func (db *DB) Rest(ctx context.Context) error {
	if db.file == "" {
		return nil
	}
	db.read.SetMaxIdleConns(0) // which closes those that have nothing to do
	db.read.SetMaxIdleConns(readers)
	_, err := db.write.ExecContext(ctx, "PRAGMA shrink_memory")
	return explain(err)
}
