package store

import (
	"context"
	"errors"
	"io"
	"os"

	"splneno/engine"
)

// A Backup is one that was opened to be restored.
type Backup struct {
	Manifest
	db   *DB
	file string
	copy string // a file that goes when it is closed
}

// OpenBackup opens a backup, after everything in it was held against its
// manifest. It is Invalid, in a sentence, when the file is something else, was
// cut or changed, or is of a newer program. The file is not written to; one of
// an older program is brought up to date in a copy of it.
func OpenBackup(ctx context.Context, file string) (*Backup, error) {
	b := &Backup{file: file}
	var err error
	if b.Manifest, b.db, err = openBackup(ctx, file); err != nil {
		return nil, explain(err)
	}
	if err := b.db.CheckSchema(ctx); err != nil {
		if err := b.db.Close(); err != nil {
			return nil, err
		}
		if err := b.renew(ctx, file); err != nil {
			return nil, errors.Join(explain(err), b.Close())
		}
	}
	return b, nil
}

// Close gives the file back.
func (b *Backup) Close() error {
	err := b.db.Close()
	if b.copy != "" {
		err = errors.Join(err, os.Remove(b.copy))
	}
	return err
}

// CopyTo brings back what is in it, as [DB.CopyTo] does.
func (b *Backup) CopyTo(ctx context.Context, to *DB, t Transfer) (Sum, error) {
	if err := b.db.complete(ctx, b.file); err != nil {
		return Sum{}, explain(err)
	}
	return b.db.CopyTo(ctx, to, t)
}

func openBackup(ctx context.Context, file string) (m Manifest, db *DB, err error) {
	if _, err := os.Stat(file); err != nil {
		return m, nil, engine.Errorf(engine.Invalid, "the backup %s cannot be read: %w", file, err)
	}
	db, err = openPlain(file, "mode=ro&_pragma=query_only(1)&_pragma=trusted_schema(0)")
	if err != nil {
		return m, nil, err
	}
	if err = db.proven(ctx, file, &m); err != nil {
		return m, nil, errors.Join(err, db.Close())
	}
	return m, db, nil
}

// renew brings a copy of an older backup up to date.
func (b *Backup) renew(ctx context.Context, file string) error {
	from, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	to, err := os.CreateTemp("", "splneno-restore-*")
	if err != nil {
		return engine.Errorf(engine.Unavailable, "the older backup %s cannot be copied to be brought up to date: %w", file, err)
	}
	b.copy = to.Name()
	_, err = io.Copy(to, from)
	if err = errors.Join(err, to.Close()); err != nil {
		return err
	}
	if b.db, err = openPlain(b.copy, "_txlock=immediate&_pragma=synchronous(OFF)&_pragma=journal_mode(MEMORY)&_pragma=trusted_schema(0)"); err != nil {
		return err
	}
	return b.db.Migrate(ctx)
}
