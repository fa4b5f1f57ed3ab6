package main

import (
	"context"
	"errors"
	"fmt"

	"splneno/engine"
	"splneno/store"
)

// restoreCommand brings a backup back.
type restoreCommand struct {
	File   string   `arg:"" type:"existingfile" placeholder:"FILE" help:"File that splneno backup or splneno tenant export made."`
	Only   string   `placeholder:"NAME" help:"Only this municipality, into a database that holds others already and was used with the same key."`
	Erased []string `type:"existingfile" placeholder:"FILE" help:"Erase again whom this list (splneno person erased) or newer backup says was erased; repeat for each."`
}

// Help gives the example of --help.
func (restoreCommand) Help() string {
	return `The database --db must be empty, or not be there yet; it may be of the other kind
than the one the backup was made of. All of it comes back or nothing.

What left since the backup was made is not known in it. So every municipality is on
hold: the calendar goes on, but nothing is sent before a person has looked at it.

Persons who were erased since come back with it. They are erased again when the newest
backup in the same folder, or a list or backup named with --erased, tells of them.

Example: splneno restore splneno-2026-11-22T1530.db --db sqlite:splneno.db`
}

// Run does it.
func (r restoreCommand) Run(ctx context.Context, c *command, w *world) error {
	told, done := w.following("restore")
	defer done()
	told("checking")
	b, err := store.OpenBackup(ctx, r.File)
	if err != nil {
		return err
	}
	defer func() { _ = b.Close() }()
	if err := r.fits(b); err != nil {
		return err
	}
	if _, err := readErasures(ctx, r.Erased...); err != nil { // before anything is written
		return err
	}
	db, err := openDatabase(ctx, c.DB)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	if r.Only != "" {
		key, err := db.Setting(ctx, "key", b.Key)
		if err != nil {
			return err
		}
		if key != b.Key {
			return engine.Errorf(engine.Conflict, "the database is used with another key (%s) than %s was (%s): links, replies and second factors of %s would not work in it; restore it into a database of its own", key, r.File, b.Key, r.Only)
		}
	}
	sum, err := b.CopyTo(ctx, db, store.Transfer{Tenant: r.Only, At: w.now(), Told: told,
		Hold: engine.Hold{Kind: engine.HoldRestored, Since: w.now(), AsOf: b.MadeAt}})
	done()
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "Restored as of %s: %s, %s.\n", minuteOf(b.MadeAt), engine.CountOf(len(sum.Journals), "municipality", "municipalities"), engine.CountOf(sum.Rows(), "row", "rows"))
	broken := tellJournals(w, sum)
	if err := bringKey(w, r.File+".key", c.keyFile(), b.Key); err != nil {
		return err
	}
	if err := r.eraseAgain(ctx, c, w, b.Manifest, sum.Tenants()); err != nil {
		broken = errors.Join(broken, err)
	}
	fmt.Fprintln(w.out, "Everything is on hold: nothing leaves before you have looked at it. See what would: splneno hold list, then splneno hold show --tenant NAME")
	return broken
}

// fits reports whether what is asked for can be in the file.
func (r restoreCommand) fits(b *store.Backup) error {
	if _, there := b.Sum.Journals[r.Only]; r.Only != "" && !there {
		return engine.Errorf(engine.NotFound, "there is no municipality %s in %s", r.Only, r.File)
	}
	return nil
}
