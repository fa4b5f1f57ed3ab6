package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"
)

// manifest is the table of a backup that says what is in it.
const manifest = "backup_manifest"

// A Manifest says what a backup holds and where it comes from.
type Manifest struct {
	Version string // of the program that made it
	MadeAt  time.Time
	Source  string // "sqlite" or "postgres"
	Tenant  string // the one municipality it holds, "" for all of an installation
	Key     string // fingerprint of the key its links were made with
	Sum     Sum
}

// manifest makes a backup of a filled database. Started as it is, it is noticed
// to be a copy: no place has this name.
func (db *DB) manifest(ctx context.Context, m Manifest) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if _, err := db.write.ExecContext(ctx, "CREATE TABLE "+manifest+" (body text NOT NULL, digest text NOT NULL) STRICT"); err != nil {
		return err
	}
	if _, err := db.Setting(ctx, "place", `{"ID":"backup"}`); err != nil {
		return err
	}
	_, err = db.write.NewRaw("INSERT INTO "+manifest+" (body, digest) VALUES (?, ?)", string(text), digestOf(text)).Exec(ctx)
	return err
}

func digestOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// ManifestOf reads what a backup says of itself, without holding the file
// against it.
func ManifestOf(ctx context.Context, file string) (m Manifest, err error) {
	db, err := openPlain(file, "mode=ro&_pragma=query_only(1)")
	if err != nil {
		return m, err
	}
	var body string
	if err = db.read.NewRaw("SELECT body FROM "+manifest).Scan(ctx, &body); err == nil {
		err = json.Unmarshal([]byte(body), &m)
	}
	return m, errors.Join(err, db.Close())
}
