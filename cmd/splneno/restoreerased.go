package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"splneno/engine"
	"splneno/store"
)

// eraseAgain erases in what was just restored whom it is known to have been
// erased since, and says up to when that is known.
func (r restoreCommand) eraseAgain(ctx context.Context, c *command, w *world, m store.Manifest, tenants []string) error {
	files, until := r.Erased, m.MadeAt
	if newest, made := newestBackup(ctx, r.File, m); newest != "" {
		files, until = append(files, newest), made
		fmt.Fprintf(w.out, "A newer backup lies beside it: %s.\n", newest)
	}
	list, err := readErasures(ctx, files...)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		if there, err := fingerprintOf(c.keyFile()); err != nil || there != m.Key {
			fmt.Fprintf(w.out, "Persons were erased since. Whom, only the key tells: when it is in its place, run: splneno person again %s\n", files[0])
			return nil
		}
		if err := c.eraseIn(ctx, w, tenants, list); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(w.out, "Who was erased after %s and is in no list you named is here again: erase again before you end the hold, see splneno person --help.\n",
		minuteOf(until))
	return err
}

func (c *command) eraseIn(ctx context.Context, w *world, tenants []string, list []engine.Erased) error {
	in, err := c.open(ctx, w.now)
	if err != nil {
		return err
	}
	return errors.Join(in.eraseAgain(ctx, c, w, tenants, list), in.db.Close())
}

// newestBackup finds the newest whole backup of the same installation in the
// folder of a file that was made later than that.
func newestBackup(ctx context.Context, file string, than store.Manifest) (newest string, at time.Time) {
	others, err := filepath.Glob(filepath.Join(escapeGlob(filepath.Dir(file)), "*.db"))
	if err != nil {
		return "", than.MadeAt
	}
	at = than.MadeAt
	for _, other := range others {
		m, err := store.ManifestOf(ctx, other)
		if err != nil || m.Key != than.Key || !m.MadeAt.After(at) {
			continue
		}
		if b, err := store.OpenBackup(ctx, other); err == nil && b.Close() == nil { // a damaged one tells nothing
			newest, at = other, m.MadeAt
		}
	}
	return newest, at
}
