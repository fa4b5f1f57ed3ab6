package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"splneno/engine"
	"splneno/store/postgres"
)

// A place says where a database is, by what does not go along when it is
// copied: of a file its number on the disk of this computer, of PostgreSQL the
// cluster and the number of the database in it.
type place struct {
	ID       string
	Timeline int       `json:",omitempty"` // of PostgreSQL: another one after it was brought back to an earlier time, or its standby took over
	Seen     time.Time // when somebody worked here last, about
}

// seenEvery is how often it is written down that somebody works here.
const seenEvery = 10 * time.Minute

// standbyTime is how long it may take until a standby goes on in the place of
// the server that died. Whoever was away longer was brought back.
const standbyTime = time.Hour

// Settle finds out whether the database is a copy of another one that nobody
// told us of: a file that was copied, a server that was cloned, dumped or set
// back. Then every municipality is put on hold, in one go, and copied is true
// for the one node that did it. It is asked before anything is done in the
// name of a municipality, and from time to time while that goes on. Where a
// place cannot be told from another one nothing is noticed.
func (db *DB) Settle(ctx context.Context, now time.Time) (copied bool, err error) {
	db = db.as(postgres.Everybody)
	here, err := db.here(ctx)
	if err != nil || here.ID == "" {
		return false, explain(err)
	}
	here.Seen = utc(now)
	text, err := json.Marshal(here)
	if err != nil {
		return false, err
	}
	stored, err := db.Setting(ctx, "place", "")
	if err == nil && stored == "" {
		stored, err = db.Setting(ctx, "place", string(text))
	}
	if err != nil {
		return false, err
	}
	var was place
	if err := json.Unmarshal([]byte(stored), &was); err != nil {
		return false, fmt.Errorf("store: setting place: %w", err)
	}
	moved := was.ID != here.ID || was.Timeline != here.Timeline && here.Seen.Sub(was.Seen) > standbyTime
	if !moved && was.Timeline == here.Timeline && here.Seen.Sub(was.Seen) < seenEvery {
		return false, nil
	}
	err = db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("UPDATE setting SET value = ? WHERE name = 'place' AND value = ?", string(text), stored).Exec(ctx)
		if err != nil || !moved {
			return err
		}
		n, err := res.RowsAffected()
		if copied = n == 1; !copied || err != nil { // another node was faster
			return err
		}
		return db.holdAll(ctx, tx, now)
	})
	return copied && err == nil, explain(err)
}

// holdAll puts every municipality on hold that is not already. What it knows
// ends with the last line of its journal.
func (db *DB) holdAll(ctx context.Context, tx bun.Tx, now time.Time) error {
	var last []struct {
		Tenant string
		MadeAt time.Time
	}
	err := tx.NewRaw(`SELECT h.tenant, j.made_at FROM journal_head h JOIN journal j ON j.tenant = h.tenant AND j.seq = h.seq
		WHERE h.tenant NOT IN (SELECT tenant FROM hold WHERE kind <> ?) ORDER BY h.tenant`, engine.HoldSuspended).Scan(ctx, &last)
	if err != nil {
		return err
	}
	for _, l := range last {
		h := engine.Hold{Kind: engine.HoldCopied, Since: now, AsOf: utc(l.MadeAt)}
		if err := db.Tenant(l.Tenant).holdCopy(ctx, tx, h, now); err != nil {
			return err
		}
	}
	return nil
}

// here finds out where the database is, with an empty ID where that cannot be
// told.
func (db *DB) here(ctx context.Context) (place, error) {
	if !db.isPostgres() {
		if db.file == "" {
			return place{}, nil
		}
		return place{ID: fileID(db.file)}, nil
	}
	var here place
	err := db.read.NewRaw(`SELECT s.system_identifier::text || '/' || d.oid::text, c.timeline_id
		FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database()`).Scan(ctx, &here.ID, &here.Timeline)
	if class(postgres.Code(err)) == "42" { // not ours to ask
		return place{}, nil
	}
	return here, err
}
